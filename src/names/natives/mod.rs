//! Finding entries by their native forms in a source text, with what its language puts before and behind a name.
//!
//! Words are folded first; then one may carry what [`affixes`](super::affixes) knows: prefixes, a case ending, particles.
//! Scripts without spaces are searched letter by letter.
//!
//! Forms are filed under the beginnings of their first words, so that a look-up costs a few hashes a word, whatever the dictionary.

mod words;

use super::affixes::{carries, inflects, prefixes, without_article};
use crate::dictionary::{Dictionary, EntryRef, Kind};
use crate::span::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use words::{Folder, NativeWord, beginning, is_hangul, is_unspaced};

/// The native forms of all entries, by the beginnings of their first words.
#[derive(Debug, Default)]
pub struct NativeIndex {
    by_start: FxHashMap<u64, Vec<Form>>,
    /// The [`beginning`]s of first words: most words of a text begin no form.
    starts: FxHashSet<u64>,
}

#[derive(Debug)]
struct Form {
    entry: EntryRef,
    kind: Kind,
    words: Vec<String>,
    /// Its script has capitals, and it begins with one.
    capital: bool,
    /// A term and no name: Latin words of it are inflected.
    is_term: bool,
}

/// An entry that a source text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    pub entry: EntryRef,
    pub span: Span,
    /// That it is a name here, and no ordinary word that looks like one, is as good as sure.
    pub sure: bool,
}

/// Finds entries in texts; it remembers the words that it has met.
pub struct Finder<'i> {
    index: &'i NativeIndex,
    folder: Folder,
}

/// A form of one word with fewer letters than this is too common a word; scripts of syllables need fewer.
const LEAST_LETTERS: usize = 4;
const LEAST_SYLLABLES: usize = 2;
/// What says that a name follows: newspaper, channel, agency and the like.
const ROLES: &[&str] = &[
    "صحيفه",
    "جريده",
    "مجله",
    "قناه",
    "وكاله",
    "موقع",
    "شبكه",
    "اذاعه",
    "حزب",
    "شركه",
    "منظمه",
    "حركه",
    "עיתון",
    "ערוץ",
    "אתר",
    "חברת",
    "מפלגת",
    "газета",
    "газете",
    "газеты",
    "газету",
    "телеканал",
    "агентство",
    "компания",
    "партия",
];

impl NativeIndex {
    /// Reads all native forms of a dictionary: linear in it.
    pub fn of(dictionary: &Dictionary) -> NativeIndex {
        let mut index = NativeIndex::default();
        let mut folder = Folder::default();
        for (layer, view) in dictionary.views().iter().enumerate() {
            for entry in 0..view.entry_count() {
                let reference = EntryRef { layer: layer as u16, index: entry };
                if dictionary.is_hidden(reference) {
                    continue;
                }
                for (_, native) in view.natives(entry) {
                    index.add(reference, view.kind(entry), folder.words(native));
                }
            }
        }
        index
    }

    fn add(&mut self, entry: EntryRef, kind: Kind, words: Vec<NativeWord>) {
        let Some(first) = words.first() else { return };
        let syllables = is_syllabic(&first.folded.letters);
        let least = if syllables { LEAST_SYLLABLES } else { LEAST_LETTERS };
        if words.iter().map(|word| word.folded.letters.chars().count()).sum::<usize>() < least {
            return;
        }
        let capital = first.capital;
        let words = words.iter().map(|word| word.folded.letters.clone()).collect();
        self.file(Form { entry, kind, words, capital, is_term: false });
    }

    fn file(&mut self, form: Form) {
        let Some(first) = form.words.first() else { return };
        let key = key(form.words.iter().map(|word| beginning(word)));
        self.starts.insert(beginning(first));
        self.by_start.entry(key).or_default().push(form);
    }

    /// An index of terms, of any script, in place of names: an entry found is a term by its number.
    pub fn of_terms<'t>(terms: impl Iterator<Item = &'t str>) -> NativeIndex {
        let mut index = NativeIndex::default();
        terms.enumerate().for_each(|(number, term)| index.file(Form::of_term(number as u32, term)));
        index
    }

    /// What finds entries in texts.
    pub fn finder(&self) -> Finder<'_> {
        Finder { index: self, folder: Folder::default() }
    }

    /// From which bytes of a word on some form begins, and how.
    fn starts(&self, word: &str) -> Box<[(usize, u64)]> {
        let bare = prefixes(word).map(|bare| (word.len() - bare.len(), beginning(bare)));
        bare.filter(|(_, beginning)| self.starts.contains(beginning)).collect()
    }

    /// Adds the forms that begin at the first of these words.
    fn at<'i>(&'i self, text: &str, words: &[NativeWord], found: &mut Vec<&'i Form>) {
        let first = &words[0].folded;
        let starts = first.starts.get_or_init(|| self.starts(&first.letters));
        if starts.is_empty() {
            return;
        }
        let joined = words[1..].iter().take_while(|word| word.joined).count();
        let next = &words[1..=joined.min(MOST_KEYED - 1)];
        for &(start, beginning) in starts {
            let bare = &first.letters[start..];
            for count in 0..=next.len() {
                let rest = next[..count].iter().map(|word| word.folded.beginning);
                let forms = self.by_start.get(&key(std::iter::once(beginning).chain(rest))).into_iter().flatten();
                found.extend(forms.filter(|form| {
                    // A form of as many words as are keyed, or a longer one.
                    form.words.len().min(MOST_KEYED) == count + 1 && form.stands_at(text, bare, words, joined)
                }));
            }
        }
    }
}

