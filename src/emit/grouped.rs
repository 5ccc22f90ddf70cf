//! For people: one heading a file, one line a finding.

use super::display::safe;
use super::{Emitter, FileFindings, Tally, WriteColor, one_line};
use std::io;

pub struct Grouped {
    pub with_summary: bool,
}

impl Emitter for Grouped {
    fn file(&mut self, file: FileFindings<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
        if file.diagnostics.is_empty() {
            return Ok(());
        }
        let place = |offset| {
            let position = file.source.position(offset);
            format!("{}:{}", position.line, position.column)
        };
        let places: Vec<String> = file.diagnostics.iter().map(|diagnostic| place(diagnostic.span.start)).collect();
        let width = places.iter().map(String::len).max().unwrap_or(0);
        writeln!(out, "{}:", safe(file.path))?;
        for (diagnostic, place) in file.diagnostics.iter().zip(&places) {
            let (severity, rule) = (diagnostic.severity, diagnostic.rule);
            writeln!(out, "  {place:>width$}  {severity}[{rule}]: {}", safe(&one_line(diagnostic)))?;
        }
        writeln!(out)
    }

    fn finish(&mut self, tally: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        if self.with_summary { writeln!(out, "{tally}") } else { Ok(()) }
    }
}
