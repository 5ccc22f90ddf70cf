//! The client: what it can do, and what is said to it.

use super::position::Encoding;
use gen_lsp_types::{
    InitializeParams, MessageType, Notification, PositionEncodingKind, ProgressToken, TextEdit, Uri, WorkspaceEdit,
};
use lsp_server::{Message, RequestId, Response};
use serde::Serialize;
use serde_json::{Value, json};
use std::cell::Cell;

/// What a client can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    /// It asks for diagnostics, and need not be sent any.
    pub pulls: bool,
    pub refreshes_diagnostics: bool,
    pub refreshes_hints: bool,
    pub shows_related: bool,
    pub shows_tags: bool,
    pub keeps_data: bool,
    pub links_codes: bool,
    /// It opens documents whose text we provide.
    pub opens_our_documents: bool,
    /// It asks for the edit of an action when the action is chosen.
    pub resolves_edits: bool,
    pub versioned_edits: bool,
    pub answers_configuration: bool,
    pub watches_files: bool,
    pub shows_progress: bool,
}

/// The other end of the line.
pub struct Client {
    sender: crossbeam_channel::Sender<Message>,
    pub encoding: Encoding,
    pub can: Abilities,
    next_id: Cell<i32>,
}

impl Client {
    pub fn new(sender: crossbeam_channel::Sender<Message>, params: &InitializeParams) -> Client {
        Client { sender, encoding: encoding(params), can: abilities(params), next_id: Cell::new(1) }
    }

    /// Sends a message; a client that is gone does not miss it.
    fn send(&self, message: Message) {
        let _ = self.sender.send(message);
    }

    pub fn respond(&self, response: Response) {
        self.send(response.into());
    }

    pub fn notify<N: Notification>(&self, params: &N::Params) {
        let method = N::METHOD.to_string();
        self.send(lsp_server::Notification::new(method, params).into());
    }

    /// Asks for something; the answer comes as any other message, with the id that is returned.
    pub fn request(&self, method: &str, params: impl Serialize) -> RequestId {
        let number = self.next_id.replace(self.next_id.get() + 1);
        let id = RequestId::from(format!("orthonym-{number}"));
        self.send(lsp_server::Request::new(id.clone(), method.to_owned(), params).into());
        id
    }

    /// Shows a message to the person at the client.
    pub fn show(&self, kind: MessageType, message: String) {
        self.send(
            lsp_server::Notification::new("window/showMessage".to_owned(), json!({ "type": kind, "message": message }))
                .into(),
        );
    }

    /// Writes a line to the client's log.
    pub fn log(&self, message: String) {
        let params = json!({ "type": MessageType::Info, "message": message });
        self.send(lsp_server::Notification::new("window/logMessage".to_owned(), params).into());
    }

    /// A token of ours to report progress under, where the client shows it unasked.
    pub fn progress_token(&self) -> Option<ProgressToken> {
        self.can.shows_progress.then(|| {
            let token = ProgressToken::from(format!("orthonym-{}", self.next_id.get()));
            self.request("window/workDoneProgress/create", json!({ "token": token }));
            token
        })
    }

    /// Reports progress under a token: `value` as the protocol has it.
    pub fn progress(&self, token: &ProgressToken, value: Value) {
        let params = json!({ "token": token, "value": value });
        self.send(lsp_server::Notification::new("$/progress".to_owned(), params).into());
    }

    /// Edits of one document, in the shape that the client takes.
    pub fn workspace_edit(&self, uri: &Uri, version: i32, edits: Vec<TextEdit>) -> WorkspaceEdit {
        if !self.can.versioned_edits {
            return WorkspaceEdit { changes: Some([(uri.clone(), edits)].into()), ..WorkspaceEdit::default() };
        }
        let change = gen_lsp_types::TextDocumentEdit {
            text_document: gen_lsp_types::OptionalVersionedTextDocumentIdentifier {
                version: Some(version),
                text_document_identifier: gen_lsp_types::TextDocumentIdentifier { uri: uri.clone() },
            },
            edits: edits.into_iter().map(Into::into).collect(),
        };
        WorkspaceEdit { document_changes: Some(vec![change.into()]), ..WorkspaceEdit::default() }
    }
}

/// UTF-8 where the client takes it: it costs nothing. UTF-16 where it says nothing.
fn encoding(params: &InitializeParams) -> Encoding {
    let offered = params.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
    let offers = |kind: PositionEncodingKind| offered.is_some_and(|offered| offered.contains(&kind));
    if offers(PositionEncodingKind::UTF8) {
        Encoding::Utf8
    } else if !offers(PositionEncodingKind::UTF16) && offers(PositionEncodingKind::UTF32) {
        Encoding::Utf32
    } else {
        Encoding::Utf16
    }
}

fn abilities(params: &InitializeParams) -> Abilities {
    // The tree of capabilities is deep, and nearly everything in it may be left out.
    let all = serde_json::to_value(&params.capabilities).unwrap_or_default();
    let at = |pointer: &str| all.pointer(pointer).cloned().unwrap_or_default();
    let has = |pointer: &str| at(pointer) == Value::Bool(true);
    let pulls = at("/textDocument/diagnostic").is_object();
    // Clients tell what they show of a diagnostic in either place.
    let shows = |name: &str| {
        ["diagnostic", "publishDiagnostics"].iter().any(|place| {
            let told = at(&format!("/textDocument/{place}/{name}"));
            told == Value::Bool(true) || told.is_object()
        })
    };
    let resolved = at("/textDocument/codeAction/resolveSupport/properties");
    Abilities {
        pulls,
        refreshes_diagnostics: has("/workspace/diagnostics/refreshSupport"),
        refreshes_hints: has("/workspace/inlayHint/refreshSupport"),
        shows_related: shows("relatedInformation"),
        shows_tags: shows("tagSupport"),
        keeps_data: shows("dataSupport"),
        links_codes: shows("codeDescriptionSupport"),
        opens_our_documents: at("/workspace/textDocumentContent").is_object(),
        resolves_edits: resolved.as_array().is_some_and(|names| names.iter().any(|name| name == "edit")),
        versioned_edits: has("/workspace/workspaceEdit/documentChanges"),
        answers_configuration: has("/workspace/configuration"),
        watches_files: has("/workspace/didChangeWatchedFiles/dynamicRegistration"),
        shows_progress: has("/window/workDoneProgress"),
    }
}
