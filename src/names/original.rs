//! Names that no dictionary has, held against the word of the source that they were read from.
//!
//! A reader who does not know a name spells out its letters: بيتر becomes “Bitr”. What the name was is then asked of the source's
//! word alone: which names that people have does it stand for ([`Channel::readings`]), and is one of them likelier
//! than somebody's right name of which nobody has heard? The answer is a probability of a few numbers that anybody can look up;
//! `examples/fit-original.rs` fits their weights and says what they are worth.

use super::affixes::bare;
use super::query::QueryWord;
use crate::channel::{Channel, NativeWord, Script, Spelling};
use crate::lexicon::Lexicon;
use crate::lexicon::letters::{COST_SCALE, LetterModel};
use crate::span::Span;
use crate::text::fold::Word;
use crate::text::scan;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::Arc;

/// The numbers that a misreading is told by, and a constant.
pub const FEATURES: usize = 7;
/// What each is worth in the log-odds.
const WEIGHTS: [f32; FEATURES] = [-0.023, 0.222, -0.089, 0.593, 0.179, 0.256, -3.637];
/// The log-odds from which on a word is called misread: of right words two in a thousand reach it.
const LEAST_LOG_ODDS: f32 = 0.7;

/// Shorter words stand for too many names.
const LEAST_LETTERS: usize = 4;
/// An attested name of this weight is nobody's misreading, and one that is put in its place has at least that.
const KNOWN: f32 = 0.25;
const USUAL: f32 = 2.0;
/// A word of the source is what a word was read from where it costs at most so much a letter, in nats, is likelier than
/// a stranger's name by so much, and than the next word of the source by so much.
const MOST_PER_LETTER: f32 = 1.2;
const LEAST_GAIN: f32 = 6.0;
const LEAD: f32 = 4.0;
/// How much of what a garbling costs counts where names are compared.
const GARBLED_SHARE: f32 = 0.7;
/// Below this log-probability a word is not what became of another.
const FLOOR: f32 = -40.0;
/// Native words whose readings are remembered.
const REMEMBERED: usize = 1 << 14;

/// What native words stand for; remembers those that it was asked.
#[derive(Default)]
pub struct Originals {
    read: RefCell<FxHashMap<NativeWord, Arc<[Attested]>>>,
}

/// A name that people have and that a native word may stand for.
#[derive(Clone, Copy)]
struct Attested {
    word: Word,
    /// ln P(word | native).
    channel: f32,
    /// ln P(word | a right name).
    prior: f32,
    weight: f32,
}

/// A word that was spelled out from the source by somebody who did not know the name.
#[derive(Clone, Debug, PartialEq)]
pub struct Misread {
    /// Which word of those asked.
    pub word: usize,
    /// The source's word, in bytes of its text.
    pub native: Span,
    /// The name that it stands for, with a capital.
    pub instead: String,
    /// Probability that the word is misread and this is right.
    pub confidence: f32,
}

/// A likelier name, and the numbers that say so.
pub struct Evidence {
    pub instead: Word,
    pub features: [f32; FEATURES],
}

impl Originals {
    /// The words of a name that was misread from a source.
    pub fn misread(&self, source: &str, words: &[QueryWord]) -> Vec<Misread> {
        let asked = words.iter().enumerate().filter_map(|(at, word)| Some((at, word.word.filter(may_be_misread)?)));
        let asked: Vec<(usize, Word)> = asked.collect();
        if asked.is_empty() {
            return Vec::new();
        }
        let natives = native_words(source);
        let mut misread = Vec::new();
        for (word, seen) in asked {
            let Some((span, native)) = read_from(&natives, &seen) else { continue };
            let Some(evidence) = self.evidence(&native, &seen) else { continue };
            let log_odds: f32 = evidence.features.iter().zip(&WEIGHTS).map(|(feature, weight)| feature * weight).sum();
            if log_odds >= LEAST_LOG_ODDS {
                let confidence = 1.0 / (1.0 + (-log_odds).exp());
                misread.push(Misread { word, native: span, instead: capitalised(&evidence.instead), confidence });
            }
        }
        misread
    }

