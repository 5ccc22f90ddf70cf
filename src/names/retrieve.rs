//! Retrieval: from the words of a name given by itself to the dictionary's forms that could have been garbled into it.
//!
//! A form of several words is a candidate where one of its tokens meets a word of the span under a whole skeleton key and
//! another one comes within one class of another word's; a form or span of one word where that word meets it, a class
//! left out on either side. The postings of the words that meet are walked, the rarest first and of their tokens the nearest, at
//! most [`MAX_WALK`] of them: that bounds the cost of a span.

use super::query::QueryWord;
use super::sketch::{self, Distance};
use crate::dictionary::compile::{LONG, RARE};
use crate::dictionary::skeleton::{self, Key, Side};
use crate::dictionary::{FormIndex, TokenIndex, View};
use crate::text::fold::Word;
use rustc_hash::FxHashSet;

/// The most postings that are walked for one span and layer.
const MAX_WALK: usize = 6_000;

/// What is looked for: a word of the span, or two of them run together.
struct Wanted {
    /// The keys of its readings.
    keys: Vec<Key>,
    /// The words of the span that it stands for: bit `i` for word `i`.
    words: u16,
    /// The tokens that it meets, ascending.
    tokens: Vec<TokenIndex>,
    /// Those of them that a trip can have made the word of, the nearest first; and how many postings they have in all.
    near: Vec<(Distance, TokenIndex)>,
    postings: usize,
}

impl Wanted {
    fn is_close(&self, skeleton: Key) -> bool {
        self.keys.iter().any(|&key| skeleton::are_close(key, skeleton))
    }
}

/// Buffers that are kept from span to span.
#[derive(Default)]
pub struct Retriever {
    wanted: Vec<Wanted>,
    seen: FxHashSet<FormIndex>,
}

impl Retriever {
    /// The candidate forms of a span in one layer, each once. With `loosely` a class may be left out of either word by which
    /// a form is met.
    pub fn candidates(&mut self, view: &View<'_>, words: &[QueryWord], loosely: bool) -> Vec<FormIndex> {
        let mut found = Vec::new();
        self.seen.clear();
        self.wanted.clear();
        for (i, word) in words.iter().enumerate() {
            self.want(view, word.word, word.token(view), 1 << i, loosely || words.len() == 1);
        }
        for (i, pair) in words.windows(2).enumerate() {
            let joined = pair[0].word.zip(pair[1].word).and_then(|(a, b)| Word::join(&a, &b));
            self.want(view, joined, None, 0b11 << i, loosely || words.len() == 2);
        }
        let mut order: Vec<usize> = (0..self.wanted.len()).collect();
        order.sort_by_key(|&i| self.wanted[i].postings);
        let all = (1u16 << words.len()) - 1;
        let mut walked = 0;
        for &i in &order {
            for &(_, token) in &self.wanted[i].near {
                let postings = view.postings(token);
                walked += postings.len();
                if walked > MAX_WALK {
                    return found;
                }
                for form in postings {
                    if !self.seen.contains(&form) && self.is_candidate(view, form, token, i, all) {
                        self.seen.insert(form);
                        found.push(form);
                    }
                }
            }
        }
        found
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
        tokens.clone().any(|other| {
            if other == token && !left_out {
                left_out = true;
                return false;
            }
            let skeleton = view.skeleton(other);
            self.rest(met).any(|wanted| wanted.tokens.binary_search(&other).is_ok() || wanted.is_close(skeleton))
        }) || tokens.len() > words && self.meets_two(view, form, token, met)
    }

    /// Whether two words of the form, run together, are near a word of the span: "Jeanclaude" for "Jean-Claude".
    fn meets_two(&self, view: &View<'_>, form: FormIndex, token: TokenIndex, met: u16) -> bool {
        let pairs = view.words_of(form).zip(view.words_of(form).skip(1));
        pairs.filter(|&(first, second)| first != token && second != token).any(|(first, second)| {
            let joined = skeleton::joined(view.skeleton(first), view.skeleton(second));
            self.rest(met).any(|wanted| wanted.is_close(joined))
        })
    }

    /// What stands for other words than these.
    fn rest(&self, met: u16) -> impl Iterator<Item = &Wanted> {
        self.wanted.iter().filter(move |wanted| wanted.words & met == 0)
    }

    /// Looks up what a word meets: whole skeletons, and with `loosely` those with one class left out.
    fn want(&mut self, view: &View<'_>, word: Option<Word>, exact: Option<TokenIndex>, words: u16, loosely: bool) {
        let mut wanted = Wanted { keys: Vec::new(), words, tokens: Vec::new(), near: Vec::new(), postings: 0 };
        wanted.tokens.extend(exact);
        if let Some(word) = word {
            skeleton::exact_keys(&word, Side::Seen, &mut wanted.keys);
            for &key in &wanted.keys {
                wanted.tokens.extend(view.tokens_of_key(key));
            }
            if loosely {
                for key in skeleton::near_keys(&word, &wanted.keys) {
                    wanted.tokens.extend(view.tokens_of_key(key));
                }
            }
            wanted.tokens.sort_unstable();
            wanted.tokens.dedup();
            let near = |&token: &TokenIndex| Some((sketch::near(&view.token_word(token)?, &word)?, token));
            wanted.near.extend(wanted.tokens.iter().filter_map(near));
            wanted.near.sort_unstable();
        } else {
            wanted.near.extend(exact.map(|token| (0, token)));
        }
        wanted.postings = wanted.near.iter().map(|&(_, token)| view.postings(token).len()).sum();
        self.wanted.push(wanted);
    }
}
