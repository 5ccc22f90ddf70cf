//! Names of the dictionary, offered after a few letters, in any script: who types the native form is offered the right Latin one.

use super::hover::described;
use super::refusal::Refusal;
use super::serve::Session;
use super::workshop::Workshop;
use crate::dictionary::{Dictionary, EntryRef};
use crate::text::fold::push_key;
use crate::text::scan;
use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionResponse, MarkupContent,
    MarkupKind, TextEdit,
};
use rustc_hash::FxHashSet;

/// Letters after which names are offered, in Latin script; others need fewer.
const LEAST_LATIN: usize = 3;
const LEAST_OTHER: usize = 2;
/// The most names that are offered.
const MOST: usize = 50;
/// The most that may stand before the cursor of the name, in bytes.
const LONGEST: usize = 160;

/// The names that what stands before the cursor may become.
///
/// # Errors
/// The configuration is wrong, or a dictionary.
pub fn offered(
    session: &Session<'_>,
    workshop: &mut Workshop<'_>,
    params: &CompletionParams,
) -> Result<Option<CompletionResponse>, Refusal> {
    let place = &params.text_document_position_params;
    let Some(document) = session.documents.get(&place.text_document.uri) else { return Ok(None) };
    let source = &document.source;
    let offset = session.client.encoding.offset(source, place.position);
    let start = source.text().ceil_char_boundary(offset.saturating_sub(LONGEST));
    let before = &source.text()[start..offset];
    let before = before.rfind('\n').map_or(before, |newline| &before[newline + 1..]);
    let Some(typed) = Typed::of(before) else { return Ok(None) };
    let dictionary = workshop.dictionary(document)?;
    let item = |found: Found| {
        let begun = offset - before.len() + found.begins;
        let range = session.client.encoding.range(source, (begun..offset).into());
        let documentation = MarkupContent { kind: MarkupKind::Markdown, value: described(dictionary, found.entry) };
        CompletionItem {
            label: found.name.to_owned(),
            kind: Some(CompletionItemKind::Text),
            detail: found.native,
            documentation: Some(documentation.into()),
            // What was typed is no beginning of the name where it is in another script.
            filter_text: Some(source.text()[begun..offset].to_owned()),
            text_edit: Some(TextEdit { range, new_text: found.name.to_owned() }.into()),
            ..CompletionItem::default()
        }
    };
    let items = typed.names(dictionary).into_iter().map(item).collect();
    // More letters find other names.
    Ok(Some(CompletionList { is_incomplete: true, items, ..CompletionList::default() }.into()))
}

/// What stands before the cursor.
struct Typed<'t> {
    before: &'t str,
    /// Where the last word begins.
    word: usize,
    /// Its letters, folded.
    key: String,
    is_latin: bool,
}

/// A name that may be meant.
struct Found<'d> {
    entry: EntryRef,
    name: &'d str,
    /// The native form that was typed.
    native: Option<String>,
    /// Where it begins in what stands before the cursor.
    begins: usize,
}

impl<'t> Typed<'t> {
    fn of(before: &'t str) -> Option<Typed<'t>> {
        let last = scan::tokens(before).last().filter(|token| token.span.end == before.len())?;
        let word = last.text(before);
        let mut key = String::new();
        push_key(word, &mut key);
        let is_latin = key.bytes().all(|b| b.is_ascii_alphanumeric());
        let least = if is_latin { LEAST_LATIN } else { LEAST_OTHER };
        (key.chars().count() >= least).then_some(Typed { before, word: last.span.start, key, is_latin })
    }

    fn names<'d>(&self, dictionary: &'d Dictionary) -> Vec<Found<'d>> {
        let mut seen = FxHashSet::default();
        let mut found = if self.is_latin { self.latin(dictionary) } else { self.native(dictionary) };
        found.retain(|found| seen.insert(found.entry));
        // The more of it stands there, the likelier it is meant.
        found.sort_by(|a, b| a.begins.cmp(&b.begins).then(a.name.len().cmp(&b.name.len())).then(a.name.cmp(b.name)));
        found.truncate(MOST);
        found
    }

    /// Names with a word that begins so.
    fn latin<'d>(&self, dictionary: &'d Dictionary) -> Vec<Found<'d>> {
        let mut found = Vec::new();
        for (layer, view) in dictionary.views().into_iter().enumerate() {
            for token in (0..view.token_count()).filter(|&token| view.token_key(token).starts_with(&self.key)) {
                for form in view.postings(token) {
                    let entry = EntryRef { layer: layer as u16, index: view.entry_of(form) };
                    if !dictionary.is_hidden(entry) {
                        let name = view.name(entry.index);
                        found.push(Found { entry, name, native: None, begins: self.begins(name) });
                    }
                }
            }
        }
        found
    }

    /// Names whose native form begins as what stands there, from any word on.
    fn native<'d>(&self, dictionary: &'d Dictionary) -> Vec<Found<'d>> {
        let mut found = Vec::new();
        for (layer, view) in dictionary.views().into_iter().enumerate() {
            for index in 0..view.entry_count() {
                let entry = EntryRef { layer: layer as u16, index };
                let mut natives = view.natives(index);
                let Some((native, begins)) =
                    natives.find_map(|(_, native)| Some((native, self.begins_native(native)?)))
                else {
                    continue;
                };
                if !dictionary.is_hidden(entry) {
                    found.push(Found { entry, name: view.name(index), native: Some(native.to_owned()), begins });
                }
            }
        }
        found
    }

    /// Where a name begins that may stand there with words of it before the last one.
    fn begins(&self, name: &str) -> usize {
        self.longest_beginning(name).unwrap_or(self.word)
    }

    fn begins_native(&self, native: &str) -> Option<usize> {
        self.longest_beginning(native).or_else(|| {
            let mut words = scan::tokens(native);
            words.any(|token| folded(token.text(native)).starts_with(&self.key)).then_some(self.word)
        })
    }

    /// The earliest word from which on all that stands there is a beginning of `name`.
    fn longest_beginning(&self, name: &str) -> Option<usize> {
        let name = folded(name);
        let starts = scan::tokens(self.before).map(|token| token.span.start);
        starts.filter(|&start| start <= self.word).find(|&start| name.starts_with(&folded(&self.before[start..])))
    }
}

/// The letters of a text, folded, with a space between words.
fn folded(text: &str) -> String {
    let mut folded = String::new();
    for token in scan::tokens(text) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        push_key(token.text(text), &mut folded);
    }
    folded
}
