//! For reviewdog: its diagnostic format, as one object or one a line. Columns are bytes of UTF-8, as its schema says.

use super::{Emitter, FileFindings, Tally, WriteColor};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Severity};
use crate::source::Source;
use crate::span::Span;
use serde_json::{Value, json};
use std::io;

/// One object.
#[derive(Default)]
pub struct Rdjson {
    diagnostics: Vec<Value>,
}

/// One object a line.
pub struct Rdjsonl;

impl Emitter for Rdjson {
    fn file(&mut self, file: FileFindings<'_>, _: &mut dyn WriteColor) -> io::Result<()> {
        self.diagnostics.extend(file.diagnostics.iter().map(|diagnostic| record(file, diagnostic)));
        Ok(())
    }

    fn finish(&mut self, _: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        let result = json!({ "source": source(), "diagnostics": std::mem::take(&mut self.diagnostics) });
        serde_json::to_writer_pretty(&mut *out, &result)?;
        out.write_all(b"\n")
    }
}

impl Emitter for Rdjsonl {
    fn file(&mut self, file: FileFindings<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
        for diagnostic in file.diagnostics {
            let mut record = record(file, diagnostic);
            record["source"] = source();
            serde_json::to_writer(&mut *out, &record)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Tally, _: &mut dyn WriteColor) -> io::Result<()> {
        Ok(())
    }
}

fn source() -> Value {
    json!({ "name": "orthonym" })
}

fn record(file: FileFindings<'_>, diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    };
    let place = |span| json!({ "path": file.path, "range": range(file.source, span) });
    let related = diagnostic.related.iter();
    let related = related.map(|related| json!({ "message": related.message, "location": place(related.span) }));
    let mut record = json!({
        "message": super::one_line(diagnostic),
        "location": place(diagnostic.span),
        "severity": severity,
        "code": { "value": diagnostic.rule },
    });
    let related: Vec<Value> = related.collect();
    if !related.is_empty() {
        record["relatedLocations"] = related.into();
    }
    if let Some(fix) = diagnostic.fix(Applicability::Unsafe).and_then(|fix| as_one(file.source, &fix.edits)) {
        record["suggestions"] = json!([{ "range": range(file.source, fix.span), "text": fix.replacement }]);
    }
    record
}

/// The edits as a single one: what lies between them is replaced by itself.
fn as_one(source: &Source, edits: &[Edit]) -> Option<Edit> {
    let (first, rest) = edits.split_first()?;
    let mut one = first.clone();
    for edit in rest {
        one.replacement.push_str(source.slice(Span::new(one.span.end, edit.span.start)));
        one.replacement.push_str(&edit.replacement);
        one.span = one.span.hull(edit.span);
    }
    Some(one)
}

fn range(source: &Source, span: Span) -> Value {
    let place = |offset: usize| {
        let line = source.position(offset).line;
        json!({ "line": line, "column": offset - source.line_span(line).start + 1 })
    };
    json!({ "start": place(span.start), "end": place(span.end) })
}
