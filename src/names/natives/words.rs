//! The words of a source text, folded: vowel points go, spelling variants (أ/ا, ى/ي, ة/ه, ё/е, hiragana) become one.

use crate::names::affixes::without_article;
use crate::span::Span;
use crate::text::character::{self, Script};
use crate::text::scan;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::cell::OnceCell;
use std::hash::BuildHasher;
use std::rc::Rc;
use unicode_normalization::UnicodeNormalization;

/// A word of a text; of a script without spaces, a letter.
pub struct NativeWord {
    pub span: Span,
    pub folded: Rc<Folded>,
    pub capital: bool,
    /// Nothing but a space, a hyphen or a dot between names stands before it.
    pub joined: bool,
    /// It opens a sentence.
    pub opens: bool,
}

/// A word's folded letters: at least one.
pub struct Folded {
    pub letters: String,
    /// Of its letters, as [`beginning`] has it.
    pub beginning: u64,
    /// From which bytes of it on some form of an index begins, and the [`beginning`] there: for whoever looks it up to fill in.
    pub starts: OnceCell<Box<[(usize, u64)]>>,
}

/// A hash of the letters of a word that no ending changes: its first two or three, behind an article.
pub fn beginning(word: &str) -> u64 {
    let word = without_article(word);
    let letters = match word.chars().next().map(character::script) {
        Some(Script::Cyrillic | Script::Greek | Script::Hangul) => 2,
        _ => 3,
    };
    let end = word.char_indices().nth(letters).map_or(word.len(), |(at, _)| at);
    FxBuildHasher.hash_one(&word[..end])
}

/// Folds words, each distinct one once.
#[derive(Default)]
pub struct Folder {
    /// By the words as written; `None` where nothing is left of one.
    known: FxHashMap<Box<str>, Option<Rc<Folded>>>,
}

/// Beyond this many remembered words the memory is emptied: it bounds a run's use of memory.
const MAX_WORDS: usize = 1 << 17;

impl Folder {
    /// The words of a text; a script without spaces is cut into letters.
    pub fn words(&mut self, text: &str) -> Vec<NativeWord> {
        let mut words = Vec::new();
        let mut end = 0;
        for token in scan::tokens(text) {
            let word = token.text(text);
            let between = &text[end..token.span.start];
            let is_space = between == " ";
            let is_joint = |c: char| c.is_whitespace() || "-‐‑·・‧＝=.’'".contains(c);
            let joined = end > 0 && (is_space || between.chars().all(is_joint));
            let opens = end == 0 || !is_space && between.contains(['.', '!', '?', '؟', '…', '\n', '。', '—', '–', ':']);
            end = token.span.end;
            let mut push = |span: Span, joined: bool| {
                let folded = self.fold(&text[span.range()]);
                words.extend(folded.map(|folded| NativeWord {
                    span,
                    folded,
                    capital: token.is_capital(),
                    joined,
                    opens,
                }));
            };
            if !is_unspaced(word) {
                push(token.span, joined);
                continue;
            }
            for (at, c) in word.char_indices() {
                let start = token.span.start + at;
                push(Span::new(start, start + c.len_utf8()), at > 0 || joined);
            }
        }
        words
    }

    fn fold(&mut self, word: &str) -> Option<Rc<Folded>> {
        if let Some(known) = self.known.get(word) {
            return known.clone();
        }
        let new = |letters: String| {
            let beginning = beginning(&letters);
            (!letters.is_empty()).then(|| Rc::new(Folded { letters, beginning, starts: OnceCell::new() }))
        };
        // Numbers hardly come again.
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            return new(word.to_owned());
        }
        if self.known.len() >= MAX_WORDS {
            self.known.clear();
        }
        let folded = new(fold(word));
        self.known.insert(word.into(), folded.clone());
        folded
    }
}

/// Whether a word is in a script that is written without spaces.
pub fn is_unspaced(word: &str) -> bool {
    word.chars()
        .any(|c| matches!(character::script(c), Script::Han | Script::Hiragana | Script::Katakana | Script::Thai))
}

/// Whether a letter is a syllable of Korean.
pub fn is_hangul(c: char) -> bool {
    character::script(c) == Script::Hangul
}

/// A word's letters with what writers of its language leave out or write in one of two ways made one.
fn fold(word: &str) -> String {
    let same = |c: char| match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ى' | 'ی' | 'ئ' => Some('ي'),
        'ة' => Some('ه'),
        'ؤ' => Some('و'),
        'ک' => Some('ك'),
        'ё' => Some('е'),
        'ά' => Some('α'),
        'έ' => Some('ε'),
        'ή' => Some('η'),
        'ί' | 'ϊ' | 'ΐ' => Some('ι'),
        'ό' => Some('ο'),
        'ύ' | 'ϋ' | 'ΰ' => Some('υ'),
        'ώ' => Some('ω'),
        'ς' => Some('σ'),
        'ـ' | '\u{200c}' | '\u{200d}' | '׳' | '״' | '\'' | '’' | 'ʼ' | '・' | '·' | '‧' => None,
        'ぁ'..='ゖ' => char::from_u32(c as u32 + 0x60),
        c if character::is_mark(c) => None,
        c => Some(c),
    };
    word.nfkc().flat_map(char::to_lowercase).filter_map(same).collect()
}
