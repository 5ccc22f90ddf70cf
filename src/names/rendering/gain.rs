//! How much likelier words are what became of a form than strangers' names.

use super::TargetWord;
use super::forms::FormWord;
use crate::channel::{Channel, NativeWord};
use crate::lexicon::Lexicon;
use crate::names::score::log_mean_exp;
use crate::text::fold::Word;
use crate::text::scan::Gap;
use rustc_hash::FxHashMap;

/// How much likelier than strangers' names the changed words together must be, in nats, and each of them at least.
const GAIN: f32 = 0.0;
const LEAST_GAIN: f32 = -4.0;
/// What a word that is right counts where two spans could be the name, in nats.
const SAME: f32 = 4.0;
/// Below this log-probability a word is not what became of another.
const FLOOR: f32 = -40.0;
/// How far, in nats, below what is asked for a route is still told: it counts in the mean of all.
const SLACK: f32 = 3.0;

/// Weighs words of translations against forms; it remembers the pairs that it has weighed.
#[derive(Default)]
pub struct Scale {
    gains: FxHashMap<Change, Option<f32>>,
}

/// A word of a form, its native form where the source has as many words, and the word of the translation.
type Change = (Word, Option<NativeWord>, Word);

/// Beyond this many remembered pairs the memory is emptied: it bounds a run's use of memory.
const MAX_GAINS: usize = 1 << 16;

impl Scale {
    /// By how many nats a window of a translation is likelier what became of these words than strangers' names; `None`
    /// where it surely is not. `anchored`: some word of it has to be the form's.
    pub fn gain(
        &mut self,
        form: &[FormWord],
        natives: &[Option<NativeWord>],
        window: &[TargetWord<'_>],
        anchored: bool,
    ) -> Option<f32> {
        let pairs = || window.iter().zip(form);
        let is_small = |(word, own): (&TargetWord<'_>, &FormWord)| own.capital && !word.token.is_capital();
        let joins = |word: &TargetWord<'_>| matches!(word.token.gap, Gap::Space | Gap::Line | Gap::Hyphen);
        if pairs().any(is_small) || !window.iter().skip(1).all(joins) {
            return None;
        }
        if anchored && !pairs().any(|(word, own)| word.is_same_name(own)) {
            return None;
        }
        let (mut same, mut changed) = (0.0, 0.0);
        for (i, (word, own)) in pairs().enumerate() {
            if word.key == own.key {
                same += SAME;
                continue;
            }
            let (intended, seen) = (own.word?, word.folded()?);
            if word.is_no_name() {
                return None;
            }
            let native = natives.get(i).copied().flatten();
            changed += self.word_gain((intended, native, seen))?;
        }
        (changed >= GAIN).then_some(same + changed)
    }

    fn word_gain(&mut self, change: Change) -> Option<f32> {
        if self.gains.len() > MAX_GAINS {
            self.gains.clear();
        }
        *self.gains.entry(change).or_insert_with(|| {
            let (intended, native, seen) = &change;
            let null = Lexicon::builtin().log_prob(seen);
            let gain = likelihood(intended, native.as_ref(), seen, FLOOR.max(null + LEAST_GAIN - SLACK))? - null;
            (gain >= LEAST_GAIN).then_some(gain)
        })
    }
}

/// Log-probability of a word as what became of another, through any script or through this native form; `None` below `bound`.
fn likelihood(intended: &Word, native: Option<&NativeWord>, seen: &Word, bound: f32) -> Option<f32> {
    let channel = Channel::builtin();
    let lanes = channel.score(intended, seen, bound).map(|lanes| log_mean_exp(&lanes));
    let native = native.and_then(|native| channel.score_native(native, seen, bound));
    lanes.into_iter().chain(native).reduce(f32::max)
}
