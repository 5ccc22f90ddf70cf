//! Curating dictionaries: whether their entries are sound, and what they hold. What `orthonym dict check` reports.
//!
//! It reads entries as people write them, never compiled ones: a finding has a place in a file. It knows the channel and the
//! lexicon, nothing of output. One kind of check, one file.

pub mod add;
mod claims;
mod fields;
mod improbable;
mod place;
mod references;
pub mod scripts;
mod stats;
pub mod toml;
mod unpack;
mod writing;

pub use place::{At, Collection, Field};
pub use stats::Stats;
pub use unpack::entry;

use crate::diagnostic::{Diagnostic, Severity};
use place::Locator;

/// A finding in the making: where it is said, and what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
struct Problem {
    at: At,
    field: Field,
    rule: &'static str,
    severity: Severity,
    /// What is said there.
    text: String,
    message: String,
    notes: Vec<String>,
    /// How probable it is that something is wrong.
    confidence: f32,
}

impl Problem {
    fn new(at: At, field: Field, rule: &'static str, severity: Severity, text: &str, message: String) -> Problem {
        Problem { at, field, rule, severity, text: text.to_owned(), message, notes: Vec::new(), confidence: 1.0 }
    }

    fn note(mut self, note: String) -> Problem {
        self.notes.push(note);
        self
    }
}

/// Checks dictionaries against themselves and each other; the findings of each file, in its order. `is_known` says which ids
/// there are besides. Linear in the entries, but for sorting.
pub fn check(collection: &Collection, is_known: impl Fn(&str) -> bool) -> Vec<Vec<Diagnostic>> {
    let mut problems = Vec::new();
    claims::check(collection, &mut problems);
    references::check(collection, is_known, &mut problems);
    writing::check(collection, &mut problems);
    improbable::check(collection, &mut problems);
    let mut found: Vec<Vec<Diagnostic>> = collection.files.iter().map(|_| Vec::new()).collect();
    let mut locators: Vec<Option<Locator>> = collection.files.iter().map(|_| None).collect();
    for problem in problems {
        let file = problem.at.file;
        let locator = locators[file].get_or_insert_with(|| Locator::new(&collection.files[file]));
        found[file].push(Diagnostic {
            rule: problem.rule,
            severity: problem.severity,
            span: locator.locate(problem.at.entry, &problem.field),
            text: problem.text,
            message: problem.message,
            confidence: problem.confidence,
            suggestions: Vec::new(),
            notes: problem.notes,
            related: Vec::new(),
        });
    }
    found.iter_mut().for_each(|file| file.sort_by_key(Diagnostic::sort_key));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// The rules that fire for a dictionary, each with the text that it fires for.
    fn found(toml: &str) -> Vec<(&'static str, String)> {
        let collection = Collection::parse(vec![Source::new("a.toml", toml)]).unwrap();
        let reports = check(&collection, |_| false);
        let text = &collection.files[0].source;
        reports[0].iter().map(|d| (d.rule, text.slice(d.span).to_owned())).collect()
    }

    fn entry(fields: &str) -> String {
        format!("[[name]]\n{fields}\nsource = \"Wikipedia\"\n")
    }

    fn rules(fields: &[&str]) -> Vec<(&'static str, String)> {
        found(&fields.iter().map(|fields| entry(fields)).collect::<String>())
    }

    #[test]
    fn a_sound_entry_has_no_findings() {
        let sound =
            "id = \"edwy-plenel\"\nname = \"Edwy Plenel\"\nnative = { ar = \"إدوي بلينيل\", ru = \"Эдви Пленель\" }";
        assert_eq!(rules(&[sound]), []);
    }

    #[test]
    fn two_entries_with_one_id_or_name() {
        let (a, b) = ("id = \"a\"\nname = \"Ann Lee\"", "id = \"a\"\nname = \"Bob Day\"");
        assert_eq!(rules(&[a, b]), [("dictionary/duplicate-id", "\"a\"".into())]);
        let (a, b) = ("id = \"a\"\nname = \"Ann Lee\"", "id = \"b\"\nname = \"Ann Lee\"");
        assert_eq!(rules(&[a, b]), [("dictionary/shared-name", "\"Ann Lee\"".into())]);
        let b = "id = \"b\"\nname = \"Ann Lee\"\nconfused_with = [\"a\"]";
        assert_eq!(rules(&[a, b]), []);
    }

    #[test]
    fn what_is_wrong_for_one_and_right_for_another() {
        let (a, b) = ("id = \"a\"\nname = \"Der Tag\"\ncalques = [\"The Day\"]", "id = \"b\"\nname = \"The Day\"");
        assert_eq!(rules(&[a, b]), [("dictionary/contradiction", "\"The Day\"".into())]);
    }

    #[test]
    fn ids_that_nobody_has() {
        let fields = "id = \"a\"\nname = \"Ann Lee\"\nwith = [\"b\"]";
        assert_eq!(rules(&[fields]), [("dictionary/dangling-reference", "\"b\"".into())]);
    }

    #[test]
    fn text_that_is_not_clean() {
        assert_eq!(
            rules(&["name = \"Rene\u{301} Char\""]),
            [("dictionary/unclean-text", "\"Rene\u{301} Char\"".into())]
        );
        assert_eq!(rules(&["name = \"Ann  Lee\""]), [("dictionary/unclean-text", "\"Ann  Lee\"".into())]);
        let native = "name = \"Ann Lee\"\nnative = { ru = \"Aнн Ли\" }";
        assert_eq!(rules(&[native]), [("dictionary/wrong-script", "\"Aнн Ли\"".into())]);
        assert_eq!(found("[[name]]\nname = \"Ann Lee\"\n"), [("dictionary/missing-source", "\"Ann Lee\"".into())]);
    }

    #[test]
    fn a_native_form_of_somebody_else() {
        let native = "name = \"Edwy Plenel\"\nnative = { ar = \"أنغيلا ميركل\", ru = \"Эдви Пленель\" }";
        assert_eq!(rules(&[native]), [("dictionary/improbable-native", "\"أنغيلا ميركل\"".into())]);
        let numbered = "name = \"Pope Leo XIV\"\nnative = { ar = \"البابا ليو الرابع عشر\" }";
        assert_eq!(rules(&[numbered]), []);
    }
}
