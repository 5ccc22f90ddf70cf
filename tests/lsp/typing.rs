//! However a long document is edited, in whatever format: once the keys rest, the editor shows what the command line finds.

use crate::agreement::{Told, of_command_line, told};
use crate::editor::{Editor, modern};
use serde_json::json;

/// What stands before the entries of a format, an entry around a sentence, what stands behind.
const FORMATS: &[(&str, &str, &str, &str)] = &[
    ("long.txt", "", "SENTENCE\n\n", ""),
    ("lines.txt", "", "SENTENCE\n", ""),
    ("long.md", "# Report\n\n", "* SENTENCE\n\n  > SENTENCE\n\n", ""),
    ("long.html", "<!doctype html>\n<body>\n", "<p>SENTENCE <i>SENTENCE</i></p>\n", "</body>\n"),
    ("long.srt", "", "1\n00:00:01,000 --> 00:00:02,000\nSENTENCE\n\n", ""),
    ("long.vtt", "WEBVTT\n\n", "00:01.000 --> 00:02.000\nSENTENCE\n\n", ""),
    ("long.po", "msgid \"\"\nmsgstr \"\"\n\n", "msgid \"source\"\nmsgstr \"SENTENCE\"\n\n", ""),
    (
        "long.xlf",
        "<xliff version=\"1.2\"><file source-language=\"fr\" target-language=\"en\"><body>\n",
        "<trans-unit id=\"a\"><source>Une phrase.</source><target>SENTENCE</target></trans-unit>\n",
        "</body></file></xliff>\n",
    ),
    ("long.csv", "source,target\n", "Une phrase.,\"SENTENCE\"\n", ""),
    ("long.json", "[\n", "{\"text\": \"SENTENCE\"},\n", "{}]\n"),
    ("long.ftl", "", "key = SENTENCE\n", ""),
    ("long.properties", "", "key = SENTENCE\n", ""),
];

const SENTENCES: &[&str] = &[
    "The committee met again, and nobody was surprised by what it said.",
    "Isabelle Geffroy sang with Isabelle Garnier.",
    "😀 Ünsal went to to the market.",
    "Eduy Blenil spoke.",
    "On the second day the others left by a side door.",
];

/// What is put in somewhere: words, marks that mean something in one format or another, nothing.
const PUT_IN: &[&str] =
    &["Media Bart closed. ", "Isabelle Geoffruhe left. ", "é", "<", "\"", "\n", "\n\n", "`", "&", "]]", ""];

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// A text of more than 64 KB, from which on a key has only what it changed looked at.
fn document(before: &str, entry: &str, behind: &str) -> String {
    let mut text = before.to_owned();
    for sentence in SENTENCES.iter().cycle() {
        if text.len() > 66_000 {
            break;
        }
        text.push_str(&entry.replace("SENTENCE", sentence));
    }
    text + behind
}

/// A document as it stands in the editor.
struct Typed {
    name: &'static str,
    uri: String,
    text: String,
}

impl Typed {
    /// Replaces a stretch of the text, here and in the editor.
    fn replace(&mut self, editor: &Editor, start: usize, len: usize, new: &str) {
        let start = self.text.floor_char_boundary(start);
        let end = self.text.ceil_char_boundary((start + len).min(self.text.len()));
        let position = |at: usize| {
            let before = &self.text[..at];
            let line = before.rfind('\n').map_or(0, |newline| newline + 1);
            json!({ "line": before.matches('\n').count(), "character": before[line..].encode_utf16().count() })
        };
        editor.change(&self.uri, json!({ "range": { "start": position(start), "end": position(end) }, "text": new }));
        self.text.replace_range(start..end, new);
    }
}

#[test]
fn after_any_edits_the_editor_shows_what_the_command_line_finds() {
    let mut editor = Editor::with(modern(), json!({}));
    let mut dice = Dice(7);
    let mut documents = Vec::new();
    for &(name, before, entry, behind) in FORMATS {
        let text = document(before, entry, behind);
        let uri = editor.open(name, &text);
        editor.diagnostics(&uri);
        documents.push(Typed { name, uri, text });
    }
    for typed in &mut documents {
        for _ in 0..8 {
            let (start, len) = (dice.roll(typed.text.len()), dice.roll(12));
            typed.replace(&editor, start, len, PUT_IN[dice.roll(PUT_IN.len())]);
            // Each is asked about before the next, so that each is looked at by itself.
            editor.diagnostics(&typed.uri);
        }
        editor.write(typed.name, &typed.text);
    }
    let expected = of_command_line(editor.path(), documents.iter().map(|typed| typed.name));
    assert!(expected.values().all(|found| found.len() > 5), "{expected:#?}");
    for typed in &documents {
        let wanted: &[Told] = expected.get(typed.name).map_or(&[], Vec::as_slice);
        while told(&editor.diagnostics(&typed.uri)) != wanted {
            editor.wait_for("workspace/diagnostic/refresh");
        }
    }
}

#[test]
fn what_a_sentence_tells_by_itself_is_told_at_once() {
    // What needs the whole document has to wait.
    let settings = json!({ "settings": { "rules": { "all": "off", "names/misspelling": "error" } } });
    let mut editor = Editor::with(modern(), settings);
    let mut dice = Dice(11);
    for &(name, before, entry, behind) in FORMATS {
        let text = document(before, entry, behind);
        let uri = editor.open(name, &text);
        let mut typed = Typed { name, uri, text };
        let mut count = editor.diagnostics(&typed.uri).len();
        for _ in 0..5 {
            let sentences: Vec<usize> = typed.text.match_indices("The committee").map(|(at, _)| at).collect();
            typed.replace(&editor, sentences[dice.roll(sentences.len())], 0, "Media Bart closed. ");
            count += 1;
            assert_eq!(editor.diagnostics(&typed.uri).len(), count, "{name}: one more is found");
            let misspelt: Vec<usize> = typed.text.match_indices("Eduy Blenil").map(|(at, _)| at).collect();
            typed.replace(&editor, misspelt[dice.roll(misspelt.len())], "Eduy Blenil".len(), "Edwy Plenel");
            count -= 1;
            assert_eq!(editor.diagnostics(&typed.uri).len(), count, "{name}: one is gone");
        }
    }
}
