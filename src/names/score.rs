//! Scoring: the most probable way in which a dictionary's form became the words of a span.
//!
//! Words are aligned first (one to one, two run together, one split, one skipped; family name first as well), each pair of
//! words scored by the channel. All in natural log-probabilities; the cost is bounded by words of the span × words of the form.

use super::query::QueryWord;
use super::sketch;
use crate::channel::{Channel, LANES, Lanes, NativeWord, Seen};
use crate::dictionary::compile::MAX_FORM_WORDS;
use crate::dictionary::{FormIndex, View, skeleton};
use crate::lexicon::Lexicon;
use crate::text::fold::Word;
use rustc_hash::FxHashMap;

/// Below this log-probability a pair of words is not told from a replacement of the whole word.
pub const FLOOR: f32 = -30.0;
/// Log-probability that a form's word is left out.
const SKIP_FORM_WORD: f32 = -9.0;
/// Log-probability that the span holds a word which the form has not, beside that word's own.
const SKIP_SPAN_WORD: f32 = -5.0;
/// Log-probability that two words are run together, or one is split.
const MERGE: f32 = -3.0;
/// Words that are run together have about as many letters as the word that they are: so many more or fewer at the most.
pub const MERGED_LETTERS: usize = 3;
/// Log-probability that the family name has changed places.
const ROTATE: f32 = -5.0;
/// Log-probability of a word that no letter model knows.
const FOREIGN: f32 = -12.0;

/// What ranks names of one word beside the channel, in nats: that both words are attested as spellings of one name speaks for
/// it; each letter of the intended word speaks against it (long names are fewer, and lost letters cost the channel little), and
/// each consonant that is lost, added or changed. The second is what rigour's pairs of spellings ask for as well, the
/// first and the third were chosen on a half of other pairs, since the channel has learned from rigour's.
const ATTESTED: f32 = 3.0;
const LETTER: f32 = 0.75;
const CONSONANT: f32 = 1.25;

/// A native form that explains a span worse than the Latin one by this, in nats, says against it what it can.
pub const NATIVE_WORTH: f32 = 6.0;

/// What became of one or two words of a form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// `form_words` words from `form` on became `span_words` words from `span` on; both counts are 1 or 2.
    Pair {
        form: usize,
        form_words: usize,
        span: usize,
        span_words: usize,
    },
    SkippedForm {
        form: usize,
    },
    SkippedSpan {
        span: usize,
    },
}

/// How a form became a span.
#[derive(Clone, Debug)]
pub struct Match {
    pub form: FormIndex,
    pub steps: Vec<Step>,
    /// The steps count the form's words from this one on, and go round: 0 where they stand in order.
    pub rotation: usize,
    /// Log-probability of the span by route, given the form.
    pub lanes: Lanes,
    /// The same through the entry's native forms, where it has one that fits.
    pub native: Option<f32>,
}

impl Match {
    /// Log-probability of the span given the form, routes weighed alike.
    pub fn log_prob(&self) -> f32 {
        let latin = log_mean_exp(&self.lanes);
        match self.native {
            Some(native) => log_mean_exp(&[latin, native]),
            None => latin,
        }
    }

    /// The route that explains the span best.
    pub fn best_lane(&self) -> usize {
        (0..LANES).max_by(|&a, &b| self.lanes[a].total_cmp(&self.lanes[b])).unwrap_or(0)
    }
}

/// `ln(mean(exp(x)))`.
pub fn log_mean_exp(values: &[f32]) -> f32 {
    let max = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if max == f32::NEG_INFINITY {
        return max;
    }
    let sum: f32 = values.iter().map(|v| (v - max).exp()).sum();
    max + (sum / values.len() as f32).ln()
}

/// A pair of words, scored.
#[derive(Clone, Copy)]
struct Pair {
    lanes: Lanes,
    /// Their [`log_mean_exp`].
    mean: f32,
}

impl Pair {
    /// A pair that no trip connects: less likely than any word of its own.
    fn none(null: f32) -> Pair {
        let log = FLOOR.min(null - UNRELATED);
        Pair { lanes: [log; LANES], mean: log }
    }
}

/// How much less likely than a stranger's name a pair is that is not worth scoring, in nats.
const UNRELATED: f32 = 8.0;

/// A word that was seen, prepared.
struct Known {
    word: Word,
    seen: Seen,
    null: f32,
}