    /// The likeliest name that a native word stands for, where that is another one than what is seen.
    pub fn evidence(&self, native: &NativeWord, seen: &Word) -> Option<Evidence> {
        let (channel, lexicon) = (Channel::builtin(), Lexicon::builtin());
        let garbled = |name: &Attested| {
            let lanes = channel.score(&name.word, seen, FLOOR)?;
            Some(lanes.into_iter().fold(f32::NEG_INFINITY, f32::max))
        };
        let names = self.names(native);
        let others = names.iter().filter(|name| name.word != *seen);
        let scored = others.filter_map(|name| garbled(name).map(|garbled| (name, garbled)));
        let worth = |(name, garbled): &(&Attested, f32)| name.prior + name.channel + GARBLED_SHARE * garbled;
        let (best, garbled) = scored.max_by(|a, b| worth(a).total_cmp(&worth(b)))?;
        let read = channel.score_native(native, seen, FLOOR)?;
        let letters = seen.len() as f32;
        let features = [read, best.channel, lexicon.log_prob(seen), best.weight.log2(), garbled, letters, 1.0];
        Some(Evidence { instead: best.word, features })
    }

    /// The usual names that a native word may stand for.
    fn names(&self, native: &NativeWord) -> Arc<[Attested]> {
        if let Some(names) = self.read.borrow().get(native) {
            return names.clone();
        }
        let (channel, lexicon) = (Channel::builtin(), Lexicon::builtin());
        let prepared = channel.intended_native(native);
        let attested = |word: Word| {
            let weight =
                lexicon.name(&word).filter(|stats| stats.weight >= USUAL && word.len() >= LEAST_LETTERS)?.weight;
            let channel = channel.score_native_prepared(&prepared, &word, FLOOR, f32::NEG_INFINITY)?;
            Some(Attested { word, channel, prior: lexicon.log_prob(&word), weight })
        };
        let names: Arc<[Attested]> =
            channel.readings(native, lexicon.letters()).into_iter().filter_map(attested).collect();
        let mut read = self.read.borrow_mut();
        if read.len() >= REMEMBERED {
            read.clear();
        }
        read.insert(*native, names.clone());
        names
    }
}

/// Whether a word is neither a name that people have nor any other word known.
pub fn may_be_misread(word: &Word) -> bool {
    let lexicon = Lexicon::builtin();
    let is_a_name = lexicon.name(word).is_some_and(|stats| stats.weight > KNOWN);
    let is_known = is_a_name || lexicon.is_word(word) || lexicon.is_proper(word) || lexicon.is_place(word);
    word.len() >= LEAST_LETTERS && !is_known
}

/// The words of a source in a script that the channel reads, each with and without what its language adds to names. Not those in
/// Hebrew: without vowels, and with one letter for p and f, they stand for so many names that right ones would be doubted as
/// often as wrong ones are found.
fn native_words(source: &str) -> Vec<(Span, Vec<NativeWord>)> {
    let words = scan::tokens(source).map(|token| {
        let forms = bare(token.text(source)).filter_map(NativeWord::new);
        (token.span, forms.filter(|form| form.script() != Script::Hebrew).collect())
    });
    words.filter(|(_, forms): &(_, Vec<NativeWord>)| !forms.is_empty()).collect()
}

/// The word of the source that a word was read from, where one stands clear.
fn read_from(natives: &[(Span, Vec<NativeWord>)], seen: &Word) -> Option<(Span, NativeWord)> {
    let channel = Channel::builtin();
    let bound = -MOST_PER_LETTER * seen.len() as f32 - LEAD;
    let best_form = |(span, forms): &(Span, Vec<NativeWord>)| {
        let scored = forms.iter().filter_map(|form| Some((channel.score_native(form, seen, bound)?, *form)));
        scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(score, form)| (score, *span, form))
    };
    let mut read: Vec<(f32, Span, NativeWord)> = natives.iter().filter_map(best_form).collect();
    read.sort_by(|a, b| b.0.total_cmp(&a.0));
    let &(score, span, native) = read.first()?;
    let clear = read.get(1).is_none_or(|next| next.2 == native || score - next.0 >= LEAD);
    let is_close = score >= bound + LEAD && score - Lexicon::builtin().log_prob(seen) >= LEAST_GAIN;
    (clear && is_close).then_some((span, native))
}

fn capitalised(word: &Word) -> String {
    let letters = word.letters().iter().map(|letter| char::from(letter + b'a' - 1));
    letters.enumerate().map(|(at, letter)| if at == 0 { letter.to_ascii_uppercase() } else { letter }).collect()
}

impl Spelling for LetterModel {
    fn start(&self) -> usize {
        LetterModel::start(self)
    }

    fn step(&self, state: usize, letter: u8) -> (f32, usize) {
        let (cost, next) = LetterModel::step(self, state, letter);
        (cost as f32 / COST_SCALE, next)
    }
}
