//! Native forms that are hardly the name: a slip of the pen, another person's, a translation in place of a transliteration.
//!
//! The channel reads the native form and says how probable the Latin name is under it. People and places only: the names of
//! organisations and works are translated, which no reading tells.

use super::Problem;
use super::fields;
use super::place::Collection;
use crate::channel::{Channel, NativeWord, Script};
use crate::diagnostic::Severity;
use crate::dictionary::Kind;
use crate::dictionary::entry::Entry;
use crate::text::fold::Word;
use crate::text::scan;

/// What a form's word costs that the other side lacks, in nats a letter.
const SKIP: f32 = 3.0;
/// What it costs that words are written together or apart.
const MERGE: f32 = 1.0;
const BOUND: f32 = -200.0;

/// The cost of a letter beyond which a form is reported, by script: where of a random sample of the forms in the built-in
/// dictionary beyond it most were truly wrong.
fn threshold(script: Script) -> f32 {
    match script {
        Script::Arabic => 2.4,
        Script::Cyrillic => 2.2,
        Script::Hebrew => 2.4,
        Script::Greek => 2.4,
        Script::Kana => 2.6,
        Script::Hangul => 2.6,
        Script::Han => 3.0,
    }
}

pub fn check(collection: &Collection, problems: &mut Vec<Problem>) {
    for (at, entry) in collection.entries() {
        if !matches!(entry.kind, Kind::Person | Kind::Place) {
            continue;
        }
        let names = names(entry);
        for (field, language, form) in fields::natives(entry) {
            let Some((cost, script)) = cost(form, &names) else { continue };
            if is_read_otherwise(entry, language, script) || cost < threshold(script) {
                continue;
            }
            let message = format!("“{form}” hardly reads as “{}”", entry.name);
            let note = format!("the channel's cost of a letter is {cost:.1} nats; from {:.1} on", threshold(script));
            let rule = "dictionary/improbable-native";
            let mut problem = Problem::new(at, field, rule, Severity::Warning, form, message);
            problem.confidence = 0.5;
            problems.push(problem.note(note));
        }
    }
}

/// The Latin forms that the native one may stand for.
fn names(entry: &Entry) -> Vec<Vec<Word>> {
    let forms = fields::forms(entry).filter(|(_, _, kind)| kind.is_right());
    forms.filter_map(|(_, text, _)| scan::tokens(text).map(|t| Word::fold(t.text(text))).collect()).collect()
}

/// Han characters in Japanese, and in Chinese for names that are not Chinese at home, are read otherwise than as pinyin.
fn is_read_otherwise(entry: &Entry, language: &str, script: Script) -> bool {
    let has = |code: &str, test: fn(char) -> bool| {
        entry.native.get(code).is_some_and(|forms| forms.iter().any(|form| form.chars().any(test)))
    };
    let is_han = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
    script == Script::Han && (language != "zh" || has("ja", is_han))
}

/// The channel's cost of a letter of the likeliest name, and the script; `None` where the form cannot be read.
pub fn cost(native: &str, names: &[Vec<Word>]) -> Option<(f32, Script)> {
    let parts: Vec<&str> = native.split([' ', '-', '·', '・', '゠', '＝', '\u{200c}', '.', '–']).collect();
    let parts: Vec<NativeWord> =
        parts.into_iter().filter(|part| !part.is_empty()).map(NativeWord::new).collect::<Option<_>>()?;
    let script = parts.first()?.script();
    let costs = names.iter().filter_map(|words| {
        let letters: usize = words.iter().map(Word::len).sum();
        Some(align(&parts, words)? / letters.max(1) as f32)
    });
    Some((costs.min_by(f32::total_cmp)?, script))
}

/// The least cost of reading the parts as the words, in order or with the family name first.
fn align(parts: &[NativeWord], words: &[Word]) -> Option<f32> {
    let mut costs = vec![aligned(parts, words)];
    if words.len() > 1 {
        for rotation in [1, words.len() - 1] {
            let mut rotated = words.to_vec();
            rotated.rotate_left(rotation);
            costs.push(aligned(parts, &rotated));
        }
    }
    costs.into_iter().flatten().min_by(f32::total_cmp)
}

fn aligned(parts: &[NativeWord], words: &[Word]) -> Option<f32> {
    let channel = Channel::builtin();
    let columns = words.len() + 1;
    let mut table = vec![f32::INFINITY; (parts.len() + 1) * columns];
    table[0] = 0.0;
    for i in 0..=parts.len() {
        for j in 0..=words.len() {
            let here = table[i * columns + j];
            let mut reach = |i: usize, j: usize, cost: f32| {
                let cell = &mut table[i * columns + j];
                *cell = cell.min(here + cost);
            };
            if let Some(part) = parts.get(i) {
                reach(i + 1, j, SKIP * part.letters().len() as f32);
                let mut run = None;
                for (taken, word) in words[j..].iter().take(4).enumerate() {
                    run = match run {
                        None => Some(*word),
                        Some(earlier) => Word::join(&earlier, word),
                    };
                    let Some(run) = run else { break };
                    if let Some(log) = channel.score_native(part, &run, BOUND) {
                        reach(i + 1, j + 1 + taken, MERGE * taken as f32 - log);
                    }
                }
            }
            if let Some(word) = words.get(j) {
                reach(i, j + 1, SKIP * word.len() as f32);
            }
        }
    }
    table.last().copied().filter(|cost| cost.is_finite())
}
