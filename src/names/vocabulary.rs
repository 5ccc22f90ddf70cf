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
    words: FxHashMap<Box<str>, WordIndex>,
    known: Vec<Known>,
}

/// Beyond this many words the memory is emptied: it bounds a run's use of memory.
const MAX_WORDS: usize = 1 << 18;

impl Vocabulary {
    /// Forgets the words where they have become many; their numbers are void.
    pub fn trim(&mut self) {
        if self.known.len() > MAX_WORDS {
            self.words.clear();
            self.known.clear();
        }
    }

    /// The number of a word as it is written.
    pub fn index(&mut self, ranker: &Ranker<'_>, text: &str) -> WordIndex {
        if let Some(&index) = self.words.get(text) {
            return index;
        }
        let index = self.known.len() as WordIndex;
        self.known.push(Known::of(ranker, text));
        self.words.insert(text.into(), index);
        index
    }

    /// What is known of a word.
    pub fn word(&self, index: WordIndex) -> &Known {
        &self.known[index as usize]
    }
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
