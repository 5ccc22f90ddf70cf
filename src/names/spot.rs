//! Spotting: the chains of name-like words in a sentence, from which the spans to be weighed are cut.
//!
//! A chain is a run of capitalised words, initials, numerals and the small words inside names (al-, bin, de, van …), joined
//! by spaces, a line break, hyphens or the full stop of an initial. Titles, callings and the days and months part
//! chains and belong to none. Linear in the words of the sentence.

use super::vocabulary::{Known, Vocabulary, WordIndex};
use crate::text::scan::{Gap, Shape, Token, tokens};
use std::ops::Range;

/// The most words of a sentence that are looked at together; a longer one is cut there.
const MAX_SENTENCE: usize = 400;

/// Calls `each` with the words of every sentence of the text, in order. A full stop ends a sentence unless an initial or an abbreviated
/// title stands before it, or a small letter follows. `sentence` is a buffer.
pub fn sentences(text: &str, sentence: &mut Vec<Token>, mut each: impl FnMut(&[Token])) {
    sentence.clear();
    for token in tokens(text) {
        let ends = match token.gap {
            Gap::Paragraph | Gap::End => true,
            Gap::Stop => sentence.last().is_some_and(|last| {
                token.shape != Shape::Lower && last.shape != Shape::Initial && !is_abbreviation(last.text(text))
            }),
            _ => sentence.len() >= MAX_SENTENCE,
        };
        if ends && !sentence.is_empty() {
            each(sentence);
            sentence.clear();
        }
        sentence.push(token);
    }
    if !sentence.is_empty() {
        each(sentence);
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

/// A sentence in which chains are looked for.
pub struct Sentence<'s> {
    pub text: &'s str,
    pub tokens: &'s [Token],
    pub vocabulary: &'s Vocabulary,
    /// Its words in the vocabulary; `None` for words in lower case, which nothing is asked about but whether they are particles.
    pub numbers: &'s [Option<WordIndex>],
    /// Which words belong to a known phrase and to no chain; empty where none does.
    pub covered: &'s [bool],
}

/// Whether anything is asked of a word before chains are looked for: it begins with a capital.
pub fn is_asked(token: &Token) -> bool {
    token.is_capital()
}

/// How many small words may stand before the first capital of a chain: "bin al-".
const PARTICLES_BEFORE: usize = 3;

impl Sentence<'_> {
    /// The chains of the sentence.
    pub fn chains(&self) -> Vec<Chain> {
        let mut chains = Vec::new();
        let Some(first) = self.tokens.iter().position(is_asked) else { return chains };
        let last = self.tokens.iter().rposition(is_asked).unwrap_or(first);
        let mut start: Option<usize> = None;
        for i in first.saturating_sub(PARTICLES_BEFORE)..=last {
            let part = !self.covered.get(i).is_some_and(|covered| *covered) && self.is_part(i);
            if start.is_some() && !(part && self.goes_on(i)) {
                chains.extend(start.take().map(|s| s..i));
            }
            if part && start.is_none() {
                start = Some(i);
            }
        }
        chains.extend(start.map(|s| s..last + 1));
        chains.retain_mut(|chain| {
            while chain.len() > 1 && self.tokens[chain.end - 1].shape == Shape::Lower {
                chain.end -= 1;
            }
            self.tokens[chain.clone()].iter().any(|token| token.is_capital() && token.shape != Shape::Initial)
        });
        chains
    }

    fn known(&self, i: usize) -> Option<&Known> {
        self.numbers[i].map(|number| self.vocabulary.word(number))
    }

    /// Whether a word may go on the chain that the word before it is in.
    fn goes_on(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        match self.tokens[i].gap {
            Gap::Space | Gap::Line | Gap::Hyphen => !self.known(before).is_some_and(|known| known.is_possessive),
            Gap::Stop => {
                let before = &self.tokens[before];
                before.shape == Shape::Initial || is_abbreviation(before.text(self.text))
            }
            _ => false,
        }
    }

    /// Whether a word may be a part of a name.
    fn is_part(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        match token.shape {
            Shape::Capital | Shape::Upper | Shape::Initial => {
                let Some((known, kinds)) = self.known(i).and_then(|known| Some((known, known.kinds?))) else {
                    return false;
                };
                // A capital at the start of a sentence says nothing of an ordinary word.
                if i == 0 && known.is_opener {
                    return false;
                }
                // "Jun" and "May" are months, and parts of names behind another part.
                let inside = i > 0 && self.tokens[i - 1].is_capital() && joins(token.gap);
                !(kinds.title() || kinds.role() || kinds.calendar() && !inside)
            }
            Shape::Lower => {
                let is_small = |token: &Token| token.shape == Shape::Lower && is_particle(token.text(self.text));
                if !is_small(token) {
                    return false;
                }
                let joined = |i: usize| self.tokens.get(i).filter(|token| joins(token.gap));
                let next_is_capital = |by: usize| joined(i + by).is_some_and(Token::is_capital);
                let next_is_particle = || joined(i + 1).is_some_and(is_small);
                let before = i.checked_sub(1).map(|i| &self.tokens[i]);
                let begins = || joined(i + 1).is_some_and(|token| token.gap == Gap::Hyphen);
                let follows = || before.is_some_and(Token::is_capital) && joins(token.gap);
                let follows_particle = || before.is_some_and(is_small);
                (next_is_capital(1) || next_is_capital(2) && next_is_particle())
                    && (follows() || begins() || follows_particle())
            }
            Shape::Number | Shape::Uncased => false,
        }
    }
}

fn joins(gap: Gap) -> bool {
    matches!(gap, Gap::Space | Gap::Line | Gap::Hyphen)
}
