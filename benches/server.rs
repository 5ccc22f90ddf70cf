//! A person at the keyboard: one key after the other in a long document, and after each the question what is found now.
//!
//! `cargo bench --bench server` replays 1,000 edits of a document of 1 MB in each of some formats; `cargo bench --bench server -- 10000
//! 64 txt` replays 10,000 of a plain text of 64 KB. Printed are the time from a key to the findings, by percentile, and the memory in
//! use as it goes.

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

/// A format: what stands at the beginning of a document, around a paragraph and around a name.
struct Format {
    ending: &'static str,
    before: &'static str,
    paragraph: [&'static str; 2],
    name: [&'static str; 2],
}

const FORMATS: &[Format] = &[
    Format { ending: "txt", before: "", paragraph: ["", "\n\n"], name: ["", ""] },
    Format { ending: "md", before: "# News\n\n", paragraph: ["- ", "\n\n"], name: ["**", "**"] },
    Format { ending: "html", before: "<!doctype html>\n", paragraph: ["<p>", "</p>\n"], name: ["<b>", "</b>"] },
    Format {
        ending: "srt",
        before: "",
        paragraph: ["1\n00:00:01,000 --> 00:00:09,000\n", "\n\n"],
        name: ["<i>", "</i>"],
    },
];

/// Paragraphs of invented news, one a line.
fn document(format: &Format, bytes: usize, dice: &mut Dice) -> String {
    let mut text = String::with_capacity(bytes + 1024);
    text.push_str(format.before);
    while text.len() < bytes {
        text.push_str(format.paragraph[0]);
        for _ in 0..3 + dice.roll(4) {
            let (name, deed) = (NAMES[dice.roll(NAMES.len())], DEEDS[dice.roll(DEEDS.len())]);
            let [open, close] = format.name;
            let _ = write!(text, "On day {} {open}{name}{close} {deed}. ", 1 + dice.roll(365));
        }
        text.truncate(text.trim_end().len());
        text.push_str(format.paragraph[1]);
    }
    text
}

fn main() {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let numbers: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let edits = numbers.first().copied().unwrap_or(1000);
    let kilobytes = numbers.get(1).copied().unwrap_or(1024);
    let is_wanted = |format: &&Format| {
        let mut wanted = arguments.iter().filter(|argument| argument.parse::<usize>().is_err()).peekable();
        wanted.peek().is_none() || wanted.any(|ending| ending == format.ending)
    };
    FORMATS.iter().filter(is_wanted).for_each(|format| replay(format, edits, kilobytes));
}

/// Types so many edits into a document of a format, and prints how long each took.
fn replay(format: &Format, edits: usize, kilobytes: usize) {
    let (ours, theirs) = Connection::memory();
    let server = std::thread::spawn(move || lsp::run(&theirs, &Options::default()));
    let mut editor =
        Editor { connection: ours, uri: format!("file:///bench/long.{}", format.ending), version: 0, next: 0 };
    let can = json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
        "general": { "positionEncodings": ["utf-8"] },
    });
    let settings = json!({ "isolated": true });
    editor.ask(
        "initialize",
        json!({ "processId": null, "rootUri": null, "capabilities": can, "initializationOptions": settings }),
    );
    editor.tell("initialized", json!({}));

    let mut dice = Dice(7);
    let text = document(format, kilobytes << 10, &mut dice);
    // Where sentences begin: line, and bytes of the line before.
    let places: Vec<(usize, usize)> =
        text.lines().enumerate().filter_map(|(line, text)| Some((line, text.find("On day")?))).collect();
    let item = json!({ "uri": editor.uri, "languageId": "plaintext", "version": 0, "text": text });
    let begun = Instant::now();
    editor.tell("textDocument/didOpen", json!({ "textDocument": item }));
    let found = editor.findings();
    let opened = millis(begun.elapsed());
    println!("{}: {} KB, {found} findings, opened in {opened:.1} ms", format.ending, text.len() >> 10);

    let mut took = Vec::with_capacity(edits);
    // A name and a word or two, key by key, and where they are typed; then they are taken out again.
    let mut typed = String::new();
    let (mut line, mut start, mut column) = (0, 0, 0);
    for edit in 0..edits {
        let (from, key) = match typed[column - start..].chars().next() {
            Some(key) => (column, key.to_string()),
            None => (start, String::new()),
        };
        let range =
            json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": column } });
        let begun = Instant::now();
        editor.change(range, &key);
        editor.findings();
        took.push(begun.elapsed());
        column = from + key.len();
        if key.is_empty() {
            typed = format!("{} {} ", NAMES[dice.roll(NAMES.len())], &DEEDS[dice.roll(DEEDS.len())][..12]);
            (line, start) = places[dice.roll(places.len())];
            column = start;
        }
        if (edit + 1) % (edits / 5).max(1) == 0 {
            println!("after {:>6} edits: {} MB resident", edit + 1, resident() >> 10);
        }
    }
    took.sort();
    let percentile = |p: usize| millis(took[(took.len() - 1) * p / 100]);
    println!(
        "a key, in ms: p50 {:.1}, p95 {:.1}, p99 {:.1}, worst {:.1}",
        percentile(50),
        percentile(95),
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
    uri: String,
    version: i32,
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

    fn change(&mut self, range: Value, text: &str) {
        self.version += 1;
        let document = json!({ "uri": self.uri, "version": self.version });
        let change = json!({ "range": range, "text": text });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    }

    /// Asks what is found now; how many findings there are.
    fn findings(&mut self) -> usize {
        let report = self.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": self.uri } }));
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
