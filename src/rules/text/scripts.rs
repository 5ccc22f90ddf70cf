//! Which script a language is written in.

use crate::rules::languages::primary;
use crate::text::character::{self, Script};

/// The scripts of a language, its main one first; Latin for those that are not listed.
pub fn of_language(language: &str) -> &'static [Script] {
    match primary(language) {
        "ar" | "arz" | "ary" | "ckb" | "fa" | "ks" | "ps" | "sd" | "ug" | "ur" => &[Script::Arabic],
        "ab" | "ba" | "be" | "bg" | "ce" | "cv" | "kk" | "ky" | "mk" | "mn" | "os" | "ru" | "tg" | "tt" | "uk" => {
            &[Script::Cyrillic]
        }
        "sr" => &[Script::Cyrillic, Script::Latin],
        "el" => &[Script::Greek],
        "he" | "yi" => &[Script::Hebrew],
        "zh" | "yue" => &[Script::Han, Script::Bopomofo],
        "ja" => &[Script::Han, Script::Hiragana, Script::Katakana],
        "ko" => &[Script::Hangul, Script::Han],
        "hi" | "mr" | "ne" | "sa" => &[Script::Devanagari],
        "as" | "bn" => &[Script::Bengali],
        "pa" => &[Script::Gurmukhi],
        "gu" => &[Script::Gujarati],
        "or" => &[Script::Oriya],
        "ta" => &[Script::Tamil],
        "te" => &[Script::Telugu],
        "kn" => &[Script::Kannada],
        "ml" => &[Script::Malayalam],
        "si" => &[Script::Sinhala],
        "th" => &[Script::Thai],
        "lo" => &[Script::Lao],
        "my" => &[Script::Myanmar],
        "km" => &[Script::Khmer],
        "ka" => &[Script::Georgian],
        "hy" => &[Script::Armenian],
        "am" | "ti" => &[Script::Ethiopic],
        "bo" | "dz" => &[Script::Tibetan],
        "dv" => &[Script::Thaana],
        _ => &[Script::Latin],
    }
}

/// The script of a letter; `None` for what all scripts share.
pub fn of_letter(c: char) -> Option<Script> {
    if c.is_ascii() {
        return c.is_ascii_alphabetic().then_some(Script::Latin);
    }
    let script = character::script(c);
    (c.is_alphabetic() && !matches!(script, Script::Common | Script::Inherited | Script::Unknown)).then_some(script)
}

/// Scripts whose letters and punctuation are spaced and shaped as those of Latin are.
pub fn is_western(script: Script) -> bool {
    matches!(script, Script::Latin | Script::Cyrillic | Script::Greek | Script::Armenian | Script::Georgian)
}
