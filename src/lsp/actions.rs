//! What can be done about a finding. Offered as titles; an edit is worked out when the action is chosen, where the client can wait.

use super::capabilities::FIX_ALL;
use super::commands;
use super::diagnostics::by_fingerprint;
use super::documents::Document;
use super::ignoring::{self, Scope};
use super::refusal::Refusal;
use super::serve::Session;
use super::workshop::{Lint, Workshop};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Suggestion};
use crate::edits::Edits;
use crate::fingerprint;
use crate::fix;
use gen_lsp_types::{CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse, Uri};
use lsp_server::ErrorCode;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What an action's edit is worked out from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Data {
    uri: Uri,
    /// Of the text that it was offered for.
    version: i32,
    deed: Deed,
}

/// What an action does to the text. Findings go by their fingerprints.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Deed {
    /// Takes the candidate of that number, from 0.
    Candidate { finding: String, number: usize },
    /// Takes the first candidate, here and wherever the same text has the same one.
    Alike { finding: String },
    /// Applies all safe fixes.
    FixAll,
    /// Writes a comment that has the finding ignored.
    Ignore { finding: String, scope: Scope },
}

/// The actions for a range of a document.
///
/// # Errors
/// The document cannot be linted.
pub fn offered(
    session: &Session<'_>,
    workshop: &mut Workshop<'_>,
    params: &CodeActionParams,
) -> Result<Option<Vec<CodeActionResponse>>, Refusal> {
    let Some(document) = session.documents.get(&params.text_document.uri) else { return Ok(None) };
    let lint = workshop.lint(document)?;
    let span = session.client.encoding.span(&lint.source, params.range);
    let wants = |kind: &str| params.context.only.as_ref().is_none_or(|only| only.iter().any(|o| is_in(kind, o)));
    let mut offer = Offer { session, document, lint: &lint, actions: Vec::new() };
    if wants("quickfix") {
        let fingerprints = fingerprint::of("", &lint.report.diagnostics);
        for (finding, fingerprint) in lint.report.diagnostics.iter().zip(fingerprints) {
            if finding.span.touches(span) {
                offer.finding(finding, &fingerprint);
            }
        }
    }
    let has_safe = lint.report.diagnostics.iter().any(|finding| finding.fix(Applicability::Safe).is_some());
    if wants(FIX_ALL) && has_safe {
        offer.edit("Apply all safe fixes", CodeActionKind::Custom(FIX_ALL.into()), None, Deed::FixAll);
    }
    let mut actions = offer.actions;
    if !session.client.can.resolves_edits {
        actions = actions.into_iter().filter_map(|action| resolved(session, workshop, action).ok()).collect();
    }
    Ok(Some(actions.into_iter().map(CodeActionResponse::from).collect()))
}

/// An action with its edit.
///
/// # Errors
/// The text has changed since, or what is asked for cannot be written there.
pub fn resolved(
    session: &Session<'_>,
    workshop: &mut Workshop<'_>,
    mut action: CodeAction,
) -> Result<CodeAction, Refusal> {
    let Some(data) = action.data.clone() else { return Ok(action) };
    let Data { uri, version, deed } = serde_json::from_value(data)
        .map_err(|error| Refusal::new(ErrorCode::InvalidParams, format!("this is no action of ours: {error}")))?;
    let changed = || Refusal::new(ErrorCode::ContentModified, "the text has changed");
    let document = session.documents.get(&uri).filter(|document| document.version == version).ok_or_else(changed)?;
    let lint = workshop.lint(document)?;
    let finding = |fingerprint: &str| by_fingerprint(&lint, fingerprint).ok_or_else(changed);
    let edits = match &deed {
        Deed::Candidate { finding: id, number } => {
            finding(id)?.suggestions.get(*number).map(|suggestion| suggestion.edits.clone()).unwrap_or_default()
        }
        Deed::Alike { finding: id } => {
            let mut edits = Edits::of(&lint.source);
            let alike = alike(&lint, finding(id)?);
            alike.filter(|suggestion| edits.add(&suggestion.edits).is_ok()).flat_map(|s| s.edits.clone()).collect()
        }
        Deed::FixAll => {
            let lint = workshop.whole(document)?;
            let (_, worker) = workshop.bench(document)?;
            let fixed = fix::fix(worker, &lint.source, document.format, &lint.report, Applicability::Safe);
            let applied = fixed.applied.iter().filter_map(|finding| finding.fix(Applicability::Safe));
            applied.flat_map(|suggestion| suggestion.edits.clone()).collect()
        }
        Deed::Ignore { finding: id, scope } => vec![ignoring::comment(workshop, document, finding(id)?, *scope)?],
    };
    action.edit = Some(written(session, document, edits));
    Ok(action)
}

fn written(session: &Session<'_>, document: &Document, mut edits: Vec<Edit>) -> gen_lsp_types::WorkspaceEdit {
    edits.sort_by_key(|edit| edit.span);
    let edits = session.client.encoding.text_edits(&document.source, &edits);
    session.client.workspace_edit(&document.uri, document.version, edits)
}

/// Actions in the making.
struct Offer<'o> {
    session: &'o Session<'o>,
    document: &'o Document,
    lint: &'o Lint,
    actions: Vec<CodeAction>,
}

