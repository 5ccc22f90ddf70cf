//! The one place where the stages join: source → document → names → rules → diagnostics.

use crate::diagnostic::{Diagnostic, Severity};
use crate::dictionary::Dictionary;
use crate::document::{Document, Format, Problem, ReadOptions};
use crate::glossary::Glossary;
use crate::names::natives::NativeIndex;
use crate::names::original::Originals;
use crate::names::rank::Ranker;
use crate::names::resolve::{Mention, Resolver};
use crate::rules::{self, Context, Rule};
use crate::source::Source;
use crate::span::Span;
use crate::suppress::{Ignore, Suppressions};
use once_cell::sync::OnceCell;
use serde::Serialize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use thiserror::Error;

/// What a run checks and how strictly: configuration and command line, resolved.
#[derive(Clone)]
pub struct Settings {
    /// The rules that run, with the severity of their findings.
    pub rules: Vec<(&'static Rule, Severity)>,
    /// Findings less sure than this are not reported. 0 to 1.
    pub min_confidence: f32,
    /// The style guide whose forms `names/variant` asks for.
    pub style: Option<String>,
    /// The language that the texts were translated from, as an ISO 639 code, where it is known.
    pub source_language: Option<String>,
    /// Findings that are not reported.
    pub ignores: Vec<Ignore>,
    /// How the project translates its terms.
    pub glossary: Arc<Glossary>,
    /// How files are read that do not tell it themselves.
    pub read: ReadOptions,
    /// The language of the texts, as an ISO 639 code. Rules that do not serve it do not run.
    pub target_language: String,
}

impl Default for Settings {
    /// The rules that are on by default, at their own severity.
    fn default() -> Settings {
        let rules = rules::all().iter().filter(|r| r.on_by_default).map(|r| (*r, r.severity)).collect();
        Settings {
            rules,
            min_confidence: 0.5,
            style: None,
            source_language: None,
            target_language: "en".to_owned(),
            ignores: Vec::new(),
            glossary: Arc::default(),
            read: ReadOptions::default(),
        }
    }
}

/// What linting one source yields.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// Sorted by [`Diagnostic::sort_key`].
    pub diagnostics: Vec<Diagnostic>,
    /// Damage in the file that kept parts of it from being read.
    pub problems: Vec<Problem>,
}

/// The work was stopped before it was done.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("the work was stopped")]
pub struct Stopped;

/// Lints sources against one dictionary with one set of settings. Shared by all threads of a run.
pub struct Linter {
    dictionary: Arc<Dictionary>,
    /// Made when the first bilingual document is met.
    natives: OnceCell<NativeIndex>,
    settings: Settings,
}

/// A linter's work on one thread: it remembers what it has weighed from source to source.
pub struct Worker<'l> {
    linter: &'l Linter,
    settings: &'l Settings,
    resolver: Resolver<'l>,
    originals: Originals,
}

impl Linter {
    pub fn new(dictionary: impl Into<Arc<Dictionary>>, mut settings: Settings) -> Linter {
        settings.rules.retain(|(rule, _)| rule.languages.serve(&settings.target_language));
        Linter { dictionary: dictionary.into(), natives: OnceCell::new(), settings }
    }

    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub fn worker(&self) -> Worker<'_> {
        let resolver = Resolver::new(Ranker::new(&self.dictionary));
        Worker { linter: self, settings: &self.settings, resolver, originals: Originals::default() }
    }
}

