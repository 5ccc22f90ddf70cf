//! After a key in a long text: what is found in the sentence that changed, and elsewhere what was found before. It holds until the
//! keys rest, when the whole is linted.

use crate::diagnostic::{Diagnostic, Edit, Related, Suggestion};
use crate::lint::Report;
use crate::span::Span;

/// Texts longer than this, in bytes, are not linted whole for every key.
pub const LONG: usize = 1 << 16;

/// Bytes that are compared at a time.
const CHUNK: usize = 4096;

/// A change of a text, widened to whole sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The sentences as they were, in bytes of the old text.
    old: Span,
    /// What has become of them, in bytes of the new one.
    pub new: Span,
}

impl Change {
    /// The change that makes one text the other. `None` where so much of it changed that the whole has to be looked at.
    pub fn between(old: &str, new: &str) -> Option<Change> {
        let head = common_prefix(old, new);
        let tail = common_suffix(&old[head..], &new[head..]);
        let ends = ['.', '!', '?', '\n'];
        let start = new[..head].rfind(ends).map_or(0, |end| end + 1);
        let rest = &new[new.len() - tail..];
        let beyond = rest.find(ends).map_or(tail, |end| end + 1);
        let old = Span::new(start, old.len() - tail + beyond);
        let new = Span::new(start, new.len() - tail + beyond);
        (old.len() <= LONG && new.len() <= LONG).then_some(Change { old, new })
    }

    /// What was found before, moved to where it stands now, and what is found around the change as far as it is about the sentences
    /// that changed.
    pub fn merged(&self, before: &Report, around: Report) -> Report {
        let kept = before.diagnostics.iter().filter_map(|finding| moved(finding, |span| self.now(span)));
        let found = around.diagnostics.into_iter().filter(|finding| finding.span.overlaps(self.new));
        let mut diagnostics: Vec<Diagnostic> = kept.chain(found).collect();
        diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        Report { diagnostics, problems: around.problems }
    }

    /// Where a span of the old text lies now, if it did not change.
    fn now(&self, span: Span) -> Option<Span> {
        if span.end <= self.old.start {
            return Some(span);
        }
        let by = |at: usize| at - self.old.end + self.new.end;
        (span.start >= self.old.end).then(|| Span::new(by(span.start), by(span.end)))
    }
}

/// A finding with all of its places moved; places beside it that are gone are left out.
fn moved(finding: &Diagnostic, to: impl Fn(Span) -> Option<Span>) -> Option<Diagnostic> {
    let edit = |edit: &Edit| Some(Edit { span: to(edit.span)?, replacement: edit.replacement.clone() });
    let suggestion = |suggestion: &Suggestion| {
        let edits = suggestion.edits.iter().map(edit).collect::<Option<Vec<_>>>()?;
        Some(Suggestion { edits, ..suggestion.clone() })
    };
    let related = |related: &Related| Some(Related { span: to(related.span)?, message: related.message.clone() });
    Some(Diagnostic {
        span: to(finding.span)?,
        suggestions: finding.suggestions.iter().map(suggestion).collect::<Option<Vec<_>>>()?,
        related: finding.related.iter().filter_map(related).collect(),
        ..finding.clone()
    })
}

fn common_prefix(a: &str, b: &str) -> usize {
    let same = a.as_bytes().chunks(CHUNK).zip(b.as_bytes().chunks(CHUNK)).take_while(|(a, b)| a == b);
    let start = same.map(|(a, _)| a.len()).sum::<usize>();
    let bytes = a.as_bytes()[start..].iter().zip(&b.as_bytes()[start..]).take_while(|(a, b)| a == b).count();
    // The same byte may begin two characters.
    a.floor_char_boundary(start + bytes).min(b.floor_char_boundary(start + bytes))
}

fn common_suffix(a: &str, b: &str) -> usize {
    let same = a.as_bytes().rchunks(CHUNK).zip(b.as_bytes().rchunks(CHUNK)).take_while(|(a, b)| a == b);
    let end = same.map(|(a, _)| a.len()).sum::<usize>();
    let (rest_a, rest_b) = (&a.as_bytes()[..a.len() - end], &b.as_bytes()[..b.len() - end]);
    let bytes = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(a, b)| a == b).count();
    let start = a.ceil_char_boundary(a.len() - end - bytes);
    a.len() - start
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_change_is_widened_to_its_sentence() {
        let old = "First one.\n\nSecond here. Third there.\n\nLast.";
        let new = "First one.\n\nSecond here. Third was there.\n\nLast.";
        let change = Change::between(old, new).unwrap();
        assert_eq!(&old[change.old.range()], " Third there.");
        assert_eq!(&new[change.new.range()], " Third was there.");
        assert_eq!(change.now(Span::new(0, 5)), Some(Span::new(0, 5)));
        assert_eq!(change.now(Span::new(old.len() - 5, old.len())), Some(Span::new(new.len() - 5, new.len())));
        assert_eq!(change.now(Span::new(26, 31)), None);
    }

    proptest! {
        #[test]
        fn what_did_not_change_is_found_again(a in "[ab.é😀\n]{0,30}", b in "[ab.é😀\n]{0,30}", c in "[ab.é😀\n]{0,30}", d in "[ab.é😀\n]{0,30}") {
            let (old, new) = ([a.as_str(), &b, &c].concat(), [a.as_str(), &d, &c].concat());
            let change = Change::between(&old, &new).unwrap();
            prop_assert_eq!(&old[..change.old.start], &new[..change.new.start]);
            prop_assert_eq!(&old[change.old.end..], &new[change.new.end..]);
            prop_assert!(new.get(change.new.range()).is_some());
        }
    }
}
