//! The words of a run's texts, each looked up once: in every layer of the dictionary and in the lexicon.

use super::query::{QueryWord, without_possessive};
use super::rank::Ranker;
use crate::dictionary::TokenIndex;
use crate::lexicon::{Grade, Kinds, Lexicon, Usage};
use rustc_hash::FxHashMap;

/// What is known of a word, whatever stands beside it.
#[derive(Debug)]
pub struct Known {
    /// The dictionary's token, layer by layer.
    pub tokens: Vec<Option<TokenIndex>>,
    /// The most words of a form that begins with it; 0 where none does.
    pub reach: usize,
    /// What lists of titles, callings and the like say of it; `None` where it is no Latin word.
    pub kinds: Option<Kinds>,
    /// Whether it is so ordinary, and so seldom a name, that it opens a sentence as itself: "Later", "While".
    pub is_opener: bool,
    /// Whether it has a possessive ending, at which nothing else here looks.
    pub is_possessive: bool,
}

/// A word of the vocabulary.
pub type WordIndex = u32;

/// The words met so far, as written.
#[derive(Default)]
pub struct Vocabulary {
    short: FxHashMap<Packed, WordIndex>,
    long: FxHashMap<Box<str>, WordIndex>,
    known: Vec<Known>,
}

/// Beyond this many words the memory should be emptied: it bounds a run's use of memory.
const MAX_WORDS: usize = 1 << 18;

impl Vocabulary {
    /// Whether there are so many words that they are better forgotten.
    pub fn is_full(&self) -> bool {
        self.known.len() > MAX_WORDS
    }

    /// The number of a word as it is written.
    pub fn index(&mut self, ranker: &Ranker<'_>, text: &str) -> WordIndex {
        let next = self.known.len() as WordIndex;
        let index = match pack(text.as_bytes()) {
            Some(packed) => *self.short.entry(packed).or_insert(next),
            None => match self.long.get(text) {
                Some(index) => *index,
                None => *self.long.entry(text.into()).or_insert(next),
            },
        };
        if index == next {
            self.known.push(Known::of(ranker, text));
        }
        index
    }

    /// What is known of a word.
    pub fn word(&self, index: WordIndex) -> &Known {
        &self.known[index as usize]
    }
}

/// The bytes of a short word, zeros behind them: of two words, which hold no zeros, no two are alike.
type Packed = [u64; 2];

/// `None` for words of more than 16 bytes. Read eight bytes at a time, overlapping, which a copy of so few is slower than.
fn pack(word: &[u8]) -> Option<Packed> {
    let eight = |at: usize| Some(u64::from_le_bytes(*word.get(at..)?.first_chunk()?));
    let four = |at: usize| Some(u64::from(u32::from_le_bytes(*word.get(at..)?.first_chunk()?)));
    Some(match word.len() {
        len @ 9..=16 => [eight(0)?, eight(len - 8)? >> (8 * (16 - len))],
        8 => [eight(0)?, 0],
        len @ 5..=7 => [four(0)? | four(len - 4)? >> (8 * (8 - len)) << 32, 0],
        0..=4 => [word.iter().rev().fold(0, |packed, &byte| packed << 8 | u64::from(byte)), 0],
        _ => return None,
    })
}

impl Known {
    fn of(ranker: &Ranker<'_>, text: &str) -> Known {
        let stem = without_possessive(text);
        let word = QueryWord::new(stem);
        let tokens: Vec<Option<TokenIndex>> = ranker.views().iter().map(|view| word.token(view)).collect();
        let reaches = ranker.views().iter().zip(&tokens).filter_map(|(view, token)| Some(view.reach((*token)?)));
        let lexicon = Lexicon::builtin();
        Known {
            reach: reaches.max().unwrap_or(0),
            kinds: word.word.map(|word| lexicon.kinds(&word)),
            is_opener: word.word.is_some_and(|word| {
                let entry = lexicon.entry(&word);
                let seldom = entry.name().is_none_or(|stats| stats.weight < 2.0 && stats.usage != Usage::Given);
                entry.grade >= Some(Grade::Usual) && seldom && !entry.proper
            }),
            is_possessive: stem.len() < text.len(),
            tokens,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_word_is_packed_as_it_lies_in_memory() {
        let letters = b"abcdefghijklmnopq";
        for len in 0..=16 {
            let mut bytes = [0; 16];
            bytes[..len].copy_from_slice(&letters[..len]);
            let half = |at: usize| u64::from_le_bytes(*bytes[at..].first_chunk().unwrap());
            assert_eq!(pack(&letters[..len]), Some([half(0), half(8)]), "{len} bytes");
        }
        assert_eq!(pack(letters), None);
    }
}
