//! The rules. One rule, one file: documentation, examples, check and tests; this file lists them and knows none by name.
//!
//! A rule reads a [`Context`] and pushes [`Diagnostic`]s; it knows nothing of output formats, files or configuration.

mod finding;
mod names;

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::document::Document;
use crate::names::rank::Ranker;
use crate::names::resolve::Mention;
use crate::source::Source;

pub use finding::Finding;

/// A rule describes itself: what `orthonym rule` prints, what it needs, how it checks.
pub struct Rule {
    /// `group/kebab-case`, named after the defect.
    pub name: &'static str,
    /// One line, in lower case, without a full stop: what it finds.
    pub summary: &'static str,
    pub severity: Severity,
    /// Whether it runs unless it is ignored.
    pub on_by_default: bool,
    /// The applicability that its suggestions reach at best; `None` where it suggests nothing.
    pub fix: Option<Applicability>,
    /// The error type of the MQM typology (Multidimensional Quality Metrics) that its findings count as.
    pub mqm: &'static str,
    /// What it finds, why it matters, how sure the fix is: Markdown paragraphs.
    pub documentation: &'static str,
    /// Shown in the documentation and run as tests.
    pub examples: &'static [Example],
    pub check: fn(&Context<'_, '_>, &mut Vec<Diagnostic>),
}

/// A text, the dictionary that it is checked against, and what the rule makes of it.
pub struct Example {
    /// TOML entries, as in a dictionary file; empty for the rules that need none.
    pub dictionary: &'static str,
    pub before: &'static str,
    /// The text after all suggestions of this rule, whatever their applicability; equal to `before` where nothing is to be found.
    pub after: &'static str,
}

/// All that a rule may look at.
#[derive(Clone, Copy)]
pub struct Context<'a, 'd> {
    pub source: &'a Source,
    pub document: &'a Document<'a>,
    /// The names of the document, in order, resolved.
    pub mentions: &'a [Mention],
    /// The dictionary, and the ranking of its entries for any span.
    pub ranker: &'a Ranker<'d>,
    /// The language that the text was translated from, if it is known or the document's garblings tell.
    pub source_language: Option<&'a str>,
    /// The style guide whose forms are preferred, if one was chosen.
    pub style: Option<&'a str>,
    /// The severity that the rule's findings have in this run.
    pub severity: Severity,
}

/// Every rule, in the order of the documentation.
pub fn all() -> &'static [&'static Rule] {
    ALL
}

static ALL: &[&Rule] = &[
    &names::mistransliteration::RULE,
    &names::misspelling::RULE,
    &names::calque::RULE,
    &names::translated_word::RULE,
    &names::acronym::RULE,
    &names::inconsistent::RULE,
    &names::diacritics::RULE,
    &names::letter_case::RULE,
    &names::variant::RULE,
    &names::doubled::RULE,
    &names::truncated::RULE,
];

/// The rule of that name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

impl Rule {
    /// The part of the name before the slash.
    pub fn group(&self) -> &'static str {
        self.name.split_once('/').map_or(self.name, |(group, _)| group)
    }
}
