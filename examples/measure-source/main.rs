//! Measures the rules that hold a translation against its source, on sentences with names put into them.
//!
//!     cargo run --release --example measure-source -- DATA [--bin target/release/orthonym] [--names 300] [--format tsv|jsonl|xliff] [--show]
//!         [--without-dictionary]
//!
//! DATA holds `roundtrip_names.tsv` (script, native, truth, mistransliterated, generator) and `dictionary_names.txt` (name,
//! native). Of each script some names, by a hash, are put into the sentences of `sentences.tsv`: with prefixes, in cases,
//! in careless spelling; `names.tsv` adds languages that DATA lacks. Each sentence comes with its right translation, with the
//! last name alone, with the name garbled, and without the name. `ordinary.tsv` has sentences in which what looks like a native form is
//! an ordinary word. The dictionary is made of the names used and of all others of DATA.
//!
//! `--without-dictionary` measures `names/mistransliteration` with the source as its only evidence, on those names alone whose half
//! `fit-original` does not fit.
//!
//! `--show` prints the rows that came out otherwise than they should.
//!
//! Printed are, by language and kind of sentence: garbled names found with the right name suggested, names missing that are reported,
//! findings on right translations, and how many of the safe fixes make the right translation.

mod forms;

use orthonym::lexicon::checksum;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a translation does with the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Right,
    LastName,
    Garbled,
    Missing,
    Ordinary,
}

/// A row of the set.
struct Case {
    language: String,
    kind: String,
    state: State,
    source: String,
    target: String,
    right: String,
    name: String,
}

/// A finding of the program, as far as it matters here.
struct Found {
    text: String,
    suggestion: Option<(String, bool)>,
}

struct Name {
    language: String,
    native: String,
    truth: String,
    garbled: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let value = |flag: &str| args.iter().position(|a| a == flag).and_then(|at| args.get(at + 1)).cloned();
    let data = Path::new(args.first().ok_or("usage: measure-source DATA [--bin FILE] [--names N] [--format F]")?);
    let program = PathBuf::from(value("--bin").unwrap_or_else(|| "target/release/orthonym".to_owned()));
    let most: usize = value("--names").map_or(Ok(300), |n| n.parse())?;
    let format = value("--format").unwrap_or_else(|| "tsv".to_owned());
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/measure-source");

    let without = args.iter().any(|a| a == "--without-dictionary");
    let is_wanted = |truth: &str| !without || !checksum(truth.as_bytes()).is_multiple_of(2);
    let names = names(data, most, is_wanted)?;
    let mut cases = cases(&names, &here)?;
    if without {
        // Nothing tells that a name is missing where none is known.
        cases.retain(|case| case.state != State::Missing);
    }
    let folder = tempfile::tempdir()?;
    let dictionary = folder.path().join("names.tsv");
    std::fs::write(&dictionary, dictionary_of(data, &names, &here)?)?;
    let set = folder.path().join(format!("set.{format}"));
    std::fs::write(&set, written(&cases, &format))?;

    let (rule, known) = match without {
        true => ("names/mistransliteration", 0),
        false => ("source/name-missing", std::fs::read_to_string(&dictionary)?.lines().count() - 1),
    };
    let mut options = vec!["--select".to_owned(), rule.to_owned()];
    if !without {
        options.extend(["--dictionary".to_owned(), shown(&dictionary)]);
    }
    let found = run(&program, &set, &options)?;
    println!("{rule}, {} segments, {known} names in the dictionary", cases.len());
    table(&cases, &found, args.iter().any(|a| a == "--show"));
    Ok(())
}

