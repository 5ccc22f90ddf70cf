//! Which scripts a language is written in.

use unicode_script::Script::{self, *};

/// The scripts of a language's press; `None` for languages that are not known here.
pub fn of_language(code: &str) -> Option<&'static [Script]> {
    Some(match code {
        "ar" | "fa" | "ur" | "ps" | "ckb" | "ug" | "sd" | "arz" | "ary" => &[Arabic],
        "ku" | "az" => &[Latin, Arabic, Cyrillic],
        "ru" | "uk" | "be" | "bg" | "mk" | "kk" | "ky" | "tg" | "mn" | "tt" | "ba" | "ce" | "os" => &[Cyrillic],
        "sr" | "uz" | "tk" => &[Cyrillic, Latin],
        "he" | "yi" => &[Hebrew],
        "el" => &[Greek],
        "ja" => &[Han, Hiragana, Katakana],
        "zh" | "yue" => &[Han],
        "ko" => &[Hangul],
        "hi" | "mr" | "ne" => &[Devanagari],
        "bn" | "as" => &[Bengali],
        "pa" => &[Gurmukhi, Arabic],
        "gu" => &[Gujarati],
        "ta" => &[Tamil],
        "te" => &[Telugu],
        "kn" => &[Kannada],
        "ml" => &[Malayalam],
        "si" => &[Sinhala],
        "th" => &[Thai],
        "lo" => &[Lao],
        "km" => &[Khmer],
        "my" => &[Myanmar],
        "bo" | "dz" => &[Tibetan],
        "ka" => &[Georgian],
        "hy" => &[Armenian],
        "am" | "ti" => &[Ethiopic],
        "en" | "fr" | "de" | "es" | "pt" | "it" | "nl" | "pl" | "cs" | "sk" | "hu" | "ro" | "tr" | "sv" | "no"
        | "nb" | "da" | "fi" | "et" | "lv" | "lt" | "hr" | "bs" | "sl" | "sq" | "vi" | "id" | "ms" | "ca" | "eu"
        | "gl" | "ga" | "mt" | "is" | "sw" | "so" | "ha" | "yo" | "ig" | "zu" | "xh" | "af" | "tl" | "cy" | "la" => {
            &[Latin]
        }
        _ => return None,
    })
}

/// A letter that a language's keyboard does not have, though its script does: the mark of a form copied from another language.
pub fn foreign_letter(language: &str, form: &str) -> Option<char> {
    let foreign: &str = match language {
        "ar" => "یکہےںٹڈڑۀ",
        "fa" => "يكىةہےںٹڈڑ",
        "ur" => "يكىة",
        "ru" => "іїєґўјљњћђџѓќәөүұқғңһ",
        "uk" => "ыэёъўјљњћђџѓќ",
        _ => return None,
    };
    form.chars().find(|c| c.to_lowercase().any(|lower| foreign.contains(lower)))
}
