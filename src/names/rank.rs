//! Ranking: the entries that a span may have been, best first, and what the span would be worth as a stranger's right name.

use super::nearby::Nearby;
use super::query::{MAX_WORDS, QueryWord};
use super::retrieve::Retriever;
use super::score::{MERGED_LETTERS, Match, Scorer};
use super::sketch::{self, Distance};
use crate::dictionary::{Dictionary, EntryRef, FormIndex, FormKind, TokenIndex, View, layout};
use crate::text::fold::Word;
use rustc_hash::FxHashMap;

/// How many candidates are weighed to the end (native forms, decision).
pub const MAX_CANDIDATES: usize = 12;

/// A candidate that is likelier than a stranger by this, in nats, ends the search.
const NEAR_GAIN: f32 = 8.0;

/// A candidate that is less likely than the first by this, in nats, does not become the first through its native form.
const NATIVE_GAIN: f32 = 12.0;

/// In running text nor does one that is less likely than a stranger by this become a finding.
const NATIVE_HOPE: f32 = 5.0;
/// The same of a word alone, which has to be the likelier for it.
const NATIVE_HOPE_ALONE: f32 = 2.0;

/// How many forms of a layer are scored in full; and how many more that are found loosely.
const MAX_SCORED: usize = 48;
const MAX_LOOSE: usize = 16;
/// The same for a name of one word, where many lie near.
const MAX_SCORED_ALONE: usize = 96;
/// The distance of a word that no letters can be compared with, and of a word too many.
pub const NO_WORD: Distance = 60;
pub const EXTRA_WORD: Distance = 12;

/// An entry that a span may have been.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub entry: EntryRef,
    pub matched: Match,
    /// Log-probability of the span given this entry.
    pub log_prob: f32,
    /// What else speaks for this entry rather than another: [`Scorer::leaning`], 0 for a span of several words.
    pub leaning: f32,
}

impl Candidate {
    /// What entries are ranked by.
    pub fn standing(&self) -> f32 {
        self.log_prob + self.leaning
    }
}

/// A form that reads exactly as the span, but for case, accents and punctuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    pub entry: EntryRef,
    pub form: FormIndex,
    pub kind: FormKind,
}

/// The candidates of a span.
#[derive(Clone, Debug, Default)]
pub struct Ranking {
    /// Forms that the span is, letter by letter.
    pub exact: Vec<Exact>,
    /// Best first, one an entry; at most [`MAX_CANDIDATES`].
    pub candidates: Vec<Candidate>,
    /// Log-probability of the span as the right name of somebody unknown.
    pub null: f32,
}

/// Ranks spans against a dictionary. Cheap to make; its buffers and memory of scored pairs serve one thread.
pub struct Ranker<'d> {
    dictionary: &'d Dictionary,
    views: Vec<View<'d>>,
    retriever: Retriever,
    nearby: Nearby,
    scorer: Scorer,
    found: Vec<(u16, FormIndex)>,
}

impl<'d> Ranker<'d> {
    pub fn new(dictionary: &'d Dictionary) -> Ranker<'d> {
        Ranker {
            dictionary,
            views: dictionary.views(),
            retriever: Retriever::default(),
            nearby: Nearby::default(),
            scorer: Scorer::default(),
            found: Vec::new(),
        }
    }

    pub fn view(&self, entry: EntryRef) -> &View<'d> {
        &self.views[usize::from(entry.layer)]
    }

    /// The uppermost entry of that id.
    pub fn find_id(&self, id: &str) -> Option<EntryRef> {
        self.dictionary.find_id(id)
    }

    pub fn views(&self) -> &[View<'d>] {
        &self.views
    }

    pub fn scorer(&mut self) -> &mut Scorer {
        &mut self.scorer
    }

