//! One file from reading to writing: what each thread of `check` does, printing nothing.

use crate::cache::Cache;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::document::{self, Format, ReadOptions};
use crate::edits::Patch;
use crate::emit::diff;
use crate::files::{self, FileError, Package, Target, shown};
use crate::fix::{self, Dropped};
use crate::lint::{Report, Worker};
use crate::source::{DecodeError, Source};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What is done about what is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Report,
    /// Apply fixes at least this sure.
    Fix(Applicability),
    /// Show what fixes at least this sure would change.
    Diff(Applicability),
}

/// A file, done.
pub struct Done {
    /// As it was given.
    pub file: PathBuf,
    /// As it is shown.
    pub path: String,
    pub outcome: Outcome,
    pub took: Duration,
}

pub enum Outcome {
    /// The file could not be read.
    Failed(FileError),
    /// The file is no text.
    Binary(DecodeError),
    Linted(Box<Linted>),
}

/// A file that was read.
pub struct Linted {
    /// As it stands now: after the fixes, where they were written.
    pub source: Source,
    /// What is found in it now.
    pub report: Report,
    /// The findings that were fixed, one line each.
    pub fixed: Vec<String>,
    /// Fixes that were taken back, one line each.
    pub dropped: Vec<String>,
    /// What fixing would change; empty where nothing.
    pub diff: String,
    /// Why the fixes were not written.
    pub failed: Option<FileError>,
}

/// What fixing does to a file's bytes, round by round.
pub struct Fixes(Vec<Patch>);

impl Fixes {
    /// The bytes, fixed.
    pub fn apply(&self, disk: &[u8]) -> Vec<u8> {
        self.0.iter().fold(disk.to_vec(), |bytes, patch| patch.apply(&bytes))
    }
}

/// Reads, lints and, where asked, fixes a file: what was done, for a package part by part. What is known already is taken from
/// the cache.
pub fn file(worker: &mut Worker<'_>, target: &Target, action: Action, cache: Option<&Cache>) -> Vec<Done> {
    let begun = Instant::now();
    let path = shown(&target.path);
    if target.format == Format::Docx {
        return package(worker, target, action, cache).unwrap_or_else(|error| {
            let outcome = Outcome::Failed(error);
            vec![Done { file: target.path.clone(), path, outcome, took: begun.elapsed() }]
        });
    }
    let outcome = match files::open(target, worker.read_options()) {
        Err(FileError::Decode { source: error @ DecodeError::Binary { .. }, .. }) => Outcome::Binary(error),
        Err(error) => Outcome::Failed(error),
        Ok((source, stamp)) => {
            let write = |fixes: &Fixes| files::replace(&target.path, stamp, |bytes| fixes.apply(bytes));
            let report = lint(worker, &source, target.format, cache);
            Outcome::Linted(Box::new(act(worker, &path, source, target.format, report, action, write)))
        }
    };
    vec![Done { file: target.path.clone(), path, outcome, took: begun.elapsed() }]
}

/// The same for a package: each part goes by the name of the package, `!` and its own, and the package is written once.
fn package(
    worker: &mut Worker<'_>,
    target: &Target,
    action: Action,
    cache: Option<&Cache>,
) -> Result<Vec<Done>, FileError> {
    let file = &target.path;
    let (bytes, stamp) = files::bytes(file)?;
    let damaged = |source| FileError::Package { path: file.clone(), source };
    let package = Package::open(&bytes).map_err(damaged)?;
    // Parts say themselves how they are spelt.
    let options = ReadOptions { encoding: None, ..worker.read_options().clone() };
    let mut all = Vec::new();
    let mut changed = Vec::new();
    for name in package.names().filter(|name| document::is_docx_text(name)) {
        let begun = Instant::now();
        let path = format!("{}!{name}", shown(file));
        let part = package.read(name).map_err(damaged)?;
        let decoded = document::decode(file, part.clone(), Some(target.format), &options);
        let outcome = match decoded {
            Err(source) => Outcome::Failed(FileError::Decode { path: PathBuf::from(&path), source }),
            Ok((source, format)) => {
                let write = |fixes: &Fixes| {
                    changed.push((name, fixes.apply(&part)));
                    Ok(())
                };
                let report = lint(worker, &source, format, cache);
                Outcome::Linted(Box::new(act(worker, &path, source, format, report, action, write)))
            }
        };
        all.push(Done { file: file.clone(), path, outcome, took: begun.elapsed() });
    }
    if !changed.is_empty() {
        let replaced = package.with(&changed).map_err(damaged)?;
        files::replace(file, stamp, |_| replaced)?;
    }
    Ok(all)
}

fn lint(worker: &mut Worker<'_>, source: &Source, format: Format, cache: Option<&Cache>) -> Report {
    match cache {
        Some(cache) => cache.lint(worker, source, format),
        None => worker.lint(source, format),
    }
}

/// Lints and, where asked, fixes a source; `write` puts the fixed bytes where they belong, if there is something to fix.
pub fn text(
    worker: &mut Worker<'_>,
    path: &str,
    source: Source,
    format: Format,
    action: Action,
    write: impl FnOnce(&Fixes) -> Result<(), FileError>,
) -> Linted {
    let report = worker.lint(&source, format);
    act(worker, path, source, format, report, action, write)
}

/// Does what is to be done about what was found.
fn act(
    worker: &mut Worker<'_>,
    path: &str,
    source: Source,
    format: Format,
    report: Report,
    action: Action,
    write: impl FnOnce(&Fixes) -> Result<(), FileError>,
) -> Linted {
    let level = match action {
        Action::Report => return Linted::untouched(source, report),
        Action::Fix(level) | Action::Diff(level) => level,
    };
    let (mut fixes, mut lines, mut dropped) = (Fixes(Vec::new()), Vec::new(), Vec::new());
    let fixed = fix::fix_all(worker, &source, format, &report, level, |source, round| {
        fixes.0.push(round.edits.patch());
        lines.extend(round.applied.iter().map(|applied| describe_fix(path, source, applied, level)));
        // Each round tries again what the one before took back.
        dropped = round.dropped.iter().map(|dropped| describe(path, source, dropped)).collect();
    });
    let Some((fixed, left)) = fixed else { return Linted::untouched(source, report) };
    if let Action::Diff(_) = action {
        let diff = diff::unified(path, source.text(), fixed.text());
        return Linted { dropped, diff, ..Linted::untouched(source, report) };
    }
    let written = if lines.is_empty() { Ok(()) } else { write(&fixes) };
    match written {
        Err(error) => Linted { dropped, failed: Some(error), ..Linted::untouched(source, report) },
        Ok(()) => Linted { dropped, fixed: lines, ..Linted::untouched(fixed, left) },
    }
}

fn describe_fix(path: &str, source: &Source, applied: &Diagnostic, level: Applicability) -> String {
    let place = source.position(applied.span.start);
    let better = applied.fix(level).map_or("", |suggestion| suggestion.text.as_str());
    format!("{path}:{}:{}: {}: “{}” → “{better}”", place.line, place.column, applied.rule, applied.text)
}

fn describe(path: &str, source: &Source, dropped: &Dropped<'_>) -> String {
    let Diagnostic { rule, span, .. } = dropped.diagnostic;
    let place = source.position(span.start);
    format!(
        "{path}:{}:{}: the fix of {rule} is not applied: {} would find fault with it",
        place.line, place.column, dropped.creates
    )
}

impl Linted {
    fn untouched(source: Source, report: Report) -> Linted {
        Linted { source, report, fixed: Vec::new(), dropped: Vec::new(), diff: String::new(), failed: None }
    }
}
