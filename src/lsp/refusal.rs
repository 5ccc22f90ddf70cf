//! Why a request is not answered.

use super::workshop::WorkshopError;
use gen_lsp_types::{self as lsp, Request as _};
use lsp_server::{ErrorCode, ResponseError};
use serde_json::{Value, json};

/// Why a request is not answered, for its client.
#[derive(Debug)]
pub struct Refusal {
    code: i32,
    message: String,
    data: Option<Value>,
}

impl Refusal {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Refusal {
        Refusal { code: code as i32, message: message.into(), data: None }
    }

    /// Of a request whose answer would be out of date.
    pub fn outdated(method: &str) -> Refusal {
        let of_document = lsp::DocumentDiagnosticRequest::METHOD.to_string();
        let of_workspace = lsp::WorkspaceDiagnosticRequest::METHOD.to_string();
        if [of_document, of_workspace].iter().any(|diagnostics| diagnostics == method) {
            let data = Some(json!({ "retriggerRequest": true }));
            return Refusal { data, ..Refusal::new(ErrorCode::ServerCancelled, "the text has changed") };
        }
        Refusal::new(ErrorCode::ContentModified, "the text has changed, or the same was asked again")
    }
}

impl From<WorkshopError> for Refusal {
    fn from(error: WorkshopError) -> Refusal {
        Refusal::new(ErrorCode::RequestFailed, told(&error))
    }
}

impl From<Refusal> for ResponseError {
    fn from(Refusal { code, message, data }: Refusal) -> ResponseError {
        ResponseError { code, message, data }
    }
}

/// An error with its causes, in one line.
pub fn told(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |line, cause| format!("{line}: {cause}"))
}
