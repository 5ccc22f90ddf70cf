//! The words of a run's texts, each looked up once: in every layer of the dictionary and in the lexicon.

use super::query::without_possessive;
use super::rank::Ranker;
use crate::dictionary::TokenIndex;
use crate::lexicon::{Grade, Kinds, Lexicon, Usage};
use crate::text::fold::{Word, push_key};
use rustc_hash::FxHashMap;

/// What is known of a word, whatever stands beside it. Small: it is asked of every capitalised word.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The most words of a form that begins with it, at most 255; 0 where none does.
    pub reach: u8,
    /// What lists of titles, callings and the like say of it; `None` where it is no Latin word.
    pub kinds: Option<Kinds>,
    /// Whether it is so ordinary, and so seldom a name, that it opens a sentence as itself: "Later", "While".
    pub is_opener: bool,
    /// Whether it is worth weighing by itself: no ordinary word, no name that people are known to have.
    pub is_rare: bool,
    /// Whether no list has it.
    pub is_unheard: bool,
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
    /// The dictionary's tokens of each word, layer by layer.
    tokens: Vec<Option<TokenIndex>>,
    /// Buffer: the key of a word.
    key: String,
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
            let stem = without_possessive(text);
            self.key.clear();
            push_key(stem, &mut self.key);
            let first = self.tokens.len();
            self.tokens.extend(ranker.views().iter().map(|view| view.find_token(&self.key)));
            let found = ranker.views().iter().zip(&self.tokens[first..]);
            let reach = found.filter_map(|(view, token)| Some(view.reach((*token)?))).max().unwrap_or(0);
            self.known.push(Known {
                reach: reach.min(255) as u8,
                is_possessive: stem.len() < text.len(),
                ..Known::of(Word::fold(&self.key).as_ref())
            });
        }
        index
    }

    /// The dictionary's tokens of a word, layer by layer.
    pub fn tokens(&self, index: WordIndex) -> &[Option<TokenIndex>] {
        let layers = self.tokens.len() / self.known.len().max(1);
        &self.tokens[index as usize * layers..][..layers]
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
    /// What the lexicon says of a word; `None` where it is no Latin one.
    fn of(word: Option<&Word>) -> Known {
        let lexicon = Lexicon::builtin();
        let entry = word.map(|word| lexicon.entry(word));
        Known {
            reach: 0,
            is_possessive: false,
            kinds: word.map(|word| lexicon.kinds(word)),
            is_opener: entry.is_some_and(|entry| {
                let seldom = entry.name().is_none_or(|stats| stats.weight < 2.0 && stats.usage != Usage::Given);
                entry.grade >= Some(Grade::Usual) && seldom && !entry.proper
            }),
            is_rare: entry.is_some_and(|entry| {
                entry.grade.is_none_or(|grade| grade == Grade::Rare)
                    && !entry.proper
                    && !entry.place
                    && entry.name().is_none_or(|stats| stats.weight < 0.2)
            }),
            is_unheard: entry.is_some_and(|entry| entry.grade.is_none()),
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
