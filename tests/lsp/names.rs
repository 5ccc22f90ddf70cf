//! What is known of names: hover, completion, rename, symbols, hints.

use crate::editor::{Editor, edited, modern};
use serde_json::{Value, json};

#[test]
fn a_name_tells_of_its_entry_and_a_finding_why_it_is_one() {
    let mut editor = Editor::start();
    let uri = editor.open("a.txt", "Edwy Plenel came. Eduy Blenil left.\n");
    let known = editor.ask("textDocument/hover", editor.position(&uri, 0, 2)).unwrap();
    let text = known["contents"]["value"].as_str().unwrap();
    for part in ["**Edwy Plenel** (person)", "journalist", "ar: إدوي بلينيل", "`edwy-plenel`", "Source: our archive"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    let garbled = editor.ask("textDocument/hover", editor.position(&uri, 0, 20)).unwrap();
    let text = garbled["contents"]["value"].as_str().unwrap();
    assert!(text.contains("**Edwy Plenel**") && text.contains("names/misspelling"), "{text}");
    assert_eq!(garbled["range"]["start"]["character"], 18);
    assert_eq!(editor.ask("textDocument/hover", editor.position(&uri, 0, 14)).unwrap(), Value::Null);
}

#[test]
fn a_translation_shows_what_it_was_translated_from() {
    let mut editor = Editor::start();
    let text = "msgid \"قال إدوي بلينيل\"\nmsgstr \"Eduy Blenil said\"\n";
    let uri = editor.open("a.po", text);
    let hover = editor.ask("textDocument/hover", editor.position(&uri, 1, 10)).unwrap();
    assert!(hover["contents"]["value"].as_str().unwrap().contains("> قال إدوي بلينيل"), "{hover}");
}

#[test]
fn names_are_offered_after_a_few_letters_in_any_script() {
    let mut editor = Editor::start();
    for (text, expected) in [
        ("Then Edwy Ple", "Then Edwy Plenel"),
        ("Then Plen", "Then Edwy Plenel"),
        ("Then إدوي بل", "Then Edwy Plenel"),
        ("Then بلين", "Then Edwy Plenel"),
        ("Then med", "Then Mediapart"),
    ] {
        let uri = editor.uri("a.txt");
        editor.open_uri(&uri, "plaintext", text);
        let end = text.encode_utf16().count() as u32;
        let list = editor.ask("textDocument/completion", editor.position(&uri, 0, end)).unwrap();
        let items = list["items"].as_array().unwrap();
        assert_eq!(items.len(), 1, "{text}: {list:#}");
        assert_eq!(edited(text, &[items[0]["textEdit"].clone()]), expected);
        assert!(text.ends_with(items[0]["filterText"].as_str().unwrap()));
    }
    let uri = editor.open("b.txt", "Then Pl");
    assert_eq!(editor.ask("textDocument/completion", editor.position(&uri, 0, 7)).unwrap(), Value::Null);
}

#[test]
fn a_rename_reaches_all_mentions_and_keeps_short_ones_short() {
    let mut editor = Editor::start();
    let text = "Eduy Blenil spoke. Edwy Plenel’s voice was low. Blenil left, and Plenel’s car with him.\n";
    let uri = editor.open("a.txt", text);
    let prepared = editor.ask("textDocument/prepareRename", editor.position(&uri, 0, 22)).unwrap();
    assert_eq!(prepared["placeholder"], "Edwy Plenel");
    let mut params = editor.position(&uri, 0, 22);
    params["newName"] = json!("Edwy Plenelle");
    let edit = editor.ask("textDocument/rename", params).unwrap();
    let edits = edit["documentChanges"][0]["edits"].as_array().unwrap();
    assert_eq!(
        edited(text, edits),
        "Edwy Plenelle spoke. Edwy Plenelle’s voice was low. Plenelle left, and Plenelle’s car with him.\n"
    );
    assert_eq!(editor.ask("textDocument/prepareRename", editor.position(&uri, 0, 14)).unwrap(), Value::Null);
    let mut nowhere = editor.position(&uri, 0, 14);
    nowhere["newName"] = json!("X");
    assert_eq!(editor.ask("textDocument/rename", nowhere).unwrap_err().message, "there is no name here");
}

#[test]
fn the_symbols_of_a_document_are_who_and_what_it_names() {
    let mut editor = Editor::start();
    let uri = editor.open("a.txt", "Mediapart reported. Eduy Blenil spoke for Mediapart.\n");
    let symbols = editor.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } })).unwrap();
    let told: Vec<(&str, &str, usize)> = symbols
        .as_array()
        .unwrap()
        .iter()
        .map(|s| {
            let text = |key: &str| s[key].as_str().unwrap();
            (text("name"), text("detail"), s["children"].as_array().unwrap().len())
        })
        .collect();
    assert_eq!(told, [("Mediapart", "outlet", 1), ("Edwy Plenel", "journalist", 0)]);
}

#[test]
fn native_forms_are_shown_behind_names_where_that_is_wished() {
    let text = "Edwy Plenel came.\n";
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } });
    let hints = |editor: &mut Editor| {
        let uri = editor.open("a.txt", text);
        editor.ask("textDocument/inlayHint", json!({ "textDocument": { "uri": uri }, "range": range })).unwrap()
    };
    assert_eq!(hints(&mut Editor::start()), Value::Null, "not unless it is");
    let shown = hints(&mut Editor::with(modern(), json!({ "inlayHints": true })));
    assert_eq!(shown[0]["label"], "إدوي بلينيل");
    assert_eq!(shown[0]["position"], json!({ "line": 0, "character": 11 }));
}
