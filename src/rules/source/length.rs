use super::super::{Context, Example, Languages, Rule};
use super::{pairs, whole};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::character::{self, Script};

pub static RULE: Rule = Rule {
    name: "source/length",
    summary: "a translation that is improbably long or short",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: None,
    mqm: "accuracy/omission",
    documentation: "\
A translation of a third of the length that its source lets expect has lost something; one of three times that length has something added, or belongs elsewhere. \
Lengths are letters and digits. How many are usual depends on the two languages, for one letter of Chinese is nearly three of English, and how far a text may stray from that \
on how long it is: its spread grows with the root of its length (Gale and Church, “A program for aligning sentences in bilingual corpora”, 1993). \
So nothing is said of short texts.

The ratios are those of the message catalogues of Django 5.1. Of 21,268 messages in 88 languages there one lies beyond the bounds as too short and nine as too long.",
    examples: &[Example {
        dictionary: "",
        before: "source\ttarget\nقال الوزير أمس إن الحكومة ستنظر في الأمر خلال الأسبوع المقبل\tHe said.\n",
        after: "source\ttarget\nقال الوزير أمس إن الحكومة ستنظر في الأمر خلال الأسبوع المقبل\t⟦He said.⟧\n",
    }],
    check,
};

/// How often longer or shorter than usual a text is before it is reported, at least.
const FACTOR: f32 = 3.0;
/// And how far from it, in roots of the usual length.
const SHORT: f32 = 4.5;
const LONG: f32 = 7.5;

/// Letters of English for one of the language, in messages without their placeholders and tags. (examples/measure-length.rs counts those
/// in, which brings Chinese down to 2.3.)
const LANGUAGES: &[(&str, f32)] = &[
    ("ar", 1.16),
    ("bg", 0.92),
    ("ca", 0.90),
    ("cs", 0.96),
    ("da", 0.93),
    ("de", 0.83),
    ("el", 0.79),
    ("en", 1.0),
    ("es", 0.86),
    ("fa", 1.08),
    ("fi", 0.94),
    ("fr", 0.80),
    ("he", 1.33),
    ("hi", 1.64),
    ("hu", 0.90),
    ("id", 0.91),
    ("it", 0.88),
    ("ja", 1.69),
    ("ko", 2.00),
    ("nb", 0.98),
    ("nl", 0.88),
    ("pl", 0.87),
    ("pt", 0.90),
    ("ro", 0.90),
    ("ru", 0.84),
    ("sr", 0.95),
    ("sv", 0.95),
    ("th", 1.36),
    ("tr", 0.87),
    ("uk", 0.93),
    ("vi", 1.08),
    ("zh", 2.75),
];

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment, source) in pairs(context) {
        let language = source.language.as_deref().or(context.source_language).unwrap_or_default();
        let per_letter = ratio(context.target_language).unwrap_or(1.0);
        let ours = weight(&segment.text, context.target_language) / per_letter;
        let expected = weight(&source.text, language) / per_letter;
        let off = (ours - expected) / expected.max(1.0).sqrt();
        let what = if off > LONG && ours > expected * FACTOR {
            "long"
        } else if off < -SHORT && ours * FACTOR < expected {
            "short"
        } else {
            continue;
        };
        let message =
            format!("the translation is improbably {what}: {ours:.0} letters where about {expected:.0} are usual");
        whole(context, &RULE, index, message).confidence(0.8).push(out);
    }
}

/// How many letters a text would have in English.
fn weight(text: &str, language: &str) -> f32 {
    // As most translations are.
    if language == "en" && text.is_ascii() {
        return text.bytes().filter(u8::is_ascii_alphanumeric).count() as f32;
    }
    let known = ratio(language);
    let latin = known.filter(|ratio| *ratio < 1.1).unwrap_or(1.0);
    let is_kana = |c| matches!(character::script(c), Script::Hiragana | Script::Katakana);
    let is_japanese = known.is_none() && text.chars().any(is_kana);
    // Letters of one script stand in a row.
    let (mut last, mut letter) = (Script::Latin, latin);
    let mut weight = 0.0;
    for script in text.chars().filter_map(character::script_of_alphanumeric) {
        if script != last {
            letter = match script {
                // Digits, and Latin words in other scripts, are as long everywhere.
                Script::Common => 1.0,
                Script::Latin => latin,
                script => known.unwrap_or_else(|| of_script(script, is_japanese)),
            };
            last = script;
        }
        weight += letter;
    }
    weight
}

fn ratio(language: &str) -> Option<f32> {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES.iter().find(|(code, _)| code.eq_ignore_ascii_case(primary)).map(|(_, ratio)| *ratio)
}

/// The ratio of the language that is likeliest where only the script is known.
fn of_script(script: Script, is_japanese: bool) -> f32 {
    let language = match script {
        Script::Han if is_japanese => "ja",
        Script::Han => "zh",
        Script::Hiragana | Script::Katakana => "ja",
        Script::Hangul => "ko",
        Script::Arabic => "ar",
        Script::Hebrew => "he",
        Script::Cyrillic => "ru",
        Script::Greek => "el",
        Script::Devanagari => "hi",
        Script::Thai => "th",
        _ => "en",
    };
    ratio(language).unwrap_or(1.0)
}
