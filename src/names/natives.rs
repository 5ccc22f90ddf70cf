//! Finding entries by their native forms in a source text, with what its language puts before and behind a name.
//!
//! Words are folded first: vowel points go, spelling variants (أ/ا, ى/ي, ة/ه, ё/е, hiragana) become one. Then a word may carry
//! prefixes (Arabic و ب ل ال, Hebrew ו ב ל ה), a case ending (Russian, Ukrainian) or a particle (Korean). Scripts
//! without spaces are searched letter by letter.

use crate::dictionary::{Dictionary, EntryRef};
use crate::span::Span;
use crate::text::scan;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// The native forms of all entries, by their first letters.
#[derive(Debug, Default)]
pub struct NativeIndex {
    by_start: FxHashMap<String, Vec<Form>>,
}

#[derive(Debug)]
struct Form {
    entry: EntryRef,
    words: Vec<String>,
}

/// An entry that a source text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    pub entry: EntryRef,
    pub span: Span,
}

/// Letters that a form is filed under.
const START: usize = 3;
/// A form of one word with fewer letters than this is too common a word; scripts of syllables need fewer.
const LEAST_LETTERS: usize = 4;
const LEAST_SYLLABLES: usize = 2;

const ARABIC: &[&str] = &["", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "كال", "لل", "ولل", "وب", "ول"];
const HEBREW: &[&str] = &["", "ו", "ה", "ב", "ל", "מ", "ש", "כ", "וה", "וב", "ול", "ומ", "וש", "שה", "שב", "של", "כש"];
const CYRILLIC: &[&str] = &[
    "", "а", "у", "ю", "я", "ом", "ем", "ым", "им", "е", "и", "ы", "і", "ой", "ей", "ою", "ею", "ого", "его", "ому",
    "ему", "ові", "еві", "єм", "ям", "ю", "ом", "ів", "ии", "ію", "ией", "ии", "ию",
];
const KOREAN: &[&str] = &[
    "",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "에게",
    "에서",
    "께서",
    "와",
    "과",
    "도",
    "로",
    "으로",
    "만",
    "씨",
    "측",
    "까지",
    "부터",
    "이다",
    "에는",
    "에도",
    "에서는",
    "이나",
    "보다",
    "처럼",
    "라고",
    "이라고",
];

impl NativeIndex {
    /// Reads all native forms of a dictionary: linear in it.
    pub fn of(dictionary: &Dictionary) -> NativeIndex {
        let mut index = NativeIndex::default();
        for (layer, view) in dictionary.views().iter().enumerate() {
            for entry in 0..view.entry_count() {
                let reference = EntryRef { layer: layer as u16, index: entry };
                if dictionary.is_hidden(reference) {
                    continue;
                }
                for (_, native) in view.natives(entry) {
                    index.add(reference, native);
                }
            }
        }
        index
    }

    fn add(&mut self, entry: EntryRef, native: &str) {
        let words = words(native);
        let Some((_, first)) = words.first() else { return };
        let least = if is_unspaced(first) || first.chars().any(is_hangul) { LEAST_SYLLABLES } else { LEAST_LETTERS };
        if words.len() == 1 && first.chars().count() < least {
            return;
        }
        let words: Vec<String> = words.into_iter().map(|(_, word)| word).collect();
        self.by_start.entry(start(&words[0]).to_owned()).or_default().push(Form { entry, words });
    }

    /// The entries that a text names, in order; where forms overlap, the longer one.
    pub fn find(&self, text: &str) -> Vec<Named> {
        let mut found = Vec::new();
        if self.by_start.is_empty() {
            return found;
        }
        let words = words(text);
        let mut i = 0;
        while i < words.len() {
            let longest = self.at(&words[i..]).max_by_key(|(len, _)| *len);
            let len = longest.map_or(1, |(len, _)| len);
            let span = words[i].0.hull(words[i + len - 1].0);
            let before = found.len();
            for (_, entry) in self.at(&words[i..]).filter(|(other, _)| longest.is_some() && *other == len) {
                if found[before..].iter().all(|named: &Named| named.entry != entry) {
                    found.push(Named { entry, span });
                }
            }
            i += len;
        }
        found
    }

    /// The forms that begin at the first of these words: how many words each takes.
    fn at<'t>(&'t self, words: &'t [(Span, String)]) -> impl Iterator<Item = (usize, EntryRef)> + 't {
        let first = words[0].1.as_str();
        let prefixes = prefixes(first);
        prefixes.iter().filter_map(|prefix| first.strip_prefix(prefix)).flat_map(move |bare| {
            let forms = self.by_start.get(start(bare)).into_iter().flatten();
            forms.filter_map(move |form| {
                let rest = words.get(1..form.words.len())?;
                let same = carries(bare, &form.words[0])
                    && rest
                        .iter()
                        .zip(&form.words[1..])
                        .all(|((_, seen), word)| carries(without_article(seen), without_article(word)));
                same.then_some((form.words.len(), form.entry))
            })
        })
    }
}

