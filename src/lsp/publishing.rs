//! Findings of open documents: answered when they are asked for, sent to clients that do not ask.

use super::diagnostics::{self, Writer};
use super::serve::{Session, told};
use super::workshop::Workshop;
use gen_lsp_types as lsp;
use gen_lsp_types::Uri;
use serde_json::Value;

impl Session<'_> {
    pub fn writer(&self) -> Writer<'_> {
        Writer { client: &self.client, settings: &self.settings }
    }

    /// Answers what is found in a document; that it is the same as before, where it is.
    pub fn document_diagnostics(
        &mut self,
        workshop: &mut Workshop<'_>,
        params: &lsp::DocumentDiagnosticParams,
    ) -> lsp::DocumentDiagnosticReport {
        let uri = &params.text_document.uri;
        let found = self.documents.get(uri).cloned().map(|document| workshop.lint(&document));
        let items = match found {
            None => Vec::new(),
            Some(Ok(lint)) => self.writer().all(uri, &lint.source, &lint.report),
            Some(Err(error)) => {
                self.complain(told(&error));
                Vec::new()
            }
        };
        let result_id = diagnostics::result_id(&items);
        if params.previous_result_id.as_ref() == Some(&result_id) {
            let same = lsp::UnchangedDocumentDiagnosticReport { result_id };
            return lsp::RelatedUnchangedDocumentDiagnosticReport {
                unchanged_document_diagnostic_report: same,
                ..lsp::RelatedUnchangedDocumentDiagnosticReport::default()
            }
            .into();
        }
        let full = lsp::FullDocumentDiagnosticReport { result_id: Some(result_id), items };
        lsp::RelatedFullDocumentDiagnosticReport {
            full_document_diagnostic_report: full,
            ..lsp::RelatedFullDocumentDiagnosticReport::default()
        }
        .into()
    }

    /// Lints what was not linted whole since it changed, and has it shown where something else is found.
    pub fn settle(&mut self, workshop: &mut Workshop<'_>) {
        for document in self.documents.all() {
            match workshop.settle(document) {
                Ok(false) => {}
                Ok(true) if self.client.can.refreshes_diagnostics => {
                    self.client.request("workspace/diagnostic/refresh", Value::Null);
                }
                Ok(true) => {
                    self.unpublished.insert(document.uri.0.clone());
                }
                Err(error) => self.client.log(told(&error)),
            }
        }
    }

    /// Sends what is found in a document to a client that does not ask.
    pub fn publish(&mut self, workshop: &mut Workshop<'_>, uri: Uri) {
        let (version, diagnostics) = match self.documents.get(&uri).cloned() {
            None => (None, Vec::new()),
            Some(document) => match workshop.lint(&document) {
                Ok(lint) => (Some(document.version), self.writer().all(&uri, &lint.source, &lint.report)),
                Err(error) => {
                    self.complain(told(&error));
                    (Some(document.version), Vec::new())
                }
            },
        };
        let params = lsp::PublishDiagnosticsParams { uri, version, diagnostics };
        self.client.notify::<lsp::PublishDiagnosticsNotification>(&params);
    }
}