/// Scores spans against forms; remembers the words it has prepared and the pairs it has scored.
pub struct Scorer {
    channel: &'static Channel,
    lexicon: &'static Lexicon,
    words: FxHashMap<Word, u32>,
    known: Vec<Known>,
    pairs: FxHashMap<(u32, Word), Pair>,
}

/// Beyond this many remembered pairs or words the memory is emptied: it bounds a run's use of memory.
const MAX_REMEMBERED: usize = 1 << 15;

impl Default for Scorer {
    fn default() -> Scorer {
        Scorer {
            channel: Channel::builtin(),
            lexicon: Lexicon::builtin(),
            words: FxHashMap::default(),
            known: Vec::new(),
            pairs: FxHashMap::default(),
        }
    }
}

/// A form's words, aligned in one order: what the dynamic programme reads.
struct Form {
    words: [Option<Word>; MAX_FORM_WORDS],
    len: usize,
}

impl Form {
    fn rotated(&self, by: usize) -> Form {
        let mut words = self.words;
        words[..self.len].rotate_left(by);
        Form { words, len: self.len }
    }
}

/// The words of a span and, for those that are Latin, what is remembered of them.
pub struct Prepared {
    /// Single words, then each with its successor run together.
    single: Vec<Option<(Word, u32)>>,
    joined: Vec<Option<(Word, u32)>>,
    nulls: Vec<f32>,
}

impl Scorer {
    /// Forgets what it remembers where that has become much. To be called between spans.
    pub fn trim(&mut self) {
        if self.pairs.len() > MAX_REMEMBERED || self.known.len() > MAX_REMEMBERED {
            self.pairs.clear();
            self.words.clear();
            self.known.clear();
        }
    }