/// What may stand before a name in its word.
fn prefixes(word: &str) -> &'static [&'static str] {
    match word.chars().next().map(|c| c.script()) {
        Some(Script::Arabic) => ARABIC,
        Some(Script::Hebrew) => HEBREW,
        _ => &[""],
    }
}

fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word)
}

/// Whether a word of the text is that word of a name, with an ending of its language.
fn carries(seen: &str, name: &str) -> bool {
    if seen == name {
        return true;
    }
    let Some(last) = name.chars().next_back() else { return false };
    match last.script() {
        Script::Cyrillic => {
            let has = |stem: &str| seen.strip_prefix(stem).is_some_and(|ending| CYRILLIC.contains(&ending));
            let stem = name.strip_suffix(['а', 'я', 'о', 'е', 'й', 'ь', 'и', 'і', 'у']).unwrap_or(name);
            let adjective = name.strip_suffix("ий").or(name.strip_suffix("ый")).or(name.strip_suffix("ая"));
            let long = |stem: &&str| stem.chars().count() >= 3;
            has(name) || Some(stem).filter(long).is_some_and(has) || adjective.filter(long).is_some_and(has)
        }
        Script::Hangul => seen.strip_prefix(name).is_some_and(|particle| KOREAN.contains(&particle)),
        _ => false,
    }
}

/// The words of a text, folded; a script without spaces is cut into letters.
fn words(text: &str) -> Vec<(Span, String)> {
    let mut words = Vec::new();
    for token in scan::tokens(text) {
        let word = token.text(text);
        if !is_unspaced(word) {
            let folded = fold(word);
            if !folded.is_empty() {
                words.push((token.span, folded));
            }
            continue;
        }
        for (at, c) in word.char_indices() {
            let folded = fold(&word[at..at + c.len_utf8()]);
            let start = token.span.start + at;
            if !folded.is_empty() {
                words.push((Span::new(start, start + c.len_utf8()), folded));
            }
        }
    }
    words
}

fn is_unspaced(word: &str) -> bool {
    word.chars().any(|c| matches!(c.script(), Script::Han | Script::Hiragana | Script::Katakana | Script::Thai))
}

fn is_hangul(c: char) -> bool {
    c.script() == Script::Hangul
}

fn fold(word: &str) -> String {
    let same = |c: char| match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ى' | 'ی' | 'ئ' => Some('ي'),
        'ة' => Some('ه'),
        'ؤ' => Some('و'),
        'ک' => Some('ك'),
        'ё' => Some('е'),
        'ـ' | '\u{200c}' | '\u{200d}' | '׳' | '״' | '\'' | '’' | 'ʼ' | '・' => None,
        'ぁ'..='ゖ' => char::from_u32(c as u32 + 0x60),
        c if is_combining_mark(c) => None,
        c => Some(c),
    };
    word.nfkc().flat_map(char::to_lowercase).filter_map(same).collect()
}

fn start(word: &str) -> &str {
    let end = word.char_indices().nth(START).map_or(word.len(), |(at, _)| at);
    &word[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::{Compiled, compile, load};
    use std::path::Path;

    fn found(text: &str) -> Vec<&'static str> {
        let toml = "[[name]]\nname = \"Edwy Plenel\"\nnative = { ar = \"إدوي بلينيل\", ru = \"Эдви Пленель\", ko = \"에드위 플레넬\", ja = \"エドウィ・プレネル\", he = \"אדווי פלנל\" }\n\
            [[name]]\nname = \"Algiers\"\nnative = { ar = \"الجزائر\", zh = \"阿尔及尔\" }\n";
        let entries = load::parse(Path::new("a.toml"), toml).unwrap();
        let mut dictionary = Dictionary::empty();
        dictionary.push(Compiled::open(compile(entries.iter().map(|located| &located.entry))).unwrap());
        let index = NativeIndex::of(&dictionary);
        index.find(text).iter().map(|named| ["Edwy Plenel", "Algiers"][named.entry.index as usize]).collect()
    }

    #[test]
    fn names_carry_what_their_language_adds() {
        for text in [
            "قال ادوي بلينيل إن",
            "وإدوي بلينيل",
            "с Эдви Пленелем",
            "Эдви Пленеля.",
            "에드위 플레넬은",
            "エドウィ・プレネルは",
            "エドウィ プレネル",
            "ואדווי פלנל",
        ] {
            assert_eq!(found(text), ["Edwy Plenel"], "{text}");
        }
        for text in ["في الجزائر", "بالجزائر", "他在阿尔及尔说"] {
            assert_eq!(found(text), ["Algiers"], "{text}");
        }
        assert!(found("إدوي وحده، Пленель, 阿尔及").is_empty());
    }
}
