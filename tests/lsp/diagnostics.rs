//! Findings: asked for, sent, in any format, wherever text stands.

use crate::editor::{Editor, long_text, modern};
use serde_json::{Value, json};

const TEXT: &str = "😀 The journalist Eduy Blenil spoke.\n";

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().filter_map(|diagnostic| diagnostic["code"].as_str()).collect()
}

#[test]
fn a_finding_says_where_what_why_and_what_instead() {
    let mut editor = Editor::start();
    let uri = editor.open("a.txt", TEXT);
    let found = editor.diagnostics(&uri);
    assert_eq!(codes(&found), ["names/misspelling"]);
    let finding = &found[0];
    let place = json!({ "start": { "line": 0, "character": 18 }, "end": { "line": 0, "character": 29 } });
    assert_eq!(finding["range"], place, "in UTF-16, where nothing else was agreed on");
    assert_eq!(finding["source"], "orthonym");
    assert_eq!(finding["codeDescription"]["href"], "orthonym:/rules/names/misspelling.md");
    assert_eq!(finding["data"]["suggestions"][0]["text"], "Edwy Plenel");
    assert_eq!(finding["data"]["suggestions"][0]["entry"], "edwy-plenel");
    let page =
        editor.ask("workspace/textDocumentContent", json!({ "uri": finding["codeDescription"]["href"] })).unwrap();
    assert!(page["text"].as_str().unwrap().starts_with("# names/misspelling\n"), "{page}");
}

#[test]
fn positions_are_counted_as_agreed() {
    for (offered, agreed, column) in [
        (json!(["utf-16", "utf-8"]), "utf-8", 20),
        (json!(["utf-32"]), "utf-32", 17),
        (json!(["utf-16", "utf-32"]), "utf-16", 18),
    ] {
        let mut can = modern();
        can["general"] = json!({ "positionEncodings": offered });
        let mut editor = Editor::with(can, json!({}));
        assert_eq!(editor.capabilities["positionEncoding"], agreed);
        let uri = editor.open("a.txt", TEXT);
        assert_eq!(editor.diagnostics(&uri)[0]["range"]["start"]["character"], column);
    }
}

#[test]
fn what_is_typed_counts_from_the_next_question_on() {
    let mut editor = Editor::start();
    let uri = editor.open("a.txt", TEXT);
    let place = json!({ "start": { "line": 0, "character": 18 }, "end": { "line": 0, "character": 29 } });
    let first = json!({ "range": place, "text": "Edwy Plenel" });
    let at_end = json!({ "line": 0, "character": 36 });
    let second = json!({ "range": { "start": at_end, "end": at_end }, "text": " So did Media Bart." });
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [first, second] }),
    );
    let found = editor.diagnostics(&uri);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["data"]["text"], "Media Bart");
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let mut editor = Editor::start();
    let uri = editor.open("a.txt", TEXT);
    let params = json!({ "textDocument": { "uri": uri } });
    let first = editor.ask("textDocument/diagnostic", params.clone()).unwrap();
    assert_eq!(first["kind"], "full");
    let mut again = params;
    again["previousResultId"] = first["resultId"].clone();
    let second = editor.ask("textDocument/diagnostic", again).unwrap();
    assert_eq!(second, json!({ "kind": "unchanged", "resultId": first["resultId"] }));
}

#[test]
fn a_fingerprint_outlives_changes_around_it() {
    let mut editor = Editor::start();
    let (a, b) = (editor.open("a.txt", TEXT), editor.open("b.txt", &format!("Some words before.\n\n{TEXT}")));
    let fingerprint = |found: &[Value]| found[0]["data"]["fingerprint"].clone();
    assert_eq!(fingerprint(&editor.diagnostics(&a)), fingerprint(&editor.diagnostics(&b)));
}

#[test]
fn a_client_that_does_not_ask_is_sent_what_is_found() {
    let mut editor = Editor::with(json!({}), json!({}));
    let uri = editor.open("a.txt", TEXT);
    let sent = editor.hear("textDocument/publishDiagnostics");
    assert_eq!((&sent["uri"], &sent["version"]), (&json!(uri), &json!(1)));
    assert_eq!(codes(sent["diagnostics"].as_array().unwrap()), ["names/misspelling"]);
    assert!(sent["diagnostics"][0].get("data").is_none(), "it did not say that it keeps data");
    let whole = json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": "Nothing.\n" }] });
    editor.tell("textDocument/didChange", whole);
    let sent = editor.hear("textDocument/publishDiagnostics");
    assert_eq!((&sent["version"], &sent["diagnostics"]), (&json!(2), &json!([])));
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(editor.hear("textDocument/publishDiagnostics")["diagnostics"], json!([]));
}

#[test]
fn unsaved_text_is_read_as_the_editor_says() {
    let mut editor = Editor::start();
    editor.open_uri("untitled:Untitled-1", "html", "<p>Eduy <b>Blenil</b></p>\n");
    assert_eq!(codes(&editor.diagnostics("untitled:Untitled-1")), ["names/misspelling"]);
}

#[test]
fn other_places_that_belong_to_it_are_named_with_it() {
    let mut editor = Editor::start();
    let text = "Isabelle Geffroy sang. Later Isabelle Geoffruhe left with Isabelle Garnier. Isabelle Geffroy slept.\n";
    let uri = editor.open("a.txt", text);
    let found = editor.diagnostics(&uri);
    assert_eq!(codes(&found), ["names/inconsistent"], "{found:#?}");
    let related = found[0]["relatedInformation"].as_array().unwrap();
    assert_eq!(related[0]["location"]["uri"], json!(uri));
    assert_eq!(related[0]["location"]["range"]["start"], json!({ "line": 0, "character": 0 }));
}

