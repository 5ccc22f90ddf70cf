//! SARIF 2.1.0, for code scanning. Columns are Unicode scalar values, and the report says so.

use super::{Emitter, FileFindings, RuleInfo, Tally, WriteColor, one_line};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::fingerprint;
use crate::source::Source;
use crate::span::Span;
use serde_json::{Value, json};
use std::io;

pub struct Sarif {
    pub rules: Vec<RuleInfo>,
    pub results: Vec<Value>,
}

impl Emitter for Sarif {
    fn file(&mut self, file: FileFindings<'_>, _: &mut dyn WriteColor) -> io::Result<()> {
        let fingerprints = fingerprint::of("", file.diagnostics);
        for (diagnostic, fingerprint) in file.diagnostics.iter().zip(fingerprints) {
            self.results.push(self.result(file, diagnostic, &fingerprint));
        }
        Ok(())
    }

    fn finish(&mut self, _: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        let driver = json!({
            "name": "orthonym",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": self.rules.iter().map(descriptor).collect::<Vec<_>>(),
        });
        let run = json!({
            "tool": { "driver": driver },
            "columnKind": "unicodeCodePoints",
            "results": std::mem::take(&mut self.results),
        });
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [run],
        });
        serde_json::to_writer_pretty(&mut *out, &log)?;
        out.write_all(b"\n")
    }
}

impl Sarif {
    fn result(&self, file: FileFindings<'_>, diagnostic: &Diagnostic, fingerprint: &str) -> Value {
        let mut result = json!({
            "ruleId": diagnostic.rule,
            "level": level(diagnostic.severity),
            "message": { "text": one_line(diagnostic) },
            "locations": [{ "physicalLocation": location(file, diagnostic.span) }],
            "partialFingerprints": { "orthonym/v1": fingerprint },
            "rank": f64::from((diagnostic.confidence * 1000.0).round()) / 10.0,
        });
        if let Some(index) = self.rules.iter().position(|rule| rule.name == diagnostic.rule) {
            result["ruleIndex"] = index.into();
        }
        let related = diagnostic.related.iter().map(|related| {
            json!({ "physicalLocation": location(file, related.span), "message": { "text": related.message } })
        });
        let related: Vec<Value> = related.collect();
        if !related.is_empty() {
            result["relatedLocations"] = related.into();
        }
        let may_fix = diagnostic.suggestions.iter().filter(|s| s.applicability > Applicability::DisplayOnly);
        let fixes: Vec<Value> = may_fix.filter(|s| !s.edits.is_empty()).map(|suggestion| {
            let edits = suggestion.edits.iter().map(|edit| {
                json!({ "deletedRegion": region(file.source, edit.span), "insertedContent": { "text": edit.replacement } })
            });
            let change = json!({ "artifactLocation": artifact(file.path), "replacements": edits.collect::<Vec<_>>() });
            json!({ "description": { "text": format!("Write “{}”", suggestion.text) }, "artifactChanges": [change] })
        }).collect();
        if !fixes.is_empty() {
            result["fixes"] = fixes.into();
        }
        result
    }
}

fn descriptor(rule: &RuleInfo) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "help": { "text": rule.documentation, "markdown": rule.documentation },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "mqm": rule.mqm, "tags": ["translation", rule.mqm] },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn location(file: FileFindings<'_>, span: Span) -> Value {
    json!({ "artifactLocation": artifact(file.path), "region": region(file.source, span) })
}

fn region(source: &Source, span: Span) -> Value {
    let (start, end, bytes) = (source.position(span.start), source.position(span.end), source.on_disk(span));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": bytes.start,
        "byteLength": bytes.len(),
    })
}

/// The path as the URI that SARIF asks for: relative to the root of the repository where it is relative.
fn artifact(path: &str) -> Value {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.strip_prefix("./").unwrap_or(path).bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    json!({ "uri": uri })
}
