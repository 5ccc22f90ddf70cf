//! Showing what was found. One output format, one file.
//!
//! Knows findings and sources; knows no rules, no dictionaries, no file system.

mod concise;
pub mod diff;
pub mod display;
mod excerpt;
mod full;
mod json;
mod json_lines;
mod record;
mod statistics;
mod tally;

pub use record::Record;
pub use tally::Tally;

use crate::diagnostic::Diagnostic;
use crate::source::Source;
pub use codespan_reporting::term::termcolor::WriteColor;
use std::io;

/// How findings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum OutputFormat {
    /// The line with the finding underlined, what it should be, why, and how sure
    #[default]
    Full,
    /// One line a finding
    Concise,
    /// An array of objects
    Json,
    /// One object a line
    JsonLines,
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
    /// The format's emitter; formats for people end with a summary where it is wanted.
    pub fn emitter(self, with_summary: bool) -> Box<dyn Emitter> {
        match self {
            OutputFormat::Full => Box::new(full::Full { with_summary }),
            OutputFormat::Concise => Box::new(concise::Concise { with_summary }),
            OutputFormat::Json => Box::<json::Json>::default(),
            OutputFormat::JsonLines => Box::new(json_lines::JsonLines),
        }
    }

    /// The emitter of the counts by rule.
    pub fn statistics(self) -> Box<dyn Emitter> {
        match self {
            OutputFormat::Full | OutputFormat::Concise => Box::new(statistics::Table),
            OutputFormat::Json => Box::new(statistics::Json),
            OutputFormat::JsonLines => Box::new(statistics::JsonLines),
        }
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
