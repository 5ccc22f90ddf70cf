//! For people: the line with the finding underlined, what it should be, why, and how sure.

use super::display::safe;
use super::excerpt::Excerpt;
use super::{Emitter, FileFindings, Tally, WriteColor, advice, percent};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::span::Span;
use codespan_reporting::diagnostic as report;
use codespan_reporting::files;
use codespan_reporting::term;
use std::io;

pub struct Full {
    pub with_summary: bool,
}

impl Emitter for Full {
    fn file(&mut self, file: FileFindings<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
        let config = term::Config { tab_width: 1, ..term::Config::default() };
        for diagnostic in file.diagnostics {
            let (excerpt, shown) = lay_out(file, diagnostic);
            term::emit_to_write_style(out, &config, &excerpt, &shown).map_err(|error| match error {
                files::Error::Io(error) => error,
                other => io::Error::other(other),
            })?;
        }
        Ok(())
    }

    fn finish(&mut self, tally: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        if self.with_summary { writeln!(out, "{tally}") } else { Ok(()) }
    }
}

fn lay_out<'a>(file: FileFindings<'a>, diagnostic: &Diagnostic) -> (Excerpt<'a>, report::Diagnostic<()>) {
    let related = diagnostic.related.iter();
    let spans: Vec<Span> = std::iter::once(diagnostic.span).chain(related.map(|related| related.span)).collect();
    let (excerpt, marks) = Excerpt::of(file.path, file.source, &spans);
    let label = |mark: super::excerpt::Mark| {
        let (style, message) = match mark.span.checked_sub(1).map(|index| &diagnostic.related[index]) {
            None => (report::LabelStyle::Primary, advice(diagnostic)),
            Some(related) => (report::LabelStyle::Secondary, related.message.clone()),
        };
        let message = if mark.is_first { safe(&message).into_owned() } else { String::new() };
        report::Label::new(style, (), mark.shown).with_message(message)
    };
    let severity = match diagnostic.severity {
        Severity::Error => report::Severity::Error,
        Severity::Warning => report::Severity::Warning,
        Severity::Info => report::Severity::Note,
    };
    let shown = report::Diagnostic::new(severity)
        .with_code(diagnostic.rule)
        .with_message(safe(&diagnostic.message))
        .with_labels(marks.into_iter().map(label).collect())
        .with_notes(notes(diagnostic));
    (excerpt, shown)
}

/// Why; what else it could be; how sure and how to apply it.
fn notes(diagnostic: &Diagnostic) -> Vec<String> {
    let mut notes: Vec<String> = diagnostic.notes.iter().map(|note| safe(note).into_owned()).collect();
    if diagnostic.suggestions.len() > 1 {
        let candidates = diagnostic.suggestions.iter().map(|s| format!("“{}” ({})", s.text, percent(s.confidence)));
        notes.push(safe(&format!("candidates: {}", candidates.collect::<Vec<_>>().join(", "))).into_owned());
    }
    let sure = percent(diagnostic.confidence);
    notes.push(match diagnostic.fix(Applicability::DisplayOnly).map(|fix| fix.applicability) {
        Some(Applicability::Safe) => format!("{sure} sure; --fix applies it"),
        Some(Applicability::Unsafe) => format!("{sure} sure; --fix --unsafe-fixes applies it"),
        Some(Applicability::DisplayOnly) => format!("{sure} sure; not applied unasked: choose yourself"),
        None => format!("{sure} sure"),
    });
    notes
}