/// Some names of each script; of one truth one garbling.
fn names(data: &Path, most: usize, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<Name>, Box<dyn Error>> {
    let mut rows: BTreeMap<(u64, String), Name> = BTreeMap::new();
    for line in std::fs::read_to_string(data.join("roundtrip_names.tsv"))?.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [script, native, truth, garbled, generator] = cells[..] else { continue };
        // What writes no vowels at all is no translation.
        let has_no_vowels = ["anyascii", "uroman", "icu-any-latin-ascii"].contains(&generator) && script != "russian";
        let language = match script {
            "arabic" => "ar",
            "hebrew" => "he",
            "russian" => "ru",
            _ => continue,
        };
        if has_no_vowels
            || !is_wanted(truth)
            || truth.split(' ').count() != native.split(' ').count()
            || truth.eq_ignore_ascii_case(garbled)
        {
            continue;
        }
        // The set has Russian in small letters.
        let native = if language == "ru" { capitalised(native) } else { native.to_owned() };
        let name = |text: &str| text.to_owned();
        let row = Name { language: name(language), native, truth: name(truth), garbled: name(garbled) };
        rows.entry((checksum(truth.as_bytes()), language.to_owned())).or_insert(row);
    }
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let is_wanted = |name: &Name| {
        let count = taken.entry(name.language.clone()).or_default();
        *count += 1;
        *count <= most
    };
    let mut names: Vec<Name> = rows.into_values().collect();
    let mut is_wanted = is_wanted;
    names.retain(|name| is_wanted(name));
    Ok(names)
}

