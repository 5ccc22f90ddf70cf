//! A whole article as a machine translates it from Arabic, with the built-in dictionary: what is found, and what is left alone.
//!
//! The gold file beside the article lists the names that must be reported (`must`) and those that must not (`clean`).

use crate::{Run, folder, orthonym};
use std::path::{Path, PathBuf};

const ARTICLE: &str = "press-forum.txt";

struct Row {
    start: usize,
    end: usize,
    text: String,
    expected: String,
    rule: String,
    must: bool,
}

struct Found {
    start: usize,
    end: usize,
    rule: String,
    suggestion: String,
}

fn articles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles")
}

fn article() -> String {
    std::fs::read_to_string(articles().join(ARTICLE)).unwrap()
}

fn gold() -> Vec<Row> {
    let table = std::fs::read_to_string(articles().join("press-forum.gold.tsv")).unwrap();
    table.lines().skip(1).map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<&str> = line.split('\t').collect();
    let [start, end, text, expected, rule, level] = cells[..] else { panic!("six columns: {line}") };
    assert!(matches!(level, "must" | "clean"), "{line}");
    Row {
        start: start.parse().unwrap(),
        end: end.parse().unwrap(),
        text: text.to_owned(),
        expected: expected.to_owned(),
        rule: rule.to_owned(),
        must: level == "must",
    }
}

fn check(folder: &Path, arguments: &[&str]) -> Run {
    orthonym(folder, &[&["check", ARTICLE, "--isolated"], arguments].concat())
}

fn findings() -> Vec<Found> {
    let run = check(&articles(), &["--output-format", "json-lines", "-q"]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    run.stdout.lines().map(|line| found(&serde_json::from_str(line).unwrap())).collect()
}

fn found(record: &serde_json::Value) -> Found {
    let offset = |end: &str| usize::try_from(record["span"][end].as_u64().unwrap()).unwrap();
    Found {
        start: offset("start"),
        end: offset("end"),
        rule: record["rule"].as_str().unwrap().to_owned(),
        suggestion: record["suggestions"][0]["text"].as_str().unwrap_or_default().to_owned(),
    }
}

#[test]
fn the_gold_file_fits_the_article() {
    let article = article();
    let rows = gold();
    for row in &rows {
        assert_eq!(article.get(row.start..row.end), Some(row.text.as_str()), "{}..{}", row.start, row.end);
        assert!(!row.must || orthonym::rules::find(&row.rule).is_some(), "{}", row.rule);
    }
    let garbled = rows.iter().filter(|row| row.must && row.rule == "names/mistransliteration").count();
    assert!(garbled >= 8 && rows.iter().any(|row| !row.must), "{garbled}");
}

#[test]
fn every_garbled_name_is_found_at_its_place_with_its_right_form() {
    let findings = findings();
    let missing: Vec<String> = gold()
        .iter()
        .filter(|row| row.must)
        .filter(|row| {
            !findings.iter().any(|f| {
                (f.start, f.end, &f.rule) == (row.start, row.end, &row.rule)
                    && (!row.rule.starts_with("names/") || f.suggestion == row.expected)
            })
        })
        .map(|row| format!("{}: {} → {}", row.rule, row.text, row.expected))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn nothing_else_is_taken_for_a_garbled_name() {
    let (article, rows) = (article(), gold());
    let names = findings().into_iter().filter(|f| f.rule.starts_with("names/"));
    let wrong: Vec<String> = names
        .filter(|f| !rows.iter().any(|row| row.must && (f.start, f.end) == (row.start, row.end)))
        .map(|f| format!("{}: {} → {}", f.rule, &article[f.start..f.end], f.suggestion))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_that_are_right_are_left_alone_even_by_unsafe_fixes() {
    let dir = folder(&[(ARTICLE, article().as_bytes())]);
    check(dir.path(), &["--fix", "--unsafe-fixes", "--select", "names"]);
    let fixed = std::fs::read_to_string(dir.path().join(ARTICLE)).unwrap();
    for row in gold().iter().filter(|row| !row.must) {
        assert!(fixed.contains(&row.text), "{}", row.text);
    }
}

#[test]
fn fixing_twice_is_fixing_once_and_the_diff_shows_it() {
    let article = article();
    let dir = folder(&[(ARTICLE, article.as_bytes())]);
    let read = || std::fs::read_to_string(dir.path().join(ARTICLE)).unwrap();

    let diff = check(dir.path(), &["--diff", "-q"]);
    assert_eq!((diff.status, read() == article), (1, true));
    check(dir.path(), &["--fix", "-q"]);
    let fixed = read();
    assert_ne!(fixed, article);
    assert_eq!(diff.stdout, orthonym::emit::diff::unified(ARTICLE, &article, &fixed));

    check(dir.path(), &["--fix", "-q"]);
    assert_eq!(read(), fixed);
    assert_eq!(check(dir.path(), &["--diff", "-q"]).stdout, "");
}
