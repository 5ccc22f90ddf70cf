//! The transliteration channel: how likely a name becomes another spelling on its way through a script and back.
//!
//! `log P(seen | intended)` is the joint log-probability of the best alignment of two words less the intended word's
//! own marginal, for each [`Route`] (Latin to Latin) or from a native script to Latin. The unit costs are learned from
//! attested spellings ([`train`]) and lie readable in `weights/`; the build script compiles them. The pairs of Latin spellings
//! lie there as well ([`spellings`]): the units tell what is likely, they tell what is attested. Everything that
//! callers see is in nats (natural logarithms).
//!
//! The channel knows folded words and native letters. It knows nothing of dictionaries, spans, documents or rules.

mod align;
pub mod alphabet;
pub mod compile;
mod native;
mod read;
mod route;
mod score;
pub mod spellings;
mod table;
pub mod train;

use once_cell::sync::{Lazy, OnceCell};

use crate::text::fold::Word;

pub use align::AlignedUnit;
pub use alphabet::Script;
pub use native::NativeWord;
pub use read::Spelling;
pub use route::{LANES, Route};

use compile::{MAGIC, NEVER, SCALE};
use spellings::Spellings;
use table::{Reader, Table};

static BUILTIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/channel.bin"));

/// Log-probabilities by route; `lanes[Route::Arabic as usize]` is the one through Arabic.
pub type Lanes = [f32; LANES];

/// The learned costs of all routes and scripts.
pub struct Channel {
    latin: Table<LANES>,
    native: Vec<Table<1>>,
    spellings: Spellings,
    /// The native tables' units by what they stand for, each made when it is first asked.
    units: [OnceCell<read::Units>; Script::ALL.len()],
}

/// A word as the dictionary has it, prepared for scoring; holds its marginal.
#[derive(Clone)]
pub struct Intended(score::Intended<LANES>);

/// A word as the text has it, prepared for scoring.
#[derive(Clone)]
pub struct Seen(score::Seen);

/// A native word, prepared for scoring.
#[derive(Clone)]
pub struct IntendedNative {
    script: Script,
    word: score::Intended<1>,
}

impl Channel {
    /// The channel that is built in. The first call copies its tables.
    pub fn builtin() -> &'static Channel {
        static CHANNEL: Lazy<Channel> =
            Lazy::new(|| Channel::from_bytes(BUILTIN).expect("the build script writes what is read here"));
        &CHANNEL
    }

    /// Loads what [`compile`] wrote; `None` where the bytes are something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Channel> {
        let mut reader = Reader(bytes);
        if reader.take(MAGIC.len())? != MAGIC {
            return None;
        }
        let latin = Table::read(&mut reader)?;
        let native = Script::ALL.iter().map(|_| Table::read(&mut reader)).collect::<Option<_>>()?;
        let spellings = Spellings::read(reader.0)?;
        Some(Channel { latin, native, spellings, units: Default::default() })
    }

    /// Prepares a dictionary's word: worth it where it is scored more than once.
    pub fn intended(&self, word: &Word) -> Intended {
        Intended(score::Intended::new(&self.latin, word.letters()))
    }

    /// Prepares a word of the text.
    pub fn seen(&self, word: &Word) -> Seen {
        Seen(score::Seen::new(&self.latin, word.letters()))
    }

    /// Prepares a native word.
    pub fn intended_native(&self, word: &NativeWord) -> IntendedNative {
        let table = &self.native[word.script() as usize];
        IntendedNative { script: word.script(), word: score::Intended::new(table, word.letters()) }
    }

    /// `log P(seen | intended)` by every route, at most 0. Lanes below `bound` (as low as −255) are minus infinity;
    /// `None` where all are.
    pub fn score(&self, intended: &Word, seen: &Word, bound: f32) -> Option<Lanes> {
        self.score_prepared(&self.intended(intended), &self.seen(seen), bound)
    }

    /// [`Channel::score`] of prepared words.
    pub fn score_prepared(&self, intended: &Intended, seen: &Seen, bound: f32) -> Option<Lanes> {
        let joint = score::best(&self.latin, &intended.0, &seen.0, fixed(bound))?;
        let marginal = intended.0.marginal();
        Some(std::array::from_fn(|lane| nats(joint[lane], marginal[lane], bound)))
    }

    /// Whether two words are attested as spellings of one name.
    pub fn are_spellings(&self, a: &Word, b: &Word) -> bool {
        self.spellings.are_pair(a, b)
    }

    /// The log-probability of the intended word itself under every route, whatever it is seen as.
    pub fn marginal(&self, intended: &Word) -> Lanes {
        self.intended(intended).marginal()
    }

    /// The best alignment by one route; `None` only where the words have none.
    pub fn align(&self, route: Route, intended: &Word, seen: &Word) -> Option<Vec<AlignedUnit>> {
        align::align(&self.latin, route as usize, intended.letters(), seen.letters())
    }

    /// `log P(seen | native)`, at most 0; `None` below `bound`.
    pub fn score_native(&self, native: &NativeWord, seen: &Word, bound: f32) -> Option<f32> {
        self.score_native_prepared(&self.intended_native(native), seen, bound, f32::NEG_INFINITY)
    }

    /// [`Channel::score_native`] of a prepared word; `least` where it is that or less, which is sooner known.
    pub fn score_native_prepared(&self, native: &IntendedNative, seen: &Word, bound: f32, least: f32) -> Option<f32> {
        let table = &self.native[native.script as usize];
        let seen = score::Seen::new(table, seen.letters());
        let marginal = native.word.marginal()[0];
        let limit = fixed(bound).min(fixed(least).saturating_add(marginal));
        match score::best(table, &native.word, &seen, limit) {
            Some(joint) => Some(nats(joint[0], marginal, bound).max(least)).filter(|p| p.is_finite()),
            None => (limit < fixed(bound)).then_some(least),
        }
    }

    /// The Latin words that a native word is likeliest to stand for where words are spelled so, best first: some hundreds.
    pub fn readings(&self, native: &NativeWord, spelling: &impl Spelling) -> Vec<Word> {
        let script = native.script() as usize;
        self.units[script].get_or_init(|| read::Units::of(&self.native[script])).read(native.letters(), spelling)
    }

    /// The best alignment of a native word; its ranges count [`NativeWord::letters`].
    pub fn align_native(&self, native: &NativeWord, seen: &Word) -> Option<Vec<AlignedUnit>> {
        align::align(&self.native[native.script() as usize], 0, native.letters(), seen.letters())
    }
}