fn capitalised(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn rows(path: &Path) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    Ok(text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

fn cases(names: &[Name], here: &Path) -> Result<Vec<Case>, Box<dyn Error>> {
    let sentences = rows(&here.join("sentences.tsv"))?;
    let mut cases = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let own: Vec<_> = sentences.iter().filter(|row| row[0] == name.language).collect();
        let mut behind = names.iter().cycle().skip(at + 1);
        let other = behind.find(|other| other.language == name.language).ok_or("a language with one name")?;
        let with_other = |pattern: &str, other: &str| pattern.replace("{2}", other);
        // Every name in two of its language's sentences.
        for turn in 0..2 {
            let row = own[(checksum(name.truth.as_bytes()) as usize / 7 + turn * 3) % own.len()];
            let source = forms::sentence(&with_other(&row[2], &other.native), &name.native);
            let (target, missing) = (with_other(&row[3], &other.truth), with_other(&row[4], &other.truth));
            states(&mut cases, name, &row[1], &source, &target, &missing);
        }
    }
    for row in rows(&here.join("names.tsv"))? {
        let [language, native, seen, truth, garbled] = &row[..] else { return Err("names.tsv: five columns".into()) };
        let of = |text: &String| text.clone();
        let name = Name { language: of(language), native: of(native), truth: of(truth), garbled: of(garbled) };
        let space = if ["zh", "ja"].contains(&language.as_str()) { "" } else { " " };
        let (before, after) = frame(language);
        let source = format!("{before}{space}{seen}{space}{after}");
        states(
            &mut cases,
            &name,
            "hand-made",
            &source,
            "The letter speaks of {} at length.",
            "The letter speaks at length.",
        );
    }
    for row in rows(&here.join("ordinary.tsv"))? {
        let [language, _, name, _, source, target] = &row[..] else { return Err("ordinary.tsv: six columns".into()) };
        cases.push(Case {
            language: language.clone(),
            kind: "ordinary".to_owned(),
            state: State::Ordinary,
            source: source.clone(),
            target: target.clone(),
            right: target.clone(),
            name: name.clone(),
        });
    }
    Ok(cases)
}

/// What stands before and behind a name in the sentences of languages that have no templates.
fn frame(language: &str) -> (&'static str, &'static str) {
    match language {
        "uk" => ("У листі йдеться про", "дуже докладно."),
        "ko" => ("편지에서", "길게 이야기했다."),
        "zh" => ("信中多次提到", "的事情。"),
        "ja" => ("手紙には", "のことが長く書かれている。"),
        "el" => ("Το γράμμα μιλά για το σπίτι", "με λεπτομέρειες."),
        _ => ("نامه به تفصیل از", "سخن می‌گوید."),
    }
}

fn states(cases: &mut Vec<Case>, name: &Name, kind: &str, source: &str, target: &str, missing: &str) {
    let right = target.replace("{}", &name.truth);
    let last = name.truth.rsplit(' ').next().unwrap_or_default();
    let last = if name.language == "zh" && kind == "hand-made" { name.truth.as_str() } else { last };
    for (state, target) in [
        (State::Right, right.clone()),
        (State::LastName, target.replace("{}", last)),
        (State::Garbled, target.replace("{}", &name.garbled)),
        (State::Missing, missing.to_owned()),
    ] {
        let (language, kind, source) = (name.language.clone(), kind.to_owned(), source.to_owned());
        cases.push(Case { language, kind, state, source, target, right: right.clone(), name: name.truth.clone() });
    }
}

fn dictionary_of(data: &Path, names: &[Name], here: &Path) -> Result<String, Box<dyn Error>> {
    let mut natives: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let mut add = |name: &str, kind: &str, native: &str| {
        natives.entry((name.to_owned(), kind.to_owned())).or_default().push(native.to_owned());
    };
    let used: BTreeSet<&str> = names.iter().map(|name| name.truth.as_str()).collect();
    names.iter().for_each(|name| add(&name.truth, "person", &name.native));
    rows(&here.join("names.tsv"))?.iter().for_each(|row| add(&row[3], "person", &row[1]));
    rows(&here.join("ordinary.tsv"))?.iter().for_each(|row| add(&row[2], &row[3], &row[1]));
    for line in std::fs::read_to_string(data.join("dictionary_names.txt"))?.lines() {
        let (name, native) = line.split_once('\t').unwrap_or((line, ""));
        if !used.contains(name) {
            add(name, "person", native);
        }
    }
    let line =
        |((name, kind), natives): ((String, String), Vec<String>)| format!("{name}\t{kind}\t{}\n", natives.join("|"));
    Ok(std::iter::once("name\tkind\tnative\n".to_owned()).chain(natives.into_iter().map(line)).collect())
}

/// The set in one of the formats; every row on a line of its own.
fn written(cases: &[Case], format: &str) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let rows = cases.iter().enumerate().map(|(at, case)| match format {
        "jsonl" => format!("{{\"source\": {}, \"target\": {}}}\n", quoted(&case.source), quoted(&case.target)),
        "xliff" => format!(
            "<trans-unit id=\"{at}\"><source>{}</source><target>{}</target></trans-unit>\n",
            case.source, case.target
        ),
        _ => format!("{}\t{}\n", case.source, case.target),
    });
    let (head, tail) = match format {
        "jsonl" => ("", ""),
        "xliff" => (
            "<xliff version=\"1.2\"><file source-language=\"mul\" target-language=\"en\" original=\"set\" datatype=\"plaintext\"><body>\n",
            "</body></file></xliff>\n",
        ),
        _ => ("source\ttarget\n", ""),
    };
    std::iter::once(head.to_owned()).chain(rows).chain([tail.to_owned()]).collect()
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The program's findings by row; the first line of the set is line 2, but for JSON Lines.
fn run(program: &Path, set: &Path, options: &[String]) -> Result<BTreeMap<usize, Vec<Found>>, Box<dyn Error>> {
    let fixed = ["check", "--isolated", "--no-builtin", "--exit-zero", "--output-format", "json-lines"];
    let output = Command::new(program).args(fixed).args(options).arg(set).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let head = if set.extension().is_some_and(|e| e == "jsonl") { 1 } else { 2 };
    let mut found: BTreeMap<usize, Vec<Found>> = BTreeMap::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        let finding: serde_json::Value = serde_json::from_str(line)?;
        let row = finding["range"]["start"]["line"].as_u64().ok_or("a finding without a line")? as usize - head;
        let first = &finding["suggestions"][0];
        let suggestion = first["text"].as_str().map(|text| (text.to_owned(), first["applicability"] == "safe"));
        let text = finding["text"].as_str().unwrap_or_default().to_owned();
        found.entry(row).or_default().push(Found { text, suggestion });
    }
    Ok(found)
}

