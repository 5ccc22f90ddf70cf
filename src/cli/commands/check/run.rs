//! A run in progress: what was shown and counted so far.

use crate::baseline::Baseline;
use crate::cli::Status;
use crate::cli::changed::Changed;
use crate::cli::console::Console;
use crate::cli::work::{Action, Done, Linted, Outcome};
use crate::diagnostic::Severity;
use crate::emit::{Emitter, FileFindings, Tally, WriteColor};
use crate::files::shown;
use std::io::{self, Write};
use std::path::Path;

pub struct Run<'c> {
    pub console: &'c Console,
    pub action: Action,
    pub emitter: Box<dyn Emitter>,
    pub out: Box<dyn WriteColor>,
    pub tally: Tally,
    /// Something could not be done.
    pub trouble: bool,
    /// Whether `--diff` showed a difference.
    pub differs: bool,
    pub reports: Reports,
    pub baseline: Option<Baseline>,
    pub changed: Option<Changed>,
}

/// What is told of what was found and done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reports {
    /// What is found.
    pub findings: bool,
    /// The end of the output: a summary, or what closes the format.
    pub end: bool,
    /// Each fix that was applied.
    pub fixes: bool,
}

impl Run<'_> {
    pub fn show(&mut self, done: Done) -> io::Result<()> {
        let Done { file, path, outcome, took } = done;
        match outcome {
            Outcome::Failed(error) => {
                self.trouble = true;
                self.console.error(&error);
                Ok(())
            }
            Outcome::Binary(what) => {
                self.console.note(&format!("{path} is skipped: {what}"));
                Ok(())
            }
            Outcome::Linted(mut linted) => {
                self.leave_out(&file, &mut linted);
                let found = linted.report.diagnostics.len();
                self.console.detail(&format!("{path}: {found} found in {:.1} ms", took.as_secs_f64() * 1e3));
                self.show_linted(&path, &linted)
            }
        }
    }

    fn show_linted(&mut self, path: &str, linted: &Linted) -> io::Result<()> {
        for problem in &linted.report.problems {
            self.trouble = true;
            let place = linted.source.position(problem.span.start);
            self.console.warning(&format!("{path}:{}:{}: {}", place.line, place.column, problem.message));
        }
        for dropped in &linted.dropped {
            self.console.warning(dropped);
        }
        if let Some(error) = &linted.failed {
            self.trouble = true;
            self.console.error(error);
        }
        self.tally.files += 1;
        self.tally.fixed += linted.fixed.len();
        if self.reports.fixes {
            linted.fixed.iter().for_each(|line| self.console.note(&format!("fixed {line}")));
        }
        linted.report.diagnostics.iter().for_each(|diagnostic| self.tally.add(diagnostic));
        if let Action::Diff(_) = self.action {
            self.differs |= !linted.diff.is_empty();
            let encoding = linted.source.encoding();
            let is_part = shown(linted.source.path()) != path;
            if !linted.diff.is_empty() && (is_part || !encoding.is_utf8()) {
                let what = if is_part { "part of a package" } else { encoding.name() };
                self.console.warning(&format!("{path} is {what}: its diff is for reading, patch cannot apply it"));
            }
            return self.out.write_all(linted.diff.as_bytes());
        }
        if !self.reports.findings {
            return Ok(());
        }
        self.emitter
            .file(FileFindings { path, source: &linted.source, diagnostics: &linted.report.diagnostics }, &mut self.out)
    }

    /// Takes out of what was found what is known or lies on lines that did not change.
    fn leave_out(&mut self, file: &Path, linted: &mut Linted) {
        let found = &mut linted.report.diagnostics;
        if let Some(baseline) = &mut self.baseline {
            baseline.leave_new(file, found);
        }
        if let Some(changed) = &self.changed {
            found.retain(|finding| changed.has_span(file, &linted.source, finding.span));
        }
    }

    pub fn finish(&mut self) -> io::Result<()> {
        if self.reports.end && !matches!(self.action, Action::Diff(_)) {
            self.emitter.finish(&self.tally, &mut self.out)?;
        }
        self.out.flush()
    }

    /// How it ended; findings count from `fail_on` on, or not at all.
    pub fn status(&self, fail_on: Option<Severity>) -> Status {
        let is_left = match (self.action, fail_on) {
            (_, None) => false,
            _ if !self.reports.findings => false,
            (Action::Diff(_), _) => self.differs,
            (_, Some(fail_on)) => self.tally.worst().is_some_and(|severity| severity >= fail_on),
        };
        match (self.trouble, is_left) {
            (true, _) => Status::Trouble,
            (false, true) => Status::Findings,
            (false, false) => Status::Clean,
        }
    }
}
