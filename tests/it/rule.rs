//! `orthonym rule`.

use crate::orthonym;
use crate::snapshot::assert_snapshot;
use std::path::Path;

#[test]
fn a_rule_is_documented_with_its_examples() {
    let run = orthonym(Path::new("."), &["rule", "text/repeated-word"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_snapshot("rule.txt", &run.stdout);
}

#[test]
fn all_rules_are_listed_one_a_line() {
    let list = orthonym(Path::new("."), &["rule"]).stdout;
    assert_eq!(list.lines().count(), orthonym::rules::all().len());
    let json = orthonym(Path::new("."), &["rule", "--all", "--output-format", "json"]).stdout;
    let rules: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let names: Vec<&str> = rules.iter().map(|rule| rule["name"].as_str().unwrap()).collect();
    assert!(list.lines().zip(names).all(|(line, name)| line.starts_with(name)));
}

#[test]
fn an_unknown_rule_is_answered_with_what_was_meant() {
    let run = orthonym(Path::new("."), &["rule", "text/repeted-word"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("did you mean `text/repeated-word`?"), "{}", run.stderr);
}
