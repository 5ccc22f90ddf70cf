//! An editor without a screen.

use lsp_server::{Connection, Message, Notification, Request, Response, ResponseError};
use orthonym::lsp::{self, Options};
use serde_json::{Value, json};
use std::path::Path;
use std::thread::JoinHandle;
use std::time::Duration;

/// The dictionary of the folders that tests work in; there is no other.
pub const NAMES: &str = r#"
[[name]]
id = "edwy-plenel"
name = "Edwy Plenel"
native = { ar = "إدوي بلينيل" }
wrong = ["Eduy Blenil"]
role = ["journalist"]
source = "our archive"

[[name]]
id = "mediapart"
name = "Mediapart"
kind = "outlet"
wrong = ["Media Bart"]
"#;

const CONFIGURATION: &str = "builtin = false\ndictionaries = [\"names.toml\"]\n";

pub struct Editor {
    pub folder: tempfile::TempDir,
    pub capabilities: Value,
    /// What the server said unasked, and was not looked at yet.
    pub heard: Vec<Notification>,
    /// What the server asked for.
    pub asked: Vec<Request>,
    /// What it is answered when it asks for settings.
    pub settings: Value,
    connection: Option<Connection>,
    server: Option<JoinHandle<()>>,
    next: i32,
}

/// What an editor of today can do.
pub fn modern() -> Value {
    json!({
        "textDocument": {
            "diagnostic": { "relatedInformation": true, "tagSupport": { "valueSet": [1] }, "dataSupport": true, "codeDescriptionSupport": true },
            "codeAction": { "dataSupport": true, "resolveSupport": { "properties": ["edit"] } },
        },
        "workspace": {
            "diagnostics": { "refreshSupport": true },
            "inlayHint": { "refreshSupport": true },
            "configuration": true,
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "workspaceEdit": { "documentChanges": true },
            "textDocumentContent": {},
        },
    })
}

impl Editor {
    /// An editor of today in a folder with a dictionary of two names.
    pub fn start() -> Editor {
        Editor::with(modern(), json!({}))
    }

