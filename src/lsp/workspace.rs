//! Findings of all files of the workspace: what `orthonym check` finds in its folders. Open documents count as they stand in the
//! editor.

use super::diagnostics;
use super::refusal::{Refusal, told};
use super::serve::Session;
use super::uri;
use super::workshop::{Workshop, WorkshopError};
use crate::document::Format;
use crate::files::{self, Target};
use gen_lsp_types as lsp;
use gen_lsp_types::{ProgressToken, Uri};
use serde_json::json;
use std::collections::HashMap;

/// Answers `workspace/diagnostic`; what has not changed since the client last asked is not sent again.
///
/// # Errors
/// The client has taken the request back.
pub fn diagnostics(
    session: &mut Session<'_>,
    workshop: &mut Workshop<'_>,
    params: &lsp::WorkspaceDiagnosticParams,
) -> Result<lsp::WorkspaceDiagnosticReport, Refusal> {
    let known: HashMap<&str, &str> =
        params.previous_result_ids.iter().map(|previous| (previous.uri.0.as_str(), previous.value.as_str())).collect();
    let token = params.work_done_progress_params.work_done_token.clone();
    let mut items = Vec::new();
    each_file(session, workshop, token, |_, uri, version, found| {
        let result_id = diagnostics::result_id(&found);
        items.push(match known.get(uri.0.as_str()) == Some(&result_id.as_str()) {
            true => lsp::WorkspaceUnchangedDocumentDiagnosticReport {
                uri,
                version,
                unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport { result_id },
            }
            .into(),
            false => lsp::WorkspaceFullDocumentDiagnosticReport {
                uri,
                version,
                full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport {
                    result_id: Some(result_id),
                    items: found,
                },
            }
            .into(),
        });
    })?;
    Ok(lsp::WorkspaceDiagnosticReport { items })
}

/// Publishes the findings of all files; returns how many files and findings there are.
///
/// # Errors
/// The client has taken the request back.
pub fn publish(
    session: &mut Session<'_>,
    workshop: &mut Workshop<'_>,
    token: Option<ProgressToken>,
) -> Result<(usize, usize), Refusal> {
    let (mut files, mut findings) = (0, 0);
    each_file(session, workshop, token, |session, uri, version, diagnostics| {
        files += 1;
        findings += diagnostics.len();
        let params = lsp::PublishDiagnosticsParams { uri, version, diagnostics };
        session.client.notify::<lsp::PublishDiagnosticsNotification>(&params);
    })?;
    Ok((files, findings))
}

fn each_file(
    session: &mut Session<'_>,
    workshop: &mut Workshop<'_>,
    token: Option<ProgressToken>,
    mut take: impl FnMut(&Session<'_>, Uri, Option<i32>, Vec<lsp::Diagnostic>),
) -> Result<(), Refusal> {
    let targets = targets(session, workshop)?;
    let token = token.or_else(|| session.client.progress_token());
    let report = |session: &Session<'_>, value| {
        if let Some(token) = &token {
            session.client.progress(token, value);
        }
    };
    report(session, json!({ "kind": "begin", "title": "orthonym", "percentage": 0 }));
    let mut percent = 0;
    let mut result = Ok(());
    for (index, target) in targets.iter().enumerate() {
        let now = index * 100 / targets.len();
        if now > percent {
            percent = now;
            report(session, json!({ "kind": "report", "percentage": percent, "message": files::shown(&target.path) }));
        }
        result = session.attend(workshop).and_then(|()| file(session, workshop, target, &mut take));
        if result.is_err() {
            break;
        }
    }
    report(session, json!({ "kind": "end" }));
    result
}

/// What `orthonym check` would read in the folders of the workspace.
fn targets(session: &Session<'_>, workshop: &mut Workshop<'_>) -> Result<Vec<Target>, Refusal> {
    let mut targets = Vec::new();
    for folder in &session.folders {
        let options = workshop.walk_options(folder)?;
        for target in files::walk(std::slice::from_ref(folder), &options).targets {
            // A package is no text that an editor could show a place in.
            if target.format != Format::Docx && !targets.contains(&target) {
                targets.push(target);
            }
        }
    }
    Ok(targets)
}

/// # Errors
/// The client has taken the request back.
fn file(
    session: &mut Session<'_>,
    workshop: &mut Workshop<'_>,
    target: &Target,
    take: &mut impl FnMut(&Session<'_>, Uri, Option<i32>, Vec<lsp::Diagnostic>),
) -> Result<(), Refusal> {
    let uri = uri::of_path(&target.path);
    let open = session.documents.all().find(|document| document.source.path() == target.path).cloned();
    let found = match &open {
        Some(document) => workshop.whole(document).map(|lint| {
            let found = session.writer().all(&document.uri, &lint.source, &lint.report);
            (document.uri.clone(), Some(document.version), found)
        }),
        None => match workshop.open(target) {
            Ok(source) => workshop
                .report(&source, target.format)
                .map(|report| (uri.clone(), None, session.writer().all(&uri, &source, &report))),
            // A file that is no text, or is gone by now, has no findings.
            Err(error) => {
                session.client.log(told(&error));
                return Ok(());
            }
        },
    };
    match found {
        Ok((uri, version, found)) => take(session, uri, version, found),
        Err(error @ WorkshopError::Stopped(_)) => return Err(error.into()),
        Err(error) => session.complain(told(&error)),
    }
    Ok(())
}