    pub fn lexicon(&self) -> &'static Lexicon {
        self.lexicon
    }

    /// Log-probability that a right name holds this word.
    pub fn null(&mut self, word: &QueryWord) -> f32 {
        word.word.map_or(FOREIGN, |word| {
            let id = self.know(word);
            self.known[id as usize].null
        })
    }

    /// Log-probability by route that `intended` became `seen`, and its [`log_mean_exp`].
    pub fn pair(&mut self, intended: &Word, seen: &Word) -> (Lanes, f32) {
        let id = self.know(*seen);
        let pair = self.known_pair(intended, id);
        (pair.lanes, pair.mean)
    }

    /// How much likelier or less likely it is than the channel says that `seen`, a name of one word, was `intended`. Names of
    /// several words tell by the others which entry is meant.
    pub fn leaning(&self, intended: &Word, seen: &Word) -> f32 {
        let attested = if self.channel.are_spellings(intended, seen) { ATTESTED } else { 0.0 };
        attested - LETTER * intended.len() as f32 - CONSONANT * sketch::consonants_apart(intended, seen) as f32
    }

    /// Prepares the words of a span.
    pub fn prepare(&mut self, words: &[QueryWord]) -> Prepared {
        let single: Vec<_> = words.iter().map(|w| w.word.map(|word| (word, self.know(word)))).collect();
        let joined = words
            .windows(2)
            .map(|pair| Word::join(&pair[0].word?, &pair[1].word?))
            .map(|word| word.map(|word| (word, self.know(word))))
            .collect();
        let nulls = words.iter().map(|w| self.null(w)).collect();
        Prepared { single, joined, nulls }
    }

    fn know(&mut self, word: Word) -> u32 {
        let (channel, lexicon, known) = (self.channel, self.lexicon, &mut self.known);
        *self.words.entry(word).or_insert_with(|| {
            known.push(Known { word, seen: channel.seen(&word), null: lexicon.log_prob(&word) });
            (known.len() - 1) as u32
        })
    }

    fn known_pair(&mut self, intended: &Word, id: u32) -> Pair {
        let (channel, known) = (self.channel, &self.known[id as usize]);
        *self.pairs.entry((id, *intended)).or_insert_with(|| {
            if sketch::near(intended, &known.word).is_none() {
                return Pair::none(known.null);
            }
            // What is far less likely than a stranger's name is as good as impossible.
            let bound = FLOOR.max(known.null - UNRELATED);
            match channel.score_prepared(&channel.intended(intended), &known.seen, bound) {
                Some(lanes) => {
                    let lanes = lanes.map(|lane| lane.max(bound));
                    Pair { lanes, mean: log_mean_exp(&lanes) }
                }
                None => Pair::none(known.null),
            }
        })
    }

    /// The best way from a form to the span. `whole`: each word of the span has to come from the form; its log-probability is
    /// minus infinity where none can.
    pub fn score(
        &mut self,
        view: &View<'_>,
        form: FormIndex,
        words: &[QueryWord],
        prepared: &Prepared,
        whole: bool,
    ) -> Match {
        let mut folded = Form { words: [None; MAX_FORM_WORDS], len: 0 };
        for token in view.words_of(form).take(MAX_FORM_WORDS) {
            folded.words[folded.len] = view.token_word(token);
            folded.len += 1;
        }
        let (mean, mut best) = self.align(form, &folded, prepared, 0, whole);
        if folded.len > 1 && words.len() > 1 && mean < prepared.nulls.iter().sum::<f32>() {
            for rotation in [1, folded.len - 1] {
                let begins = folded.words[rotation].map(|word| first_key(&word));
                let close = |word: &QueryWord| {
                    word.word.zip(begins).is_some_and(|(w, key)| skeleton::are_close(first_key(&w), key))
                };
                if close(&words[0]) {
                    let (other, mut matched) = self.align(form, &folded.rotated(rotation), prepared, rotation, whole);
                    if other + ROTATE > mean {
                        matched.lanes.iter_mut().for_each(|lane| *lane += ROTATE);
                        best = matched;
                    }
                }
                if folded.len == 2 {
                    break;
                }
            }
        }
        best
    }

    /// Dynamic programming over the words in order.
    fn align(&mut self, index: FormIndex, form: &Form, span: &Prepared, rotation: usize, whole: bool) -> (f32, Match) {
        const COLUMNS: usize = super::query::MAX_WORDS + 1;
        let (rows, columns) = (form.len + 1, span.single.len() + 1);
        let mut table = [(f32::NEG_INFINITY, None::<Step>); (MAX_FORM_WORDS + 1) * COLUMNS];
        table[0].0 = 0.0;
        for i in 0..rows {
            for j in 0..columns {
                let here = table[i * COLUMNS + j].0;
                if here == f32::NEG_INFINITY {
                    continue;
                }
                // Where no word may be left over, what is left of the form must be enough for what is left of the span.
                let is_enough = |i: usize, j: usize| !whole || columns - 1 - j <= 2 * (rows - 1 - i);
                let mut reach = |i: usize, j: usize, log: f32, step: Step| {
                    let cell = &mut table[i * COLUMNS + j];
                    if here + log > cell.0 {
                        *cell = (here + log, Some(step));
                    }
                };
                if i + 1 < rows && is_enough(i + 1, j) {
                    reach(i + 1, j, SKIP_FORM_WORD, Step::SkippedForm { form: i });
                }
                if j + 1 < columns && !whole {
                    reach(i, j + 1, SKIP_SPAN_WORD + span.nulls[j], Step::SkippedSpan { span: j });
                }
                for (form_words, span_words) in [(1, 1), (2, 1), (1, 2)] {
                    if i + form_words < rows && j + span_words < columns && is_enough(i + form_words, j + span_words) {
                        let step = Step::Pair { form: i, form_words, span: j, span_words };
                        let pair = self.unit(form, span, i, form_words, j, span_words);
                        reach(i + form_words, j + span_words, pair.mean, step);
                    }
                }
            }
        }
        let mut matched =
            Match { form: index, steps: Vec::with_capacity(rows), rotation, lanes: [0.0; LANES], native: None };
        let (mut i, mut j) = (rows - 1, columns - 1);
        let mean = table[i * COLUMNS + j].0;
        if mean == f32::NEG_INFINITY {
            matched.lanes = [mean; LANES];
        }
        while let Some(step) = table[i * COLUMNS + j].1 {
            matched.steps.push(step);
            let lanes = match step {
                Step::Pair { form: at, form_words, span: to, span_words } => {
                    (i, j) = (at, to);
                    self.unit(form, span, at, form_words, to, span_words).lanes
                }
                Step::SkippedForm { form } => {
                    i = form;
                    [SKIP_FORM_WORD; LANES]
                }
                Step::SkippedSpan { span: to } => {
                    j = to;
                    [SKIP_SPAN_WORD + span.nulls[to]; LANES]
                }
            };
            matched.lanes.iter_mut().zip(lanes).for_each(|(sum, lane)| *sum += lane);
        }
        matched.steps.reverse();
        (mean, matched)
    }

    /// Log-probability that one or two words of the form became one or two of the span.
    fn unit(&mut self, form: &Form, span: &Prepared, i: usize, form_words: usize, j: usize, span_words: usize) -> Pair {
        let from = match form_words {
            1 => form.words[i],
            _ => form.words[i].zip(form.words[i + 1]).and_then(|(a, b)| Word::join(&a, &b)),
        };
        let to = if span_words == 1 { span.single[j] } else { span.joined[j] };
        let null = span.nulls[j..j + span_words].iter().sum();
        let Some((from, (to, id))) = from.zip(to) else { return Pair::none(null) };
        if form_words + span_words > 2 && from.len().abs_diff(to.len()) > MERGED_LETTERS {
            return Pair::none(null);
        }
        let pair = self.known_pair(&from, id);
        match form_words + span_words {
            2 => pair,
            _ => Pair { lanes: pair.lanes.map(|lane| lane + MERGE), mean: pair.mean + MERGE },
        }
    }

    /// Log-probability of the span through the entry's native forms, the best of them; not told further apart where it is less
    /// likely than `latin`, that through the Latin form, by [`NATIVE_WORTH`].
    pub fn native(&self, view: &View<'_>, form: FormIndex, words: &[QueryWord], latin: f32) -> Option<f32> {
        let seen: Option<Vec<Word>> = words.iter().map(|word| word.word).collect();
        let seen = seen?;
        let natives = view.natives(view.entry_of(form)).map(|(_, native)| native);
        natives.fold(None, |best: Option<f32>, native| {
            let least = best.unwrap_or(latin - NATIVE_WORTH);
            self.native_form(native, &seen, least).map(|log| log.max(least)).or(best)
        })
    }

    /// The same through one form; `least` where it is that or less.
    fn native_form(&self, native: &str, seen: &[Word], least: f32) -> Option<f32> {
        let score = |native: &str, seen: &Word, least: f32| {
            let native = self.channel.intended_native(&NativeWord::new(native)?);
            self.channel.score_native_prepared(&native, seen, FLOOR, least.min(0.0))
        };
        let parts: Vec<&str> = native_words(native).collect();
        if parts.len() == seen.len() {
            return parts.iter().zip(seen).try_fold(0.0, |sum, (part, seen)| match sum <= least {
                true => Some(least),
                false => Some(sum + score(part, seen, least - sum)?),
            });
        }
        let joined = seen[1..].iter().try_fold(seen[0], |word, next| Word::join(&word, next))?;
        Some(score(&parts.concat(), &joined, least - MERGE)? + MERGE)
    }
}

