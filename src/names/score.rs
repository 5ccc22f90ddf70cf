//! Scoring: the most probable way in which a dictionary's form became the words of a span.
//!
//! Words are aligned first (one to one, two run together, one split, one skipped; family name first as well), then each
//! pair of words is scored by the channel. All in natural log-probabilities; bounded by words of the span × words of the form.

use super::query::QueryWord;
use crate::channel::{Channel, LANES, Lanes, NativeWord};
use crate::dictionary::{FormIndex, View};
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
/// Log-probability that the family name has changed places.
const ROTATE: f32 = -5.0;

/// What became of one or two words of a form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// `form` words from this index on became `span` words from that index on; both counts are 1 or 2.
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
    /// The form's words begin at this one and go round: 0 where they stand in order.
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

/// Scores spans against forms; remembers the pairs of words it has scored.
pub struct Scorer {
    channel: &'static Channel,
    lexicon: &'static Lexicon,
    pairs: FxHashMap<(Word, Word), Lanes>,
    nulls: FxHashMap<Word, f32>,
}

/// Beyond this many remembered pairs the memory is emptied: it bounds a run's use of memory.
const MAX_PAIRS: usize = 1 << 18;

impl Default for Scorer {
    fn default() -> Scorer {
        Scorer {
            channel: Channel::builtin(),
            lexicon: Lexicon::builtin(),
            pairs: FxHashMap::default(),
            nulls: FxHashMap::default(),
        }
    }
}

