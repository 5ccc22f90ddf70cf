//! source/: rules that hold a translation against its source. Their examples are tables of a source and a target.

pub mod empty;
pub mod glossary;
pub mod inconsistent;
pub mod length;
pub mod link;
pub mod name_invented;
pub mod name_missing;
pub mod number;
pub mod placeholder;
pub mod punctuation;
pub mod untranslated;

use super::{Context, Finding, Rule};
use crate::document::{Segment, SourceSide};
use crate::span::Span;

/// The segments that have text on both sides and are said to be translated.
fn pairs<'a>(context: &Context<'a, '_>) -> impl Iterator<Item = (usize, &'a Segment<'a>, &'a SourceSide<'a>)> {
    context.document.segments.iter().enumerate().filter_map(|(index, segment)| {
        let side = segment.source.as_deref()?;
        let has_text = |text: &str| !text.trim_start().is_empty();
        let translated = !side.pending && has_text(&side.text) && has_text(&segment.text);
        translated.then_some((index, segment, side))
    })
}

/// A finding about all of a segment's text.
fn whole<'c, 'a, 'd>(context: &'c Context<'a, 'd>, rule: &Rule, index: usize, message: String) -> Finding<'c, 'a, 'd> {
    let text = &context.document.segments[index].text;
    let start = text.len() - text.trim_start().len();
    Finding::new(context, rule, index, Span::new(start, start + text.trim().len()), message)
}

/// What one side has more of than the other: of equal items as many as are left over, in order.
fn left_over<T: PartialEq + Clone>(of: &[T], without: &[T]) -> Vec<T> {
    let mut others = without.to_vec();
    let mut left = Vec::new();
    for item in of {
        match others.iter().position(|other| other == item) {
            Some(at) => drop(others.swap_remove(at)),
            None => left.push(item.clone()),
        }
    }
    left
}
