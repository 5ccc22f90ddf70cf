//! Findings as the protocol has them.

use super::capabilities::SCHEME;
use super::client::Client;
use super::settings::Settings;
use super::workshop::Lint;
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::document::Problem;
use crate::fingerprint;
use crate::lint::Report;
use crate::rules;
use crate::source::Source;
use gen_lsp_types as lsp;
use gen_lsp_types::Uri;
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};

/// What a diagnostic carries for other programs, the same as long as the finding is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// Tells it from the document's other findings, however the text around it changes.
    pub fingerprint: String,
    pub rule: String,
    pub text: String,
    pub confidence: f32,
    pub suggestions: Vec<Candidate>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    pub text: String,
    pub entry: Option<String>,
    pub confidence: f32,
    pub applicability: Applicability,
}

/// Diagnostics as a client takes them.
pub struct Writer<'c> {
    pub client: &'c Client,
    pub settings: &'c Settings,
}

impl Writer<'_> {
    /// All that is found in a document, and all that could not be read of it.
    pub fn all(&self, uri: &Uri, source: &Source, report: &Report) -> Vec<lsp::Diagnostic> {
        let fingerprints = fingerprint::of("", &report.diagnostics);
        let findings = report.diagnostics.iter().zip(fingerprints);
        let mut written: Vec<lsp::Diagnostic> =
            findings.map(|(finding, fingerprint)| self.finding(uri, source, finding, fingerprint)).collect();
        written.extend(report.problems.iter().map(|problem| self.problem(source, problem)));
        written
    }

    /// One finding.
    pub fn finding(&self, uri: &Uri, source: &Source, finding: &Diagnostic, fingerprint: String) -> lsp::Diagnostic {
        let can = self.client.can;
        let lines: Vec<&str> =
            std::iter::once(finding.message.as_str()).chain(finding.notes.iter().map(String::as_str)).collect();
        let related = finding.related.iter().map(|related| lsp::DiagnosticRelatedInformation {
            location: lsp::Location { uri: uri.clone(), range: self.client.encoding.range(source, related.span) },
            message: related.message.clone(),
        });
        lsp::Diagnostic {
            range: self.client.encoding.range(source, finding.span),
            severity: Some(severity(finding.severity)),
            code: Some(finding.rule.into()),
            code_description: self.link(finding.rule),
            source: Some("orthonym".to_owned()),
            message: lines.join("\n").into(),
            tags: (can.shows_tags && only_removes(finding)).then(|| vec![lsp::DiagnosticTag::Unnecessary]),
            related_information: (can.shows_related && !finding.related.is_empty()).then(|| related.collect()),
            data: can.keeps_data.then(|| data(finding, fingerprint)),
        }
    }

    fn problem(&self, source: &Source, problem: &Problem) -> lsp::Diagnostic {
        lsp::Diagnostic {
            range: self.client.encoding.range(source, problem.span),
            severity: Some(lsp::DiagnosticSeverity::Warning),
            source: Some("orthonym".to_owned()),
            message: problem.message.clone().into(),
            ..lsp::Diagnostic::default()
        }
    }

    /// Where a rule is documented.
    fn link(&self, rule: &str) -> Option<lsp::CodeDescription> {
        let href = match &self.settings.documentation {
            Some(address) => format!("{address}{rule}"),
            None if self.client.can.opens_our_documents => page_uri(rule),
            None => return None,
        };
        self.client.can.links_codes.then_some(lsp::CodeDescription { href: Uri(href) })
    }
}

fn page_uri(rule: &str) -> String {
    format!("{SCHEME}:/rules/{rule}.md")
}

/// The documentation of a rule, by the address that diagnostics link to.
pub fn page(uri: &Uri) -> Option<String> {
    rules::all().iter().find(|rule| page_uri(rule.name) == uri.0).map(|rule| rule.page())
}

/// What tells one set of diagnostics from another: equal sets, equal ids.
pub fn result_id(diagnostics: &[lsp::Diagnostic]) -> String {
    let mut hasher = rustc_hash::FxHasher::default();
    diagnostics.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// The findings of a document whose fingerprint is that.
pub fn by_fingerprint<'l>(lint: &'l Lint, wanted: &str) -> Option<&'l Diagnostic> {
    let found = &lint.report.diagnostics;
    found.iter().zip(fingerprint::of("", found)).find(|(_, own)| own == wanted).map(|(finding, _)| finding)
}

fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::Error,
        Severity::Warning => lsp::DiagnosticSeverity::Warning,
        Severity::Info => lsp::DiagnosticSeverity::Information,
    }
}

/// Whether all that is to be done is to take words away.
fn only_removes(finding: &Diagnostic) -> bool {
    let Some(first) = finding.suggestions.first().filter(|first| !first.edits.is_empty()) else { return false };
    let is_behind = |rest: &str| rest.starts_with(char::is_whitespace);
    let is_before = |rest: &str| rest.ends_with(char::is_whitespace);
    first.text.is_empty()
        || finding.text.strip_prefix(&first.text).is_some_and(is_behind)
        || finding.text.strip_suffix(&first.text).is_some_and(is_before)
}

fn data(finding: &Diagnostic, fingerprint: String) -> serde_json::Value {
    let candidate = |s: &crate::diagnostic::Suggestion| Candidate {
        text: s.text.clone(),
        entry: s.entry.clone(),
        confidence: s.confidence,
        applicability: s.applicability,
    };
    let data = Data {
        fingerprint,
        rule: finding.rule.to_owned(),
        text: finding.text.clone(),
        confidence: finding.confidence,
        suggestions: finding.suggestions.iter().map(candidate).collect(),
    };
    serde_json::to_value(data).unwrap_or_default()
}
