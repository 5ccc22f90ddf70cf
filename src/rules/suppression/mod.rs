//! suppression/: the linter's own comments.

pub mod unknown_rule;
pub mod unused;

use super::{Context, Rule};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Suggestion};
use crate::span::Span;

/// A finding about a comment, with what the comment should read where that is known.
fn finding(
    context: &Context<'_, '_>,
    rule: &Rule,
    span: Span,
    message: String,
    better: Option<(String, Edit, Applicability)>,
) -> Diagnostic {
    let suggestion = |(text, edit, applicability)| Suggestion {
        text,
        entry: None,
        confidence: 1.0,
        applicability,
        edits: vec![edit],
    };
    Diagnostic {
        rule: rule.name,
        severity: context.severity,
        span,
        text: context.source.slice(span).to_owned(),
        message,
        confidence: 1.0,
        suggestions: better.map(suggestion).into_iter().collect(),
        notes: Vec::new(),
        related: Vec::new(),
    }
}