    /// The forms whose words are exactly these, in all layers.
    pub fn exact(&self, words: &[QueryWord]) -> Vec<Exact> {
        let mut exact = Vec::new();
        let tokens =
            |word: &QueryWord| -> Vec<Option<TokenIndex>> { self.views.iter().map(|view| word.token(view)).collect() };
        let tokens: Vec<_> = words.iter().map(tokens).collect();
        self.exact_tokens(tokens.iter().map(Vec::as_slice), &mut exact);
        exact
    }

    /// [`Ranker::exact`] of words whose tokens are known, layer by layer; appended to `exact`.
    pub fn exact_tokens<'t>(
        &self,
        words: impl Iterator<Item = &'t [Option<TokenIndex>]> + Clone,
        exact: &mut Vec<Exact>,
    ) {
        for (layer, view) in self.views.iter().enumerate() {
            let Some(tokens) = words.clone().map(|word| word[layer]).collect::<Option<Vec<_>>>() else { continue };
            for form in view.find_forms(layout::hash_tokens(tokens.iter().copied()), &tokens) {
                let entry = EntryRef { layer: layer as u16, index: view.entry_of(form) };
                if !self.dictionary.is_hidden(entry) {
                    exact.push(Exact { entry, form, kind: view.form_kind(form) });
                }
            }
        }
        exact.sort_by_key(|e| (e.kind, e.entry));
    }

    /// The forms of one word that has this key, in all layers; appended to `exact`.
    pub fn exact_key(&self, key: &str, exact: &mut Vec<Exact>) {
        if self.views.iter().any(|view| view.find_token(key).is_some()) {
            let found = self.views.iter().map(|view| view.find_token(key)).collect::<Vec<_>>();
            self.exact_tokens(std::iter::once(found.as_slice()), exact);
        }
    }

    /// How many names of the dictionary hold this word.
    pub fn frequency(&self, word: &QueryWord) -> usize {
        self.views.iter().filter_map(|view| Some(view.postings(word.token(view)?).len())).sum()
    }

    /// The number of forms in all layers.
    pub fn form_count(&self) -> usize {
        self.views.iter().map(|view| view.form_count() as usize).sum()
    }

    /// Ranks the dictionary's entries for a name given by itself, of one to [`MAX_WORDS`] words.
    pub fn rank(&mut self, words: &[QueryWord]) -> Ranking {
        if words.is_empty() || words.len() > MAX_WORDS {
            return Ranking::default();
        }
        self.found.clear();
        self.find(words, false);
        let ranking = self.rank_found(words, false);
        // Names that one word finds come first; where none is near, a class may be wrong in every word.
        let is_near = ranking.candidates.first().is_some_and(|best| best.log_prob > ranking.null + NEAR_GAIN);
        if words.len() == 1 || is_near {
            return ranking;
        }
        self.find(words, true);
        self.rank_found(words, false)
    }

    /// Adds the forms that a name may have been; `loosely` as in [`Retriever::candidates`].
    fn find(&mut self, words: &[QueryWord], loosely: bool) {
        for (layer, view) in self.views.iter().enumerate() {
            let mut forms = self.retriever.candidates(view, words, loosely);
            let most = match (words.len(), loosely) {
                (1, _) => MAX_SCORED_ALONE,
                (_, true) => MAX_LOOSE,
                (_, false) => MAX_SCORED,
            };
            keep_nearest(view, words, most, &mut forms);
            self.found.extend(forms.into_iter().map(|form| (layer as u16, form)));
        }
    }

    /// Ranks only the entries that lie near enough to be what a span of running text was: most spans have none, and cost
    /// next to nothing. `is_strange` as in [`Nearby::forms`].
    pub fn rank_near(&mut self, words: &[QueryWord], is_strange: bool) -> Ranking {
        self.found.clear();
        if words.len() <= MAX_WORDS {
            for (layer, view) in self.views.iter().enumerate() {
                let forms = self.nearby.forms(layer as u16, view, words, is_strange, MAX_SCORED);
                self.found.extend(forms.map(|form| (layer as u16, form)));
            }
        }
        match self.found.is_empty() {
            true => Ranking::default(),
            false => self.rank_found(words, true),
        }
    }

    /// Scores what was found. In running text a form has to account for each word, for a shorter span does without the others; and
    /// its native forms are asked only where it is not much less likely than a stranger.
    fn rank_found(&mut self, words: &[QueryWord], in_text: bool) -> Ranking {
        let hope = match (in_text, words.len()) {
            (false, _) => f32::INFINITY,
            (true, 1) => NATIVE_HOPE_ALONE,
            (true, _) => NATIVE_HOPE,
        };
        self.scorer.trim();
        let prepared = self.scorer.prepare(words);
        let null: f32 = words.iter().map(|word| self.scorer.null(word)).sum();
        let mut candidates: Vec<Candidate> = Vec::with_capacity(self.found.len());
        for &(layer, form) in &self.found {
            let view = &self.views[usize::from(layer)];
            let entry = EntryRef { layer, index: view.entry_of(form) };
            if self.dictionary.is_hidden(entry) {
                continue;
            }
            let matched = self.scorer.score(view, form, words, &prepared, in_text);
            let log_prob = matched.log_prob();
            if log_prob == f32::NEG_INFINITY {
                continue;
            }
            let leaning = self.leaning(view, form, words);
            candidates.push(Candidate { entry, matched, log_prob, leaning });
        }
        best_of_each_entry(&mut candidates);
        candidates.truncate(MAX_CANDIDATES);
        let best = candidates.first().map_or(0.0, Candidate::standing);
        let may_be_first = |c: &Candidate| c.standing() > best - NATIVE_GAIN && c.log_prob > null - hope;
        for candidate in candidates.iter_mut().filter(|candidate| may_be_first(candidate)) {
            let view = &self.views[usize::from(candidate.entry.layer)];
            let matched = &mut candidate.matched;
            matched.native = self.scorer.native(view, matched.form, words, matched.log_prob());
            candidate.log_prob = matched.log_prob();
        }
        candidates.sort_by(|a, b| b.standing().total_cmp(&a.standing()).then(a.entry.cmp(&b.entry)));
        Ranking { exact: self.exact(words), candidates, null }
    }

    /// What speaks for a form beside the channel where the span is one word.
    fn leaning(&self, view: &View<'_>, form: FormIndex, words: &[QueryWord]) -> f32 {
        let [QueryWord { word: Some(seen), .. }] = words else { return 0.0 };
        let intended = join(view.words_of(form).map(|token| view.token_word(token)));
        intended.map_or(0.0, |intended| self.scorer.leaning(&intended, seen))
    }
}

