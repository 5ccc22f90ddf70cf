//! The editor and the command line never disagree on a file.

use crate::editor::{Editor, modern};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// A finding as both sides tell it: rule, severity, place (from 0, columns in UTF-16), text, best candidate.
pub type Told = (String, u64, [u64; 4], String, Option<String>);

pub fn of_command_line<'p>(folder: &Path, paths: impl IntoIterator<Item = &'p str>) -> BTreeMap<String, Vec<Told>> {
    let run = Command::new(env!("CARGO_BIN_EXE_orthonym"))
        .args(["check", "--output-format", "json-lines", "--exit-zero"])
        .args(paths)
        .current_dir(folder)
        .env("HOME", folder)
        .env_remove("XDG_CONFIG_HOME")
        .output()
        .unwrap();
    let mut told: BTreeMap<String, Vec<Told>> = BTreeMap::new();
    for line in String::from_utf8(run.stdout).unwrap().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let severity = ["error", "warning", "info"].iter().position(|name| record["severity"] == *name).unwrap() + 1;
        let place =
            ["start", "end"].map(|end| ["line", "utf16"].map(|n| record["range"][end][n].as_u64().unwrap() - 1));
        told.entry(record["path"].as_str().unwrap().to_owned()).or_default().push((
            record["rule"].as_str().unwrap().to_owned(),
            severity as u64,
            [place[0][0], place[0][1], place[1][0], place[1][1]],
            record["text"].as_str().unwrap().to_owned(),
            record["suggestions"][0]["text"].as_str().map(str::to_owned),
        ));
    }
    told
}

fn of_editor(editor: &mut Editor, name: &str) -> Vec<Told> {
    let text = editor.read(name);
    let uri = editor.open(name, &text);
    told(&editor.diagnostics(&uri))
}

pub fn told(found: &[Value]) -> Vec<Told> {
    let told = |finding: &Value| {
        let place =
            ["start", "end"].map(|end| ["line", "character"].map(|n| finding["range"][end][n].as_u64().unwrap()));
        (
            finding["code"].as_str().unwrap().to_owned(),
            finding["severity"].as_u64().unwrap(),
            [place[0][0], place[0][1], place[1][0], place[1][1]],
            finding["data"]["text"].as_str().unwrap().to_owned(),
            finding["data"]["suggestions"][0]["text"].as_str().map(str::to_owned),
        )
    };
    // What could not be read of a file is no finding, and has no rule.
    found.iter().filter(|finding| finding.get("code").is_some()).map(told).collect()
}

#[test]
fn the_same_files_have_the_same_findings_both_ways() {
    let mut editor = Editor::with(modern(), json!({}));
    let mut names = Vec::new();
    for source in ["tests/documents/fixtures", "tests/articles"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(source);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // What is spelt in another encoding, or packed, reaches a server as text alone.
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            editor.write(&name, &text);
            names.push(name);
        }
    }
    editor.write("archive/old.txt", "Eduy Blenil spoke of Media Bart.\n");
    editor.write("drafts/new.md", "😀 Eduy Blenil <!-- orthonym: ignore --> spoke.\n\nMedia Bart closed.\n");
    names.extend(["archive/old.txt", "drafts/new.md"].map(str::to_owned));
    editor.write(
        "orthonym.toml",
        "dictionaries = [\"names.toml\"]\nmin-confidence = 0.6\nextend-exclude = [\"film.vtt\"]\n\
         [rules]\n\"names/misspelling\" = \"error\"\n\
         [[ignore]]\npath = \"archive/\"\ntext = \"Media Bart\"\n\
         [[overrides]]\npaths = [\"drafts/\"]\nrules = { \"names/misspelling\" = \"info\" }\n",
    );
    editor.ask("workspace/executeCommand", json!({ "command": "orthonym.reload" })).unwrap();
    let expected = of_command_line(editor.path(), ["."]);
    assert!(expected.values().map(Vec::len).sum::<usize>() > 20, "{expected:#?}");
    let is_data = |name: &&String| ["csv", "tsv", "json", "jsonl", "toml"].iter().any(|ending| name.ends_with(ending));
    for name in names.iter().filter(|name| !is_data(name)) {
        let told = of_editor(&mut editor, name);
        assert_eq!(&told, expected.get(name).unwrap_or(&Vec::new()), "{name}");
    }
}

#[test]
fn what_the_baseline_knows_is_not_told() {
    let mut editor = Editor::start();
    editor.write("a.txt", "Eduy Blenil spoke.\n");
    let configuration = editor.read("orthonym.toml");
    editor.write("orthonym.toml", &format!("{configuration}baseline = \"known.json\"\n"));
    let run = Command::new(env!("CARGO_BIN_EXE_orthonym"))
        .args(["check", "--write-baseline", "."])
        .current_dir(editor.path())
        .output()
        .unwrap();
    assert!(run.status.success(), "{run:?}");
    let uri = editor.open("a.txt", "Eduy Blenil spoke of Media Bart.\n");
    let found = editor.diagnostics(&uri);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["data"]["text"], "Media Bart");
}