    /// An editor that can do what is said, with settings.
    pub fn with(can: Value, settings: Value) -> Editor {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("names.toml"), NAMES).unwrap();
        std::fs::write(folder.path().join("orthonym.toml"), CONFIGURATION).unwrap();
        let (ours, theirs) = Connection::memory();
        let server = std::thread::spawn(move || lsp::run(&theirs, &Options::default()).unwrap());
        let mut editor = Editor {
            folder,
            capabilities: Value::Null,
            heard: Vec::new(),
            asked: Vec::new(),
            settings: settings.clone(),
            connection: Some(ours),
            server: Some(server),
            next: 0,
        };
        let root = json!({ "uri": editor.uri(""), "name": "work" });
        let params = json!({
            "processId": null, "rootUri": null, "capabilities": can, "workspaceFolders": [root],
            "initializationOptions": settings,
        });
        let answer = editor.ask("initialize", params).unwrap();
        editor.capabilities = answer["capabilities"].clone();
        editor.tell("initialized", json!({}));
        editor
    }

    pub fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}", self.folder.path().display()).trim_end_matches('/').to_owned()
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn tell(&self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params }.into());
    }

    fn send(&self, message: Message) {
        self.connection.as_ref().unwrap().sender.send(message).unwrap();
    }

    /// Sends a request and returns its number.
    pub fn begin(&mut self, method: &str, params: Value) -> i32 {
        self.next += 1;
        self.send(Request { id: self.next.into(), method: method.to_owned(), params }.into());
        self.next
    }

    /// The answer to a request; what comes before it is kept.
    pub fn answer(&mut self, id: i32) -> Result<Value, ResponseError> {
        loop {
            match self.receive() {
                Message::Response(response) if response.id == id.into() => return response.response_result,
                Message::Response(other) => panic!("nobody asked for {other:?}"),
                other => self.keep(other),
            }
        }
    }

    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, ResponseError> {
        let id = self.begin(method, params);
        self.answer(id)
    }

    fn receive(&self) -> Message {
        self.connection.as_ref().unwrap().receiver.recv_timeout(Duration::from_secs(60)).unwrap()
    }

    fn keep(&mut self, message: Message) {
        match message {
            Message::Notification(notification) => self.heard.push(notification),
            Message::Request(request) => {
                let is_about_settings = request.method == "workspace/configuration";
                let answer = if is_about_settings { json!([self.settings]) } else { Value::Null };
                self.send(Response { id: request.id.clone(), response_result: Ok(answer) }.into());
                self.asked.push(request);
            }
            Message::Response(_) => unreachable!("they are answers to somebody"),
        }
    }

    /// The next notification of that method.
    pub fn hear(&mut self, method: &str) -> Value {
        loop {
            if let Some(at) = self.heard.iter().position(|heard| heard.method == method) {
                return self.heard.remove(at).params;
            }
            let message = self.receive();
            self.keep(message);
        }
    }

    /// Waits until the server has asked for something.
    pub fn wait_for(&mut self, method: &str) -> Request {
        loop {
            if let Some(at) = self.asked.iter().position(|asked| asked.method == method) {
                return self.asked.remove(at);
            }
            let message = self.receive();
            self.keep(message);
        }
    }

    pub fn open(&mut self, name: &str, text: &str) -> String {
        let uri = self.uri(name);
        self.open_uri(&uri, "plaintext", text);
        uri
    }

    pub fn open_uri(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Changes a document as the protocol says it.
    pub fn change(&self, uri: &str, change: Value) {
        let document = json!({ "uri": uri, "version": 2 });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    }

    /// The findings of a document, asked for.
    pub fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        let report = self.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } })).unwrap();
        report["items"].as_array().unwrap().clone()
    }

    /// The actions at a place.
    pub fn actions(&mut self, uri: &str, line: u32, character: u32) -> Vec<Value> {
        let at = json!({ "line": line, "character": character });
        let params = json!({
            "textDocument": { "uri": uri }, "range": { "start": at, "end": at }, "context": { "diagnostics": [] },
        });
        self.ask("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
    }

    /// The action of that title at a place.
    pub fn action(&mut self, uri: &str, line: u32, character: u32, title: &str) -> Value {
        let actions = self.actions(uri, line, character);
        let found = actions.iter().find(|action| action["title"] == title);
        found.unwrap_or_else(|| panic!("no {title} in {actions:#?}")).clone()
    }

    /// The edits of an action, resolved.
    pub fn edits(&mut self, action: Value) -> Vec<Value> {
        let resolved = self.ask("codeAction/resolve", action).unwrap();
        resolved["edit"]["documentChanges"][0]["edits"].as_array().unwrap().clone()
    }

    /// Runs the command of an action.
    pub fn run(&mut self, action: &Value) -> Value {
        let command = &action["command"];
        let params = json!({ "command": command["command"], "arguments": command["arguments"] });
        self.ask("workspace/executeCommand", params).unwrap()
    }

    pub fn position(&self, uri: &str, line: u32, character: u32) -> Value {
        json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        self.ask("shutdown", Value::Null).unwrap();
        self.tell("exit", Value::Null);
        self.connection = None;
        self.server.take().unwrap().join().unwrap();
    }
}

/// Paragraphs of which none says anything of interest, a name in the first and one in the last.
pub fn long_text() -> String {
    let paragraph = "The committee met again on the second day, and nobody was surprised by what it said.\n\n";
    format!(
        "Isabelle Geffroy sang with Isabelle Garnier. Isabelle Geffroy slept.\n\n{}Eduy Blenil left.\n",
        paragraph.repeat(900)
    )
}

/// The text with edits of one encoding applied: that of UTF-16, or of ASCII in any.
pub fn edited(text: &str, edits: &[Value]) -> String {
    let offset = |position: &Value| {
        let line = position["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = position["character"].as_u64().unwrap() as usize;
        let inside = text[start..].chars().take_while(|c| {
            let goes_on = units > 0;
            units = units.saturating_sub(c.len_utf16());
            goes_on
        });
        start + inside.map(char::len_utf8).sum::<usize>()
    };
    let mut text = text.to_owned();
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|e| (offset(&e["range"]["start"]), offset(&e["range"]["end"]), e["newText"].as_str().unwrap()))
        .collect();
    edits.sort();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}
