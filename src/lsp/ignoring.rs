//! Comments that have a finding ignored, for formats that have comments.

use super::documents::Document;
use super::refusal::Refusal;
use super::workshop::Workshop;
use crate::diagnostic::{Diagnostic, Edit};
use crate::edits::Edits;
use crate::source::Source;
use crate::suppress::{self, Reach};
use lsp_server::ErrorCode;
use serde::{Deserialize, Serialize};

/// How far it is to be ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Scope {
    Here,
    File,
}

impl Scope {
    fn reach(self) -> Reach {
        match self {
            Scope::Here => Reach::Finding,
            Scope::File => Reach::File,
        }
    }
}

/// Whether the format has comments for it.
pub fn is_possible(source: &Source, finding: &Diagnostic, scope: Scope) -> bool {
    suppress::comment(source, finding, scope.reach()).is_some()
}

/// The edit that writes the comment. It is tried out first: afterwards the finding must be gone, and nothing new be there.
///
/// # Errors
/// A comment cannot stand there.
pub fn comment(
    workshop: &mut Workshop<'_>,
    document: &Document,
    finding: &Diagnostic,
    scope: Scope,
) -> Result<Edit, Refusal> {
    let source = &document.source;
    let impossible = || Refusal::new(ErrorCode::RequestFailed, "no comment can stand there; ignore it in the project");
    let edit = suppress::comment(source, finding, scope.reach()).ok_or_else(impossible)?;
    let mut edits = Edits::of(source);
    edits.add(std::slice::from_ref(&edit)).map_err(|_| impossible())?;
    let before = workshop.whole(document)?;
    let after = workshop.report(&edits.apply(), document.format)?;
    let count =
        |found: &[Diagnostic]| found.iter().filter(|f| f.rule == finding.rule && f.text == finding.text).count();
    let is_gone = count(&after.diagnostics) < count(&before.report.diagnostics);
    let is_clean = after.diagnostics.len() < before.report.diagnostics.len()
        && after.problems.len() <= before.report.problems.len();
    if is_gone && is_clean { Ok(edit) } else { Err(impossible()) }
}
