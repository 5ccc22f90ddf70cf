//! Words in scripts other than Latin, reduced to the letters of their script's alphabet.

use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::alphabet::{self, Script};
use super::score::MOST_LETTERS;

/// A word of one native script as letter codes. Fixed size, so that scoring never allocates.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct NativeWord {
    script: Script,
    letters: [u8; MOST_LETTERS],
    len: u8,
}

impl NativeWord {
    /// Reads a word: case, vowel points, tatweel, accents and punctuation are dropped, letters that differ only by
    /// language (ک, ی) are made one, Hangul is taken apart, hiragana read as katakana. `None` where
    /// nothing is left, where scripts are mixed, or where a letter is in no alphabet.
    pub fn new(text: &str) -> Option<NativeWord> {
        let script = text.chars().find_map(script_of)?;
        let mut word = NativeWord { script, letters: [0; MOST_LETTERS], len: 0 };
        let composed = matches!(script, Script::Arabic | Script::Cyrillic);
        let read = |c: char| word.push_char(c);
        let all = if composed { text.nfkc().all(read) } else { text.nfkd().all(read) };
        (all && word.len > 0).then_some(word)
    }

    /// The script.
    pub fn script(&self) -> Script {
        self.script
    }

    /// Letter codes of the script's alphabet.
    pub fn letters(&self) -> &[u8] {
        &self.letters[..usize::from(self.len)]
    }

    /// `false` where the character is a letter that the alphabet lacks or that does not fit.
    fn push_char(&mut self, c: char) -> bool {
        if self.script == Script::Han {
            return reading(c).is_some_and(|pinyin| pinyin.chars().all(|l| self.push_letter(l)));
        }
        match same_letter(self.script, c) {
            Some(letter) => self.push_letter(letter),
            None => !c.is_alphanumeric() || is_combining_mark(c) || c == TATWEEL,
        }
    }

    fn push_letter(&mut self, letter: char) -> bool {
        let code = alphabet::code(Some(self.script), letter);
        let place = self.letters.get_mut(usize::from(self.len));
        let (Some(code), Some(place)) = (code, place) else { return false };
        *place = code;
        self.len += 1;
        true
    }
}

impl std::fmt::Debug for NativeWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letters = self.letters().iter().filter_map(|&code| alphabet::letter(Some(self.script), code));
        write!(f, "NativeWord({})", letters.collect::<String>())
    }
}

const TATWEEL: char = '\u{640}';

/// The script that a character tells, by its block.
fn script_of(c: char) -> Option<Script> {
    Some(match c as u32 {
        0x370..=0x3ff | 0x1f00..=0x1fff => Script::Greek,
        0x400..=0x52f => Script::Cyrillic,
        0x590..=0x5ff => Script::Hebrew,
        0x600..=0x6ff | 0x750..=0x77f | 0xfb50..=0xfdff | 0xfe70..=0xfefe => Script::Arabic,
        0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7a3 => Script::Hangul,
        0x3041..=0x30ff => Script::Kana,
        0x3400..=0x9fff => Script::Han,
        _ => return None,
    })
}

/// The letter of the alphabet that a character stands for; `None` where it stands for no letter.
fn same_letter(script: Script, c: char) -> Option<char> {
    let letter = match (script, c) {
        (Script::Arabic, 'ک' | 'ڪ') => 'ك',
        (Script::Arabic, 'ی') => 'ي',
        (Script::Arabic, 'ہ' | 'ۀ' | 'ە' | 'ۂ') => 'ه',
        (Script::Arabic, 'ٱ') => 'ا',
        (Script::Arabic, 'ۃ') => 'ة',
        (Script::Arabic, 'ڨ') => 'گ',
        (Script::Hebrew, '\'' | '’' | '‘' | '´' | '`') => '׳',
        (Script::Greek, _) => c.to_lowercase().next().filter(|&l| l != 'ς').unwrap_or('σ'),
        (Script::Cyrillic, _) => c.to_lowercase().next().unwrap_or(c),
        (Script::Kana, '\u{3099}') => '゛',
        (Script::Kana, '\u{309a}') => '゜',
        (Script::Kana, 'ぁ'..='ゖ') => char::from_u32(c as u32 + 0x60).unwrap_or(c),
        (Script::Hangul, _) => plain_final(c),
        _ => c,
    };
    alphabet::code(Some(script), letter).map(|_| letter)
}

/// Finals that sound like another one.
fn plain_final(c: char) -> char {
    match c {
        '\u{11a9}' | '\u{11aa}' | '\u{11b0}' => '\u{11a8}',
        '\u{11ac}' | '\u{11ad}' => '\u{11ab}',
        '\u{11b1}' => '\u{11b7}',
        '\u{11b2}'..='\u{11b6}' => '\u{11af}',
        '\u{11b9}' => '\u{11b8}',
        '\u{11bb}' => '\u{11ba}',
        _ => c,
    }
}

/// The pinyin of a Han character, without tones.
fn reading(c: char) -> Option<&'static str> {
    c.to_pinyin().map(|pinyin| pinyin.plain())
}
