//! What right names and ordinary words look like: the null model.
//!
//! A name-like word that is in no dictionary may be a garbled name or the right name of somebody. This module
//! weighs the second: [`Lexicon::log_prob`] is ln P(word | a right name), and the questions beside it (is it attested
//! as a name, is it an ordinary word, a place, a title) are what the decision looks at. It knows single words, not
//! texts: nothing here may know of the dictionary's entries, of the channel, of documents or of rules.
//!
//! # Data
//!
//! | file | what | from |
//! |---|---|---|
//! | `data/words.bin` | folded word → [`Entry`], a [`Table`] | rigour, faker, the US census of 1990, scowl, GeoNames |
//! | `data/letters.bin` | [`LetterModel`] | the names of `words.bin`, each by its weight |
//! | `dictionaries/words/*.txt` | [`Kinds`]: titles, roles, … | written by hand, compiled by `build.rs` |
//!
//! The first two are made by `cargo run --release --example build-lexicon`, which says in its own documentation where
//! each source is to be had; whose they are and on what terms stands in `NOTICE`. They are embedded and
//! used where they lie: starting up reads headers only.
//!
//! # What it is worth
//!
//! Single words of 12,000 romanised names against the words that they should be (12,192 pairs; not trained
//! on, but the three shares were chosen there): `log_prob` is higher for the right word in 86.4 % of the pairs (area under the curve over all words 0.834), the letter
//! model alone in 78.3 % (0.741), mere attestation in 79.5 %. A name's weight shared among its Latin forms, the
//! census' counts and a small share for the letters pay; more lists of names (mimesis) hardly.

mod entry;
mod kinds;
pub mod letters;
mod table;

use std::sync::OnceLock;

use fst::Map;

use crate::text::fold::{MAX_LETTERS, Word};
use crate::text::hash;
pub use entry::{Entry, Grade, NameStats, Usage};
pub use kinds::Kinds;
use letters::LetterModel;
pub use table::Table;

/// How much of a right name's probability each explanation has.
mod share {
    /// It is attested as a name.
    pub const NAME: f32 = 0.90;
    /// It is an English word (Young, King, Banks).
    pub const WORD: f32 = 0.05;
    /// It is a name that no list has, spelled as names are spelled.
    pub const LETTERS: f32 = 0.05;
}

static WORDS: &[u8] = include_bytes!("data/words.bin");
static LETTERS: &[u8] = include_bytes!("data/letters.bin");
static KINDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/kinds.fst"));

/// Attested names, ordinary words, places and a letter model of names.
pub struct Lexicon {
    words: Table,
    kinds: Map<&'static [u8]>,
    letters: LetterModel,
    /// The share of a name of weight 1 in the probability of all right names, and that of a word of weight 1.
    name_unit: f32,
    word_unit: f32,
}

/// A data file that is damaged or is none.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the lexicon's {0} is damaged")]
pub struct Corrupt(&'static str);

impl Lexicon {
    /// The lexicon that is built in.
    pub fn builtin() -> &'static Lexicon {
        static BUILTIN: OnceLock<Lexicon> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            Lexicon::over(WORDS, KINDS, LETTERS).expect("embedded data; the tests verify that it loads")
        })
    }

    /// A lexicon over the bytes of its three files (`words.bin`, the compiled kinds, `letters.bin`),
    /// all of which are read once to see that they are whole.
    pub fn open(words: &'static [u8], kinds: &'static [u8], letters: &'static [u8]) -> Result<Lexicon, Corrupt> {
        let lexicon = Lexicon::over(words, kinds, letters)?;
        Table::verify(words)?;
        lexicon.kinds.as_fst().verify().map_err(|_| Corrupt("list of kinds"))?;
        LetterModel::verify(letters)?;
        Ok(lexicon)
    }

    fn over(words: &'static [u8], kinds: &'static [u8], letters: &'static [u8]) -> Result<Lexicon, Corrupt> {
        let words = Table::new(words)?;
        Ok(Lexicon {
            name_unit: share::NAME / words.names_weight(),
            word_unit: share::WORD / words.words_weight(),
            words,
            kinds: Map::new(kinds).map_err(|_| Corrupt("list of kinds"))?,
            letters: LetterModel::new(letters)?,
        })
    }

    /// All that is known of a word, in one look-up; the questions below are short for its fields.
    pub fn entry(&self, word: &Word) -> Entry {
        self.words.find(word).unwrap_or_default()
    }

    /// The word as a part of somebody's name, if it is attested as one.
    pub fn name(&self, word: &Word) -> Option<NameStats> {
        self.entry(word).name()
    }

    /// How usual the word is in lower case in English; `None` where it is no ordinary word.
    pub fn grade(&self, word: &Word) -> Option<Grade> {
        self.entry(word).grade
    }

    /// Whether English has the word in lower case.
    pub fn is_word(&self, word: &Word) -> bool {
        self.grade(word).is_some()
    }

    /// Whether English writes the word with a capital: a proper name, a demonym, a language, a month.
    pub fn is_proper(&self, word: &Word) -> bool {
        self.entry(word).proper || self.kinds(word).any_proper()
    }

    /// Whether it is the name of a country, a region, a larger town, a sea or a mountain range, or of the people or the
    /// language of one. Names of several words are known run together: `Word::fold("Great Lakes")`.
    pub fn is_place(&self, word: &Word) -> bool {
        let kinds = self.kinds(word);
        self.entry(word).place || kinds.place() || kinds.demonym()
    }

    /// What the word is in front of, behind or instead of a person's name.
    pub fn kinds(&self, word: &Word) -> Kinds {
        let mut key = [0; MAX_LETTERS];
        let letters = word.letters();
        for (to, from) in key.iter_mut().zip(letters) {
            *to = from + (b'a' - 1);
        }
        Kinds::from_bits(self.kinds.get(&key[..letters.len()]).unwrap_or(0))
    }

    /// Whether it is a title or an honorific: "Dr", "Sheikh", "President".
    pub fn is_title(&self, word: &Word) -> bool {
        self.kinds(word).title()
    }

    /// Whether it says what a person does: "journalist", "striker".
    pub fn is_role(&self, word: &Word) -> bool {
        self.kinds(word).role()
    }

    /// Whether it is a word that names of institutions, streets and papers are made of: "Ministry", "Times".
    pub fn is_institution_word(&self, word: &Word) -> bool {
        self.kinds(word).institution()
    }

    /// ln P(word | a right name), natural logarithm of a probability: never positive, always finite.
    pub fn log_prob(&self, word: &Word) -> f32 {
        let entry = self.entry(word);
        let attested = self.name_unit * Entry::class_weight(entry.name_class) + self.word_unit * entry.word_weight();
        let letters = share::LETTERS.ln() + self.letters_log_prob(word);
        if attested > 0.0 { ln_add_exp(attested.ln(), letters) } else { letters }
    }

    /// How names are spelled.
    pub fn letters(&self) -> &LetterModel {
        &self.letters
    }

    /// The letter model's part of [`Lexicon::log_prob`] alone: ln P(word | spelled as names are).
    pub fn letters_log_prob(&self, word: &Word) -> f32 {
        self.letters.log_prob(word)
    }
}

/// ln(eᵃ + eᵇ), without leaving the logarithms: a long word's letters are less than the smallest `f32`.
fn ln_add_exp(a: f32, b: f32) -> f32 {
    a.max(b) + (-(a - b).abs()).exp().ln_1p()
}

/// Tells a damaged file from a sound one.
pub fn checksum(bytes: &[u8]) -> u64 {
    hash::fnv(bytes)
}

#[cfg(test)]
mod tests;
