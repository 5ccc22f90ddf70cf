//! What is known of the name under the cursor: its entry, what was found there and why, and what it was translated from.

use super::names::{self, Name, State};
use super::refusal::Refusal;
use super::serve::Session;
use super::workshop::Workshop;
use crate::diagnostic::Diagnostic;
use crate::dictionary::{Dictionary, EntryRef};
use gen_lsp_types::{Hover, HoverParams, MarkupContent, MarkupKind};

/// What is said of a place; nothing where there is neither a name that is known nor a finding.
///
/// # Errors
/// The document cannot be linted.
pub fn hover(
    session: &Session<'_>,
    workshop: &mut Workshop<'_>,
    params: &HoverParams,
) -> Result<Option<Hover>, Refusal> {
    let place = &params.text_document_position_params;
    let Some(document) = session.documents.get(&place.text_document.uri) else { return Ok(None) };
    let lint = workshop.lint(document)?;
    let dictionary = workshop.dictionary(document)?;
    let offset = session.client.encoding.offset(&lint.source, place.position);
    let name = names::at(workshop.names(document, &lint)?, offset);
    let findings: Vec<&Diagnostic> =
        lint.report.diagnostics.iter().filter(|d| d.span.start <= offset && offset <= d.span.end).collect();
    let known = name.and_then(|name| name.entry);
    let Some(span) = known.and(name.map(|name| name.span)).or(findings.first().map(|finding| finding.span)) else {
        return Ok(None);
    };
    let mut parts = Vec::new();
    // Of a finding without a name the first candidate tells the entry.
    let meant = known.or_else(|| findings.iter().find_map(|finding| entry_of(dictionary, finding)));
    parts.extend(meant.map(|entry| described(dictionary, entry)));
    parts.extend(name.filter(|name| name.state == State::Garbled && findings.is_empty()).map(unreported));
    parts.extend(findings.iter().map(|finding| found(finding)));
    parts.extend(name.and_then(|name| name.source.as_deref()).map(quoted));
    let contents = MarkupContent { kind: MarkupKind::Markdown, value: parts.join("\n\n---\n\n") };
    Ok(Some(Hover { contents: contents.into(), range: Some(session.client.encoding.range(&lint.source, span)) }))
}

/// The entry of a finding's best candidate.
fn entry_of(dictionary: &Dictionary, finding: &Diagnostic) -> Option<EntryRef> {
    dictionary.find_id(finding.suggestions.first()?.entry.as_deref()?)
}

/// An entry: preferred form, kind and roles, native forms, source.
pub fn described(dictionary: &Dictionary, entry: EntryRef) -> String {
    let view = dictionary.views()[usize::from(entry.layer)];
    let index = entry.index;
    let mut lines = vec![format!("**{}** ({})", plain(view.name(index)), view.kind(index).name())];
    let roles: Vec<String> = view.roles(index).map(plain).collect();
    if !roles.is_empty() {
        lines.push(roles.join(", "));
    }
    let natives: Vec<String> = view
        .natives(index)
        .map(|(language, form)| if language.is_empty() { plain(form) } else { format!("{language}: {}", plain(form)) })
        .collect();
    if !natives.is_empty() {
        lines.push(natives.join(" · "));
    }
    lines.push(format!("`{}`", view.id(index)));
    lines.extend(view.source(index).map(|source| format!("Source: {}", plain(source))));
    lines.join("\n\n")
}

fn found(finding: &Diagnostic) -> String {
    let mut lines = vec![format!("{} (`{}`)", plain(&finding.message), finding.rule)];
    lines.extend(finding.notes.iter().map(|note| plain(note)));
    if let Some(first) = finding.suggestions.first() {
        lines.push(format!("{:.0} % sure of “{}”", first.confidence * 100.0, plain(&first.text)));
    }
    lines.join("\n\n")
}

fn unreported(name: &Name) -> String {
    format!("“{}” may stand for it; it is not sure enough to be reported.", plain(&name.text))
}

/// The source of a bilingual segment.
fn quoted(source: &str) -> String {
    let lines: Vec<String> = source.lines().map(|line| format!("> {}", plain(line))).collect();
    format!("Source:\n\n{}", lines.join("\n"))
}

/// A text in which Markdown sees nothing of its own.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}
