//! Spotting: the chains of name-like words in a sentence, from which the spans to be weighed are cut.
//!
//! A chain is a run of capitalised words, initials, numerals and the small words inside names (al-, bin, de, van …), joined
//! by spaces, a line break, hyphens or the full stop of an initial. Titles, callings and the days and months part
//! chains and belong to none. Linear in the words of the sentence.

use super::vocabulary::Vocabulary;
use crate::text::scan::{Gap, Shape, Token, tokens};
use std::ops::Range;

/// The most words of a sentence that are looked at together; a longer one is cut there.
const MAX_SENTENCE: usize = 400;

/// Calls `each` with the words of every sentence of the text, in order. A full stop ends a sentence unless an initial or an abbreviated
/// title stands before it, or a small letter follows.
pub fn sentences(text: &str, mut each: impl FnMut(&[Token])) {
    let mut sentence: Vec<Token> = Vec::new();
    for token in tokens(text) {
        let ends = match token.gap {
            Gap::Paragraph | Gap::End => true,
            Gap::Stop => sentence.last().is_some_and(|last| {
                token.shape != Shape::Lower && last.shape != Shape::Initial && !is_abbreviation(last.text(text))
            }),
            _ => sentence.len() >= MAX_SENTENCE,
        };
        if ends && !sentence.is_empty() {
            each(&sentence);
            sentence.clear();
        }
        sentence.push(token);
    }
    if !sentence.is_empty() {
        each(&sentence);
    }
}

/// Words whose full stop does not end a sentence.
fn is_abbreviation(word: &str) -> bool {
    matches!(
        word,
        "Mr" | "Mrs"
            | "Ms"
            | "Dr"
            | "Prof"
            | "St"
            | "Sr"
            | "Jr"
            | "Gen"
            | "Col"
            | "Lt"
            | "Capt"
            | "Sgt"
            | "Maj"
            | "Adm"
            | "Rev"
            | "Hon"
            | "Sen"
            | "Rep"
            | "Gov"
            | "Pres"
            | "Ste"
            | "Mt"
            | "No"
            | "vs"
            | "Abp"
            | "Bp"
            | "Fr"
            | "Msgr"
    )
}

/// Small words that stand inside names in lower case.
pub fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "al" | "el"
            | "ul"
            | "ad"
            | "ar"
            | "as"
            | "at"
            | "an"
            | "az"
            | "bin"
            | "ibn"
            | "bint"
            | "abu"
            | "ben"
            | "de"
            | "del"
            | "della"
            | "di"
            | "da"
            | "das"
            | "do"
            | "dos"
            | "du"
            | "van"
            | "von"
            | "der"
            | "den"
            | "ter"
            | "ten"
            | "la"
            | "le"
            | "les"
            | "y"
            | "e"
            | "i"
            | "af"
            | "zu"
            | "und"
            | "ud"
            | "ed"
            | "st"
    )
}

/// A chain: indexes of consecutive tokens of a sentence.
pub type Chain = Range<usize>;

/// The chains of a sentence. `covered` tells the tokens that belong to a known phrase and to no chain.
pub fn chains(
    text: &str,
    sentence: &[Token],
    covered: impl Fn(usize) -> bool,
    vocabulary: &mut Vocabulary,
) -> Vec<Chain> {
    let mut chains = Vec::new();
    let mut start: Option<usize> = None;
    for (i, token) in sentence.iter().enumerate() {
        let after_possessive = i > 0 && is_possessive(sentence[i - 1].text(text));
        let goes_on = match token.gap {
            Gap::Space | Gap::Line | Gap::Hyphen => !after_possessive,
            Gap::Stop => {
                i > 0 && (sentence[i - 1].shape == Shape::Initial || is_abbreviation(sentence[i - 1].text(text)))
            }
            _ => false,
        };
        let part = !covered(i) && is_part(text, sentence, i, vocabulary);
        if start.is_some() && !(goes_on && part) {
            chains.extend(start.take().map(|s| s..i));
        }
        if part && start.is_none() {
            start = Some(i);
        }
    }
    chains.extend(start.map(|s| s..sentence.len()));
    chains.retain_mut(|chain| {
        while chain.len() > 1 && sentence[chain.end - 1].shape == Shape::Lower {
            chain.end -= 1;
        }
        chain.clone().any(|i| sentence[i].is_capital() && sentence[i].shape != Shape::Initial)
    });
    chains
}

/// Whether a token may be a part of a name.
fn is_part(text: &str, sentence: &[Token], i: usize, vocabulary: &mut Vocabulary) -> bool {
    let token = &sentence[i];
    let word = token.text(text);
    match token.shape {
        Shape::Capital | Shape::Upper | Shape::Initial => {
            let Some(kinds) = vocabulary.kinds(word) else { return false };
            // A capital at the start of a sentence says nothing of an ordinary word.
            if i == 0 && vocabulary.is_opener(word) {
                return false;
            }
            // "Jun" and "May" are months, and parts of names behind another part.
            let inside = i > 0 && sentence[i - 1].is_capital() && joins(token.gap);
            !(kinds.title() || kinds.role() || kinds.calendar() && !inside)
        }
        Shape::Lower => {
            let next_is_capital = |by: usize| sentence.get(i + by).is_some_and(|t| t.is_capital() && joins(t.gap));
            let next_is_particle = sentence
                .get(i + 1)
                .is_some_and(|t| t.shape == Shape::Lower && joins(t.gap) && is_particle(t.text(text)));
            is_particle(word)
                && (next_is_capital(1) || next_is_particle && next_is_capital(2))
                && (i > 0 && sentence[i - 1].is_capital() && joins(token.gap)
                    || sentence.get(i + 1).is_some_and(|t| t.gap == Gap::Hyphen)
                    || i > 0 && sentence[i - 1].shape == Shape::Lower && is_particle(sentence[i - 1].text(text)))
        }
        Shape::Number | Shape::Uncased => false,
    }
}

fn is_possessive(word: &str) -> bool {
    super::query::without_possessive(word).len() < word.len()
}

fn joins(gap: Gap) -> bool {
    matches!(gap, Gap::Space | Gap::Line | Gap::Hyphen)
}