impl Finder<'_> {
    /// The entries that a text names, in order; where forms overlap, the longer one. Several entries of one native form share a span.
    pub fn find(&mut self, text: &str) -> Vec<Named> {
        let mut found = Vec::new();
        if self.index.by_start.is_empty() {
            return found;
        }
        let words = self.folder.words(text);
        let mut forms: Vec<&Form> = Vec::new();
        let mut i = 0;
        while i < words.len() {
            forms.clear();
            self.index.at(text, &words[i..], &mut forms);
            let len = forms.iter().map(|form| form.words.len()).max().unwrap_or(1);
            let span = words[i].span.hull(words[i + len - 1].span);
            let before = found.len();
            for form in forms.iter().filter(|form| form.words.len() == len) {
                if found[before..].iter().all(|named: &Named| named.entry != form.entry) {
                    found.push(Named { entry: form.entry, span, sure: is_sure(text, form, &words, i) });
                }
            }
            i += len;
        }
        found
    }
}

/// Where a text has these words, inflected as their language does.
pub fn find_words(text: &str, term: &str) -> Vec<Span> {
    let form = Form::of_term(0, term);
    let words = Folder::default().words(text);
    let starts = 0..words.len();
    let stands = |&at: &usize| {
        let joined = words[at + 1..].iter().take_while(|word| word.joined).count();
        let mut bare = prefixes(&words[at].folded.letters);
        !form.words.is_empty() && bare.any(|bare| form.stands_at(text, bare, &words[at..], joined))
    };
    starts.filter(stands).map(|at| words[at].span.hull(words[at + form.words.len() - 1].span)).collect()
}

impl Form {
    fn of_term(number: u32, term: &str) -> Form {
        let words = Folder::default().words(term).iter().map(|word| word.folded.letters.clone()).collect();
        let entry = EntryRef { layer: 0, index: number };
        Form { entry, kind: Kind::Work, words, capital: false, is_term: true }
    }

    fn carried_by(&self, seen: &str, word: &str) -> bool {
        carries(seen, word) || self.is_term && inflects(seen, word)
    }

    /// Whether it begins at these words, of which `joined` may follow the first; `bare` is the first without its prefix.
    fn stands_at(&self, text: &str, bare: &str, words: &[NativeWord], joined: usize) -> bool {
        let len = self.words.len();
        len <= joined + 1
            && (!self.capital || words[0].capital)
            && self.carried_by(bare, &self.words[0])
            && words[1..len]
                .iter()
                .zip(&self.words[1..])
                .all(|(seen, word)| self.carried_by(without_article(&seen.folded.letters), without_article(word)))
            && is_whole(text, words[0].span.hull(words[len - 1].span))
    }
}

/// Whether katakana goes on neither before nor behind a span of it: マリ is no part of マリンスポーツ.
fn is_whole(text: &str, span: Span) -> bool {
    let is_katakana = |c: Option<char>| c.is_some_and(|c| matches!(c, 'ァ'..='ヺ' | 'ー'));
    let inside = &text[span.range()];
    let before = is_katakana(inside.chars().next()) && is_katakana(text[..span.start].chars().next_back());
    let behind = is_katakana(inside.chars().next_back()) && is_katakana(text[span.end..].chars().next());
    !before && !behind
}

