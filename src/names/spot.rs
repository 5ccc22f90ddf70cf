//! Spotting: the chains of name-like words in a sentence, from which the spans to be weighed are cut.
//!
//! A chain is a run of capitalised words, initials, numerals and the small words inside names (al-, bin, de, van …), joined
//! by spaces, a line break, hyphens or the full stop of an initial. Titles, callings and the days and months part
//! chains and belong to none. Linear in the words of the sentence.

use super::vocabulary::Known;
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

/// A word of a sentence in which chains are looked for.
pub struct Word<'v> {
    pub token: Token,
    /// What is known of it; `None` for words in lower case, which nothing is asked about but whether they are particles.
    pub known: Option<&'v Known>,
    /// It belongs to a known phrase and to no chain.
    pub covered: bool,
}

/// Whether anything is asked of a word before chains are looked for: it begins with a capital.
pub fn is_asked(token: &Token) -> bool {
    token.is_capital()
}

/// The chains of a sentence.
pub fn chains(text: &str, sentence: &[Word<'_>]) -> Vec<Chain> {
    let mut chains = Vec::new();
    let mut start: Option<usize> = None;
    for (i, word) in sentence.iter().enumerate() {
        let part = !word.covered && is_part(text, sentence, i);
        if start.is_some() && !(part && goes_on(text, sentence, i)) {
            chains.extend(start.take().map(|s| s..i));
        }
        if part && start.is_none() {
            start = Some(i);
        }
    }
    chains.extend(start.map(|s| s..sentence.len()));
    chains.retain_mut(|chain| {
        while chain.len() > 1 && sentence[chain.end - 1].token.shape == Shape::Lower {
            chain.end -= 1;
        }
        sentence[chain.clone()].iter().any(|word| word.token.is_capital() && word.token.shape != Shape::Initial)
    });
    chains
}

/// Whether a word may go on the chain that the word before it is in.
fn goes_on(text: &str, sentence: &[Word<'_>], i: usize) -> bool {
    let Some(before) = i.checked_sub(1).map(|i| &sentence[i]) else { return false };
    match sentence[i].token.gap {
        Gap::Space | Gap::Line | Gap::Hyphen => !before.known.is_some_and(|known| known.is_possessive),
        Gap::Stop => before.token.shape == Shape::Initial || is_abbreviation(before.token.text(text)),
        _ => false,
    }
}

/// Whether a word may be a part of a name.
fn is_part(text: &str, sentence: &[Word<'_>], i: usize) -> bool {
    let Word { token, known, .. } = &sentence[i];
    match token.shape {
        Shape::Capital | Shape::Upper | Shape::Initial => {
            let Some((known, kinds)) = known.and_then(|known| Some((known, known.kinds?))) else { return false };
            // A capital at the start of a sentence says nothing of an ordinary word.
            if i == 0 && known.is_opener {
                return false;
            }
            // "Jun" and "May" are months, and parts of names behind another part.
            let inside = i > 0 && sentence[i - 1].token.is_capital() && joins(token.gap);
            !(kinds.title() || kinds.role() || kinds.calendar() && !inside)
        }
        Shape::Lower => {
            let at = |i: usize| sentence.get(i).map(|word| &word.token).filter(|token| joins(token.gap));
            let next_is_capital = |by: usize| at(i + by).is_some_and(Token::is_capital);
            let next_is_particle = || at(i + 1).is_some_and(|t| t.shape == Shape::Lower && is_particle(t.text(text)));
            let before = i.checked_sub(1).map(|i| &sentence[i].token);
            let begins = || at(i + 1).is_some_and(|token| token.gap == Gap::Hyphen);
            let follows = || before.is_some_and(|t| t.is_capital()) && joins(token.gap);
            let follows_particle = || before.is_some_and(|t| t.shape == Shape::Lower && is_particle(t.text(text)));
            is_particle(token.text(text))
                && (next_is_capital(1) || next_is_capital(2) && next_is_particle())
                && (follows() || begins() || follows_particle())
        }
        Shape::Number | Shape::Uncased => false,
    }
}

fn joins(gap: Gap) -> bool {
    matches!(gap, Gap::Space | Gap::Line | Gap::Hyphen)
}
