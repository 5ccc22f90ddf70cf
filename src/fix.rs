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

/// How often a text is fixed. Two or three rounds are what it takes; rules that went round in a circle would take all.
const ROUNDS: usize = 10;

/// Fixes round by round until nothing is left that can be fixed, so that fixing the result again changes nothing: of fixes that
/// overlap each round applies one. `each` sees every round and the source that it began with.
///
/// The source afterwards and what is left to be found in it; `None` where there is nothing to fix.
pub fn fix_all(
    worker: &mut Worker<'_>,
    source: &Source,
    format: Format,
    found: &Report,
    level: Applicability,
    mut each: impl FnMut(&Source, &Fixed<'_>),
) -> Option<(Source, Report)> {
    let mut latest: Option<(Source, Report)> = None;
    for _ in 0..ROUNDS {
        let (source, found) = latest.as_ref().map_or((source, found), |(source, found)| (source, found));
        if found.diagnostics.iter().all(|diagnostic| diagnostic.fix(level).is_none()) {
            break;
        }
        let round = fix(worker, source, format, found, level);
        each(source, &round);
        let is_last = round.edits.is_empty();
        latest = Some((round.source, round.report));
        if is_last {
            break;
        }
    }
    latest
}

/// Applies the fixes of a report that are at least as sure as `level`, once.
///
/// Of two that overlap the surer is applied; the other waits for the next round. The result is linted again: a fix is taken back
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Edit, Severity};
    use crate::dictionary::Dictionary;
    use crate::lint::{Linter, Settings};
    use crate::rules::{Context, Languages, Rule};

    /// A rule that wants `$wrong` to be `$right`.
    macro_rules! rule {
        ($name:ident, $label:literal, $wrong:literal => $right:literal, $confidence:literal) => {
            static $name: Rule = Rule {
                name: $label,
                summary: "",
                severity: Severity::Warning,
                on_by_default: true,
                languages: Languages::All,
                needs_names: false,
                fix: Some(Applicability::Safe),
                mqm: "",
                documentation: "",
                examples: &[],
                check: |context: &Context<'_, '_>, out: &mut Vec<Diagnostic>| {
                    for (start, wrong) in context.source.text().match_indices($wrong) {
                        let span = (start..start + wrong.len()).into();
                        let suggestion = Suggestion {
                            text: $right.to_owned(),
                            entry: None,
                            confidence: $confidence,
                            applicability: Applicability::Safe,
                            edits: vec![Edit { span, replacement: $right.to_owned() }],
                        };
                        out.push(Diagnostic {
                            rule: $label,
                            severity: context.severity,
                            span,
                            text: wrong.to_owned(),
                            message: String::new(),
                            confidence: $confidence,
                            suggestions: vec![suggestion],
                            notes: Vec::new(),
                            related: Vec::new(),
                        });
                    }
                },
            };
        };
    }

    rule!(GREY, "test/grey", "grey" => "gray", 0.8);
    rule!(GREY_CAT, "test/grey-cat", "grey cat" => "tabby", 0.9);
    rule!(GRAY, "test/gray", "gray" => "grey", 0.8);
    rule!(GRAY_OWL, "test/gray-owl", "gray owl" => "barn owl", 0.7);

    /// The text after fixing, how many findings were fixed, which rules took fixes back, and how many findings are left.
    fn fixed(rules: &[&'static Rule], text: &str) -> (String, usize, Vec<&'static str>, usize) {
        let rules = rules.iter().map(|rule| (*rule, rule.severity)).collect();
        let linter = Linter::new(Dictionary::empty(), Settings { rules, ..Settings::default() });
        let (mut worker, source) = (linter.worker(), Source::new("a.txt", text));
        let found = worker.lint(&source, Format::Plain);
        let fixed = fix(&mut worker, &source, Format::Plain, &found, Applicability::Safe);
        let creates = fixed.dropped.iter().map(|dropped| dropped.creates).collect();
        (fixed.source.text().to_owned(), fixed.applied.len(), creates, fixed.report.diagnostics.len())
    }

    #[test]
    fn of_two_that_overlap_the_surer_is_applied() {
        assert_eq!(
            fixed(&[&GREY, &GREY_CAT], "a grey cat, a grey dog"),
            ("a tabby, a gray dog".to_owned(), 2, vec![], 0)
        );
    }

    #[test]
    fn a_fix_that_another_rule_would_undo_is_taken_back() {
        let (text, applied, creates, left) = fixed(&[&GREY, &GRAY_OWL], "grey owl, grey fox");
        assert_eq!((text.as_str(), applied, left), ("grey owl, gray fox", 1, 1));
        assert_eq!(creates, ["test/gray-owl"]);
        // Both would go on for ever.
        assert_eq!(fixed(&[&GREY, &GRAY], "grey gray").0, "grey gray");
    }

    #[test]
    fn a_fix_that_waited_behind_a_surer_one_is_applied_in_the_next_round() {
        rule!(CAT, "test/cat", "grey cat" => "grey tom", 0.9);
        let rules = [&GREY, &CAT].map(|rule| (rule, rule.severity)).to_vec();
        let linter = Linter::new(Dictionary::empty(), Settings { rules, ..Settings::default() });
        let (mut worker, source) = (linter.worker(), Source::new("a.txt", "a grey cat"));
        let found = worker.lint(&source, Format::Plain);
        let mut rounds = Vec::new();
        let fixed = fix_all(&mut worker, &source, Format::Plain, &found, Applicability::Safe, |before, round| {
            rounds.push((before.text().to_owned(), round.source.text().to_owned()));
        });
        let (source, left) = fixed.unwrap();
        let round = |before: &str, after: &str| (before.to_owned(), after.to_owned());
        assert_eq!(rounds, [round("a grey cat", "a grey tom"), round("a grey tom", "a gray tom")]);
        assert_eq!((source.text(), left.diagnostics.len()), ("a gray tom", 0));
        assert!(fix_all(&mut worker, &source, Format::Plain, &left, Applicability::Safe, |_, _| {}).is_none());
    }

    #[test]
    fn what_was_there_before_is_not_held_against_a_fix() {
        // "test/grey" waits behind the surer fix and finds its place again.
        rule!(CAT, "test/cat", "grey cat" => "grey tom", 0.9);
        let (text, applied, creates, left) = fixed(&[&GREY, &CAT], "a grey cat");
        assert_eq!((text.as_str(), applied, left), ("a grey tom", 1, 1));
        assert!(creates.is_empty());
    }
}