/// Whether a form found at word `i` is surely a name. Two words are; a single one where a capital inside a sentence, quotation marks or
/// a word for what it is say so. Countries are not: their adjective may stand for them in the translation.
fn is_sure(text: &str, form: &Form, words: &[NativeWord], i: usize) -> bool {
    let quoted = text[..words[i].span.start].chars().next_back().is_some_and(|c| "«\"“„「『《‹".contains(c));
    let introduced = i > 0 && ROLES.contains(&without_article(&words[i - 1].folded.letters))
        || ROLES.contains(&without_article(&form.words[0])) && form.words.len() > 1;
    if quoted || introduced {
        return true;
    }
    let letters: usize = form.words.iter().map(|word| word.chars().count()).sum();
    let syllables = is_syllabic(&form.words[0]);
    let single = match (syllables, form.kind) {
        (true, Kind::Person) => letters < 3,
        (true, _) => letters < 4,
        (false, _) => form.words.len() == 1,
    };
    let definite = form.words.iter().all(|word| word.starts_with("ال"));
    match form.kind {
        Kind::Place => !single,
        Kind::Person if !single => true,
        Kind::Person => letters >= 4 && form.capital && !words[i].opens,
        _ if form.capital => !single || !words[i].opens,
        _ => !single && !definite,
    }
}

/// Whether a word is in a script whose letters are syllables and more.
fn is_syllabic(word: &str) -> bool {
    is_unspaced(word) || word.chars().any(is_hangul)
}

/// How many of a form's words are in its key.
const MOST_KEYED: usize = 3;

/// The number that forms are filed under whose first words, up to [`MOST_KEYED`], begin so.
fn key(beginnings: impl Iterator<Item = u64>) -> u64 {
    beginnings.take(MOST_KEYED).fold(0, |key, next| (key.rotate_left(5) ^ next).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::{Compiled, compile, load};
    use std::path::Path;

    const ENTRIES: &str = "[[name]]\nname = \"Edwy Plenel\"\nnative = { ar = \"إدوي بلينيل\", ru = \"Эдви Пленель\", ko = \"에드위 플레넬\", ja = \"エドウィ・プレネル\", he = \"אדווי פלנל\", el = \"Έντουι Πλενέλ\" }\n\
        [[name]]\nname = \"Algiers\"\nkind = \"place\"\nnative = { ar = \"الجزائر\", zh = \"阿尔及尔\" }\n\
        [[name]]\nname = \"Mali\"\nkind = \"place\"\nnative = { ja = \"マリ\" }\n\
        [[name]]\nname = \"Pravda\"\nkind = \"outlet\"\nnative = { ru = \"Правда\", ar = \"برافدا\" }\n\
        [[name]]\nname = \"Olha Petrenko\"\nnative = { uk = \"Ольга Петренко\", el = \"Πέτρος Καλλιάς\" }\n";

    fn found(text: &str) -> Vec<(&'static str, bool)> {
        let entries = load::parse(Path::new("a.toml"), ENTRIES).unwrap();
        let mut dictionary = Dictionary::empty();
        dictionary.push(Compiled::open(compile(entries.iter().map(|located| &located.entry))).unwrap());
        let index = NativeIndex::of(&dictionary);
        let names = ["Edwy Plenel", "Algiers", "Mali", "Pravda", "Olha Petrenko"];
        index.finder().find(text).iter().map(|named| (names[named.entry.index as usize], named.sure)).collect()
    }

    #[test]
    fn names_carry_what_their_language_adds() {
        for text in [
            "قال ادوي بلينيل إن",
            "وإدوي بلينيل",
            "с Эдви Пленелем",
            "Эдви Пленеля.",
            "에드위 플레넬은",
            "에드위 플레넬에게는",
            "エドウィ・プレネルは",
            "エドウィ プレネル",
            "ואדווי פלנל",
            "כשלאדווי פלנל",
            "του Έντουι Πλενέλ",
        ] {
            assert_eq!(found(text), [("Edwy Plenel", true)], "{text}");
        }
        for text in ["в Ольги Петренко", "Ользі Петренко", "του Πέτρου Καλλιά"]
        {
            assert_eq!(found(text), [("Olha Petrenko", true)], "{text}");
        }
        for text in ["في الجزائر", "بالجزائر", "للجزائر"] {
            assert_eq!(found(text), [("Algiers", false)], "{text}");
        }
        assert_eq!(found("他在阿尔及尔说"), [("Algiers", true)]);
        assert!(found("إدوي وحده، Пленель, 阿尔及").is_empty());
    }

    #[test]
    fn what_stands_apart_is_no_name() {
        assert!(found("قال إدوي، بلينيل").is_empty());
        assert!(found("マリンスポーツ").is_empty());
        assert_eq!(found("マリで"), [("Mali", false)]);
    }

    #[test]
    fn a_single_word_is_surely_a_name_where_the_text_says_so() {
        assert!(found("Это правда, сказал он").is_empty());
        assert_eq!(found("Правда ли это?"), [("Pravda", false)]);
        assert_eq!(found("как пишет Правда"), [("Pravda", true)]);
        assert_eq!(found("«Правда» пишет"), [("Pravda", true)]);
        assert_eq!(found("كتبت صحيفة برافدا"), [("Pravda", true)]);
        assert_eq!(found("كتبت برافدا"), [("Pravda", false)]);
    }
}
