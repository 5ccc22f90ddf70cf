//! The names of a document, where they stand in its source.

use crate::dictionary::EntryRef;
use crate::document;
use crate::names::resolve::{Mention, Resolution, entry_of};
use crate::span::Span;

/// A name in a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Bytes of the source.
    pub span: Span,
    /// As its reader sees it.
    pub text: String,
    /// The entry that it is a name of; `None` where nobody known is meant.
    pub entry: Option<EntryRef>,
    pub state: State,
    /// What it was read from, where the document is bilingual.
    pub source: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It reads as a form of its entry.
    Known,
    /// It is what became of its entry's name.
    Garbled,
    Unknown,
}

/// The names of a document with their places in the source, in its order.
pub fn located(document: &document::Document<'_>, mentions: &[Mention]) -> Vec<Name> {
    let name = |mention: &Mention| {
        let segment = &document.segments[mention.segment];
        Name {
            span: segment.locate(mention.span),
            text: segment.text.get(mention.span.range()).unwrap_or_default().to_owned(),
            entry: entry_of(mention),
            state: match mention.resolution {
                Resolution::Form(_) => State::Known,
                Resolution::Garbled(_) => State::Garbled,
                Resolution::Unknown => State::Unknown,
            },
            source: segment.source.as_ref().map(|side| side.text.as_ref().to_owned()),
        }
    };
    let mut names: Vec<Name> = mentions.iter().map(name).collect();
    names.sort_by_key(|name| name.span);
    names
}

/// The name at a byte of the source: the shortest, where they overlap.
pub fn at(names: &[Name], offset: usize) -> Option<&Name> {
    let holds = |name: &&Name| name.span.start <= offset && offset <= name.span.end;
    names.iter().filter(holds).min_by_key(|name| name.span.len())
}
