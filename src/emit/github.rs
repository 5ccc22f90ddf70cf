//! For GitHub: workflow commands, which become annotations. The severest come first, because only so many of each kind are shown.

use super::display::safe;
use super::{Emitter, FileFindings, Tally, WriteColor, one_line};
use crate::diagnostic::Severity;
use std::io;

/// Annotations of each kind that GitHub shows for one step.
const CAP: usize = 10;

#[derive(Default)]
pub struct Github {
    commands: Vec<(Severity, String)>,
}

impl Emitter for Github {
    fn file(&mut self, file: FileFindings<'_>, _: &mut dyn WriteColor) -> io::Result<()> {
        for diagnostic in file.diagnostics {
            let start = file.source.position(diagnostic.span.start);
            let end = file.source.position(diagnostic.span.end);
            let mut place = format!("file={},line={}", property(file.path), start.line);
            // Columns are refused where the lines differ.
            if start.line == end.line {
                place += &format!(",col={},endLine={},endColumn={}", start.column, end.line, end.column);
            } else {
                place += &format!(",endLine={}", end.line);
            }
            let (rule, message) = (property(diagnostic.rule), one_line(diagnostic));
            let command = format!("::{} title={rule},{place}::{}", kind(diagnostic.severity), data(&safe(&message)));
            self.commands.push((diagnostic.severity, command));
        }
        Ok(())
    }

    fn finish(&mut self, _: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        self.commands.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
        for (_, command) in &self.commands {
            writeln!(out, "{command}")?;
        }
        for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            let count = self.commands.iter().filter(|(of, _)| *of == severity).count();
            if count > CAP {
                let (kind, hidden) = (kind(severity), count - CAP);
                writeln!(out, "GitHub shows {CAP} {kind}s of a step: {hidden} of {count} are in this log alone")?;
            }
        }
        Ok(())
    }
}

fn kind(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
