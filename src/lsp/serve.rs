//! The loop: one message at a time, each request answered, whatever happens in it.

use super::client::Client;
use super::commands::{self, Outcome};
use super::documents::Documents;
use super::inbox::{self, Asked, Inbox, Wanted, Work};
use super::refusal::{Refusal, told};
use super::settings::Settings;
use super::workshop::{Shelf, Workshop};
use super::{Options, actions, completion, diagnostics, hints, hover, rename, symbols, uri, workspace};
use crate::config::{Finder, Request as ConfigRequest};
use crate::files::absolute;
use gen_lsp_types::{self as lsp, InitializeParams, MessageType, Uri, WorkspaceFolders};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// How long the keys must rest before a long text is linted whole.
const REST: Duration = Duration::from_millis(300);

/// All that outlives a change of the configuration.
pub struct Session<'c> {
    pub client: Client,
    pub inbox: &'c Inbox,
    pub documents: Documents,
    pub settings: Settings,
    /// Those of the workspace, from the root.
    pub folders: Vec<PathBuf>,
    options: &'c Options,
    /// The question about the client's settings that is not answered yet.
    asked: Option<RequestId>,
    /// Complaints that were shown, so that none is shown for every keystroke.
    complaints: BTreeSet<String>,
    /// Documents whose findings a client that does not ask has yet to be sent.
    pub unpublished: BTreeSet<String>,
    /// What follows a message that came in the midst of a request.
    meanwhile: Next,
}

/// What follows a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    GoOn,
    /// What is linted with has changed.
    Renew,
    /// It could not be dealt with: linters and their memory are in an unknown state.
    Recover,
}

/// Answers a client's messages until it leaves.
pub fn serve(connection: &Connection, client: Client, params: &InitializeParams, options: &Options) {
    let inbox = Inbox::default();
    thread::scope(|scope| {
        scope.spawn(|| {
            for message in &connection.receiver {
                let is_last = matches!(&message, Message::Notification(n) if n.method == "exit");
                inbox.put(message);
                if is_last {
                    break;
                }
            }
            inbox.close();
        });
        let mut session = Session {
            client,
            inbox: &inbox,
            documents: Documents::default(),
            settings: Settings::default(),
            folders: folders(params),
            options,
            asked: None,
            complaints: BTreeSet::new(),
            unpublished: BTreeSet::new(),
            meanwhile: Next::GoOn,
        };
        session.set(&params.initialization_options.clone().unwrap_or_default());
        session.begin();
        loop {
            match session.work() {
                Next::GoOn => break,
                Next::Renew => session.refresh(),
                // Asked again, the client would have the same go wrong again.
                Next::Recover => {}
            }
        }
    });
}