impl Scorer {
    pub fn lexicon(&self) -> &'static Lexicon {
        self.lexicon
    }

    /// Log-probability that a right name holds this word.
    pub fn null(&mut self, word: &QueryWord) -> f32 {
        let Some(folded) = word.word else { return -12.0 };
        let lexicon = self.lexicon;
        *self.nulls.entry(folded).or_insert_with(|| lexicon.log_prob(&folded))
    }

    /// Log-probability by route that `intended` became `seen`.
    pub fn pair(&mut self, intended: &Word, seen: &Word) -> Lanes {
        if self.pairs.len() > MAX_PAIRS {
            self.pairs.clear();
        }
        let channel = self.channel;
        *self
            .pairs
            .entry((*intended, *seen))
            .or_insert_with(|| channel.score(intended, seen, FLOOR).map_or([FLOOR; LANES], |l| l.map(|p| p.max(FLOOR))))
    }

    /// The best way from a form to the span.
    pub fn score(&mut self, view: &View<'_>, form: FormIndex, words: &[QueryWord]) -> Match {
        let keys: Vec<&str> = view.words_of(form).map(|token| view.token_key(token)).collect();
        let mut best = self.score_rotated(form, &keys, words, 0);
        if keys.len() > 1 && words.len() > 1 {
            for rotation in [1, keys.len() - 1] {
                let mut rotated = keys.clone();
                rotated.rotate_left(rotation);
                let mut other = self.score_rotated(form, &rotated, words, rotation);
                other.lanes.iter_mut().for_each(|lane| *lane += ROTATE);
                if other.log_prob() > best.log_prob() {
                    best = other;
                }
                if keys.len() == 2 {
                    break;
                }
            }
        }
        best
    }

    /// Dynamic programming over the words in order.
    fn score_rotated(&mut self, form: FormIndex, keys: &[&str], words: &[QueryWord], rotation: usize) -> Match {
        let intended: Vec<Option<Word>> = keys.iter().map(|key| Word::fold(key)).collect();
        let (rows, columns) = (keys.len() + 1, words.len() + 1);
        let mut table: Vec<(f32, Option<Step>)> = vec![(f32::NEG_INFINITY, None); rows * columns];
        table[0].0 = 0.0;
        for i in 0..rows {
            for j in 0..columns {
                let here = table[i * columns + j].0;
                if here == f32::NEG_INFINITY {
                    continue;
                }
                let mut reach = |i: usize, j: usize, log: f32, step: Step| {
                    let cell = &mut table[i * columns + j];
                    if here + log > cell.0 {
                        *cell = (here + log, Some(step));
                    }
                };
                if i + 1 < rows {
                    reach(i + 1, j, SKIP_FORM_WORD, Step::SkippedForm { form: i });
                }
                if j + 1 < columns {
                    let log = SKIP_SPAN_WORD + self.null(&words[j]);
                    reach(i, j + 1, log, Step::SkippedSpan { span: j });
                }
                for (form_words, span_words) in [(1, 1), (2, 1), (1, 2)] {
                    if i + form_words < rows && j + span_words < columns {
                        let lanes = self.unit(keys, &intended, words, i, form_words, j, span_words);
                        let step = Step::Pair { form: i, form_words, span: j, span_words };
                        reach(i + form_words, j + span_words, log_mean_exp(&lanes), step);
                    }
                }
            }
        }
        let mut steps = Vec::new();
        let mut lanes = [0.0; LANES];
        let (mut i, mut j) = (rows - 1, columns - 1);
        while let Some(step) = table[i * columns + j].1 {
            steps.push(step);
            match step {
                Step::Pair { form, form_words, span, span_words } => {
                    let unit = self.unit(keys, &intended, words, form, form_words, span, span_words);
                    lanes.iter_mut().zip(unit).for_each(|(sum, lane)| *sum += lane);
                    (i, j) = (form, span);
                }
                Step::SkippedForm { form } => {
                    lanes.iter_mut().for_each(|sum| *sum += SKIP_FORM_WORD);
                    i = form;
                }
                Step::SkippedSpan { span } => {
                    let log = SKIP_SPAN_WORD + self.null(&words[span]);
                    lanes.iter_mut().for_each(|sum| *sum += log);
                    j = span;
                }
            }
        }
        steps.reverse();
        Match { form, steps, rotation, lanes, native: None }
    }

    /// Log-probability by route that one or two words of the form became one or two of the span.
    #[allow(clippy::too_many_arguments)]
    fn unit(
        &mut self,
        keys: &[&str],
        intended: &[Option<Word>],
        words: &[QueryWord],
        i: usize,
        form_words: usize,
        j: usize,
        span_words: usize,
    ) -> Lanes {
        let joined = |first: Option<Word>, second: Option<Word>| Word::join(&first?, &second?);
        let from = if form_words == 1 { intended[i] } else { joined(intended[i], intended[i + 1]) };
        let to = if span_words == 1 { words[j].word } else { joined(words[j].word, words[j + 1].word) };
        match (from, to) {
            (Some(from), Some(to)) => {
                let lanes = self.pair(&from, &to);
                if form_words + span_words == 2 { lanes } else { lanes.map(|lane| lane + MERGE) }
            }
            _ if form_words + span_words == 2 && keys[i] == words[j].key => [-0.1; LANES],
            _ => [FLOOR; LANES],
        }
    }

    /// Log-probability of the span through the entry's native forms; the best of them.
    pub fn native(&self, view: &View<'_>, form: FormIndex, words: &[QueryWord]) -> Option<f32> {
        let seen: Option<Vec<Word>> = words.iter().map(|word| word.word).collect();
        let seen = seen?;
        view.natives(view.entry_of(form)).filter_map(|(_, native)| self.native_form(native, &seen)).reduce(f32::max)
    }

    fn native_form(&self, native: &str, seen: &[Word]) -> Option<f32> {
        let parts: Vec<&str> =
            native.split([' ', '-', '·', '・', '\u{200c}']).filter(|part| !part.is_empty()).collect();
        if parts.len() == seen.len() {
            return parts.iter().zip(seen).try_fold(0.0, |sum, (part, seen)| {
                Some(sum + self.channel.score_native(&NativeWord::new(part)?, seen, FLOOR)?)
            });
        }
        let whole = NativeWord::new(&parts.concat())?;
        let joined = seen[1..].iter().try_fold(seen[0], |word, next| Word::join(&word, next))?;
        Some(self.channel.score_native(&whole, &joined, FLOOR)? + MERGE)
    }
}
