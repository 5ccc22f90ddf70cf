//! From rows of attested spellings to pairs of words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::super::alphabet::{END, START, Script};
use super::super::native::NativeWord;
use super::super::score::mark;
use super::em::Pair;
use crate::text::fold::Word;

/// The most pairs that one native form gives, and the most that they weigh together.
const MOST_PAIRS: usize = 24;
const MOST_WEIGHT: f64 = 6.0;
/// The most pairs that a table is learned from: more cost time and teach little.
const MOST_LEARNED: usize = 100_000;
/// What a pair of identical words weighs: they are many, and teach little.
const IDENTICAL: f64 = 0.4;
/// The fewest letters of a word whose spellings are listed.
const SHORTEST_ATTESTED: usize = 3;

/// Attested spellings: for every native form the Latin words that it stands for, across all rows.
#[derive(Default)]
pub struct Spellings {
    forms: BTreeMap<String, BTreeSet<String>>,
}

impl Spellings {
    /// Reads rows of `form, form, … => anything`. Forms of several words are left out.
    pub fn read(text: &str) -> Spellings {
        let mut spellings = Spellings::default();
        for line in text.lines() {
            let forms = line.split("=>").next().unwrap_or("").split(',').map(str::trim);
            let (latin, native): (Vec<&str>, Vec<&str>) = forms
                .filter(|form| !form.is_empty() && !form.contains(char::is_whitespace))
                .partition(|form| Word::fold(form).is_some());
            // Where the name has a reading in hiragana, its Han characters are Japanese and say nothing of Chinese.
            let japanese = native.iter().any(|form| form.chars().all(|c| ('ぁ'..='ゖ').contains(&c)));
            let han = |form: &str| NativeWord::new(form).is_some_and(|word| word.script() == Script::Han);
            for form in native.into_iter().filter(|form| !(japanese && han(form))) {
                let words = spellings.forms.entry(form.to_owned()).or_default();
                words.extend(latin.iter().filter_map(|form| Word::fold(form)).map(|word| word.to_string()));
            }
        }
        spellings.forms.retain(|_, words| !words.is_empty());
        spellings
    }

    /// The native forms that `wanted` accepts, with their Latin words in order.
    fn of<'a>(&'a self, wanted: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = (&'a str, Vec<Word>)> + 'a {
        self.forms
            .iter()
            .filter(move |(form, _)| wanted(form))
            .map(|(form, words)| (form.as_str(), words.iter().filter_map(|word| Word::fold(word)).collect()))
    }

    /// Latin words that share a native form, in both directions, and each with itself.
    pub fn shared(&self, wanted: impl Fn(&str) -> bool) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (_, words) in self.of(wanted) {
            let all: Vec<(&Word, &Word)> = words.iter().flat_map(|a| words.iter().map(move |b| (a, b))).collect();
            weigh(&mut pairs, thin(&all).map(|(a, b)| pair(a.letters(), b.letters(), a == b)));
        }
        enough(pairs)
    }

    /// Latin words that share a native form and at least half of the longer one's letters, each pair once and in order:
    /// without the second, Han characters would pair whatever two languages read in them.
    pub fn attested(&self) -> BTreeSet<(Word, Word)> {
        let mut pairs = BTreeSet::new();
        for (_, words) in self.of(|_| true) {
            let words: BTreeSet<Word> = words.into_iter().filter(|word| word.len() >= SHORTEST_ATTESTED).collect();
            for a in &words {
                let later = words.range((Bound::Excluded(a), Bound::Unbounded));
                let near = later.filter(|b| 2 * levenshtein(a, b) <= a.len().max(b.len()));
                pairs.extend(near.map(|b| (*a, *b)));
            }
        }
        pairs
    }

    /// Latin words with what `read` makes of their native form's letters.
    pub fn romanised(&self, wanted: impl Fn(&str) -> bool, read: &dyn Fn(&str) -> Vec<String>) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (form, words) in self.of(wanted) {
            let readings: BTreeSet<Word> = read(form).iter().filter_map(|reading| Word::fold(reading)).collect();
            let all: Vec<(&Word, &Word)> = words.iter().flat_map(|a| readings.iter().map(move |b| (a, b))).collect();
            weigh(&mut pairs, thin(&all).map(|(a, b)| pair(a.letters(), b.letters(), a == b)));
        }
        enough(pairs)
    }

    /// Native forms with their Latin words.
    pub fn native(&self, script: Script) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (form, words) in self.of(|_| true) {
            let Some(native) = NativeWord::new(form).filter(|native| native.script() == script) else { continue };
            let all: Vec<&Word> = words.iter().collect();
            weigh(&mut pairs, thin(&all).map(|word| pair(native.letters(), word.letters(), false)));
        }
        enough(pairs)
    }
}

fn levenshtein(a: &Word, b: &Word) -> usize {
    strsim::levenshtein(&a.to_string(), &b.to_string())
}

fn pair(intended: &[u8], seen: &[u8], identical: bool) -> Pair {
    debug_assert!(!intended.contains(&START) && !seen.contains(&END));
    let weight = if identical { IDENTICAL } else { 1.0 };
    Pair { intended: mark(intended).collect(), seen: mark(seen).collect(), weight }
}

/// At most [`MOST_PAIRS`] of them, evenly chosen.
fn thin<T: Copy>(all: &[T]) -> impl Iterator<Item = T> {
    let count = all.len().min(MOST_PAIRS);
    (0..count).map(move |nth| all[nth * all.len() / count])
}

/// At most [`MOST_LEARNED`] of them, evenly chosen.
fn enough(pairs: Vec<Pair>) -> Vec<Pair> {
    let (all, count) = (pairs.len(), pairs.len().min(MOST_LEARNED));
    (0..count).map(|nth| pairs[nth * all / count].clone()).collect()
}

/// Adds the pairs of one native form, weighing at most [`MOST_WEIGHT`] together.
fn weigh(pairs: &mut Vec<Pair>, new: impl Iterator<Item = Pair>) {
    let first = pairs.len();
    pairs.extend(new);
    let total: f64 = pairs[first..].iter().map(|pair| pair.weight).sum();
    let share = (MOST_WEIGHT / total).min(1.0);
    pairs[first..].iter_mut().for_each(|pair| pair.weight *= share);
}