/// The words of a native form.
pub fn native_words(native: &str) -> impl Iterator<Item = &str> {
    native.split([' ', '-', '·', '・', '\u{200c}']).filter(|part| !part.is_empty())
}

fn first_key(word: &Word) -> skeleton::Key {
    let mut keys = Vec::new();
    skeleton::exact_keys(word, skeleton::Side::Intended, &mut keys);
    keys.first().copied().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::super::query;
    use super::*;
    use crate::dictionary::{Compiled, compile, load};
    use std::path::Path;

    #[test]
    fn a_form_may_have_to_account_for_every_word() {
        let entries = load::parse(Path::new("names.txt"), "Carla Vautrin").unwrap();
        let compiled = Compiled::open(compile(entries.iter().map(|located| &located.entry))).unwrap();
        let mut scorer = Scorer::default();
        let mut score = |text: &str, whole: bool| {
            let words = query::words(text);
            let prepared = scorer.prepare(&words);
            let matched = scorer.score(&compiled.view(), 0, &words, &prepared, whole);
            (matched.steps.clone(), matched.log_prob())
        };
        // Garbled, split and run together it does, and is the same either way.
        for text in ["Karla Fotran", "Kar La Fotran", "Karlafotran"] {
            assert_eq!(score(text, true), score(text, false), "{text}");
        }
        let (steps, _) = score("Karla Fotran Ostrander", false);
        assert_eq!(steps.last(), Some(&Step::SkippedSpan { span: 2 }));
        let (steps, _) = score("Karla Fotran Ostrander", true);
        assert!(!steps.iter().any(|step| matches!(step, Step::SkippedSpan { .. })), "{steps:?}");
        assert_eq!(score("Karla Fotran Ostrander Brule Lacombe", true), (Vec::new(), f32::NEG_INFINITY));
    }
}
