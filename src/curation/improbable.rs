//! Native forms that are hardly the name: a slip of the pen, another person's, a translation in place of a transliteration.
//!
//! The channel reads the native form and says how probable the Latin name is under it. People only: the names of organisations
//! and works are translated, and a city may have a name of its own in another language (القاهرة, Cairo); no reading tells that.

use super::Problem;
use super::fields;
use super::place::{At, Collection};
use crate::channel::{Channel, NativeWord, Script};
use crate::diagnostic::Severity;
use crate::dictionary::Kind;
use crate::dictionary::entry::Entry;
use crate::text::fold::Word;
use crate::text::scan;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// What a form's word costs that the other side lacks, in nats a letter.
const SKIP: f32 = 3.0;
/// What it costs that words are written together or apart.
const MERGE: f32 = 1.0;
const BOUND: f32 = -200.0;

/// From this cost of a letter on a form is wrong. It was measured on the built-in dictionary: no right form of a person's name lies
/// beyond; of the same forms held against another's name about four in five do in the scripts that write sounds, half in Hangul and
/// Han.
fn wrong(script: Script) -> f32 {
    match script {
        Script::Greek => 3.4,
        Script::Cyrillic | Script::Hebrew => 3.6,
        Script::Arabic | Script::Kana => 3.8,
        Script::Hangul => 4.0,
        Script::Han => 4.3,
    }
}

pub fn check(collection: &Collection, problems: &mut Vec<Problem>) {
    let entries: Vec<_> = collection.entries().collect();
    problems.par_extend(entries.into_par_iter().flat_map_iter(|(at, entry)| check_entry(at, entry)));
}

fn check_entry(at: At, entry: &Entry) -> Vec<Problem> {
    if entry.kind != Kind::Person || is_numbered(&entry.name) {
        return Vec::new();
    }
    let names = names(entry);
    let mut problems = Vec::new();
    for (field, language, form) in fields::natives(entry) {
        let Some((cost, script)) = cost(form, &names) else { continue };
        let bar = wrong(script);
        if cost < bar || is_read_otherwise(entry, language, script) {
            continue;
        }
        let message = format!("“{form}” hardly reads as “{}”", entry.name);
        let note = format!("the channel's cost of a letter is {cost:.1} nats; that of right forms is below {bar}");
        let mut problem = Problem::new(at, field, "dictionary/improbable-native", Severity::Warning, form, message);
        problem.confidence = 0.9;
        problems.push(problem.note(note));
    }
    problems
}

/// Whether a name ends in a Roman numeral, which other languages write out: “ليو الرابع عشر” is “Leo XIV”.
fn is_numbered(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    last.len() > 1 && last.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
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
fn cost(native: &str, names: &[Vec<Word>]) -> Option<(f32, Script)> {
    let parts: Vec<&str> = native.split(BETWEEN_WORDS).filter(|part| !part.is_empty()).collect();
    let script = NativeWord::new(parts.first()?)?.script();
    let mut reading = Reading { parts: &parts, known: FxHashMap::default() };
    let costs = names.iter().filter_map(|words| {
        let letters: usize = words.iter().map(Word::len).sum();
        Some(reading.cost(words)? / letters.max(1) as f32)
    });
    Some((costs.min_by(f32::total_cmp)?, script))
}

/// What stands between the words of a native form.
const BETWEEN_WORDS: [char; 10] = [' ', '-', '·', '・', '゠', '＝', '\u{200c}', '.', '–', '•'];

/// A native form being read; the words that were read are remembered from name to name.
struct Reading<'n> {
    parts: &'n [&'n str],
    /// The cost of reading the parts from one to another as a word.
    known: FxHashMap<(usize, usize, Word), Option<f32>>,
}

impl Reading<'_> {
    /// The least cost of reading the parts as the words, in order or with the family name first.
    fn cost(&mut self, words: &[Word]) -> Option<f32> {
        let mut best = self.in_order(words);
        let rotations = if words.len() > 1 { vec![1, words.len() - 1] } else { Vec::new() };
        for rotation in rotations {
            let mut rotated = words.to_vec();
            rotated.rotate_left(rotation);
            best = best.into_iter().chain(self.in_order(&rotated)).min_by(f32::total_cmp);
        }
        best
    }

    /// Dynamic programming over parts and words, both of which may be run together.
    fn in_order(&mut self, words: &[Word]) -> Option<f32> {
        let columns = words.len() + 1;
        let mut table = vec![f32::INFINITY; (self.parts.len() + 1) * columns];
        table[0] = 0.0;
        for i in 0..=self.parts.len() {
            for j in 0..=words.len() {
                let here = table[i * columns + j];
                let mut reach = |i: usize, j: usize, cost: f32| {
                    let cell = &mut table[i * columns + j];
                    *cell = cell.min(here + cost);
                };
                if let Some(part) = self.parts.get(i) {
                    reach(i + 1, j, SKIP * part.chars().count() as f32);
                }
                if let Some(word) = words.get(j) {
                    reach(i, j + 1, SKIP * word.len() as f32);
                }
                for (from, to) in RUNS {
                    if i + from > self.parts.len() || j + to > words.len() {
                        continue;
                    }
                    let run = words[j + 1..j + to].iter().try_fold(words[j], |run, next| Word::join(&run, next));
                    if let Some(cost) = run.and_then(|run| self.word(i, i + from, &run)) {
                        reach(i + from, j + to, cost + MERGE * (from + to - 2) as f32);
                    }
                }
            }
        }
        table.last().copied().filter(|cost| cost.is_finite())
    }

    fn word(&mut self, from: usize, to: usize, word: &Word) -> Option<f32> {
        let parts = self.parts;
        *self.known.entry((from, to, *word)).or_insert_with(|| {
            let native = NativeWord::new(&parts[from..to].concat())?;
            Channel::builtin().score_native(&native, word, BOUND).map(|log| -log)
        })
    }
}

/// How many parts may be how many words.
const RUNS: [(usize, usize); 7] = [(1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4)];
