//! names/: rules that need a dictionary.

pub mod acronym;
pub mod calque;
pub mod diacritics;
pub mod doubled;
pub mod inconsistent;
pub mod letter_case;
pub mod misspelling;
pub mod mistransliteration;
pub mod translated_word;
pub mod truncated;
pub mod variant;

use super::Context;
use crate::dictionary::EntryRef;
use crate::names::rank::Exact;
use crate::names::resolve::{Mention, Resolution};
use crate::span::Span;
use crate::text::scan;

/// The text of a mention as it stands.
fn text_of<'a>(context: &Context<'a, '_>, mention: &Mention) -> &'a str {
    context.document.segments[mention.segment].text.get(mention.span.range()).unwrap_or_default()
}

/// The mentions that are, but for case and accents, right forms of entries.
fn right_forms<'a>(context: &Context<'a, '_>) -> impl Iterator<Item = (&'a Mention, Vec<Exact>)> {
    context.mentions.iter().filter_map(|mention| match &mention.resolution {
        Resolution::Form(exact) => {
            let right: Vec<Exact> = exact.iter().filter(|e| e.kind.is_right()).copied().collect();
            (!right.is_empty()).then_some((mention, right))
        }
        _ => None,
    })
}

fn entry_id(context: &Context<'_, '_>, entry: EntryRef) -> Option<String> {
    Some(context.ranker.view(entry).id(entry.index).into_owned())
}

/// What an entry is, for a note: "Edwy Plenel: journalist, founder of Mediapart".
fn description(context: &Context<'_, '_>, entry: EntryRef) -> String {
    let view = context.ranker.view(entry);
    let roles: Vec<&str> = view.roles(entry.index).take(2).collect();
    let name = view.name(entry.index);
    if roles.is_empty() { name.to_owned() } else { format!("{name}: {}", roles.join(", ")) }
}

/// How many words on each side of a span count as beside it.
const BESIDE: usize = 4;

/// Whether a word that says what the entry is stands beside the span: the evidence for names that could be something else.
fn role_beside(context: &Context<'_, '_>, segment: usize, span: Span, entry: EntryRef) -> bool {
    let text: &str = &context.document.segments[segment].text;
    let before = words_near(&text[..span.start], true);
    let after = words_near(&text[span.end..], false);
    let view = context.ranker.view(entry);
    view.roles(entry.index).any(|role| {
        let role = words_near(role, false);
        let stands_in = |words: &[String]| {
            !role.is_empty() && words.windows(role.len()).any(|w| w.iter().zip(&role).all(|(a, b)| same_noun(a, b)))
        };
        stands_in(&before) || stands_in(&after)
    })
}

fn same_noun(a: &str, b: &str) -> bool {
    a == b || a.strip_suffix('s') == Some(b)
}

/// The words next to a place, in lower case and in their order: the last ones of a text, or the first ones.
fn words_near(text: &str, last: bool) -> Vec<String> {
    let window = match last {
        true => &text[text.floor_char_boundary(text.len().saturating_sub(80))..],
        false => &text[..text.floor_char_boundary(80)],
    };
    let words: Vec<String> = scan::tokens(window).map(|t| t.text(window).to_lowercase()).collect();
    let skip = if last { words.len().saturating_sub(BESIDE) } else { 0 };
    words.into_iter().skip(skip).take(BESIDE).collect()
}