#[test]
fn what_only_has_to_go_is_shown_as_such() {
    let mut editor = Editor::start();
    let uri = editor.open("a.txt", "They went to to the market.\n");
    let found = editor.diagnostics(&uri);
    assert_eq!(codes(&found), ["text/repeated-word"]);
    assert_eq!(found[0]["tags"], json!([1]));
}

#[test]
fn all_files_of_the_workspace_are_looked_at_as_check_would() {
    let mut editor = Editor::start();
    editor.write("one.txt", TEXT);
    editor.write("two.md", "Nothing to see.\n");
    editor.write("node_modules/three.txt", TEXT);
    let uri = editor.open("four.txt", "");
    editor.write("four.txt", TEXT);
    let report = editor.ask("workspace/diagnostic", json!({ "previousResultIds": [], "workDoneToken": 7 })).unwrap();
    let items = report["items"].as_array().unwrap();
    let of = |name: &str| items.iter().find(|item| item["uri"].as_str().unwrap().ends_with(name));
    assert_eq!(codes(of("one.txt").unwrap()["items"].as_array().unwrap()), ["names/misspelling"]);
    assert_eq!(of("two.md").unwrap()["items"], json!([]));
    assert!(of("three.txt").is_none(), "{report:#}");
    assert_eq!(of("four.txt").unwrap()["uri"], json!(uri));
    assert_eq!(of("four.txt").unwrap()["items"], json!([]), "as it stands in the editor");
    let kinds: Vec<Value> = (0..2).map(|_| editor.hear("$/progress")["value"]["kind"].clone()).collect();
    assert_eq!(kinds[0], "begin");
    let known: Vec<Value> = items.iter().map(|item| json!({ "uri": item["uri"], "value": item["resultId"] })).collect();
    let again = editor.ask("workspace/diagnostic", json!({ "previousResultIds": known })).unwrap();
    assert!(again["items"].as_array().unwrap().iter().all(|item| item["kind"] == "unchanged"), "{again:#}");
}

fn texts(found: &[Value]) -> Vec<(&str, u64)> {
    found.iter().map(|d| (d["data"]["text"].as_str().unwrap(), d["range"]["start"]["line"].as_u64().unwrap())).collect()
}

#[test]
fn a_key_in_a_long_text_has_its_sentence_looked_at_and_keeps_the_rest() {
    let mut editor = Editor::with(modern(), json!({ "settings": { "rules": { "text": "off" } } }));
    let uri = editor.open("long.txt", &long_text());
    assert_eq!(texts(&editor.diagnostics(&uri)), [("Eduy Blenil", 1802)]);
    let at = json!({ "line": 100, "character": 0 });
    editor.change(&uri, json!({ "range": { "start": at, "end": at }, "text": "Media Bart closed.\n\n" }));
    assert_eq!(texts(&editor.diagnostics(&uri)), [("Media Bart", 100), ("Eduy Blenil", 1804)]);
}

#[test]
fn what_only_the_whole_text_tells_is_told_when_the_keys_rest() {
    let mut editor = Editor::with(modern(), json!({ "settings": { "rules": { "text": "off" } } }));
    let uri = editor.open("long.txt", &long_text());
    editor.diagnostics(&uri);
    let at = json!({ "line": 100, "character": 0 });
    editor.change(&uri, json!({ "range": { "start": at, "end": at }, "text": "Later Isabelle Geoffruhe left.\n\n" }));
    assert_eq!(texts(&editor.diagnostics(&uri)), [("Eduy Blenil", 1804)]);
    editor.wait_for("workspace/diagnostic/refresh");
    assert_eq!(texts(&editor.diagnostics(&uri)), [("Isabelle Geoffruhe", 100), ("Eduy Blenil", 1804)]);
}

#[test]
fn a_client_that_cannot_be_told_more_is_told_all_at_once() {
    let mut can = modern();
    can["workspace"]["diagnostics"] = json!({});
    let mut editor = Editor::with(can, json!({ "settings": { "rules": { "text": "off" } } }));
    let uri = editor.open("long.txt", &long_text());
    editor.diagnostics(&uri);
    let at = json!({ "line": 100, "character": 0 });
    editor.change(&uri, json!({ "range": { "start": at, "end": at }, "text": "Later Isabelle Geoffruhe left.\n\n" }));
    assert_eq!(texts(&editor.diagnostics(&uri)), [("Isabelle Geoffruhe", 100), ("Eduy Blenil", 1804)]);
}

#[test]
fn a_client_that_does_not_ask_is_sent_the_rest_when_the_keys_rest() {
    let can = json!({ "textDocument": { "publishDiagnostics": { "dataSupport": true } } });
    let mut editor = Editor::with(can, json!({ "settings": { "rules": { "text": "off" } } }));
    let uri = editor.open("long.txt", &long_text());
    editor.hear("textDocument/publishDiagnostics");
    let at = json!({ "line": 100, "character": 0 });
    editor.change(&uri, json!({ "range": { "start": at, "end": at }, "text": "Later Isabelle Geoffruhe left.\n\n" }));
    let mut sent = || editor.hear("textDocument/publishDiagnostics")["diagnostics"].as_array().unwrap().clone();
    assert_eq!(texts(&sent()), [("Eduy Blenil", 1804)]);
    assert_eq!(texts(&sent()), [("Isabelle Geoffruhe", 100), ("Eduy Blenil", 1804)]);
}
