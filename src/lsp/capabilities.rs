//! What the server says that it can do.

use super::client::Client;
use super::commands;
use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CompletionOptions, DiagnosticOptions, ExecuteCommandOptions, InitializeResult,
    RenameOptions, ServerCapabilities, ServerInfo, TextDocumentContent, TextDocumentContentOptions,
    TextDocumentSyncKind, TextDocumentSyncOptions, WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};
use serde_json::Value;

/// The kind of action that applies all safe fixes.
pub const FIX_ALL: &str = "source.fixAll.orthonym";
/// The scheme of documents whose text the server provides: the documentation of the rules.
pub const SCHEME: &str = "orthonym";

/// The answer to `initialize`.
pub fn initialize_result(client: &Client) -> Value {
    let result = InitializeResult {
        capabilities: capabilities(client),
        server_info: Some(ServerInfo {
            name: "orthonym".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    };
    serde_json::to_value(result).unwrap_or_default()
}

fn capabilities(client: &Client) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(true.into()),
        ..TextDocumentSyncOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QuickFix, CodeActionKind::Custom(FIX_ALL.into())]),
        resolve_provider: Some(true),
        ..CodeActionOptions::default()
    };
    let diagnostics = DiagnosticOptions {
        identifier: Some("orthonym".to_owned()),
        inter_file_dependencies: false,
        workspace_diagnostics: true,
        ..DiagnosticOptions::default()
    };
    let commands = ExecuteCommandOptions {
        commands: commands::NAMES.iter().map(|name| (*name).to_owned()).collect(),
        ..ExecuteCommandOptions::default()
    };
    let folders = WorkspaceFoldersServerCapabilities { supported: Some(true), change_notifications: Some(true.into()) };
    let texts = TextDocumentContentOptions { schemes: vec![SCHEME.to_owned()] };
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(sync.into()),
        completion_provider: Some(CompletionOptions::default()),
        hover_provider: Some(true.into()),
        document_symbol_provider: Some(true.into()),
        code_action_provider: Some(actions.into()),
        rename_provider: Some(RenameOptions { prepare_provider: Some(true), ..RenameOptions::default() }.into()),
        execute_command_provider: Some(commands),
        inlay_hint_provider: Some(true.into()),
        diagnostic_provider: Some(diagnostics.into()),
        workspace: Some(WorkspaceOptions {
            workspace_folders: Some(folders),
            text_document_content: client.can.opens_our_documents.then(|| TextDocumentContent::from(texts)),
            ..WorkspaceOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}
