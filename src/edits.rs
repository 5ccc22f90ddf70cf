//! Edits of one source that can be applied together: disjoint and sorted by construction.
//!
//! Knows nothing of rules and findings: text in, text out, and every byte outside an edit as it was.

use crate::diagnostic::Edit;
use crate::source::Source;
use crate::span::Span;
use std::collections::BTreeMap;
use std::ops::Range;
use thiserror::Error;

/// Why an edit cannot be added.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum EditError {
    #[error("the edit of bytes {}..{} does not lie on characters of the text", .0.start, .0.end)]
    OutOfText(Span),
    #[error("the edit of bytes {}..{} overlaps another", .0.start, .0.end)]
    Overlap(Span),
    #[error("“{character}” cannot be written in {encoding}")]
    Unwritable { character: char, encoding: &'static str },
}

/// A set of edits of one source.
#[derive(Debug)]
pub struct Edits<'s> {
    source: &'s Source,
    /// Start and end, in bytes of the source's text, to what stands there afterwards. No two share a byte or a place.
    by_place: BTreeMap<(usize, usize), String>,
}

impl<'s> Edits<'s> {
    /// No edits of `source` yet.
    pub fn of(source: &'s Source) -> Edits<'s> {
        Edits { source, by_place: BTreeMap::new() }
    }

    /// Adds all of `edits`, or none.
    ///
    /// # Errors
    /// An edit that lies outside the text or inside a character, that overlaps another one, or that the file's encoding has
    /// no bytes for.
    pub fn add(&mut self, edits: &[Edit]) -> Result<(), EditError> {
        for (index, edit) in edits.iter().enumerate() {
            if let Err(error) = self.add_one(edit) {
                for added in &edits[..index] {
                    self.by_place.remove(&place(added.span));
                }
                return Err(error);
            }
        }
        Ok(())
    }

    fn add_one(&mut self, edit: &Edit) -> Result<(), EditError> {
        if self.source.text().get(edit.span.range()).is_none() {
            return Err(EditError::OutOfText(edit.span));
        }
        let encoding = self.source.encoding();
        if let Some(character) = encoding.lacks(&edit.replacement) {
            return Err(EditError::Unwritable { character, encoding: encoding.name() });
        }
        let place = place(edit.span);
        let before = self.by_place.range(..=place).next_back();
        let after = self.by_place.range(place..).next();
        for (&(start, end), _) in before.into_iter().chain(after) {
            if (start, end) == place || edit.span.overlaps(Span::new(start, end)) {
                return Err(EditError::Overlap(edit.span));
            }
        }
        self.by_place.insert(place, edit.replacement.clone());
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.by_place.is_empty()
    }

    /// The source with the edits applied.
    pub fn apply(&self) -> Source {
        let old = self.source.text();
        let mut text = String::with_capacity(old.len());
        let mut copied = 0;
        for (&(start, end), replacement) in &self.by_place {
            text.push_str(&old[copied..start]);
            text.push_str(replacement);
            copied = end;
        }
        text.push_str(&old[copied..]);
        self.source.changed(text, |bytes| self.splice(bytes))
    }

    /// The file's bytes with the edits applied; `disk` are the bytes that the source was decoded from.
    pub fn splice(&self, disk: &[u8]) -> Vec<u8> {
        self.patch().apply(disk)
    }

    /// What [`Edits::splice`] does to the file's bytes, for when the source is gone.
    pub fn patch(&self) -> Patch {
        let in_bytes = |(&(start, end), replacement): (&(usize, usize), &String)| {
            (self.source.in_bytes(Span::new(start, end)), self.source.encode(replacement))
        };
        Patch(self.by_place.iter().map(in_bytes).collect())
    }

    /// The places of the edits in the source's text, in order.
    pub fn places_before(&self) -> Places {
        Places(self.by_place.keys().map(|&(start, end)| Span::new(start, end)).collect())
    }

    /// The places of the edits in the text that [`Edits::apply`] makes, in the same order.
    pub fn places_after(&self) -> Places {
        let (mut copied, mut length) = (0, 0);
        let place = |(&(start, end), replacement): (&(usize, usize), &String)| {
            let new_start = length + (start - copied);
            length = new_start + replacement.len();
            copied = end;
            Span::new(new_start, length)
        };
        Places(self.by_place.iter().map(place).collect())
    }
}

/// Edits as bytes of a file: what stands where.
#[derive(Debug)]
pub struct Patch(Vec<(Span, Vec<u8>)>);

impl Patch {
    /// The file's bytes with the edits applied; `disk` are the bytes that the patch was made for.
    pub fn apply(&self, disk: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(disk.len());
        let mut copied = 0;
        for (place, replacement) in &self.0 {
            bytes.extend_from_slice(&disk[copied..place.start]);
            bytes.extend_from_slice(replacement);
            copied = place.end;
        }
        bytes.extend_from_slice(&disk[copied..]);
        bytes
    }
}

fn place(span: Span) -> (usize, usize) {
    (span.start, span.end)
}

/// Disjoint spans in order.
#[derive(Debug, PartialEq, Eq)]
pub struct Places(Vec<Span>);

impl Places {
    /// The indices of the places that share a byte with `span` or lie against it.
    pub fn touching(&self, span: Span) -> Range<usize> {
        let first = self.0.partition_point(|place| place.end < span.start);
        let last = self.0.partition_point(|place| place.start <= span.end);
        first..last.max(first)
    }

    /// The index of the place that is `span`.
    pub fn find(&self, span: Span) -> Option<usize> {
        self.0.binary_search(&span).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(range: Range<usize>, replacement: &str) -> Edit {
        Edit { span: range.into(), replacement: replacement.to_owned() }
    }

    #[test]
    fn edits_are_applied_together_in_any_order() {
        let source = Source::new("a.txt", "one two three");
        let mut edits = Edits::of(&source);
        edits.add(&[edit(8..13, "3"), edit(0..3, "first")]).unwrap();
        edits.add(&[edit(7..7, ",")]).unwrap();
        assert_eq!(edits.apply().text(), "first two, 3");
        assert_eq!(edits.places_after(), Places(vec![Span::new(0, 5), Span::new(9, 10), Span::new(11, 12)]));
        assert_eq!(edits.places_before().touching(Span::new(5, 7)), 1..2);
    }

    #[test]
    fn what_does_not_fit_is_refused_whole() {
        let source = Source::new("a.txt", "één two");
        let mut edits = Edits::of(&source);
        edits.add(&[edit(6..9, "2")]).unwrap();
        assert_eq!(edits.add(&[edit(0..2, "e"), edit(8..9, "x")]), Err(EditError::Overlap(Span::new(8, 9))));
        assert_eq!(edits.add(&[edit(1..2, "e")]), Err(EditError::OutOfText(Span::new(1, 2))));
        assert_eq!(edits.add(&[edit(9..99, "e")]), Err(EditError::OutOfText(Span::new(9, 99))));
        assert_eq!(edits.add(&[edit(6..9, "2")]), Err(EditError::Overlap(Span::new(6, 9))));
        assert_eq!(edits.apply().text(), "één 2");
    }
}
