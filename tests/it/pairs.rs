//! Pairs of sentences in many languages: right ones, at which other tools cry out, and wrong ones.

use crate::{folder, orthonym};
use std::collections::BTreeMap;

fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines().skip(1).map(|line| line.split('\t').collect()).collect()
}

/// What is found in pairs, with these options: the row, from 0, and the finding.
fn found(options: &[&str], pairs: &[(&str, &str)]) -> Vec<(usize, String)> {
    let rows = pairs.iter().map(|(source, target)| format!("{source}\t{target}\n"));
    let table: String = std::iter::once("source\ttarget\n".to_owned()).chain(rows).collect();
    let dir = folder(&[("set.tsv", table.as_bytes())]);
    let run = orthonym(dir.path(), &[&["check", "set.tsv", "--output-format", "concise"][..], options].concat());
    let findings = run.stdout.lines().filter_map(|line| line.strip_prefix("set.tsv:")?.split_once(':'));
    findings.map(|(line, rest)| (line.parse::<usize>().unwrap() - 2, rest.to_owned())).collect()
}

/// The rules that need no names, for two languages.
fn without_names<'t>(from: &'t str, to: &'t str) -> [&'t str; 7] {
    let rules = "source,text/repeated-word";
    ["--no-builtin", "--select", rules, "--source-language", from, "--target-language", to]
}

fn by_languages<'t>(rows: &[Vec<&'t str>]) -> BTreeMap<(&'t str, &'t str), Vec<Vec<&'t str>>> {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in rows {
        groups.entry((row[0], row[1])).or_default().push(row.clone());
    }
    groups
}

#[test]
fn nothing_is_found_in_right_pairs() {
    let all = rows(include_str!("../pairs/right.tsv"));
    let mut alarms = Vec::new();
    for ((from, to), rows) in by_languages(&all) {
        let pairs: Vec<_> = rows.iter().map(|row| (row[2], row[3])).collect();
        let said = found(&without_names(from, to), &pairs);
        alarms.extend(said.into_iter().map(|(row, finding)| format!("{} | {}: {finding}", pairs[row].0, pairs[row].1)));
    }
    let english: Vec<_> = all.iter().filter(|row| row[1] == "en").map(|row| (row[2], row[3])).collect();
    let names = ["--select", "names,source/name-missing,source/name-invented"];
    alarms.extend(found(&names, &english).into_iter().map(|(row, finding)| format!("{}: {finding}", english[row].1)));
    assert!(alarms.is_empty(), "{alarms:#?}");
    let languages: std::collections::BTreeSet<_> = all.iter().map(|row| row[0]).collect();
    assert!(all.len() >= 60 && languages.len() >= 8);
}

#[test]
fn what_is_wrong_is_found_by_its_rule() {
    let all = rows(include_str!("../pairs/wrong.tsv"));
    let mut missed = Vec::new();
    for ((from, to), rows) in by_languages(&all) {
        let pairs: Vec<_> = rows.iter().map(|row| (row[3], row[4])).collect();
        let said = found(&without_names(from, to), &pairs);
        for (at, row) in rows.iter().enumerate() {
            if !said.iter().any(|(other, finding)| *other == at && finding.contains(row[2])) {
                missed.push(format!("{}: {} | {}", row[2], row[3], row[4]));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}
