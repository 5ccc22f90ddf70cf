//! Showing what was found. One output format, one file.
//!
//! Knows findings and sources; knows no rules, no dictionaries, no file system.

mod checkstyle;
mod concise;
pub mod diff;
pub mod display;
mod excerpt;
mod full;
mod github;
mod gitlab;
mod grouped;
mod html;
mod json;
mod json_lines;
mod junit;
mod rdjson;
mod record;
mod sarif;
mod statistics;
mod tally;
mod xml;

pub use record::Record;
pub use tally::Tally;

use crate::diagnostic::{Applicability, Diagnostic, Severity, Suggestion};
use crate::source::Source;
pub use codespan_reporting::term::termcolor::WriteColor;
use std::io;

/// The JSON Schema of what [`OutputFormat::Json`] writes; a line of [`OutputFormat::JsonLines`] is one of its items.
pub const FINDINGS_SCHEMA: &str = include_str!("findings.schema.json");

/// How findings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum OutputFormat {
    /// The line with the finding underlined, what it should be, why, and how sure
    #[default]
    Full,
    /// One line a finding
    Concise,
    /// One heading a file, one line a finding
    Grouped,
    /// An array of objects
    Json,
    /// One object a line
    JsonLines,
    /// A page for people: the texts with their findings in place
    Html,
    /// GitHub workflow commands
    Github,
    /// A GitLab Code Quality report
    Gitlab,
    /// SARIF 2.1.0
    Sarif,
    /// reviewdog's format
    Rdjson,
    /// reviewdog's format, one object a line
    Rdjsonl,
    Junit,
    Checkstyle,
}

/// What a report tells of a rule.
#[derive(Clone, Copy, Debug)]
pub struct RuleInfo {
    pub name: &'static str,
    pub summary: &'static str,
    pub documentation: &'static str,
    pub severity: Severity,
    pub mqm: &'static str,
}

/// What was found in one file.
#[derive(Clone, Copy)]
pub struct FileFindings<'a> {
    /// As it is shown.
    pub path: &'a str,
    pub source: &'a Source,
    pub diagnostics: &'a [Diagnostic],
}

/// Writes one output format: each file in order, then the end.
pub trait Emitter {
    fn file(&mut self, file: FileFindings<'_>, out: &mut dyn WriteColor) -> io::Result<()>;
    fn finish(&mut self, tally: &Tally, out: &mut dyn WriteColor) -> io::Result<()>;
}

impl OutputFormat {
    /// The format's emitter; formats for people end with a summary where it is wanted, some tell of the rules that ran.
    pub fn emitter(self, with_summary: bool, rules: &[RuleInfo]) -> Box<dyn Emitter> {
        match self {
            OutputFormat::Full => Box::new(full::Full { with_summary }),
            OutputFormat::Concise => Box::new(concise::Concise { with_summary }),
            OutputFormat::Grouped => Box::new(grouped::Grouped { with_summary }),
            OutputFormat::Json => Box::<json::Json>::default(),
            OutputFormat::JsonLines => Box::new(json_lines::JsonLines),
            OutputFormat::Html => Box::new(html::Html::new(rules)),
            OutputFormat::Github => Box::<github::Github>::default(),
            OutputFormat::Gitlab => Box::<gitlab::Gitlab>::default(),
            OutputFormat::Sarif => Box::new(sarif::Sarif { rules: rules.to_vec(), results: Vec::new() }),
            OutputFormat::Rdjson => Box::<rdjson::Rdjson>::default(),
            OutputFormat::Rdjsonl => Box::new(rdjson::Rdjsonl),
            OutputFormat::Junit => Box::<junit::Junit>::default(),
            OutputFormat::Checkstyle => Box::<checkstyle::Checkstyle>::default(),
        }
    }

    /// The emitter of the counts by rule.
    pub fn statistics(self) -> Box<dyn Emitter> {
        match self {
            OutputFormat::Json => Box::new(statistics::Json),
            OutputFormat::JsonLines => Box::new(statistics::JsonLines),
            _ => Box::new(statistics::Table),
        }
    }
}

/// The finding in one line: its message and, where that does not say it, what should stand there.
fn one_line(diagnostic: &Diagnostic) -> String {
    let is_news = |first: &Suggestion| {
        first.applicability == Applicability::DisplayOnly || !diagnostic.message.contains(&first.text)
    };
    match diagnostic.suggestions.first() {
        Some(first) if is_news(first) => format!("{}; {}", diagnostic.message, advice(diagnostic)),
        _ => diagnostic.message.clone(),
    }
}

/// What the finding should read, in a few words; empty where nothing is suggested.
fn advice(diagnostic: &Diagnostic) -> String {
    use crate::diagnostic::Applicability::DisplayOnly;
    match &diagnostic.suggestions[..] {
        [] => String::new(),
        [only, ..] if only.text.is_empty() => "should not be here".to_owned(),
        [first, second, ..] if first.applicability == DisplayOnly => {
            format!("perhaps “{}” or “{}”", first.text, second.text)
        }
        [first, ..] if first.applicability == DisplayOnly => format!("perhaps “{}”", first.text),
        [first, ..] => format!("should be “{}”", first.text),
    }
}

/// Never “100 %” for what is not certain, nor “0 %” for what is not impossible.
fn percent(probability: f32) -> String {
    if probability < 1.0 && probability > 0.99 {
        return "over 99 %".to_owned();
    }
    format!("{:.0} %", probability * 100.0)
}