impl<'l> Worker<'l> {
    pub fn linter(&self) -> &'l Linter {
        self.linter
    }

    /// What `read` makes of a source's names, resolved as the rules see them.
    ///
    /// # Errors
    /// `stop` became true.
    pub fn names<T>(
        &mut self,
        source: &Source,
        format: Format,
        stop: &AtomicBool,
        read: impl FnOnce(&Document<'_>, &[Mention]) -> T,
    ) -> Result<T, Stopped> {
        let document = Document::parse(source, format, &self.settings.read);
        let mentions = self.resolver.resolve(&document, stop).ok_or(Stopped)?;
        Ok(read(&document, &mentions))
    }

    /// How files are read that do not tell it themselves.
    pub fn read_options(&self) -> &ReadOptions {
        &self.settings.read
    }

    /// Lints a source. The result does not depend on what the worker has linted before.
    pub fn lint(&mut self, source: &Source, format: Format) -> Report {
        self.lint_until(source, format, &AtomicBool::new(false)).unwrap_or_default()
    }

    /// Lints a source as long as nobody says `stop`.
    ///
    /// # Errors
    /// `stop` became true.
    pub fn lint_until(&mut self, source: &Source, format: Format, stop: &AtomicBool) -> Result<Report, Stopped> {
        let document = Document::parse(source, format, &self.settings.read);
        self.check(source, document, true, stop)
    }

    /// Lints what lies around a span of a source, as if there were no more of it. What comments do in vain is not told.
    ///
    /// # Errors
    /// `stop` became true.
    pub fn lint_around(
        &mut self,
        span: Span,
        source: &Source,
        format: Format,
        stop: &AtomicBool,
    ) -> Result<Report, Stopped> {
        let mut document = Document::parse(source, format, &self.settings.read);
        document.leave_around(span);
        self.check(source, document, false, stop)
    }

    fn check(
        &mut self,
        source: &Source,
        document: Document<'_>,
        is_whole: bool,
        stop: &AtomicBool,
    ) -> Result<Report, Stopped> {
        let needs_names = self.settings.rules.iter().any(|(rule, _)| rule.needs_names);
        let mentions = match needs_names {
            true => self.resolver.resolve(&document, stop).ok_or(Stopped)?,
            false => Vec::new(),
        };
        let none = NativeIndex::default();
        let is_bilingual = document.segments.iter().any(|segment| segment.source.is_some());
        let natives = match is_bilingual {
            true => self.linter.natives.get_or_init(|| NativeIndex::of(&self.linter.dictionary)),
            false => &none,
        };
        let mut diagnostics = Vec::new();
        let suppressions = Suppressions::of(source);
        // What is ignored in vain is known when the others have run: the rules about that come last.
        let about_comments = |(rule, _): &&(&'static Rule, Severity)| rule.group() == "suppression";
        let (mut last, first): (Vec<_>, Vec<_>) = self.settings.rules.iter().partition(about_comments);
        if !is_whole {
            last.clear();
        }
        for &(rule, severity) in first.into_iter().chain(last) {
            if stop.load(Ordering::Relaxed) {
                return Err(Stopped);
            }
            let context = Context {
                source,
                document: &document,
                mentions: &mentions,
                ranker: self.resolver.ranker(),
                natives,
                originals: &self.originals,
                glossary: &self.settings.glossary,
                source_language: self.settings.source_language.as_deref(),
                target_language: &self.settings.target_language,
                style: self.settings.style.as_deref(),
                min_confidence: self.settings.min_confidence,
                severity,
                suppressions: &suppressions,
                running: &self.settings.rules,
            };
            let before = diagnostics.len();
            (rule.check)(&context, &mut diagnostics);
            let found = diagnostics.split_off(before);
            diagnostics.extend(found.into_iter().filter(|finding| !suppressions.covers_finding(finding)));
        }
        let ignores: Vec<&Ignore> = self.settings.ignores.iter().filter(|ignore| ignore.is_about(source)).collect();
        diagnostics.retain(|finding| !ignores.iter().any(|ignore| ignore.takes(finding)));
        diagnostics.retain(|d| d.confidence >= self.settings.min_confidence);
        diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        keep_one_of_a_kind(&mut diagnostics);
        Ok(Report { diagnostics, problems: document.problems })
    }
}

/// Of findings that say the same of one place the most severe is kept: two rules may come to it by different evidence.
fn keep_one_of_a_kind(sorted: &mut Vec<Diagnostic>) {
    let said = |d: &Diagnostic| d.suggestions.first().map(|first| first.text.clone());
    sorted.dedup_by(|later, kept| {
        let same = later.span == kept.span && said(later).is_some() && said(later) == said(kept);
        if same && later.severity > kept.severity {
            std::mem::swap(later, kept);
        }
        same
    });
}
