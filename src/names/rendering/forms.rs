//! The right forms of entries as they are held against translations: cut into words, each form once.

use crate::dictionary::{EntryRef, View};
use crate::names::query::QueryWord;
use crate::text::fold::Word;
use crate::text::scan::{self, Token};
use rustc_hash::FxHashMap;

/// The right forms of the entries met so far.
#[derive(Default)]
pub struct RightForms(FxHashMap<EntryRef, Vec<Form>>);

/// A right form of an entry.
pub struct Form {
    pub text: String,
    pub words: Vec<FormWord>,
    /// The words with two neighbours run together, for each two: "Antoineandri Jomini".
    run_together: Vec<Vec<FormWord>>,
    /// The first letters of a name of two words and more, as capitals; small words do not count.
    pub initials: Option<String>,
    pub beginnings: Beginnings,
}

#[derive(Clone)]
pub struct FormWord {
    pub key: String,
    pub word: Option<Word>,
    pub capital: bool,
}

/// The first two bytes of words' keys, each pair a bit: a text that lacks one of a form's has not all of its words. Plurals
/// begin as their singulars do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Beginnings(u64);

impl RightForms {
    pub fn of(&mut self, view: &View<'_>, entry: EntryRef) -> &[Form] {
        self.0.entry(entry).or_insert_with(|| {
            let right = view.forms_of(entry.index).filter(|form| view.form_kind(*form).is_right());
            right.map(|form| Form::new(view.form_text(form))).collect()
        })
    }
}

impl Form {
    pub fn new(text: &str) -> Form {
        let word = |token: Token| {
            let QueryWord { key, word, .. } = QueryWord::new(token.text(text));
            FormWord { key, word, capital: token.is_capital() }
        };
        let words: Vec<FormWord> = scan::tokens(text).map(word).collect();
        Form {
            text: text.to_owned(),
            run_together: run_together(&words),
            initials: initials(&words),
            beginnings: Beginnings::of(words.iter().map(|word| word.key.as_str())),
            words,
        }
    }

    /// Its words, and its words with neighbours run together.
    pub fn readings(&self) -> impl Iterator<Item = &Vec<FormWord>> {
        std::iter::once(&self.words).chain(&self.run_together).filter(|words| !words.is_empty())
    }
}

impl Beginnings {
    pub fn of<'k>(keys: impl Iterator<Item = &'k str>) -> Beginnings {
        let bit = |key: &str| {
            let byte = |at: usize| u64::from(key.as_bytes().get(at).copied().unwrap_or(0));
            1 << ((byte(0) * 31 + byte(1)) % 64)
        };
        Beginnings(keys.fold(0, |all, key| all | bit(key)))
    }

    /// Whether all of `others` are among these.
    pub fn has_all(self, others: Beginnings) -> bool {
        others.0 & !self.0 == 0
    }

    /// Whether any of `others` is among these.
    pub fn has_any(self, others: Beginnings) -> bool {
        others.0 & self.0 != 0
    }
}

fn run_together(words: &[FormWord]) -> Vec<Vec<FormWord>> {
    let joints = if words.len() > 2 { words.len() - 1 } else { 0 };
    let joined = (0..joints).filter_map(|at| {
        let (first, second) = (&words[at], &words[at + 1]);
        let word = Some(Word::join(&first.word?, &second.word?)?);
        let joined = FormWord { key: format!("{}{}", first.key, second.key), word, capital: true };
        let mut words = words.to_vec();
        words.splice(at..at + 2, [joined]);
        Some(words)
    });
    joined.collect()
}

fn initials(words: &[FormWord]) -> Option<String> {
    let capitals = words.iter().filter(|word| word.capital);
    let initials: String =
        capitals.filter_map(|word| word.key.chars().next()).map(|c| c.to_ascii_uppercase()).collect();
    (initials.len() > 1).then_some(initials)
}

/// Whether a word is another one in the plural: "the Plenels".
pub fn is_plural(word: &str, of: &str) -> bool {
    of.len() > 2 && word.strip_prefix(of).is_some_and(|ending| matches!(ending, "s" | "es"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_begins_with_is_in_every_text_that_has_it() {
        let of = |text: &str| Form::new(text).beginnings;
        assert!(of("said Edwy Plenel, and the Plenels").has_all(of("Plenel Edwy")));
        assert!(!of("said Edwy Plenel").has_all(of("Edwy Garcia")));
        assert!(of("said Plenel").has_any(of("Edwy Plenel")) && !of("he said").has_any(of("Edwy Plenel")));
        assert!(of("").has_all(of("")));
    }

    #[test]
    fn neighbours_run_together_in_longer_names() {
        let keys = |text: &str| -> Vec<String> {
            let keys = |words: &Vec<FormWord>| words.iter().map(|w| w.key.as_str()).collect::<Vec<_>>().join(" ");
            Form::new(text).run_together.iter().map(keys).collect()
        };
        assert_eq!(keys("Antoine-Henri Jomini"), ["antoinehenri jomini", "antoine henrijomini"]);
        assert!(keys("Edwy Plenel").is_empty());
    }
}