impl Session<'_> {
    /// What is said once the client is ready.
    fn begin(&mut self) {
        self.ask_for_settings();
        if self.client.can.watches_files {
            let watcher = |pattern: &str| json!({ "globPattern": pattern });
            let watchers: Vec<Value> = commands::WATCHED.iter().map(|pattern| watcher(pattern)).collect();
            let registration = json!({
                "id": "orthonym-files",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": watchers },
            });
            self.client.request("client/registerCapability", json!({ "registrations": [registration] }));
        }
    }

    fn ask_for_settings(&mut self) {
        if self.client.can.answers_configuration {
            let items = json!({ "items": [{ "section": "orthonym" }] });
            self.asked = Some(self.client.request("workspace/configuration", items));
        }
    }

    /// Takes the client's settings; tells whether they are other ones.
    fn set(&mut self, value: &Value) -> bool {
        match Settings::read(value) {
            Ok(Some(settings)) if settings != self.settings => {
                self.settings = settings;
                true
            }
            Ok(_) => false,
            Err(error) => {
                self.complain(format!("the settings of orthonym: {error}"));
                false
            }
        }
    }

    /// Has all that the client shows found anew.
    fn refresh(&mut self) {
        self.unpublished = self.documents.all().map(|document| document.uri.0.clone()).collect();
        if self.client.can.refreshes_diagnostics {
            self.client.request("workspace/diagnostic/refresh", Value::Null);
        }
        if self.client.can.refreshes_hints {
            self.client.request("workspace/inlayHint/refresh", Value::Null);
        }
    }

    /// Shows an error, once until it has changed.
    pub fn complain(&mut self, message: String) {
        if self.complaints.insert(message.clone()) {
            self.client.show(MessageType::Error, message);
        }
    }

    /// Works with one configuration until it changes or the client leaves. Returns [`Next::GoOn`] where it has left.
    fn work(&mut self) -> Next {
        let shelf = Shelf::default();
        let Some(finder) = self.finder() else { return Next::GoOn };
        let (selection, folders) = (self.options.selection.clone(), self.folders.clone());
        let mut workshop = Workshop::new(&shelf, finder, selection, folders, self.inbox.stop());
        loop {
            let next = match self.publish_waiting(&mut workshop) {
                Next::GoOn => match self.inbox.next(workshop.is_unsettled().then_some(REST)) {
                    inbox::Next::Message(message) => self.handle(&mut workshop, message),
                    inbox::Next::Quiet => {
                        shielded(|| self.settle(&mut workshop)).map_or(Next::Recover, |()| Next::GoOn)
                    }
                    inbox::Next::Closed => return Next::GoOn,
                },
                next => next,
            };
            if next != Next::GoOn {
                return next;
            }
        }
    }

    /// Sends findings to a client that does not ask, as long as it says nothing.
    fn publish_waiting(&mut self, workshop: &mut Workshop<'_>) -> Next {
        while !self.client.can.pulls && !self.inbox.has_more() {
            let Some(uri) = self.unpublished.pop_first() else { break };
            if shielded(|| self.publish(workshop, Uri(uri))).is_none() {
                return Next::Recover;
            }
        }
        Next::GoOn
    }

    /// Deals with a message, whatever happens in it.
    fn handle(&mut self, workshop: &mut Workshop<'_>, message: Message) -> Next {
        let id = match &message {
            Message::Request(request) => Some(request.id.clone()),
            _ => None,
        };
        let next = shielded(|| match message {
            Message::Request(request) => self.answer(workshop, request),
            Message::Notification(notification) => self.hear(workshop, notification),
            Message::Response(response) => self.take(response),
        });
        for warning in workshop.take_warnings() {
            self.client.log(warning);
        }
        if let (None, Some(id)) = (next, id) {
            self.client.respond(stumbled(id));
        }
        next.unwrap_or(Next::Recover)
    }

    /// In the midst of long work, deals with what came and is soon done.
    ///
    /// # Errors
    /// What is worked with has changed.
    pub fn attend(&mut self, workshop: &mut Workshop<'_>) -> Result<(), Refusal> {
        let Work::Answer(asked) = self.inbox.work() else { return Ok(()) };
        while let Some(message) = self.inbox.next_short() {
            let next = self.handle(workshop, message);
            if next != Next::GoOn {
                self.meanwhile = next;
                return Err(Refusal::outdated(&asked.method));
            }
        }
        self.inbox.take_up(Work::Answer(asked));
        Ok(())
    }

    /// Finds configurations as the flags and the client ask for; where that is wrong, as the flags alone do.
    fn finder(&mut self) -> Option<Finder> {
        let folder = self.folders.first().map_or(Path::new("/"), PathBuf::as_path);
        let mut request = self.options.request.clone();
        request.values.extend(self.settings.values(folder));
        request.isolated |= self.settings.isolated;
        if let Some(file) = &self.settings.configuration {
            request.file = Some(folder.join(file));
        }
        let isolated = ConfigRequest { isolated: true, ..ConfigRequest::default() };
        for request in [&request, &self.options.request, &isolated] {
            match Finder::new(request) {
                Ok(finder) => return Some(finder),
                Err(error) => self.complain(told(&error)),
            }
        }
        None
    }

    /// Answers a request.
    fn answer(&mut self, workshop: &mut Workshop<'_>, request: Request) -> Next {
        let (id, asked) = (request.id.clone(), Asked::of(&request));
        self.inbox.take_up(Work::Answer(asked.clone()));
        let answer = self.wanted(&asked).and_then(|()| self.answer_wanted(workshop, request));
        // Work that was stopped is refused for what stopped it.
        let answer = answer.or_else(|refusal| self.wanted(&asked).and(Err(refusal)));
        let (answer, next) = match answer {
            Ok((value, next)) => (Ok(value), next),
            Err(refusal) => (Err(refusal.into()), std::mem::replace(&mut self.meanwhile, Next::GoOn)),
        };
        self.client.respond(Response { id, response_result: answer });
        next
    }

    /// # Errors
    /// Nobody waits for the answer any more.
    fn wanted(&self, asked: &Asked) -> Result<(), Refusal> {
        match self.inbox.wants(asked) {
            Wanted::Yes => Ok(()),
            Wanted::Cancelled => Err(Refusal::new(ErrorCode::RequestCanceled, "cancelled")),
            Wanted::Outdated => Err(Refusal::outdated(&asked.method)),
        }
    }

    fn answer_wanted(&mut self, workshop: &mut Workshop<'_>, request: Request) -> Result<(Value, Next), Refusal> {
        let Request { method, params, .. } = request;
        let value = match method.as_str() {
            "shutdown" => Value::Null,
            "textDocument/diagnostic" => {
                written(&self.document_diagnostics(workshop, &read::<lsp::DocumentDiagnosticRequest>(params)?)?)
            }
            "workspace/diagnostic" => {
                let params = read::<lsp::WorkspaceDiagnosticRequest>(params)?;
                written(&workspace::diagnostics(self, workshop, &params)?)
            }
            "textDocument/codeAction" => {
                written(&actions::offered(self, workshop, &read::<lsp::CodeActionRequest>(params)?)?)
            }
            "codeAction/resolve" => {
                written(&actions::resolved(self, workshop, read::<lsp::CodeActionResolveRequest>(params)?)?)
            }
            "textDocument/hover" => written(&hover::hover(self, workshop, &read::<lsp::HoverRequest>(params)?)?),
            "textDocument/completion" => {
                written(&completion::offered(self, workshop, &read::<lsp::CompletionRequest>(params)?)?)
            }
            "textDocument/prepareRename" => {
                written(&rename::prepared(self, workshop, &read::<lsp::PrepareRenameRequest>(params)?)?)
            }
            "textDocument/rename" => written(&rename::renamed(self, workshop, &read::<lsp::RenameRequest>(params)?)?),
            "textDocument/documentSymbol" => {
                written(&symbols::of_document(self, workshop, &read::<lsp::DocumentSymbolRequest>(params)?)?)
            }
            "textDocument/inlayHint" => {
                written(&hints::in_range(self, workshop, &read::<lsp::InlayHintRequest>(params)?)?)
            }
            "workspace/textDocumentContent" => {
                let params = read::<lsp::TextDocumentContentRequest>(params)?;
                let page = diagnostics::page(&params.uri);
                json!({ "text": page.ok_or_else(|| Refusal::new(ErrorCode::InvalidParams, "there is no such page"))? })
            }
            "workspace/executeCommand" => {
                let params = read::<lsp::ExecuteCommandRequest>(params)?;
                let Outcome { answer, changes } = commands::execute(self, workshop, &params)?;
                return Ok((answer, if changes { Next::Renew } else { Next::GoOn }));
            }
            #[cfg(test)]
            "test/panic" => panic!("as a test"),
            _ => return Err(Refusal::new(ErrorCode::MethodNotFound, format!("{method} is not served"))),
        };
        Ok((value, Next::GoOn))
    }

    /// Hears what the client tells.
    fn hear(&mut self, workshop: &mut Workshop<'_>, notification: Notification) -> Next {
        let Notification { method, params } = notification;
        match method.as_str() {
            "textDocument/didOpen" => {
                if let Some(lsp::DidOpenTextDocumentParams { text_document }) = heard(params) {
                    self.unpublished.insert(text_document.uri.0.clone());
                    let folder = self.folders.first().map_or(Path::new("/"), PathBuf::as_path);
                    self.documents.open(text_document, folder);
                }
            }
            "textDocument/didChange" => {
                if let Some(lsp::DidChangeTextDocumentParams { text_document, content_changes }) = heard(params) {
                    let uri = text_document.text_document_identifier.uri;
                    self.documents.change(&uri, text_document.version, content_changes, self.client.encoding);
                    self.unpublished.insert(uri.0);
                }
            }
            "textDocument/didClose" => {
                if let Some(lsp::DidCloseTextDocumentParams { text_document }) = heard(params) {
                    self.documents.close(&text_document.uri);
                    workshop.forget(&text_document.uri.0);
                    self.unpublished.insert(text_document.uri.0);
                }
            }
            "textDocument/didSave" => {
                if let Some(lsp::DidSaveTextDocumentParams { text_document, .. }) = heard(params) {
                    return self.renew_for(workshop, &[text_document.uri]);
                }
            }
            "workspace/didChangeWatchedFiles" => {
                if let Some(lsp::DidChangeWatchedFilesParams { changes }) = heard(params) {
                    let uris: Vec<Uri> = changes.into_iter().map(|change| change.uri).collect();
                    return self.renew_for(workshop, &uris);
                }
            }
            "workspace/didChangeConfiguration" => {
                self.ask_for_settings();
                if self.set(params.get("settings").unwrap_or(&Value::Null)) {
                    self.complaints.clear();
                    return Next::Renew;
                }
            }
            "workspace/didChangeWorkspaceFolders" => {
                if let Some(lsp::DidChangeWorkspaceFoldersParams { event }) = heard(params) {
                    let removed: Vec<PathBuf> = event.removed.iter().filter_map(|f| uri::to_path(&f.uri)).collect();
                    self.folders.retain(|folder| !removed.contains(folder));
                    self.folders.extend(event.added.iter().filter_map(|folder| uri::to_path(&folder.uri)));
                    return Next::Renew;
                }
            }
            _ => {}
        }
        Next::GoOn
    }

    /// Whether files that changed on disk change what is linted with.
    fn renew_for(&mut self, workshop: &mut Workshop<'_>, changed: &[Uri]) -> Next {
        let paths: Vec<PathBuf> = changed.iter().filter_map(uri::to_path).collect();
        if !paths.iter().any(|path| workshop.depends_on(path)) {
            return Next::GoOn;
        }
        self.complaints.clear();
        Next::Renew
    }

    /// Takes the answer to a question of ours.
    fn take(&mut self, response: Response) -> Next {
        if self.asked.as_ref() != Some(&response.id) {
            return Next::GoOn;
        }
        self.asked = None;
        let Ok(Value::Array(sections)) = response.response_result else { return Next::GoOn };
        match sections.first().is_some_and(|section| self.set(section)) {
            true => Next::Renew,
            false => Next::GoOn,
        }
    }
}

