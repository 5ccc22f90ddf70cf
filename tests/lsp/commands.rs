//! What is written to the project's files, and how the server takes notice of them.

use crate::editor::{Editor, NAMES, modern};
use serde_json::{Value, json};

#[test]
fn a_name_is_added_to_the_projects_dictionary_as_right() {
    let mut editor = Editor::start();
    let uri = editor.open("a.txt", "Eduy Blenil spoke.\n");
    let action = editor.action(&uri, 0, 3, "Add “Eduy Blenil” to the dictionary as a variant of “Edwy Plenel”");
    editor.run(&action);
    assert!(editor.read("names.toml").contains("accepted = [\"Eduy Blenil\"]"), "{}", editor.read("names.toml"));
    editor.wait_for("workspace/diagnostic/refresh");

    editor.write("names.toml", NAMES);
    let args = json!({ "command": "orthonym.addToDictionary", "arguments": [{ "uri": uri, "name": "Media Barth" }] });
    editor.ask("workspace/executeCommand", args).unwrap();
    assert!(editor.read("names.toml").contains("name = \"Media Barth\""));
}

#[test]
fn a_project_without_a_dictionary_gets_one() {
    let mut editor = Editor::start();
    editor.write("orthonym.toml", "builtin = false\n");
    editor.ask("workspace/executeCommand", json!({ "command": "orthonym.reload" })).unwrap();
    let uri = editor.open("a.txt", "Ann Leeson spoke.\n");
    let args = json!({ "command": "orthonym.addToDictionary", "arguments": [{ "uri": uri, "name": "Ann Leeson" }] });
    editor.ask("workspace/executeCommand", args).unwrap();
    assert_eq!(editor.read("orthonym.toml"), "builtin = false\ndictionaries = [\"orthonym-names.toml\"]\n");
    assert!(editor.read("orthonym-names.toml").contains("name = \"Ann Leeson\""));
    let hover = editor.ask("textDocument/hover", editor.position(&uri, 0, 2)).unwrap();
    assert!(hover["contents"]["value"].as_str().unwrap().contains("**Ann Leeson**"), "it is known at once");
}

#[test]
fn findings_are_ignored_by_the_configuration() {
    for title in ["Ignore “Eduy Blenil” in the project", "Ignore names/misspelling in this file"] {
        let mut editor = Editor::start();
        let uri = editor.open("a.txt", "Eduy Blenil spoke.\n");
        let other = editor.open("b.txt", "Media Bart closed.\n");
        let action = editor.action(&uri, 0, 3, title);
        editor.run(&action);
        assert_eq!(editor.diagnostics(&uri), [] as [Value; 0], "{}", editor.read("orthonym.toml"));
        assert_eq!(editor.diagnostics(&other).len(), 1, "nothing else is");
    }
}

#[test]
fn a_name_is_explained() {
    let mut editor = Editor::start();
    let uri = editor.open("a.txt", "Eduy Blenil spoke.\n");
    let action = editor.action(&uri, 0, 3, "Explain “Eduy Blenil”");
    let text = editor.run(&action);
    assert!(text.as_str().unwrap().starts_with("“Eduy Blenil” is "), "{text}");
}

#[test]
fn the_whole_workspace_is_linted_on_demand() {
    let mut editor = Editor::with(json!({}), json!({}));
    editor.write("a.txt", "Eduy Blenil spoke.\n");
    let counts = editor.ask("workspace/executeCommand", json!({ "command": "orthonym.lintWorkspace" })).unwrap();
    assert_eq!(counts, json!({ "files": 1, "findings": 1 }));
    assert_eq!(editor.hear("textDocument/publishDiagnostics")["uri"], json!(editor.uri("a.txt")));
}

#[test]
fn long_work_shows_how_far_it_is_unasked() {
    let mut editor = Editor::with(json!({ "window": { "workDoneProgress": true } }), json!({}));
    editor.write("a.txt", "Eduy Blenil spoke.\n");
    editor.ask("workspace/executeCommand", json!({ "command": "orthonym.lintWorkspace" })).unwrap();
    let token = editor.wait_for("window/workDoneProgress/create").params["token"].clone();
    for kind in ["begin", "end"] {
        let progress = editor.hear("$/progress");
        assert_eq!((&progress["token"], &progress["value"]["kind"]), (&token, &json!(kind)));
    }
}

#[test]
fn changed_configurations_and_dictionaries_hold_at_once() {
    let mut editor = Editor::start();
    editor.wait_for("client/registerCapability");
    let uri = editor.open("a.txt", "Eduy Blenil spoke for the Blue Bird.\n");
    assert_eq!(editor.diagnostics(&uri).len(), 1);
    editor.write("names.toml", &NAMES.replace("Media Bart", "Blue Bird"));
    let changed = json!({ "changes": [{ "uri": editor.uri("names.toml"), "type": 2 }] });
    editor.tell("workspace/didChangeWatchedFiles", changed);
    assert_eq!(editor.diagnostics(&uri).len(), 2);
    editor.wait_for("workspace/diagnostic/refresh");
    let configuration = editor.read("orthonym.toml");
    editor.write("orthonym.toml", &format!("{configuration}\n[rules]\nnames = \"off\"\n"));
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": editor.uri("orthonym.toml") } }));
    assert_eq!(editor.diagnostics(&uri), [] as [Value; 0]);
}

#[test]
fn the_client_sets_what_the_command_line_would() {
    let mut editor = Editor::with(modern(), json!({ "settings": { "rules": { "names/misspelling": "off" } } }));
    let uri = editor.open("a.txt", "Eduy Blenil spoke.\n");
    assert_eq!(editor.diagnostics(&uri), [] as [Value; 0]);
    editor.settings = json!({ "settings": { "rules": { "names/misspelling": "error" } } });
    editor.tell("workspace/didChangeConfiguration", json!({ "settings": null }));
    editor.wait_for("workspace/diagnostic/refresh");
    assert_eq!(editor.diagnostics(&uri)[0]["severity"], 1);
}

#[test]
fn a_wrong_configuration_is_told_once_and_nothing_is_found_until_it_is_right() {
    let mut editor = Editor::start();
    let right = editor.read("orthonym.toml");
    editor.write("orthonym.toml", "dictionaries = 3\n");
    let uri = editor.open("a.txt", "Eduy Blenil spoke.\n");
    assert_eq!(editor.diagnostics(&uri), [] as [Value; 0]);
    assert_eq!(editor.diagnostics(&uri), [] as [Value; 0]);
    let told = editor.hear("window/showMessage");
    assert!(told["message"].as_str().unwrap().contains("orthonym.toml:1"), "{told}");
    assert!(editor.heard.iter().all(|heard| heard.method != "window/showMessage"));
    editor.write("orthonym.toml", &right);
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": editor.uri("orthonym.toml") } }));
    assert_eq!(editor.diagnostics(&uri).len(), 1);
}
