//! The words of a run's texts, each looked up once: in every layer of the dictionary and in the lexicon.

use super::query::{QueryWord, without_possessive};
use super::rank::Ranker;
use crate::dictionary::TokenIndex;
use crate::lexicon::{Grade, Kinds, Lexicon, Usage};
use crate::text::fold::Word;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What is known of a word, whatever stands beside it.
#[derive(Debug)]
pub struct Known {
    /// The dictionary's token, layer by layer.
    pub tokens: Vec<Option<TokenIndex>>,
    /// The most words of a form that begins with it; 0 where none does.
    pub reach: usize,
}

/// The words met so far, as written.
#[derive(Default)]
pub struct Vocabulary {
    words: FxHashMap<String, Arc<Known>>,
    kinds: FxHashMap<String, Option<Kinds>>,
}

/// Beyond this many words the memory is emptied: it bounds a run's use of memory.
const MAX_WORDS: usize = 1 << 18;

impl Vocabulary {
    /// Forgets the words where they have become many.
    pub fn trim(&mut self) {
        if self.words.len() > MAX_WORDS || self.kinds.len() > MAX_WORDS {
            self.words.clear();
            self.kinds.clear();
        }
    }

    /// A word as it is written; a possessive ending is not looked at.
    pub fn word(&mut self, ranker: &Ranker<'_>, text: &str) -> Arc<Known> {
        if let Some(known) = self.words.get(text) {
            return Arc::clone(known);
        }
        let word = QueryWord::new(without_possessive(text));
        let tokens: Vec<Option<TokenIndex>> = ranker.views().iter().map(|view| word.token(view)).collect();
        let reaches = ranker.views().iter().zip(&tokens).filter_map(|(view, token)| Some(view.reach((*token)?)));
        let known = Arc::new(Known { reach: reaches.max().unwrap_or(0), tokens });
        self.words.insert(text.to_owned(), Arc::clone(&known));
        known
    }

    /// Whether a word is so ordinary, and so seldom a name, that it opens a sentence as itself: "Later", "While".
    pub fn is_opener(&mut self, text: &str) -> bool {
        Word::fold(text).is_some_and(|word| {
            let entry = Lexicon::builtin().entry(&word);
            let seldom = entry.name().is_none_or(|stats| stats.weight < 2.0 && stats.usage != Usage::Given);
            entry.grade >= Some(Grade::Usual) && seldom && !entry.proper
        })
    }

    /// What lists of titles, callings and the like say of a word; `None` where it is no Latin word.
    pub fn kinds(&mut self, text: &str) -> Option<Kinds> {
        if let Some(kinds) = self.kinds.get(text) {
            return *kinds;
        }
        let kinds = Word::fold(without_possessive(text)).map(|word| Lexicon::builtin().kinds(&word));
        self.kinds.insert(text.to_owned(), kinds);
        kinds
    }
}
