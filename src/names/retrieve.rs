//! Retrieval: from the words of a span to the dictionary's forms that could have been garbled into it.
//!
//! A form of several words is a candidate where one of its tokens meets a word of the span under a whole skeleton key and
//! another one comes within one class of another word's; a form or span of one word where that word meets it, a class
//! left out on either side. The postings of the words that meet are walked, the rarest first, at most [`Scope::most`] of
//! them: that bounds the cost of a span. A single word of a text is held against names of one word only, which have keys of
//! their own.

use super::query::QueryWord;
use crate::dictionary::skeleton::{self, Key, Side};
use crate::dictionary::{FormIndex, TokenIndex, View};
use crate::text::fold::Word;
use rustc_hash::FxHashSet;

/// Where a span comes from, and so what may be spent on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A name given by itself.
    Given,
    /// A span of running text, where most spans are no names of the dictionary.
    Text,
}

impl Scope {
    /// The most postings that are walked for one span and layer.
    fn most(self) -> usize {
        match self {
            Scope::Given => 20_000,
            Scope::Text => 1_500,
        }
    }
}

/// A token of so few forms, and with so many classes in its skeleton, brings them in by itself.
const RARE: usize = 4;
const LONG: usize = 4;

/// What is looked for: a word of the span, or two of them run together.
struct Wanted {
    /// The keys of its readings.
    keys: Vec<Key>,
    /// The words of the span that it stands for: bit `i` for word `i`.
    words: u16,
    /// The tokens that it meets, ascending, and how many postings they have in all.
    tokens: Vec<TokenIndex>,
    postings: usize,
}

/// Buffers that are kept from span to span.
#[derive(Default)]
pub struct Retriever {
    wanted: Vec<Wanted>,
    seen: FxHashSet<FormIndex>,
}

impl Retriever {
    /// Finds the candidate forms of a span in one layer; they are appended to `found`, each once.
    pub fn candidates(&mut self, view: &View<'_>, words: &[QueryWord], scope: Scope, found: &mut Vec<FormIndex>) {
        if let (Scope::Text, [word]) = (scope, words) {
            return alone(view, word, found);
        }
        self.seen.clear();
        self.wanted.clear();
        for (i, word) in words.iter().enumerate() {
            self.want(view, word.word, word.token(view), 1 << i, words.len() == 1);
        }
        for (i, pair) in words.windows(2).enumerate() {
            let joined = pair[0].word.zip(pair[1].word).and_then(|(a, b)| Word::join(&a, &b));
            self.want(view, joined, None, 0b11 << i, words.len() == 2);
        }
        let mut order: Vec<usize> = (0..self.wanted.len()).collect();
        order.sort_by_key(|&i| self.wanted[i].postings);
        let all = (1u16 << words.len()) - 1;
        let mut walked = 0;
        for &i in &order {
            for &token in &self.wanted[i].tokens {
                let postings = view.postings(token);
                walked += postings.len();
                if walked > scope.most() {
                    return;
                }
                for form in postings {
                    if !self.seen.contains(&form) && self.is_candidate(view, form, token, i, all) {
                        self.seen.insert(form);
                        found.push(form);
                    }
                }
            }
        }
    }

    /// Whether a form that holds `token`, which the `i`-th wanted word meets, has another token near another word.
    fn is_candidate(&self, view: &View<'_>, form: FormIndex, token: TokenIndex, i: usize, all: u16) -> bool {
        let words = all.count_ones() as usize;
        let met = self.wanted[i].words;
        let tokens = view.words_of(form);
        if met == all {
            return tokens.len() <= 2;
        }
        if tokens.len() == 1 {
            return false;
        }
        if view.postings(token).len() <= RARE
            && skeleton::len(view.skeleton(token)) >= LONG
            && tokens.len().abs_diff(words) <= 1
        {
            return true;
        }
        let mut left_out = false;
        tokens.into_iter().any(|other| {
            if other == token && !left_out {
                left_out = true;
                return false;
            }
            let skeleton = view.skeleton(other);
            let mut rest = self.wanted.iter().filter(|wanted| wanted.words & met == 0);
            rest.any(|wanted| {
                wanted.tokens.binary_search(&other).is_ok()
                    || wanted.keys.iter().any(|&key| skeleton::are_close(key, skeleton))
            })
        })
    }

    /// Looks up what a word meets: whole skeletons, and with `loosely` those with one class left out.
    fn want(&mut self, view: &View<'_>, word: Option<Word>, exact: Option<TokenIndex>, words: u16, loosely: bool) {
        let mut wanted = Wanted { keys: Vec::new(), words, tokens: Vec::new(), postings: 0 };
        wanted.tokens.extend(exact);
        if let Some(word) = word {
            skeleton::exact_keys(&word, Side::Seen, &mut wanted.keys);
            for &key in &wanted.keys {
                wanted.tokens.extend(view.tokens_of_key(key));
            }
            if loosely {
                for key in near_keys(&word, &wanted.keys) {
                    wanted.tokens.extend(view.tokens_of_key(key));
                }
            }
            wanted.tokens.sort_unstable();
            wanted.tokens.dedup();
        }
        wanted.postings = wanted.tokens.iter().map(|&token| view.postings(token).len()).sum();
        self.wanted.push(wanted);
    }
}

/// The stored keys of the words that are one class away from this one, whose readings have `keys`.
fn near_keys(word: &Word, keys: &[Key]) -> Vec<Key> {
    let mut shorter = Vec::new();
    skeleton::deletion_keys(word, &mut shorter);
    let longer = keys.iter().take(2).map(|key| skeleton::stored_deletion(*key));
    let changed = shorter.iter().map(|key| skeleton::stored_deletion(*key));
    let near = longer.chain(changed).collect::<Vec<_>>();
    shorter.extend(near);
    shorter
}

/// The names of one word that a single word of a text may be.
fn alone(view: &View<'_>, word: &QueryWord, found: &mut Vec<FormIndex>) {
    let Some(folded) = word.word else { return };
    let mut keys = Vec::new();
    skeleton::exact_keys(&folded, Side::Seen, &mut keys);
    let near = near_keys(&folded, &keys);
    let stored = keys.into_iter().chain(near).map(skeleton::stored_alone);
    let mut tokens: Vec<TokenIndex> = stored.flat_map(|key| view.tokens_of_key(key)).collect();
    tokens.sort_unstable();
    tokens.dedup();
    let forms = tokens.into_iter().flat_map(|token| view.postings(token));
    found.extend(forms.filter(|&form| view.words_of(form).len() == 1));
}
