//! What can be done about a finding.

use crate::editor::{Editor, edited, modern};
use serde_json::{Value, json};

const TEXT: &str = "Eduy Blenil spoke. Eduy Blenil left Media Bart.\n";

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

#[test]
fn a_finding_comes_with_all_that_can_be_done() {
    let mut editor = Editor::start();
    let uri = editor.open("a.txt", TEXT);
    let actions = editor.actions(&uri, 0, 3);
    assert_eq!(
        titles(&actions),
        [
            "Replace with “Edwy Plenel”",
            "Fix all 2 like this in the file",
            "Add “Eduy Blenil” to the dictionary as right",
            "Add “Eduy Blenil” to the dictionary as a variant of “Edwy Plenel”",
            "Ignore names/misspelling in this file",
            "Ignore “Eduy Blenil” in the project",
            "Explain “Eduy Blenil”",
            "Apply all safe fixes",
        ]
    );
    assert_eq!(actions[0]["isPreferred"], true);
    assert!(actions.iter().all(|action| action.get("edit").is_none()), "edits are worked out when they are asked for");
    assert_eq!(actions[0]["diagnostics"][0]["code"], "names/misspelling");
}

#[test]
fn a_candidate_replaces_one_finding_and_its_like_all() {
    let mut editor = Editor::start();
    let uri = editor.open("a.txt", TEXT);
    let one = editor.action(&uri, 0, 3, "Replace with “Edwy Plenel”");
    assert_eq!(edited(TEXT, &editor.edits(one)), "Edwy Plenel spoke. Eduy Blenil left Media Bart.\n");
    let all = editor.action(&uri, 0, 3, "Fix all 2 like this in the file");
    assert_eq!(edited(TEXT, &editor.edits(all)), "Edwy Plenel spoke. Edwy Plenel left Media Bart.\n");
}

#[test]
fn all_safe_fixes_are_one_action_of_a_kind_of_its_own() {
    let mut editor = Editor::start();
    let uri = editor.open("a.txt", TEXT);
    let everything = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } });
    for kind in ["source", "source.fixAll", "source.fixAll.orthonym"] {
        let context = json!({ "diagnostics": [], "only": [kind] });
        let params = json!({ "textDocument": { "uri": uri }, "range": everything, "context": context });
        let actions = editor.ask("textDocument/codeAction", params).unwrap();
        assert_eq!(titles(actions.as_array().unwrap()), ["Apply all safe fixes"], "{kind}");
        let edits = editor.edits(actions[0].clone());
        assert_eq!(edited(TEXT, &edits), "Edwy Plenel spoke. Edwy Plenel left Mediapart.\n");
    }
    let context = json!({ "diagnostics": [], "only": ["source.organizeImports"] });
    let params = json!({ "textDocument": { "uri": uri }, "range": everything, "context": context });
    assert_eq!(editor.ask("textDocument/codeAction", params).unwrap(), json!([]));
}

#[test]
fn a_client_that_cannot_wait_gets_the_edit_at_once() {
    let mut can = modern();
    can["textDocument"]["codeAction"] = json!({});
    can["workspace"]["workspaceEdit"] = json!({});
    let mut editor = Editor::with(can, json!({}));
    let uri = editor.open("a.txt", TEXT);
    let action = editor.action(&uri, 0, 3, "Replace with “Edwy Plenel”");
    assert_eq!(action["edit"]["changes"][&uri][0]["newText"], "Edwy Plenel");
}

#[test]
fn an_action_for_a_text_that_has_changed_is_refused() {
    let mut editor = Editor::start();
    let uri = editor.open("a.txt", TEXT);
    let action = editor.action(&uri, 0, 3, "Replace with “Edwy Plenel”");
    let change = json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": "Gone.\n" }] });
    editor.tell("textDocument/didChange", change);
    assert_eq!(editor.ask("codeAction/resolve", action).unwrap_err().code, -32801);
}

#[test]
fn a_comment_has_a_finding_ignored_where_comments_may_stand() {
    let mut editor = Editor::start();
    let text = "# News\n\nEduy Blenil spoke.\n\nEduy Blenil left.\n";
    let uri = editor.open("a.md", text);
    let here = editor.action(&uri, 2, 3, "Ignore names/misspelling here");
    let after = edited(text, &editor.edits(here));
    assert_eq!(
        after,
        "# News\n\nEduy Blenil spoke. <!-- orthonym: ignore[names/misspelling] -->\n\nEduy Blenil left.\n"
    );
    let ignored = editor.open("b.md", &after);
    assert_eq!(editor.diagnostics(&ignored).len(), 1, "the other one is left");
    let in_file = editor.action(&uri, 2, 3, "Ignore names/misspelling in this file");
    let after = edited(text, &editor.edits(in_file));
    let ignored = editor.open("c.md", &after);
    assert_eq!(editor.diagnostics(&ignored), [] as [Value; 0], "{after}");
}

#[test]
fn edits_are_written_as_the_format_needs_them() {
    let mut editor = Editor::start();
    let text = "<p>Eduy&nbsp;<i>Blenil</i> &amp; co</p>\n";
    let uri = editor.open("a.html", text);
    let found = editor.diagnostics(&uri);
    assert_eq!(found.len(), 1, "{found:#?}");
    let action = editor.action(&uri, 0, 4, "Replace with “Edwy Plenel”");
    assert_eq!(edited(text, &editor.edits(action)), "<p>Edwy&nbsp;<i>Plenel</i> &amp; co</p>\n");
}