impl Offer<'_> {
    fn finding(&mut self, finding: &Diagnostic, fingerprint: &str) {
        let candidates: Vec<(usize, &Suggestion)> =
            finding.suggestions.iter().enumerate().filter(|(_, s)| !s.edits.is_empty()).collect();
        for &(number, suggestion) in &candidates {
            let deed = Deed::Candidate { finding: fingerprint.to_owned(), number };
            self.edit(&title(finding, suggestion), CodeActionKind::QuickFix, Some((finding, fingerprint)), deed);
            if let (Some(action), [_]) = (self.actions.last_mut(), &candidates[..]) {
                action.is_preferred = Some(true);
            }
        }
        let count = alike(self.lint, finding).count();
        if count > 1 {
            let deed = Deed::Alike { finding: fingerprint.to_owned() };
            let title = format!("Fix all {count} like this in the file");
            self.edit(&title, CodeActionKind::QuickFix, Some((finding, fingerprint)), deed);
        }
        let uri = &self.document.uri;
        if finding.rule.starts_with("names/") {
            let text = &finding.text;
            let arguments = json!({ "uri": uri, "name": text });
            self.command(&format!("Add “{text}” to the dictionary as right"), commands::ADD, arguments);
            for suggestion in &finding.suggestions {
                let Some(entry) = &suggestion.entry else { continue };
                let title = format!("Add “{text}” to the dictionary as a variant of “{}”", suggestion.text);
                let arguments = json!({ "uri": uri, "name": text, "of": entry });
                self.command(&title, commands::ADD, arguments);
            }
        }
        let rule = finding.rule;
        for (scope, title) in
            [(Scope::Here, format!("Ignore {rule} here")), (Scope::File, format!("Ignore {rule} in this file"))]
        {
            if ignoring::is_possible(&self.document.source, finding, scope) {
                let deed = Deed::Ignore { finding: fingerprint.to_owned(), scope };
                self.edit(&title, CodeActionKind::QuickFix, Some((finding, fingerprint)), deed);
            } else if scope == Scope::File {
                let arguments = json!({ "uri": uri, "rule": rule, "inFile": true });
                self.command(&title, commands::IGNORE, arguments);
            }
        }
        let arguments = json!({ "uri": uri, "rule": rule, "text": finding.text });
        let title = format!("Ignore “{}” in the project", short(&finding.text));
        self.command(&title, commands::IGNORE, arguments);
        if finding.rule.starts_with("names/") {
            let arguments = json!({ "uri": uri, "name": finding.text });
            self.command(&format!("Explain “{}”", finding.text), commands::EXPLAIN, arguments);
        }
    }

    fn edit(&mut self, title: &str, kind: CodeActionKind, finding: Option<(&Diagnostic, &str)>, deed: Deed) {
        let data = Data { uri: self.document.uri.clone(), version: self.document.version, deed };
        let diagnostics = finding.map(|(finding, fingerprint)| {
            let writer = self.session.writer();
            vec![writer.finding(&self.document.uri, &self.lint.source, finding, fingerprint.to_owned())]
        });
        self.actions.push(CodeAction {
            title: title.to_owned(),
            kind: Some(kind),
            diagnostics,
            data: serde_json::to_value(data).ok(),
            ..CodeAction::default()
        });
    }

    fn command(&mut self, title: &str, command: &str, arguments: serde_json::Value) {
        let command = gen_lsp_types::Command {
            title: title.to_owned(),
            command: command.to_owned(),
            arguments: Some(vec![arguments]),
            ..gen_lsp_types::Command::default()
        };
        self.actions.push(CodeAction {
            title: title.to_owned(),
            kind: Some(CodeActionKind::QuickFix),
            command: Some(command),
            ..CodeAction::default()
        });
    }
}

/// The first candidates of all findings that say the same of the same text.
fn alike<'l>(lint: &'l Lint, finding: &Diagnostic) -> impl Iterator<Item = &'l Suggestion> {
    let applicable = |finding: &'l Diagnostic| finding.suggestions.first().filter(|first| !first.edits.is_empty());
    let wanted = finding.suggestions.first().map(|first| first.text.clone());
    let (rule, text) = (finding.rule, finding.text.clone());
    let same = lint.report.diagnostics.iter().filter(move |other| other.rule == rule && other.text == text);
    same.filter_map(applicable).filter(move |first| Some(&first.text) == wanted.as_ref())
}

fn title(finding: &Diagnostic, suggestion: &Suggestion) -> String {
    match (finding.text.is_empty(), suggestion.text.is_empty()) {
        (_, true) => format!("Remove “{}”", short(&finding.text)),
        (true, false) => format!("Insert “{}”", short(&suggestion.text)),
        _ => format!("Replace with “{}”", short(&suggestion.text)),
    }
}

/// The text in one line, cut where it is long.
fn short(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Whether a kind is the one asked for or a part of it.
fn is_in(kind: &str, asked: &CodeActionKind) -> bool {
    let asked = String::from(asked.clone());
    asked.is_empty() || kind == asked || kind.strip_prefix(&asked).is_some_and(|rest| rest.starts_with('.'))
}
