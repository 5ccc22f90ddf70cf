//! The counts by rule, in place of the findings.

use super::tally::Count;
use super::{Emitter, FileFindings, Tally, WriteColor};
use serde::Serialize;
use std::io;

/// For people.
pub struct Table;
/// An array of objects.
pub struct Json;
/// One object a line.
pub struct JsonLines;

/// A rule's counts as other programs read them.
#[derive(Serialize)]
struct Row {
    rule: &'static str,
    findings: usize,
    safe_fixes: usize,
    unsafe_fixes: usize,
}

fn rows(tally: &Tally) -> Vec<Row> {
    let row =
        |(rule, Count { findings, safe, not_safe })| Row { rule, findings, safe_fixes: safe, unsafe_fixes: not_safe };
    tally.by_rule().into_iter().map(row).collect()
}

impl Emitter for Table {
    fn file(&mut self, _: FileFindings<'_>, _: &mut dyn WriteColor) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, tally: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        let rows = rows(tally);
        let width = rows.iter().map(|row| row.findings.to_string().len()).max().unwrap_or(0);
        for Row { rule, findings, safe_fixes, unsafe_fixes } in rows {
            let fixes = match (safe_fixes, unsafe_fixes) {
                (0, 0) => String::new(),
                (safe, 0) => format!("  ({safe} fixable)"),
                (0, other) => format!("  ({other} fixable, unsafe)"),
                (safe, other) => format!("  ({safe} fixable, {other} more unsafe)"),
            };
            writeln!(out, "{findings:>width$}  {rule}{fixes}")?;
        }
        Ok(())
    }
}

impl Emitter for Json {
    fn file(&mut self, _: FileFindings<'_>, _: &mut dyn WriteColor) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, tally: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        serde_json::to_writer(&mut *out, &rows(tally))?;
        out.write_all(b"\n")
    }
}

impl Emitter for JsonLines {
    fn file(&mut self, _: FileFindings<'_>, _: &mut dyn WriteColor) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, tally: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        for row in rows(tally) {
            serde_json::to_writer(&mut *out, &row)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
