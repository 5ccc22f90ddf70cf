//! For people and simple tools: one line a finding.

use super::display::safe;
use super::{Emitter, FileFindings, Tally, WriteColor, one_line};
use std::io;

pub struct Concise {
    pub with_summary: bool,
}

impl Emitter for Concise {
    fn file(&mut self, file: FileFindings<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
        for diagnostic in file.diagnostics {
            let place = file.source.position(diagnostic.span.start);
            let (path, message) = (safe(file.path), one_line(diagnostic));
            let (severity, rule) = (diagnostic.severity, diagnostic.rule);
            writeln!(out, "{path}:{}:{}: {severity}[{rule}]: {}", place.line, place.column, safe(&message))?;
        }
        Ok(())
    }

    fn finish(&mut self, tally: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        if self.with_summary { writeln!(out, "{tally}") } else { Ok(()) }
    }
}