/// What is counted of one language and kind.
#[derive(Default)]
struct Tally {
    garbled: usize,
    found: usize,
    mended: usize,
    missing: usize,
    reported: usize,
    right: usize,
    alarms: usize,
    safe: usize,
    safe_right: usize,
}

impl Tally {
    fn add(&mut self, case: &Case, found: &[Found]) {
        let mended = |found: &Found| match &found.suggestion {
            Some((text, _)) => case.target.replacen(&found.text, text, 1) == case.right,
            None => false,
        };
        let safe: Vec<&Found> = found.iter().filter(|f| f.suggestion.as_ref().is_some_and(|s| s.1)).collect();
        self.safe += safe.len();
        self.safe_right += safe.iter().filter(|found| mended(found)).count();
        match case.state {
            State::Garbled => {
                self.garbled += 1;
                self.found += usize::from(!found.is_empty());
                self.mended += usize::from(found.iter().any(mended));
            }
            State::Missing => {
                self.missing += 1;
                self.reported += usize::from(!found.is_empty());
            }
            State::Right | State::LastName | State::Ordinary => {
                self.right += 1;
                self.alarms += usize::from(!found.is_empty());
            }
        }
    }

    fn print(&self, language: &str, kind: &str) {
        let of = |part: usize, all: usize| match all {
            0 => "–".to_owned(),
            _ => format!("{part}/{all} ({:.1} %)", 100.0 * part as f64 / all as f64),
        };
        println!(
            "{language}\t{kind}\t{}\t{}\t{}\t{}\t{}",
            of(self.found, self.garbled),
            of(self.mended, self.garbled),
            of(self.reported, self.missing),
            of(self.alarms, self.right),
            of(self.safe_right, self.safe)
        );
    }
}

fn table(cases: &[Case], found: &BTreeMap<usize, Vec<Found>>, with_rows: bool) {
    let mut tallies: BTreeMap<(&str, &str), Tally> = BTreeMap::new();
    let mut all = Tally::default();
    for (row, case) in cases.iter().enumerate() {
        let found = found.get(&row).map(Vec::as_slice).unwrap_or_default();
        tallies.entry((&case.language, &case.kind)).or_default().add(case, found);
        all.add(case, found);
        if with_rows {
            show(case, found);
        }
    }
    println!("language\tkind\tgarbled: found\tgarbled: mended\tmissing: reported\tright: reported\tsafe fixes: right");
    for ((language, kind), tally) in &tallies {
        tally.print(language, kind);
    }
    all.print("all", "all");
    let real = (all.found + all.reported) as f64;
    println!(
        "precision {:.2} %, recall {:.2} %",
        100.0 * real / (real + all.alarms as f64),
        100.0 * real / (all.garbled + all.missing) as f64
    );
}

/// A row that came out otherwise than it should, for a look at it.
fn show(case: &Case, found: &[Found]) {
    let wanted = matches!(case.state, State::Garbled | State::Missing);
    let said: Vec<String> = found.iter().map(|f| format!("{} → {:?}", f.text, f.suggestion)).collect();
    let is_unsafe = case.state == State::Garbled && !found.iter().any(|f| f.suggestion.as_ref().is_some_and(|s| s.1));
    let is_wrong = found
        .iter()
        .any(|f| f.suggestion.as_ref().is_some_and(|s| s.1 && case.target.replacen(&f.text, &s.0, 1) != case.right));
    if wanted == found.is_empty() || is_unsafe || is_wrong {
        eprintln!("{:?} {} {}\n  {}\n  {}\n  {said:?}", case.state, case.language, case.name, case.source, case.target);
    }
}
