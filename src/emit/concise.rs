//! For people and simple tools: one line a finding.

use super::display::safe;
use super::{Emitter, FileFindings, Tally, WriteColor, advice};
use crate::diagnostic::{Applicability, Suggestion};
use std::io;

pub struct Concise {
    pub with_summary: bool,
}

impl Emitter for Concise {
    fn file(&mut self, file: FileFindings<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
        for diagnostic in file.diagnostics {
            let place = file.source.position(diagnostic.span.start);
            let (path, message) = (safe(file.path), safe(&diagnostic.message));
            let (severity, rule) = (diagnostic.severity, diagnostic.rule);
            write!(out, "{path}:{}:{}: {severity}[{rule}]: {message}", place.line, place.column)?;
            // Most messages say it already.
            let is_news = |first: &Suggestion| {
                first.applicability == Applicability::DisplayOnly || !diagnostic.message.contains(&first.text)
            };
            match diagnostic.suggestions.first() {
                Some(first) if is_news(first) => writeln!(out, "; {}", safe(&advice(diagnostic)))?,
                _ => writeln!(out)?,
            }
        }
        Ok(())
    }

    fn finish(&mut self, tally: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        if self.with_summary { writeln!(out, "{tally}") } else { Ok(()) }
    }
}
