//! What the rules find: plain data, apart from how it is shown.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// How bad a finding is. Ordered: `Info < Warning < Error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// Whether a suggestion may be applied unasked. Ordered: `DisplayOnly < Unsafe < Safe`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applicability {
    /// Shown, never applied without a person choosing it.
    DisplayOnly,
    /// Applied with `--unsafe-fixes`.
    Unsafe,
    /// Applied with `--fix`.
    Safe,
}

/// One replacement in the source text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Bytes of [`crate::source::Source::text`].
    pub span: Span,
    /// What stands there afterwards, escaped as that place in the file needs it.
    pub replacement: String,
}

/// One thing that the text could say instead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The whole finding as it should read, unescaped.
    pub text: String,
    /// The id of the dictionary entry behind it.
    pub entry: Option<String>,
    /// Calibrated probability that this is what the text should say, 0 to 1.
    pub confidence: f32,
    pub applicability: Applicability,
    /// Disjoint and sorted; empty where it cannot be applied.
    pub edits: Vec<Edit>,
}

/// Another place that has to do with the finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Related {
    pub span: Span,
    pub message: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Diagnostic {
    /// The rule's name, `group/kebab-case`.
    pub rule: &'static str,
    pub severity: Severity,
    /// Bytes of [`crate::source::Source::text`].
    pub span: Span,
    /// The text found, as a reader sees it (unescaped).
    pub text: String,
    /// One line: what is wrong.
    pub message: String,
    /// Calibrated probability that the finding is right, 0 to 1.
    pub confidence: f32,
    /// Best first.
    pub suggestions: Vec<Suggestion>,
    /// Why, one line each.
    pub notes: Vec<String>,
    pub related: Vec<Related>,
}

impl Diagnostic {
    /// The suggestion that a fix at `level` would apply: the first one, where it may be applied at all.
    pub fn fix(&self, level: Applicability) -> Option<&Suggestion> {
        self.suggestions.first().filter(|s| s.applicability >= level && !s.edits.is_empty())
    }

    /// The order of output: by place, then by rule.
    pub fn sort_key(&self) -> (usize, usize, &'static str) {
        (self.span.start, self.span.end, self.rule)
    }
}