/// Keeps the forms whose words lie nearest to the name's, `most` of them at the most, in any order.
fn keep_nearest(view: &View<'_>, words: &[QueryWord], most: usize, forms: &mut Vec<FormIndex>) {
    let whole = join(words.iter().map(|word| word.word));
    let single: Vec<Option<Word>> = words.iter().map(|word| word.word).collect();
    let pairs: Vec<Option<Word>> = single.windows(2).map(|pair| join(pair.iter().copied())).collect();
    let mut known: FxHashMap<TokenIndex, Apart> = FxHashMap::default();
    let mut near: Vec<(Distance, FormIndex)> = Vec::with_capacity(forms.len());
    for &form in forms.iter() {
        let mut nearest = Apart::FAR;
        let mut count = 0;
        for token in view.words_of(form) {
            let apart = known.entry(token).or_insert_with(|| Apart::new(view.token_word(token), &single, &pairs));
            nearest.take_nearer(apart);
            count += 1;
        }
        let extra = |span_words: usize| EXTRA_WORD * span_words.abs_diff(count) as Distance;
        let all: Distance = nearest.single[..words.len()].iter().sum();
        let mut far = all + extra(words.len());
        for i in 0..pairs.len() {
            let others = all - nearest.single[i] - nearest.single[i + 1];
            far = far.min(others + nearest.pairs[i] + extra(words.len() - 1));
        }
        if count != words.len() {
            // Words may have been run together or split.
            let run_together = join(view.words_of(form).map(|token| view.token_word(token)));
            far = whole.zip(run_together).map_or(far, |(a, b)| far.min(sketch::distance(&a, &b)));
        }
        near.push((far, form));
    }
    sketch::keep_nearest(&mut near, most);
    forms.clear();
    forms.extend(near.iter().map(|(_, form)| *form));
}

