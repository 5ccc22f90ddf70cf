//! Formats as the program meets them: encodings, packages, streams.

use crate::{folder, orthonym, with_input};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

const RULE: [&str; 5] = ["check", "--no-builtin", "--isolated", "--select", "text/repeated-word"];

fn arguments<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&RULE[..], more].concat()
}

/// A letter whose body says a word twice, in two runs, and whose header does.
const LETTER: &[u8] = include_bytes!("../documents/fixtures/letter.docx");

fn records(stdout: &str) -> Vec<serde_json::Value> {
    stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_fix_is_written_in_the_encoding_that_the_file_declares() {
    let html = |text: &str| [b"<meta charset=windows-1251>\n<p>\xcf\xe5\xf2\xf0 ", text.as_bytes()].concat();
    let dir = folder(&[("a.html", &html("the the fox")), ("b.txt", b"\xcf the the")]);
    let run = orthonym(dir.path(), &arguments(&["a.html", "--output-format", "json-lines"]));
    let record = &records(&run.stdout)[0];
    assert_eq!(record["span"], serde_json::json!({"start": 36, "end": 43}), "{}", run.stdout);
    assert_eq!(record["range"]["start"]["column"], 9);
    assert_eq!(orthonym(dir.path(), &arguments(&["a.html", "--fix", "-q"])).status, 0);
    assert_eq!(std::fs::read(dir.path().join("a.html")).unwrap(), html("the fox"));
    // What declares nothing is said.
    assert_eq!(orthonym(dir.path(), &arguments(&["b.txt", "-q"])).status, 2);
    assert_eq!(orthonym(dir.path(), &arguments(&["b.txt", "--fix", "-q", "--encoding", "koi8-r"])).status, 0);
    assert_eq!(std::fs::read(dir.path().join("b.txt")).unwrap(), b"\xcf the");
    let unknown = orthonym(dir.path(), &arguments(&["b.txt", "--encoding", "klingon"]));
    assert!(unknown.status == 2 && unknown.stderr.contains("no encoding of that name"), "{}", unknown.stderr);
}

#[test]
fn a_package_is_fixed_in_its_parts() {
    let dir = folder(&[("letter.docx", LETTER), ("~$letter.docx", b"lock")]);
    let run = orthonym(dir.path(), &arguments(&["--output-format", "json-lines"]));
    let found = records(&run.stdout);
    let paths: Vec<_> = found.iter().map(|record| record["path"].as_str().unwrap()).collect();
    assert_eq!(
        paths,
        ["./letter.docx!word/document.xml", "./letter.docx!word/header1.xml"].map(|p| p.trim_start_matches("./")),
        "{}",
        run.stderr
    );
    let diff = orthonym(dir.path(), &arguments(&["letter.docx", "--diff"]));
    assert!(diff.stderr.contains("letter.docx!word/header1.xml is part of a package"), "{}", diff.stderr);
    assert_eq!(orthonym(dir.path(), &arguments(&["letter.docx", "--fix", "-q"])).status, 0);
    let fixed = std::fs::read(dir.path().join("letter.docx")).unwrap();
    assert_ne!(fixed, LETTER);
    assert_eq!(orthonym(dir.path(), &arguments(&["letter.docx", "-q"])).stdout, "");
    // Cut short, it is no package; other files go on.
    let dir = folder(&[("a.docx", &LETTER[..LETTER.len() / 2]), ("b.txt", b"the the")]);
    let run = orthonym(dir.path(), &arguments(&["-q"]));
    assert!(run.status == 2 && run.stderr.contains("no ZIP archive") && run.stdout.contains("b.txt:1:1"), "{run:?}");
}

#[test]
fn a_stream_of_json_lines_is_answered_line_by_line() {
    let dir = folder(&[]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_orthonym"))
        .args(arguments(&["-", "--format", "jsonl", "--output-format", "json-lines"]))
        .current_dir(dir.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut input, mut output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let mut sent = 0;
    for line in 1..=3 {
        let clean = b"{\"text\": \"the fox\"}\n";
        let wrong = b"{\"text\": \"the the fox\"}\n";
        input.write_all(clean).and_then(|()| input.write_all(wrong)).and_then(|()| input.flush()).unwrap();
        let mut answer = String::new();
        output.read_line(&mut answer).unwrap();
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["range"]["start"]["line"], 2 * line);
        assert_eq!(answer["span"]["start"], sent + clean.len() + 10);
        sent += clean.len() + wrong.len();
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn a_stream_is_fixed_line_by_line_and_damage_ends_one_line() {
    let dir = folder(&[]);
    let input = b"{\"text\": \"the the\"}\r\n{\"text\": }\n\n{\"text\": \"the the ox\"}";
    let run = with_input(dir.path(), &arguments(&["-", "--format", "jsonl", "--fix"]), input);
    assert_eq!(run.stdout, "{\"text\": \"the\"}\r\n{\"text\": }\n\n{\"text\": \"the ox\"}");
    assert!(run.status == 2 && run.stderr.contains("<stdin>:2:10: no JSON"), "{}", run.stderr);
    assert!(run.stderr.ends_with("1 file checked: 2 fixed, nothing left\n"), "{}", run.stderr);
}
