//! For GitLab: a Code Quality report. It shows neither the rule's name nor findings of equal fingerprints, so the name stands in the
//! description and the fingerprint counts those alike.

use super::{Emitter, FileFindings, Tally, WriteColor, one_line};
use crate::diagnostic::Severity;
use crate::fingerprint;
use crate::source::Position;
use serde_json::{Value, json};
use std::io;

#[derive(Default)]
pub struct Gitlab {
    any: bool,
}

impl Emitter for Gitlab {
    fn file(&mut self, file: FileFindings<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
        let fingerprints = fingerprint::of(file.path, file.diagnostics);
        for (diagnostic, fingerprint) in file.diagnostics.iter().zip(fingerprints) {
            let place = |offset| place(file.source.position(offset));
            let severity = match diagnostic.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            };
            let finding = json!({
                "check_name": diagnostic.rule,
                "description": format!("{}: {}", diagnostic.rule, one_line(diagnostic)),
                "fingerprint": fingerprint,
                "severity": severity,
                "location": {
                    "path": file.path.strip_prefix("./").unwrap_or(file.path),
                    "positions": { "begin": place(diagnostic.span.start), "end": place(diagnostic.span.end) },
                },
            });
            out.write_all(if self.any { b",\n" } else { b"[\n" })?;
            self.any = true;
            serde_json::to_writer(&mut *out, &finding)?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        out.write_all(if self.any { b"\n]\n" } else { b"[]\n" })
    }
}

fn place(position: Position) -> Value {
    json!({ "line": position.line, "column": position.column })
}
