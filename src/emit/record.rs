//! A finding as other programs read it. The names of the fields and their meaning are a contract.

use super::FileFindings;
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::source::{Position, Source};
use crate::span::Span;
use serde::Serialize;

#[derive(Serialize)]
pub struct Record<'a> {
    pub path: &'a str,
    pub rule: &'a str,
    pub severity: Severity,
    pub message: &'a str,
    /// Bytes of the file as it lies on disk.
    pub span: Span,
    pub range: Range,
    pub text: &'a str,
    pub confidence: f32,
    pub suggestions: Vec<Suggestion<'a>>,
    pub notes: &'a [String],
    pub related: Vec<Related<'a>>,
}

#[derive(Serialize)]
pub struct Range {
    pub start: Position,
    pub end: Position,
}

#[derive(Serialize)]
pub struct Suggestion<'a> {
    pub text: &'a str,
    pub entry: Option<&'a str>,
    pub confidence: f32,
    pub applicability: Applicability,
}

#[derive(Serialize)]
pub struct Related<'a> {
    /// Bytes of the file as it lies on disk.
    pub span: Span,
    pub message: &'a str,
}

impl<'a> Record<'a> {
    pub fn all(file: FileFindings<'a>) -> impl Iterator<Item = Record<'a>> {
        file.diagnostics.iter().map(move |diagnostic| Record::of(file.path, file.source, diagnostic))
    }

    fn of(path: &'a str, source: &Source, diagnostic: &'a Diagnostic) -> Record<'a> {
        let suggestions = diagnostic.suggestions.iter().map(|s| Suggestion {
            text: &s.text,
            entry: s.entry.as_deref(),
            confidence: s.confidence,
            applicability: s.applicability,
        });
        let related = diagnostic.related.iter();
        let related = related.map(|r| Related { span: source.on_disk(r.span), message: &r.message });
        Record {
            path,
            rule: diagnostic.rule,
            severity: diagnostic.severity,
            message: &diagnostic.message,
            span: source.on_disk(diagnostic.span),
            range: Range { start: source.position(diagnostic.span.start), end: source.position(diagnostic.span.end) },
            text: &diagnostic.text,
            confidence: diagnostic.confidence,
            suggestions: suggestions.collect(),
            notes: &diagnostic.notes,
            related: related.collect(),
        }
    }
}
