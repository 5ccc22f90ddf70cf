//! Making diagnostics: what all rules do alike.

use super::{Context, Rule};
use crate::diagnostic::{Applicability, Diagnostic, Related, Suggestion};
use crate::span::Span;

/// A finding in the making.
pub struct Finding<'c, 'a, 'd> {
    context: &'c Context<'a, 'd>,
    segment: usize,
    span: Span,
    diagnostic: Diagnostic,
}

impl<'c, 'a, 'd> Finding<'c, 'a, 'd> {
    /// A finding of `rule` at a span of a segment's text.
    pub fn new(context: &'c Context<'a, 'd>, rule: &Rule, segment: usize, span: Span, message: String) -> Self {
        let part = &context.document.segments[segment];
        let diagnostic = Diagnostic {
            rule: rule.name,
            severity: context.severity,
            span: part.locate(span),
            text: part.text.get(span.range()).unwrap_or_default().to_owned(),
            message,
            confidence: 1.0,
            suggestions: Vec::new(),
            notes: Vec::new(),
            related: Vec::new(),
        };
        Finding { context, segment, span, diagnostic }
    }

    /// Calibrated probability that the finding is right.
    pub fn confidence(mut self, confidence: f32) -> Self {
        self.diagnostic.confidence = confidence;
        self
    }

    /// Adds what the text could say instead; best first. Where it cannot be edited it is display-only.
    pub fn suggest(mut self, text: &str, entry: Option<String>, confidence: f32, applicability: Applicability) -> Self {
        let mut edits = self.context.document.segments[self.segment].edits(self.span, text).unwrap_or_default();
        let encoding = self.context.source.encoding();
        if let Some(lacking) = edits.iter().find_map(|edit| encoding.lacks(&edit.replacement)) {
            edits.clear();
            self = self.note(format!("“{text}” is not written: {} has no “{lacking}”", encoding.name()));
        }
        let applicability = if edits.is_empty() { Applicability::DisplayOnly } else { applicability };
        let suggestion = Suggestion { text: text.to_owned(), entry, confidence, applicability, edits };
        self.diagnostic.suggestions.push(suggestion);
        self
    }

    /// Adds a line that says why.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.diagnostic.notes.push(note.into());
        self
    }

    /// Adds another place, a span of a segment's text, that has to do with it.
    pub fn related(mut self, segment: usize, span: Span, message: impl Into<String>) -> Self {
        let span = self.context.document.segments[segment].locate(span);
        self.diagnostic.related.push(Related { span, message: message.into() });
        self
    }

    pub fn push(self, out: &mut Vec<Diagnostic>) {
        out.push(self.diagnostic);
    }
}