/// What work comes to; `None` where it panicked.
fn shielded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// The answer to a request that made us panic.
fn stumbled(id: RequestId) -> Response {
    let message = "the server stumbled over this request; please report it".to_owned();
    Response::new_err(id, ErrorCode::InternalError as i32, message)
}

/// The folders of the workspace.
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let told = match &params.workspace_folders_initialize_params.workspace_folders {
        Some(WorkspaceFolders::WorkspaceFolderList(folders)) => folders.iter().map(|folder| &folder.uri).collect(),
        _ => Vec::new(),
    };
    // Older clients know one root.
    #[allow(deprecated)]
    let roots = if told.is_empty() { params.root_uri.iter().collect() } else { told };
    let paths: Vec<PathBuf> = roots.into_iter().filter_map(uri::to_path).collect();
    if paths.is_empty() { vec![absolute(Path::new(""))] } else { paths }
}

fn read<R: lsp::Request>(params: Value) -> Result<R::Params, Refusal> {
    serde_json::from_value(params).map_err(|error| Refusal::new(ErrorCode::InvalidParams, error.to_string()))
}

/// What a notification says; one that cannot be read is passed over, as nobody waits for an answer.
fn heard<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

fn written(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_server::ResponseError;

    /// The answer to a request, asked of a server.
    fn ask(client: &Connection, id: i32, method: &str, params: Value) -> Result<Value, ResponseError> {
        client.sender.send(Request::new(id.into(), method.to_owned(), params).into()).unwrap();
        let answers = client.receiver.iter().filter_map(|message| match message {
            Message::Response(response) if response.id == id.into() => Some(response.response_result),
            _ => None,
        });
        answers.take(1).next().unwrap()
    }

    #[test]
    fn a_panic_is_an_error_and_no_end() {
        let (client, server) = Connection::memory();
        let running = thread::spawn(move || crate::lsp::run(&server, &Options::default()).unwrap());
        let tell = |method: &str, params: Value| {
            client.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
        };
        let can = json!({ "textDocument": { "diagnostic": {} } });
        let settings = json!({ "isolated": true });
        let params =
            json!({ "processId": null, "rootUri": null, "capabilities": can, "initializationOptions": settings });
        ask(&client, 1, "initialize", params).unwrap();
        tell("initialized", json!({}));
        let document = json!({ "uri": "file:///a.txt", "languageId": "plaintext", "version": 1, "text": "To to it." });
        tell("textDocument/didOpen", json!({ "textDocument": document }));
        for round in [2, 5] {
            assert_eq!(ask(&client, round, "test/panic", Value::Null).unwrap_err().code, -32603);
            let params = json!({ "textDocument": { "uri": "file:///a.txt" } });
            let found = ask(&client, round + 1, "textDocument/diagnostic", params).unwrap();
            assert_eq!(found["items"][0]["code"], "text/repeated-word", "the document is still open");
        }
        ask(&client, 9, "shutdown", Value::Null).unwrap();
        tell("exit", Value::Null);
        running.join().unwrap();
    }
}