/// All words run together, where they are Latin and not too long.
fn join(mut words: impl Iterator<Item = Option<Word>>) -> Option<Word> {
    let first = words.next()??;
    words.try_fold(first, |joined, word| Word::join(&joined, &word?))
}

/// How far a token lies from each word of the span, and from each with the next one run together.
struct Apart {
    single: [Distance; MAX_WORDS],
    pairs: [Distance; MAX_WORDS],
}

impl Apart {
    const FAR: Apart = Apart { single: [NO_WORD; MAX_WORDS], pairs: [2 * NO_WORD; MAX_WORDS] };

    fn new(token: Option<Word>, single: &[Option<Word>], pairs: &[Option<Word>]) -> Apart {
        let mut apart = Apart::FAR;
        let Some(token) = token else { return apart };
        for (distance, word) in apart.single.iter_mut().zip(single) {
            *distance = word.map_or(NO_WORD, |word| sketch::distance(&token, &word));
        }
        for (distance, word) in apart.pairs.iter_mut().zip(pairs) {
            if let Some(word) = word.filter(|word| word.len().abs_diff(token.len()) <= MERGED_LETTERS) {
                *distance = sketch::distance(&token, &word);
            }
        }
        apart
    }

    fn take_nearer(&mut self, other: &Apart) {
        let all = self.single.iter_mut().zip(other.single).chain(self.pairs.iter_mut().zip(other.pairs));
        all.for_each(|(nearest, distance)| *nearest = (*nearest).min(distance));
    }
}

/// Sorts, best first, and keeps an entry's best form only.
fn best_of_each_entry(candidates: &mut Vec<Candidate>) {
    candidates.sort_by(|a, b| {
        b.standing().total_cmp(&a.standing()).then(a.entry.cmp(&b.entry)).then(a.matched.form.cmp(&b.matched.form))
    });
    let mut seen = rustc_hash::FxHashSet::default();
    candidates.retain(|candidate| seen.insert(candidate.entry));
}

#[cfg(test)]
mod tests {
    use super::super::query;
    use super::*;
    use crate::dictionary::{Compiled, compile, load};
    use std::path::Path;

    #[test]
    fn in_text_a_strange_span_is_held_against_what_lies_farther() {
        let entries = load::parse(Path::new("names.txt"), "Yves Lafontaine").unwrap();
        let mut dictionary = Dictionary::empty();
        dictionary.push(Compiled::open(compile(entries.iter().map(|located| &located.entry))).unwrap());
        let mut ranker = Ranker::new(&dictionary);
        let mut found = |text, is_strange| ranker.rank_near(&query::words(text), is_strange).candidates.len();
        assert_eq!([found("Ev Lavonten", true), found("Ev Lavonten", false)], [1, 0]);
        assert_eq!(found("Yv Lafontain", false), 1);
    }

    #[test]
    fn two_words_that_are_one_of_a_longer_name_are_near() {
        let entries = load::parse(Path::new("names.txt"), "Lina Castellano\nGustaf Milano\nCarla Yanos").unwrap();
        let mut dictionary = Dictionary::empty();
        dictionary.push(Compiled::open(compile(entries.iter().map(|located| &located.entry))).unwrap());
        let view = &dictionary.views()[0];
        let mut forms: Vec<FormIndex> = (0..view.form_count()).collect();
        keep_nearest(view, &query::words("Caste Llano"), 1, &mut forms);
        assert_eq!(forms.iter().map(|&form| view.form_text(form)).collect::<Vec<_>>(), ["Lina Castellano"]);
    }
}
