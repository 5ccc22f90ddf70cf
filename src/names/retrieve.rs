//! Retrieval: from the words of a span to the dictionary's forms that could have been garbled into it.
//!
//! Two forms of evidence: a token of the form meets a word of the span under a skeleton key (whole, or with one class left
//! out on either side). A form is a candidate where two words of the span meet two of its tokens, in any order; a span or
//! form of one word needs that one. The words with the fewest postings are walked, so the cost is bounded by the rarer
//! words of the span: at most [`MAX_WALK`] postings.

use super::query::QueryWord;
use crate::dictionary::skeleton::{self, Side};
use crate::dictionary::{FormIndex, TokenIndex, View};
use crate::text::fold::Word;
use rustc_hash::FxHashMap;

/// The most postings that are walked for one span and layer.
pub const MAX_WALK: usize = 50_000;
/// A token this rare brings all of its forms in, even where no other word of the span meets them.
const RARE: usize = 24;

/// Which words of the span a token meets: bit `i` for word `i`.
type Mask = u16;

/// Buffers that are kept from span to span.
#[derive(Default)]
pub struct Retriever {
    keys: Vec<skeleton::Key>,
    deletions: Vec<skeleton::Key>,
    meets: FxHashMap<TokenIndex, Mask>,
    /// Tokens of each word of the span, with the number of their postings in all.
    tokens: Vec<(Vec<TokenIndex>, usize)>,
    forms: FxHashMap<FormIndex, ()>,
}

impl Retriever {
    /// Finds the candidate forms of a span in one layer; they are appended to `found`, each once.
    pub fn candidates(&mut self, view: &View<'_>, words: &[QueryWord], found: &mut Vec<FormIndex>) {
        self.meets.clear();
        self.forms.clear();
        self.tokens.clear();
        let count = words.len();
        for (i, word) in words.iter().enumerate() {
            self.gather(view, word.word, 1 << i, word.token(view));
        }
        for (i, pair) in words.windows(2).enumerate() {
            let joined = pair[0].word.zip(pair[1].word).and_then(|(a, b)| Word::join(&a, &b));
            self.gather_exact(view, joined, 0b11 << i);
        }
        let mut order: Vec<usize> = (0..self.tokens.len()).collect();
        order.sort_by_key(|&i| self.tokens[i].1);
        let mut walked = 0;
        for &i in &order {
            for t in 0..self.tokens[i].0.len() {
                let token = self.tokens[i].0[t];
                let postings = view.postings(token);
                let rare = postings.len() <= RARE;
                walked += postings.len();
                if walked > MAX_WALK {
                    return;
                }
                for form in postings {
                    if self.forms.contains_key(&form) {
                        continue;
                    }
                    if self.is_candidate(view, form, count, rare) {
                        self.forms.insert(form, ());
                        found.push(form);
                    }
                }
            }
        }
    }

    /// Whether enough words meet: two of the span's with two of the form's, or all of the shorter one's.
    fn is_candidate(&self, view: &View<'_>, form: FormIndex, count: usize, rare: bool) -> bool {
        let words = view.words_of(form);
        let needed = count.min(words.len()).min(2) as u32;
        if needed == 1 {
            return count == 1 && words.len() <= 2 || words.len() == 1;
        }
        if rare && words.len().abs_diff(count) <= 1 && count <= 3 {
            return true;
        }
        let (mut masks, mut tokens) = (0, 0);
        for token in words {
            if let Some(&mask) = self.meets.get(&token) {
                masks |= mask;
                tokens += mask.count_ones().min(2);
            }
        }
        masks.count_ones() >= needed && tokens >= needed
    }

    /// The tokens that a word meets, whole or with one class left out.
    fn gather(&mut self, view: &View<'_>, word: Option<Word>, mask: Mask, exact: Option<TokenIndex>) {
        let mut tokens = Vec::new();
        let mut postings = 0;
        let mut meet = |meets: &mut FxHashMap<TokenIndex, Mask>, token: TokenIndex| {
            let entry = meets.entry(token).or_insert(0);
            if *entry & mask == 0 {
                *entry |= mask;
                postings += view.postings(token).len();
                tokens.push(token);
            }
        };
        if let Some(token) = exact {
            meet(&mut self.meets, token);
        }
        if let Some(word) = word {
            self.keys.clear();
            self.deletions.clear();
            skeleton::exact_keys(&word, Side::Seen, &mut self.keys);
            skeleton::deletion_keys(&word, &mut self.deletions);
            let stored = |key: &skeleton::Key| skeleton::stored_deletion(*key);
            let keys = self.keys.iter().copied();
            let longer = self.keys.iter().take(2).map(stored);
            let shorter = self.deletions.iter().copied();
            let changed = self.deletions.iter().map(stored);
            for key in keys.chain(longer).chain(shorter).chain(changed) {
                for token in view.tokens_of_key(key) {
                    meet(&mut self.meets, token);
                }
            }
        }
        self.tokens.push((tokens, postings));
    }

    /// The tokens that two words run together meet.
    fn gather_exact(&mut self, view: &View<'_>, word: Option<Word>, mask: Mask) {
        let Some(word) = word else { return };
        self.keys.clear();
        skeleton::exact_keys(&word, Side::Seen, &mut self.keys);
        let mut tokens = Vec::new();
        let mut postings = 0;
        for &key in &self.keys {
            for token in view.tokens_of_key(key) {
                let entry = self.meets.entry(token).or_insert(0);
                if *entry & mask != mask {
                    *entry |= mask;
                    postings += view.postings(token).len();
                    tokens.push(token);
                }
            }
        }
        self.tokens.push((tokens, postings));
    }
}
