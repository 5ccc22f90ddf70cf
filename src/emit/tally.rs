//! Counting what was found; as text it is the summary.

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use std::collections::BTreeMap;
use std::fmt;

/// The counts of a run.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub files: usize,
    /// Findings that were fixed; they are not among those counted below.
    pub fixed: usize,
    rules: BTreeMap<&'static str, Count>,
    severities: BTreeMap<Severity, usize>,
}

/// How often a rule found something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub findings: usize,
    /// Of these, those with a fix that `--fix` applies.
    pub safe: usize,
    /// Of these, those with a fix that `--fix --unsafe-fixes` applies and `--fix` does not.
    pub not_safe: usize,
}

impl Tally {
    pub fn add(&mut self, diagnostic: &Diagnostic) {
        *self.severities.entry(diagnostic.severity).or_default() += 1;
        let count = self.rules.entry(diagnostic.rule).or_default();
        count.findings += 1;
        match diagnostic.fix(Applicability::Unsafe).map(|fix| fix.applicability) {
            Some(Applicability::Safe) => count.safe += 1,
            Some(_) => count.not_safe += 1,
            None => {}
        }
    }

    /// The severest finding.
    pub fn worst(&self) -> Option<Severity> {
        self.severities.keys().next_back().copied()
    }

    /// The rules that found something: most findings first, then by name.
    pub fn by_rule(&self) -> Vec<(&'static str, Count)> {
        let mut rules: Vec<_> = self.rules.iter().map(|(rule, count)| (*rule, *count)).collect();
        rules.sort_by_key(|(_, count)| std::cmp::Reverse(count.findings));
        rules
    }

    fn total(&self) -> Count {
        self.rules.values().fold(Count::default(), |sum, count| Count {
            findings: sum.findings + count.findings,
            safe: sum.safe + count.safe,
            not_safe: sum.not_safe + count.not_safe,
        })
    }
}

/// `3 files checked: 12 findings (1 error, 11 warnings); 4 fixable with --fix, 3 more with --fix --unsafe-fixes`
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.total();
        if self.files == 0 {
            return f.write_str("no files checked");
        }
        write!(f, "{} checked: ", counted(self.files, "file"))?;
        if self.fixed > 0 {
            write!(f, "{} fixed, ", self.fixed)?;
        }
        let left = if self.fixed > 0 { " left" } else { "" };
        if total.findings == 0 {
            return write!(f, "nothing{}", if self.fixed > 0 { " left" } else { " found" });
        }
        let severities = self.severities.iter().rev().map(|(severity, count)| match severity {
            Severity::Info => format!("{count} info"),
            _ => counted(*count, &severity.to_string()),
        });
        write!(f, "{}{left} ({})", counted(total.findings, "finding"), severities.collect::<Vec<_>>().join(", "))?;
        match (total.safe, total.not_safe) {
            (0, 0) => Ok(()),
            (safe, 0) => write!(f, "; {safe} fixable with --fix"),
            (0, other) => write!(f, "; {other} fixable with --fix --unsafe-fixes"),
            (safe, other) => write!(f, "; {safe} fixable with --fix, {other} more with --fix --unsafe-fixes"),
        }
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
