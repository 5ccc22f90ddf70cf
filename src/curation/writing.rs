//! How the texts of an entry are written: composed, without stray characters, in the script of their language; and whether the entry
//! says where the fact can be checked.

use super::Problem;
use super::fields;
use super::place::{At, Collection, Field};
use super::scripts;
use crate::diagnostic::Severity::{Error, Info, Warning};
use crate::dictionary::FormKind;
use crate::dictionary::entry::Entry;
use crate::lexicon::{Grade, Lexicon};
use crate::text::fold::Word;
use unicode_normalization::is_nfc;
use unicode_script::{Script, UnicodeScript};

pub fn check(collection: &Collection, problems: &mut Vec<Problem>) {
    for (at, entry) in collection.entries() {
        for (field, text, kind) in fields::forms(entry) {
            clean(at, &field, text, problems);
            ordinary(at, &field, text, kind, problems);
        }
        for (field, language, form) in fields::natives(entry) {
            clean(at, &field, form, problems);
            in_script(at, &field, language, form, problems);
        }
        if entry.source.trim().is_empty() && has_source_field(collection, at) {
            let message = "no source: where can this be checked?".to_owned();
            let field = Field::One("source");
            problems.push(Problem::new(at, field, "dictionary/missing-source", Warning, &entry.name, message));
        }
        repeated_roles(at, entry, problems);
    }
}

/// A list of names has no room for sources.
fn has_source_field(collection: &Collection, at: At) -> bool {
    let path = collection.files[at.file].source.path();
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

fn clean(at: At, field: &Field, text: &str, problems: &mut Vec<Problem>) {
    let what = if text.trim().is_empty() {
        "it is empty".to_owned()
    } else if !is_nfc(text) {
        "it is not composed (NFC): another keyboard's “é” is not the same".to_owned()
    } else if text.trim() != text || text.contains("  ") {
        "it has spaces that do not belong there".to_owned()
    } else if let Some(stray) = text.chars().find(|&c| is_stray(c)) {
        format!("it holds {}, which nobody sees", stray.escape_unicode())
    } else {
        return;
    };
    let message = format!("“{text}” is not clean: {what}");
    problems.push(Problem::new(at, field.clone(), "dictionary/unclean-text", Error, text, message));
}

/// Controls and other invisible characters; the joiners of Persian and Indic scripts are letters to them.
fn is_stray(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{640}' | '\u{fffd}')
}

fn in_script(at: At, field: &Field, language: &str, form: &str, problems: &mut Vec<Problem>) {
    if language.is_empty() {
        return;
    }
    let Some(scripts) = scripts::of_language(language) else {
        let message = format!("`{language}` is no language whose script is known here");
        problems.push(Problem::new(at, field.clone(), "dictionary/unknown-language", Info, form, message));
        return;
    };
    let script = |c: char| Some(c.script()).filter(|s| !matches!(s, Script::Common | Script::Inherited));
    let has_native = form.chars().filter_map(script).any(|s| scripts.contains(&s));
    // Latin letters stand beside native ones in names (“AFCチャンピオンズリーグ”, “CNN Türk”); within a word they do so only
    // where no letter of one script can be taken for one of the other.
    let is_apart = scripts.iter().any(|s| matches!(s, Script::Han | Script::Hangul));
    let foreign = form.split([' ', '-']).find(|word| {
        let mut letters = word.chars().filter_map(script);
        let latin = letters.clone().all(|s| s == Script::Latin) || is_apart;
        letters.any(|s| !(scripts.contains(&s) || has_native && latin && s == Script::Latin))
    });
    let message = match (foreign, scripts::foreign_letter(language, form)) {
        (Some(word), _) => format!("“{word}” is not in the script of `{language}`"),
        (None, Some(letter)) => format!("`{language}` does not write “{letter}” (U+{:04X})", u32::from(letter)),
        (None, None) => return,
    };
    problems.push(Problem::new(at, field.clone(), "dictionary/wrong-script", Error, form, message));
}

/// A single ordinary word that is called wrong would be reported wherever it stands.
fn ordinary(at: At, field: &Field, text: &str, kind: FormKind, problems: &mut Vec<Problem>) {
    if !text.chars().all(char::is_alphabetic) {
        return;
    }
    let grade = Word::fold(text).and_then(|word| Lexicon::builtin().grade(&word));
    let is_lower = !text.chars().any(char::is_uppercase);
    let (severity, message) = match (kind.is_right(), grade) {
        (false, Some(Grade::Common | Grade::Usual)) => {
            (Warning, format!("“{text}” is an ordinary word: calling it wrong reports it wherever it stands"))
        }
        (true, Some(Grade::Common)) if is_lower => {
            (Info, format!("“{text}” is an ordinary word: as a name it usually has a capital"))
        }
        _ => return,
    };
    problems.push(Problem::new(at, field.clone(), "dictionary/ordinary-word", severity, text, message));
}

fn repeated_roles(at: At, entry: &Entry, problems: &mut Vec<Problem>) {
    for (i, role) in entry.role.iter().enumerate() {
        if entry.role[..i].contains(role) {
            let message = format!("the role “{role}” stands in this entry twice");
            let field = Field::Item("role", i);
            problems.push(Problem::new(at, field, "dictionary/repeated-form", Warning, role, message));
        }
    }
}
