//! The one place where the stages join: source → document → names → rules → diagnostics.

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, Format, Problem};
use crate::rules::{self, Context, Rule};
use crate::source::Source;

/// What a run checks and how strictly: configuration and command line, resolved.
#[derive(Clone)]
pub struct Settings {
    /// The rules that run, with the severity of their findings.
    pub rules: Vec<(&'static Rule, Severity)>,
    /// Findings less sure than this are not reported. 0 to 1.
    pub min_confidence: f32,
}

impl Default for Settings {
    /// The rules that are on by default, at their own severity.
    fn default() -> Settings {
        let rules = rules::all().iter().filter(|r| r.on_by_default).map(|r| (*r, r.severity)).collect();
        Settings { rules, min_confidence: 0.5 }
    }
}

/// What linting one source yields.
#[derive(Debug, Default)]
pub struct Report {
    /// Sorted by [`Diagnostic::sort_key`].
    pub diagnostics: Vec<Diagnostic>,
    /// Damage in the file that kept parts of it from being read.
    pub problems: Vec<Problem>,
}

/// Lints sources against one dictionary with one set of settings. Shared by all threads of a run.
pub struct Linter {
    settings: Settings,
}

impl Linter {
    pub fn new(settings: Settings) -> Linter {
        Linter { settings }
    }

    pub fn lint(&self, source: &Source, format: Format) -> Report {
        let document = Document::parse(source, format);
        let mut diagnostics = Vec::new();
        for &(rule, severity) in &self.settings.rules {
            (rule.check)(&Context { source, document: &document, severity }, &mut diagnostics);
        }
        diagnostics.retain(|d| d.confidence >= self.settings.min_confidence);
        diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        Report { diagnostics, problems: document.problems }
    }
}
