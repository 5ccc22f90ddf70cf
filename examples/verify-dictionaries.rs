//! Holds the native forms of people in the built-in dictionary against a multilingual list of name parts, and reports what contradicts it.
//!
//! The list is `rust/data/names/person_names.txt` (MIT) of the source distribution of `rigour` on PyPI: `form, form, … => id`, a name a
//! row in all the scripts in which it was seen.
//!
//! ```sh
//! cargo run --release --example verify-dictionaries -- person_names.txt 0.5
//! ```
//!
//! A native form is taken word by word beside the Latin form of as many words that fits it best. A word and its Latin side agree if a
//! row has both; they contradict if the list knows both and no row has both. Then the Latin forms that the list has for the native word
//! are told, least like the dictionary's first, down to the likeness that is given (0 to 1). The list has gaps, and a name many
//! spellings: what is reported is looked at, not believed.

use orthonym::dictionary::{Entry, Kind};
use orthonym::{curation, dictionaries};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which file? person_names.txt of rigour")?;
    let least_like = arguments.next().map_or(Ok(0.5), |text| text.parse::<f64>())?;
    let parts = Parts::read(&std::fs::read_to_string(path)?);
    let builtin = dictionaries::builtin();
    let view = builtin.view();
    let mut tally = BTreeMap::<&str, usize>::new();
    let mut found = Vec::new();
    for index in 0..view.entry_count() {
        let entry = curation::entry(&view, index);
        if entry.kind != Kind::Person {
            continue;
        }
        for (language, form) in entry.native.iter().flat_map(|(code, forms)| forms.iter().map(move |form| (code, form)))
        {
            for (native, latin) in beside(&parts, &entry, form) {
                let verdict = parts.compare(&native, &latin);
                *tally.entry(verdict.name()).or_default() += 1;
                if let Verdict::Contradict(others, likeness) = verdict
                    && likeness < least_like
                {
                    let others = others.into_iter().take(5).collect::<Vec<_>>().join(", ");
                    let line = format!("{}  {language} {form}: {native} is not {latin}, but {others}", entry.id());
                    found.push((likeness, line));
                }
            }
        }
    }
    println!("{tally:?}");
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.iter().for_each(|(likeness, line)| println!("{likeness:.2}  {line}"));
    Ok(())
}

/// The list: rows of forms, and the rows that have a form.
struct Parts {
    rows: Vec<Vec<String>>,
    of: HashMap<String, BTreeSet<usize>>,
}

enum Verdict {
    Agree,
    Unknown,
    /// What the list has for the native word, and how like the likeliest of them is to the dictionary's, 0 to 1.
    Contradict(Vec<String>, f64),
}

impl Verdict {
    fn name(&self) -> &'static str {
        match self {
            Verdict::Agree => "agree",
            Verdict::Unknown => "unknown",
            Verdict::Contradict(..) => "contradict",
        }
    }
}

impl Parts {
    fn read(text: &str) -> Parts {
        let mut parts = Parts { rows: Vec::new(), of: HashMap::new() };
        for (forms, _) in text.lines().filter_map(|line| line.rsplit_once("=>")) {
            let row: Vec<String> = forms.split(',').map(fold).filter(|form| !form.is_empty()).collect();
            for form in &row {
                parts.of.entry(form.clone()).or_default().insert(parts.rows.len());
            }
            parts.rows.push(row);
        }
        parts
    }

    fn compare(&self, native: &str, latin: &str) -> Verdict {
        let (Some(rows), Some(of_latin)) = (self.of.get(native), self.of.get(latin)) else { return Verdict::Unknown };
        if !rows.is_disjoint(of_latin) {
            return Verdict::Agree;
        }
        let forms = rows.iter().flat_map(|&row| &self.rows[row]).filter(|form| form.is_ascii());
        let mut others: Vec<(f64, &String)> =
            forms.map(|form| (strsim::normalized_levenshtein(form, latin), form)).collect();
        others.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        others.dedup();
        match others.first() {
            Some(&(likeness, _)) => {
                Verdict::Contradict(others.into_iter().map(|(_, form)| form.clone()).collect(), likeness)
            }
            None => Verdict::Unknown,
        }
    }
}

/// The words of a native form, each beside its Latin one: of the entry's right forms of as many words, the one that the list bears out best.
fn beside(parts: &Parts, entry: &Entry, native: &str) -> Vec<(String, String)> {
    let natives = words(native);
    let forms = entry.forms().filter(|(_, kind, _)| kind.is_right()).map(|(form, ..)| words(form));
    let pairs = forms
        .filter(|words| words.len() == natives.len())
        .map(|words| natives.iter().cloned().zip(words).collect::<Vec<_>>());
    let worth = |pairs: &Vec<(String, String)>| -> i32 {
        let worth = |(native, latin): &(String, String)| match parts.compare(native, latin) {
            Verdict::Agree => 1,
            Verdict::Unknown => 0,
            Verdict::Contradict(..) => -2,
        };
        pairs.iter().map(worth).sum()
    };
    // Of equals the first: the preferred form.
    pairs.reduce(|best, next| if worth(&next) > worth(&best) { next } else { best }).unwrap_or_default()
}

fn words(text: &str) -> Vec<String> {
    let between = |c: char| c.is_whitespace() || "-·・゠＝\u{200c}".contains(c);
    text.split(between).map(fold).filter(|word| !word.is_empty()).collect()
}

/// Letters and digits in lower case, without marks.
fn fold(text: &str) -> String {
    let letter = |c: char| match c {
        'ı' => 'i',
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        c => c,
    };
    let lower = text.chars().flat_map(char::to_lowercase).map(letter);
    lower.nfkd().filter(|&c| c.is_alphanumeric() && !is_combining_mark(c)).collect()
}