impl Intended {
    /// The log-probability of the word itself under every route.
    pub fn marginal(&self) -> Lanes {
        self.0.marginal().map(|cost| -f32::from(cost) / SCALE as f32)
    }
}

/// A bound in nats as a fixed-point cost.
fn fixed(bound: f32) -> u16 {
    (-bound * SCALE as f32) as u16
}

fn nats(joint: u16, marginal: u16, bound: f32) -> f32 {
    let log = (f32::from(marginal) - f32::from(joint)) / SCALE as f32;
    if joint == NEVER || log < bound { f32::NEG_INFINITY } else { log.min(0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Word {
        Word::fold(text).expect("a word of letters")
    }

    fn score(route: Route, intended: &str, seen: &str) -> f32 {
        let lanes = Channel::builtin().score(&word(intended), &word(seen), -100.0).expect("within the bound");
        lanes[route as usize]
    }

    #[test]
    fn arabic_has_no_p_and_russian_has() {
        assert!(score(Route::Arabic, "Plenel", "Blenel") > score(Route::Russian, "Plenel", "Blenel") + 1.0);
    }

    #[test]
    fn a_garbling_is_likelier_than_a_stranger() {
        assert!(score(Route::Arabic, "Plenel", "Blenil") > score(Route::Arabic, "Plenel", "Garcia") + 10.0);
        assert!(score(Route::Japanese, "Larsen", "Rasen") > score(Route::Japanese, "Larsen", "Masen"));
    }

    #[test]
    fn attested_spellings_are_known() {
        let are = |a: &str, b: &str| Channel::builtin().are_spellings(&word(a), &word(b));
        assert!(are("Khaled", "Khalid") && are("Khalid", "Khaled") && are("Sergei", "Sergey"));
        assert!(!are("Khaled", "Khalil") && !are("Khaled", "Khaled"));
    }

    #[test]
    fn nothing_is_likelier_than_certain() {
        for name in ["Plenel", "Li", "Schwarzenegger", "Aaaaaa"] {
            let lanes = Channel::builtin().score(&word(name), &word(name), -100.0).unwrap();
            assert!(lanes.iter().all(|&lane| lane <= 0.0), "{name}: {lanes:?}");
            assert_eq!(lanes[Route::Typing as usize], 0.0);
        }
    }

    #[test]
    fn a_bound_hides_what_lies_below_and_changes_nothing_above() {
        let (intended, seen) = (word("Bredoux"), word("Brydoks"));
        let all = Channel::builtin().score(&intended, &seen, -100.0).unwrap();
        let best = all.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let some = Channel::builtin().score(&intended, &seen, best - 2.0).unwrap();
        for (lane, &bounded) in some.iter().enumerate() {
            assert!(bounded == all[lane] || (bounded == f32::NEG_INFINITY && all[lane] < best - 2.0));
        }
        assert_eq!(Channel::builtin().score(&intended, &seen, best + 0.1), None);
    }

    #[test]
    fn what_is_not_worth_telling_apart_is_cut_short() {
        let channel = Channel::builtin();
        let native = channel.intended_native(&NativeWord::new("بلينيل").unwrap());
        let score = |seen, least| channel.score_native_prepared(&native, &word(seen), -30.0, least);
        let plain = score("Blenil", f32::NEG_INFINITY).unwrap();
        assert_eq!(score("Blenil", plain - 3.0), Some(plain));
        assert_eq!(score("Blenil", plain / 2.0), Some(plain / 2.0));
        assert_eq!(score("Garcia", plain), Some(plain));
        // Below the bound it is nothing, however little would do.
        assert_eq!(score("Garcia", f32::NEG_INFINITY), None);
    }

    #[test]
    fn the_longest_words_and_the_loosest_bounds_are_fine() {
        let (long, short) = (word(&"abcdefghijklmnopqrstuvwxyz"[..24]), word("a"));
        for bound in [f32::NEG_INFINITY, -300.0, -10.0, 0.0, 1.0, f32::NAN] {
            for (intended, seen) in [(&long, &long), (&long, &short), (&short, &long), (&short, &short)] {
                let _ = Channel::builtin().score(intended, seen, bound);
            }
            let native = NativeWord::new(&"개".repeat(24)).unwrap();
            let _ = Channel::builtin().score_native(&native, &long, bound);
        }
        assert!(Channel::builtin().score(&long, &short, f32::NEG_INFINITY).is_some());
        assert_eq!(NativeWord::new(&"개".repeat(25)), None);
    }

    #[test]
    fn native_forms_are_read() {
        let native = |text| NativeWord::new(text).expect("a native word");
        let read = |text, seen| Channel::builtin().score_native(&native(text), &word(seen), -100.0).unwrap();
        assert!(read("بلينيل", "Blenil") > read("بلينيل", "Garcia") + 10.0);
        assert!(read("Путин", "Putin") > read("Путин", "Pudding"));
        assert!(read("박", "Park") > read("박", "Kim"));
        assert!(read("ゴルバチョフ", "Gorubachofu") > -20.0);
        assert!(read("ごルバチョフ", "Gorubachofu") > -20.0);
        assert!(read("北京", "Beijing") > read("北京", "Nanjing"));
        assert!(read("Ελένη", "Eleni") > -6.0);
        assert!(read("ג׳ון", "Jon") > read("גון", "Jon"));
        assert_eq!(NativeWord::new("Putin"), None);
        assert_eq!(NativeWord::new("Путinن"), None);
    }

    #[test]
    fn an_alignment_covers_both_words_and_adds_up_to_the_score() {
        let (intended, seen) = (word("Bredoux"), word("Brydoks"));
        let units = Channel::builtin().align(Route::Arabic, &intended, &seen).unwrap();
        let (mut i, mut j) = (0, 0);
        for unit in &units {
            assert_eq!((unit.intended.start, unit.seen.start), (i, j));
            (i, j) = (unit.intended.end, unit.seen.end);
        }
        assert_eq!((i, j), (intended.len(), seen.len()));
        let sum: f32 = units.iter().map(|unit| unit.cost).sum();
        let score = score(Route::Arabic, "Bredoux", "Brydoks");
        // The marginal of the word may prefer other units than the alignment's.
        assert!(-sum >= score - 0.05, "{sum} against {score}");
    }

    #[test]
    fn what_is_no_channel_is_refused() {
        assert!(Channel::from_bytes(BUILTIN).is_some());
        for len in [0, 7, 8, 19, 20, 21, 1000, BUILTIN.len() / 2, BUILTIN.len() - 1, BUILTIN.len() - 2] {
            assert!(Channel::from_bytes(&BUILTIN[..len]).is_none());
        }
        let mut foreign = BUILTIN.to_vec();
        foreign[8..12].fill(0xff);
        assert!(Channel::from_bytes(&foreign).is_none());
    }
}
