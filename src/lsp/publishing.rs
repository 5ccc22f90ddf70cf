//! Findings of open documents: answered when they are asked for, sent to clients that do not ask.

use super::diagnostics::{self, Writer};
use super::documents::Document;
use super::inbox::Work;
use super::refusal::{Refusal, told};
use super::serve::Session;
use super::workshop::{Workshop, WorkshopError};
use gen_lsp_types as lsp;
use gen_lsp_types::Uri;
use serde_json::Value;

impl Session<'_> {
    pub fn writer(&self) -> Writer<'_> {
        Writer { client: &self.client, settings: &self.settings }
    }

    /// Answers what is found in a document; that it is the same as before, where it is.
    ///
    /// # Errors
    /// The work was stopped.
    pub fn document_diagnostics(
        &mut self,
        workshop: &mut Workshop<'_>,
        params: &lsp::DocumentDiagnosticParams,
    ) -> Result<lsp::DocumentDiagnosticReport, Refusal> {
        let uri = &params.text_document.uri;
        let items = match self.documents.get(uri).cloned() {
            None => Vec::new(),
            Some(document) => self.found(workshop, &document)?,
        };
        let result_id = diagnostics::result_id(&items);
        if params.previous_result_id.as_ref() == Some(&result_id) {
            let same = lsp::UnchangedDocumentDiagnosticReport { result_id };
            return Ok(lsp::RelatedUnchangedDocumentDiagnosticReport {
                unchanged_document_diagnostic_report: same,
                ..lsp::RelatedUnchangedDocumentDiagnosticReport::default()
            }
            .into());
        }
        let full = lsp::FullDocumentDiagnosticReport { result_id: Some(result_id), items };
        Ok(lsp::RelatedFullDocumentDiagnosticReport {
            full_document_diagnostic_report: full,
            ..lsp::RelatedFullDocumentDiagnosticReport::default()
        }
        .into())
    }

    /// What is found in a document; nothing where its configuration is wrong, which is told.
    ///
    /// # Errors
    /// The work was stopped.
    fn found(&mut self, workshop: &mut Workshop<'_>, document: &Document) -> Result<Vec<lsp::Diagnostic>, Refusal> {
        // A client that asks and cannot be made to ask again has to hear all at once.
        let can_hear_more = !self.client.can.pulls || self.client.can.refreshes_diagnostics;
        let lint = if can_hear_more { workshop.lint(document) } else { workshop.whole(document) };
        match lint {
            Ok(lint) => Ok(self.writer().all(&document.uri, &lint.source, &lint.report)),
            Err(error @ WorkshopError::Stopped(_)) => Err(error.into()),
            Err(error) => {
                self.complain(told(&error));
                Ok(Vec::new())
            }
        }
    }

    /// Lints what was not linted whole since it changed, and has it shown where something else is found; until something is to do.
    pub fn settle(&mut self, workshop: &mut Workshop<'_>) {
        self.inbox.take_up(Work::Leisure);
        for document in self.documents.all() {
            match workshop.settle(document) {
                Ok(false) => {}
                Ok(true) if self.client.can.refreshes_diagnostics => {
                    self.client.request("workspace/diagnostic/refresh", Value::Null);
                }
                Ok(true) => {
                    self.unpublished.insert(document.uri.0.clone());
                }
                Err(WorkshopError::Stopped(_)) => return,
                Err(error) => self.client.log(told(&error)),
            }
        }
    }

    /// Sends what is found in a document to a client that does not ask; later, where the document changes meanwhile.
    pub fn publish(&mut self, workshop: &mut Workshop<'_>, uri: Uri) {
        self.inbox.take_up(Work::Findings(uri.0.clone()));
        let (version, diagnostics) = match self.documents.get(&uri).cloned() {
            None => (None, Vec::new()),
            Some(document) => match self.found(workshop, &document) {
                Ok(found) => (Some(document.version), found),
                Err(_) => {
                    self.unpublished.insert(uri.0);
                    return;
                }
            },
        };
        let params = lsp::PublishDiagnosticsParams { uri, version, diagnostics };
        self.client.notify::<lsp::PublishDiagnosticsNotification>(&params);
    }
}
