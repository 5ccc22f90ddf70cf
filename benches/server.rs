//! A person at the keyboard: one key after the other in a long document, and after each the question what is found now.
//!
//! `cargo bench --bench server` replays 1,000 edits of a document of 1 MB; `cargo bench --bench server -- 10000 64` replays 10,000
//! of one of 64 KB. Printed are the time from a key to the findings, by percentile, and the memory in use as it goes.

use lsp_server::{Connection, Message, Notification, Request};
use orthonym::lsp::{self, Options};
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::{Duration, Instant};

const NAMES: &[&str] = &[
    "Edwy Plenel",
    "Eduy Blenil",
    "Marta Kowalska",
    "Ahmed Ben Salah",
    "Jean-Luc Godard",
    "Angela Merkel",
    "Ursula Brandt",
    "Mediapart",
    "the United Nations",
    "Yevgeny Morozov",
    "Olena Petrenko",
    "Kim Min-jun",
    "Haruki Tanaka",
    "Lake Geneva",
];
const DEEDS: &[&str] = &[
    "told reporters that the talks would go on until the end of the month",
    "asked the committee to look at the figures once more before the vote",
    "said nothing about the letter, which had been found in a drawer years ago",
    "praised the engineers who had kept the old bridge open through the winter",
    "left the hall by a side door while the others were still at the table",
    "promised a second hearing, to be held in public and without delay",
];

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// Paragraphs of invented news, one a line.
fn document(bytes: usize, dice: &mut Dice) -> String {
    let mut text = String::with_capacity(bytes + 1024);
    while text.len() < bytes {
        for _ in 0..3 + dice.roll(4) {
            let (name, deed) = (NAMES[dice.roll(NAMES.len())], DEEDS[dice.roll(DEEDS.len())]);
            let _ = write!(text, "On day {} {name} {deed}. ", 1 + dice.roll(365));
        }
        text.truncate(text.trim_end().len());
        text.push_str("\n\n");
    }
    text
}

fn main() {
    // Cargo adds `--bench`.
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let edits = numbers.first().copied().unwrap_or(1000);
    let kilobytes = numbers.get(1).copied().unwrap_or(1024);
    let (ours, theirs) = Connection::memory();
    let server = std::thread::spawn(move || lsp::run(&theirs, &Options::default()));
    let mut editor = Editor { connection: ours, next: 0 };
    let can = json!({ "textDocument": { "diagnostic": {} }, "general": { "positionEncodings": ["utf-8"] } });
    editor.ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": can, "initializationOptions": { "isolated": true } }));
    editor.tell("initialized", json!({}));

    let mut dice = Dice(7);
    let text = document(kilobytes << 10, &mut dice);
    let lines = text.lines().count();
    let item = json!({ "uri": "file:///bench/long.txt", "languageId": "plaintext", "version": 0, "text": text });
    let begun = Instant::now();
    editor.tell("textDocument/didOpen", json!({ "textDocument": item }));
    let found = editor.findings();
    println!("{} KB, {found} findings, opened in {:.1} ms", text.len() >> 10, millis(begun.elapsed()));

    let mut took = Vec::with_capacity(edits);
    let mut typed = String::new();
    let mut line = 0;
    let mut column = 0;
    let mut left: Vec<char> = Vec::new();
    for edit in 0..edits {
        if left.is_empty() {
            // A name and a word or two, somewhere else; what was typed before is taken out again.
            if !typed.is_empty() {
                let range =
                    json!({ "start": { "line": line, "character": 0 }, "end": { "line": line, "character": column } });
                editor.change(edit, range, "");
            }
            line = dice.roll(lines);
            column = 0;
            typed = format!("{} {} ", NAMES[dice.roll(NAMES.len())], &DEEDS[dice.roll(DEEDS.len())][..12]);
            left = typed.chars().rev().collect();
        }
        let key = left.pop().unwrap_or(' ').to_string();
        let at = json!({ "line": line, "character": column });
        let begun = Instant::now();
        editor.change(edit, json!({ "start": at, "end": at }), &key);
        editor.findings();
        took.push(begun.elapsed());
        column += key.len();
        if (edit + 1) % (edits / 10).max(1) == 0 {
            println!("after {:>6} edits: {} MB resident", edit + 1, resident() >> 10);
        }
    }
    took.sort();
    let percentile = |p: usize| millis(took[(took.len() - 1) * p / 100]);
    println!(
        "a key, in ms: median {:.1}, 90 % {:.1}, 99 % {:.1}, worst {:.1}",
        percentile(50),
        percentile(90),
        percentile(99),
        percentile(100)
    );
    editor.ask("shutdown", Value::Null);
    editor.tell("exit", Value::Null);
    drop(editor);
    match server.join() {
        Ok(Ok(())) => {}
        other => panic!("the server ended badly: {other:?}"),
    }
}

struct Editor {
    connection: Connection,
    next: i32,
}

impl Editor {
    fn send(&self, message: Message) {
        self.connection.sender.send(message).expect("the server is there");
    }

    fn tell(&self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params }.into());
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        self.send(Request { id: self.next.into(), method: method.to_owned(), params }.into());
        loop {
            if let Message::Response(response) = self.connection.receiver.recv().expect("the server is there") {
                return response.response_result.expect("the request is served");
            }
        }
    }

    fn change(&self, version: usize, range: Value, text: &str) {
        let document = json!({ "uri": "file:///bench/long.txt", "version": version + 1 });
        let change = json!({ "range": range, "text": text });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    }

    /// Asks what is found now; how many findings there are.
    fn findings(&mut self) -> usize {
        let report =
            self.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": "file:///bench/long.txt" } }));
        report["items"].as_array().map_or(0, Vec::len)
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Kilobytes of memory in use, as Linux counts them; 0 elsewhere.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}
