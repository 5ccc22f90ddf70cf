//! Renaming: all mentions of whom the cursor stands on.

use super::names::{self, Name};
use super::refusal::Refusal;
use super::serve::Session;
use super::workshop::{Workshop, WorkshopError};
use crate::diagnostic::Edit;
use crate::document;
use crate::edits::Edits;
use crate::names::resolve::{Mention, entry_of};
use crate::span::Span;
use crate::text::scan;
use gen_lsp_types::{
    PrepareRenameParams, PrepareRenamePlaceholder, PrepareRenameResult, RenameParams, TextDocumentPositionParams,
    WorkspaceEdit,
};
use lsp_server::ErrorCode;

/// Whether there is a name, and how it reads.
///
/// # Errors
/// The document cannot be linted.
pub fn prepared(
    session: &Session<'_>,
    workshop: &mut Workshop<'_>,
    params: &PrepareRenameParams,
) -> Result<Option<PrepareRenameResult>, Refusal> {
    let place = &params.text_document_position_params;
    let Some(name) = name_at(session, workshop, place)? else { return Ok(None) };
    let Some(document) = session.documents.get(&place.text_document.uri) else { return Ok(None) };
    let range = session.client.encoding.range(&document.source, name.span);
    Ok(Some(PrepareRenamePlaceholder { range, placeholder: name.text }.into()))
}

/// The edits that give all mentions of a name another one. Where a mention is one word of a longer name it gets the new one's last.
///
/// # Errors
/// There is no name, or the document cannot be linted.
pub fn renamed(
    session: &Session<'_>,
    workshop: &mut Workshop<'_>,
    params: &RenameParams,
) -> Result<Option<WorkspaceEdit>, Refusal> {
    let place = &params.text_document_position_params;
    let refuse = |what: &str| Refusal::new(ErrorCode::RequestFailed, what);
    let new = params.new_name.trim();
    if new.is_empty() {
        return Err(refuse("a name cannot be empty"));
    }
    let name = name_at(session, workshop, place)?.ok_or_else(|| refuse("there is no name here"))?;
    let document = session.documents.get(&place.text_document.uri).ok_or_else(|| refuse("it is not open"))?;
    let stop = workshop.stop();
    let (_, worker) = workshop.bench(document)?;
    let found = worker
        .names(&document.source, document.format, stop, |parsed, mentions| edits(parsed, mentions, &name, new))
        .map_err(WorkshopError::from)?;
    let mut edits = Edits::of(&document.source);
    let mut kept: Vec<Edit> = found.into_iter().filter(|one| edits.add(one).is_ok()).flatten().collect();
    kept.sort_by_key(|edit| edit.span);
    let written = session.client.encoding.text_edits(&document.source, &kept);
    Ok(Some(session.client.workspace_edit(&document.uri, document.version, written)))
}

fn name_at(
    session: &Session<'_>,
    workshop: &mut Workshop<'_>,
    place: &TextDocumentPositionParams,
) -> Result<Option<Name>, Refusal> {
    let Some(document) = session.documents.get(&place.text_document.uri) else { return Ok(None) };
    let lint = workshop.lint(document)?;
    let offset = session.client.encoding.offset(&lint.source, place.position);
    Ok(names::at(workshop.names(document, &lint)?, offset).cloned())
}

/// The edits of each mention.
fn edits(document: &document::Document<'_>, mentions: &[Mention], name: &Name, new: &str) -> Vec<Vec<Edit>> {
    let is_same = |mention: &&Mention| match name.entry {
        Some(entry) => entry_of(mention) == Some(entry),
        None => entry_of(mention).is_none() && text(document, mention) == name.text,
    };
    let same: Vec<&Mention> = mentions.iter().filter(is_same).collect();
    let longest = same.iter().map(|mention| mention.words.len()).max().unwrap_or(0);
    let short = new.split_whitespace().next_back().unwrap_or(new);
    let becomes = |words: usize| if words == 1 && longest > 1 { short } else { new };
    let mut edits: Vec<Vec<Edit>> = same
        .iter()
        .filter_map(|mention| document.segments[mention.segment].edits(mention.span, becomes(mention.words.len())))
        .collect();
    // Last names that stand alone are no mentions by themselves.
    let mut last: Vec<&str> =
        same.iter().filter(|m| m.words.len() > 1).filter_map(|m| m.words.last()).map(|w| w.text.as_str()).collect();
    last.sort_unstable();
    last.dedup();
    for (index, segment) in document.segments.iter().enumerate() {
        let mentioned: Vec<Span> = mentions.iter().filter(|m| m.segment == index).map(|m| m.span).collect();
        for token in scan::tokens(&segment.text) {
            let word = crate::names::query::without_possessive(token.text(&segment.text));
            let span = Span::new(token.span.start, token.span.start + word.len());
            if last.contains(&word) && !mentioned.iter().any(|other| other.overlaps(span)) {
                edits.extend(segment.edits(span, short));
            }
        }
    }
    edits
}

fn text<'d>(document: &'d document::Document<'_>, mention: &Mention) -> &'d str {
    document.segments[mention.segment].text.get(mention.span.range()).unwrap_or_default()
}
