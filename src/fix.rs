//! Choosing the fixes of a source that go together, and proving that they make nothing worse.
//!
//! Works in memory; [`crate::files`] writes.

use crate::diagnostic::{Applicability, Diagnostic, Suggestion};
use crate::document::Format;
use crate::edits::{Edits, Places};
use crate::lint::{Report, Worker};
use crate::source::Source;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

/// A source with its fixes.
pub struct Fixed<'r> {
    pub edits: Edits<'r>,
    /// The source afterwards.
    pub source: Source,
    /// What is left to be found in it.
    pub report: Report,
    /// The findings whose fixes were applied.
    pub applied: Vec<&'r Diagnostic>,
    /// The findings whose fixes were tried and taken back.
    pub dropped: Vec<Dropped<'r>>,
}

/// A fix that is not applied because the text would be no better.
#[derive(Debug, PartialEq)]
pub struct Dropped<'r> {
    pub diagnostic: &'r Diagnostic,
    /// The rule that finds fault with the fixed text, in the fix's place.
    pub creates: &'static str,
}

/// Applies the fixes of a report that are at least as sure as `level`.
///
/// Of two that overlap the surer is applied; the other waits for the next run. The result is linted again: a fix is taken back
/// where a rule finds something in its place, or against it, that the same rule did not find there before. (A finding
/// elsewhere in the document is not held against it: there the fix brought something to light, it did not cause it.)
/// Each round takes back at least one fix, in practice all that are at fault, so that a second round is the last.
pub fn fix<'r>(
    worker: &mut Worker<'_>,
    source: &'r Source,
    format: Format,
    found: &'r Report,
    level: Applicability,
) -> Fixed<'r> {
    let mut chosen = choose(source, &found.diagnostics, level);
    let mut dropped = Vec::new();
    loop {
        let mut edits = Edits::of(source);
        chosen.retain(|(_, suggestion)| edits.add(&suggestion.edits).is_ok());
        let fixed = edits.apply();
        let report = worker.lint(&fixed, format);
        let culprits = culprits(&edits, &chosen, &found.diagnostics, &report.diagnostics);
        if culprits.is_empty() {
            let applied = chosen.into_iter().map(|(diagnostic, _)| diagnostic).collect();
            return Fixed { edits, source: fixed, report, applied, dropped };
        }
        let mut kept = Vec::with_capacity(chosen.len());
        for (index, (diagnostic, suggestion)) in chosen.into_iter().enumerate() {
            match culprits.get(&index) {
                Some(creates) => dropped.push(Dropped { diagnostic, creates }),
                None => kept.push((diagnostic, suggestion)),
            }
        }
        chosen = kept;
    }
}

type Choice<'r> = (&'r Diagnostic, &'r Suggestion);

/// The findings with a fix at `level` that go together, the surer first.
fn choose<'r>(source: &Source, found: &'r [Diagnostic], level: Applicability) -> Vec<Choice<'r>> {
    let mut choices: Vec<Choice> = found.iter().filter_map(|d| Some((d, d.fix(level)?))).collect();
    choices.sort_by(surer_first);
    let mut edits = Edits::of(source);
    choices.retain(|(_, suggestion)| edits.add(&suggestion.edits).is_ok());
    choices
}

fn surer_first(a: &Choice<'_>, b: &Choice<'_>) -> Ordering {
    let ((a, fix_a), (b, fix_b)) = (a, b);
    (fix_b.applicability.cmp(&fix_a.applicability))
        .then(fix_b.confidence.total_cmp(&fix_a.confidence))
        .then(b.confidence.total_cmp(&a.confidence))
        .then(a.sort_key().cmp(&b.sort_key()))
}

/// The choices that made a finding, by index, with the rule that finds it.
fn culprits(
    edits: &Edits<'_>,
    chosen: &[Choice<'_>],
    before: &[Diagnostic],
    after: &[Diagnostic],
) -> HashMap<usize, &'static str> {
    let (old_places, new_places) = (edits.places_before(), edits.places_after());
    let owners = owners(&old_places, chosen);
    let fixed: HashSet<*const Diagnostic> = chosen.iter().map(|(d, _)| std::ptr::from_ref(*d)).collect();
    // What was there before and was not fixed may be there afterwards.
    let mut expected: HashSet<(usize, &str)> = HashSet::new();
    for diagnostic in before.iter().filter(|d| !fixed.contains(&std::ptr::from_ref(*d))) {
        expected.extend(old_places.touching(diagnostic.span).map(|place| (place, diagnostic.rule)));
    }
    let mut culprits = HashMap::new();
    for diagnostic in after {
        let touched = new_places.touching(diagnostic.span);
        if touched.clone().any(|place| expected.contains(&(place, diagnostic.rule))) {
            continue;
        }
        for owner in touched.filter_map(|place| owners.get(&place)) {
            culprits.entry(*owner).or_insert(diagnostic.rule);
        }
    }
    culprits
}

/// Which choice each place belongs to.
fn owners(places: &Places, chosen: &[Choice<'_>]) -> HashMap<usize, usize> {
    let edits = chosen.iter().enumerate().flat_map(|(owner, (_, fix))| fix.edits.iter().map(move |edit| (owner, edit)));
    edits.filter_map(|(owner, edit)| Some((places.find(edit.span)?, owner))).collect()
}
