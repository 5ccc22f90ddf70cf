//! Requests that are taken back, that cannot be read, that nobody knows.

use crate::editor::{Editor, long_text};
use serde_json::{Value, json};

#[test]
fn requests_are_taken_back_by_the_client_and_by_newer_ones() {
    let mut editor = Editor::start();
    // What keeps the server busy until the others have arrived.
    let busy =
        editor.open("busy.txt", &"The committee met on Tuesday in Geneva, and Jan Kowalski was there.\n".repeat(400));
    let uri = editor.open("a.txt", "Eduy Blenil spoke.\n");
    let first = editor.begin("textDocument/diagnostic", json!({ "textDocument": { "uri": busy } }));
    let cancelled = editor.begin("textDocument/rename", json!({}));
    editor.tell("$/cancelRequest", json!({ "id": cancelled }));
    let older = editor.begin("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    let newer = editor.begin("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    assert!(editor.answer(first).is_ok());
    assert_eq!(editor.answer(cancelled).unwrap_err().code, -32800);
    let outdated = editor.answer(older).unwrap_err();
    assert_eq!((outdated.code, outdated.data), (-32802, Some(json!({ "retriggerRequest": true }))));
    assert_eq!(editor.answer(newer).unwrap()["items"].as_array().unwrap().len(), 1);
}

/// A text that keeps the server busy for longer than a message needs to arrive.
fn very_long_text() -> String {
    long_text().repeat(20)
}

#[test]
fn a_lint_that_runs_is_stopped_when_it_is_taken_back() {
    let mut editor = Editor::start();
    editor.write("long.txt", &very_long_text());
    let id = editor.begin("workspace/diagnostic", json!({ "previousResultIds": [], "workDoneToken": 7 }));
    assert_eq!(editor.hear("$/progress")["value"]["kind"], "begin");
    editor.tell("$/cancelRequest", json!({ "id": id }));
    assert_eq!(editor.answer(id).unwrap_err().code, -32800);
}

#[test]
fn other_requests_are_answered_in_the_midst_of_a_long_one() {
    let mut editor = Editor::start();
    for name in ["a.txt", "b.txt", "c.txt", "d.txt"] {
        editor.write(name, &long_text().repeat(4));
    }
    let uri = editor.open("e.txt", "Eduy Blenil spoke.\n");
    let id = editor.begin("workspace/diagnostic", json!({ "previousResultIds": [], "workDoneToken": 7 }));
    assert_eq!(editor.hear("$/progress")["value"]["kind"], "begin");
    // An answer to the long request, which came first, would be one that nobody waits for here.
    assert_eq!(editor.diagnostics(&uri).len(), 1);
    editor.tell("$/cancelRequest", json!({ "id": id }));
    assert_eq!(editor.answer(id).unwrap_err().code, -32800);
}

#[test]
fn long_work_ends_and_is_to_be_begun_again_when_the_configuration_changes() {
    let mut editor = Editor::start();
    for name in ["a.txt", "b.txt", "c.txt", "d.txt"] {
        editor.write(name, &long_text().repeat(4));
    }
    let id = editor.begin("workspace/diagnostic", json!({ "previousResultIds": [], "workDoneToken": 7 }));
    assert_eq!(editor.hear("$/progress")["value"]["kind"], "begin");
    let change = json!({ "uri": editor.uri("names.toml"), "type": 2 });
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    let refused = editor.answer(id).unwrap_err();
    assert_eq!((refused.code, refused.data), (-32802, Some(json!({ "retriggerRequest": true }))));
    editor.wait_for("workspace/diagnostic/refresh");
}

#[test]
fn a_lint_that_runs_is_stopped_by_the_next_edit() {
    let mut editor = Editor::start();
    let uri = editor.open("long.txt", &very_long_text());
    let id = editor.begin("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    // Time for the lint to begin; if it has not, it is not begun at all.
    std::thread::sleep(std::time::Duration::from_millis(50));
    editor.change(&uri, json!({ "text": "Eduy Blenil spoke.\n" }));
    assert_eq!(editor.answer(id).unwrap_err().code, -32802);
    assert_eq!(editor.diagnostics(&uri).len(), 1);
}

#[test]
fn what_is_not_understood_is_an_error_and_the_server_goes_on() {
    let mut editor = Editor::start();
    assert_eq!(editor.ask("textDocument/foldingRange", json!({})).unwrap_err().code, -32601);
    assert_eq!(editor.ask("textDocument/hover", json!({ "position": 3 })).unwrap_err().code, -32602);
    assert_eq!(editor.ask("codeAction/resolve", json!({ "title": "x", "data": 1 })).unwrap_err().code, -32602);
    let unknown = json!({ "command": "orthonym.nothing" });
    assert_eq!(editor.ask("workspace/executeCommand", unknown).unwrap_err().code, -32602);
    editor.tell("textDocument/didChange", json!({ "nonsense": true }));
    editor.tell("$/whatever", Value::Null);
    let uri = editor.open("a.txt", "Eduy Blenil spoke.\n");
    assert_eq!(editor.diagnostics(&uri).len(), 1);
}

#[test]
fn documents_that_are_not_open_have_nothing_to_say() {
    let mut editor = Editor::start();
    let nowhere = editor.uri("nowhere.txt");
    assert_eq!(editor.diagnostics(&nowhere), [] as [Value; 0]);
    for method in ["hover", "completion", "prepareRename"] {
        let answer = editor.ask(&format!("textDocument/{method}"), editor.position(&nowhere, 0, 0)).unwrap();
        assert_eq!(answer, Value::Null, "{method}");
    }
}

#[test]
fn positions_beyond_the_text_do_no_harm() {
    let mut editor = Editor::start();
    let uri = editor.open("a.txt", "Eduy Blenil spoke.");
    let range = json!({ "start": { "line": 7, "character": 0 }, "end": { "line": 4_000_000_000_u32, "character": 9 } });
    let change = json!({ "range": range, "text": "\nMedia Bart closed." });
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [change] }),
    );
    assert_eq!(editor.diagnostics(&uri).len(), 2);
    assert_eq!(editor.ask("textDocument/hover", editor.position(&uri, 99, 99)).unwrap(), Value::Null);
}
