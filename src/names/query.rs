//! A name-like span as the engine sees it: a few words, each folded and looked up in every layer once.

use crate::dictionary::{TokenIndex, View};
use crate::text::fold::{Word, push_key};
use crate::text::scan::{self, Token};

/// The most words of a span that are weighed; a longer span has no candidates.
pub const MAX_WORDS: usize = 8;

/// A word of a query.
#[derive(Clone, Debug)]
pub struct QueryWord {
    /// As written.
    pub text: String,
    /// The key it is looked up by.
    pub key: String,
    /// `None` where it is no Latin word.
    pub word: Option<Word>,
}

impl QueryWord {
    pub fn new(text: &str) -> QueryWord {
        let mut key = String::with_capacity(text.len());
        push_key(text, &mut key);
        QueryWord { text: text.to_owned(), word: Word::fold(&key), key }
    }

    /// How many letters it has; 0 where it is no Latin word.
    pub fn letters(&self) -> usize {
        self.word.map_or(0, |word| word.len())
    }

    /// The dictionary's token of that key in one layer.
    pub fn token(&self, view: &View<'_>) -> Option<TokenIndex> {
        view.find_token(&self.key)
    }
}

/// The words of a name given by itself, without possessive endings. Empty where there are none or too many.
pub fn words(text: &str) -> Vec<QueryWord> {
    each_word(text, |word| QueryWord::new(without_possessive(word)))
}

/// The same words as they are written: a name may have “'s” in it, as McDonald's has.
pub fn words_as_written(text: &str) -> Vec<QueryWord> {
    each_word(text, QueryWord::new)
}

fn each_word(text: &str, word: impl Fn(&str) -> QueryWord) -> Vec<QueryWord> {
    let tokens: Vec<Token> = scan::tokens(text).take(MAX_WORDS + 1).collect();
    if tokens.len() > MAX_WORDS {
        return Vec::new();
    }
    tokens.iter().map(|token| word(token.text(text))).collect()
}

/// The word without an English possessive ending: "Macron’s" → "Macron", "Plenels’" stays.
pub fn without_possessive(word: &str) -> &str {
    ["'s", "’s", "ʼs", "'S", "’S"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}
