//! The rules. One rule, one file: documentation, examples, check and tests; this file lists them and knows none by name.
//!
//! A rule reads a [`Context`] and pushes [`Diagnostic`]s; it knows nothing of output formats, files or configuration.

mod finding;
mod languages;
mod names;
mod page;
mod selector;
mod source;
mod suppression;
mod text;

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::document::Document;
use crate::glossary::Glossary;
use crate::names::natives::NativeIndex;
use crate::names::original::Originals;
use crate::names::rank::Ranker;
use crate::names::resolve::Mention;
use crate::source::Source;
use crate::suppress::Suppressions;

pub use finding::Finding;
pub use languages::Languages;
pub use selector::{Exactness, Selection, Selector, UnknownSelector};

/// A rule describes itself: what `orthonym rule` prints, what it needs, how it checks.
pub struct Rule {
    /// `group/kebab-case`, named after the defect.
    pub name: &'static str,
    /// One line, in lower case, without a full stop: what it finds.
    pub summary: &'static str,
    pub severity: Severity,
    /// Whether it runs unless it is ignored.
    pub on_by_default: bool,
    /// The languages of the texts that it understands; it runs on no other.
    pub languages: Languages,
    /// Whether it looks at [`Context::mentions`].
    pub needs_names: bool,
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

/// A text, the dictionary that it is checked against, and what the rule makes of it. Rules of the group `source` have tables of two
/// columns, `source` and `target`, with tabs between.
pub struct Example {
    /// TOML entries, as in a dictionary file; empty for the rules that need none. Of `source/glossary` it is a glossary in TSV.
    pub dictionary: &'static str,
    pub before: &'static str,
    /// The text after all suggestions of this rule, whatever their applicability; equal to `before` where nothing is to be found.
    /// A finding without a suggestion stands between ⟦ and ⟧.
    pub after: &'static str,
}

/// All that a rule may look at.
#[derive(Clone, Copy)]
pub struct Context<'a, 'd> {
    pub source: &'a Source,
    pub document: &'a Document<'a>,
    /// The names of the document, resolved, in the order that `Resolver::resolve` gives them.
    pub mentions: &'a [Mention],
    /// The dictionary, and the ranking of its entries for any span.
    pub ranker: &'a Ranker<'d>,
    /// The dictionary's native forms; empty where the document has no source side.
    pub natives: &'a NativeIndex,
    /// What native words of names that no dictionary has stand for.
    pub originals: &'a Originals,
    /// How the project translates its terms; empty where it does not say.
    pub glossary: &'a Glossary,
    /// The language that the text was translated from, if it is known or the document's garblings tell.
    pub source_language: Option<&'a str>,
    /// The language of the text, as an ISO 639 code.
    pub target_language: &'a str,
    /// The style guide whose forms are preferred, if one was chosen.
    pub style: Option<&'a str>,
    /// Findings less sure than this are not reported.
    pub min_confidence: f32,
    /// The severity that the rule's findings have in this run.
    pub severity: Severity,
    /// What comments say to the linter; which of them did anything is known when the rules of `suppression/` run.
    pub suppressions: &'a Suppressions,
    /// The rules of this run.
    pub running: &'a [(&'static Rule, Severity)],
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
    &source::name_missing::RULE,
    &source::name_invented::RULE,
    &source::untranslated::RULE,
    &source::empty::RULE,
    &source::number::RULE,
    &source::placeholder::RULE,
    &source::link::RULE,
    &source::punctuation::RULE,
    &source::length::RULE,
    &source::inconsistent::RULE,
    &source::glossary::RULE,
    &text::foreign_punctuation::RULE,
    &text::foreign_script::RULE,
    &text::mixed_script::RULE,
    &text::control::RULE,
    &text::mojibake::RULE,
    &text::repeated_word::RULE,
    &text::repeated_phrase::RULE,
    &text::punctuation::RULE,
    &text::quotes::RULE,
    &text::boilerplate::RULE,
    &text::pronoun::RULE,
    &text::fragment::RULE,
    &text::markup::RULE,
    &text::glued_words::RULE,
    &text::broken_number::RULE,
    &text::repeated_heading::RULE,
    &text::refusal::RULE,
    &suppression::unused::RULE,
    &suppression::unknown_rule::RULE,
];

/// The rule of that name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

impl Context<'_, '_> {
    /// Whether a finding so sure makes any difference: it is reported, or a comment may be there for it.
    pub fn wants(&self, confidence: f32) -> bool {
        confidence >= self.min_confidence || !self.suppressions.directives.is_empty()
    }
}

impl Rule {
    /// The part of the name before the slash.
    pub fn group(&self) -> &'static str {
        self.name.split_once('/').map_or(self.name, |(group, _)| group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Edit;
    use crate::dictionary::{Compiled, Dictionary, compile, load};
    use crate::document::Format;
    use crate::edits::Edits;
    use crate::lint::{Linter, Settings};
    use std::collections::HashSet;
    use std::path::Path;

    /// The text after all first suggestions of the rule.
    fn mended(rule: &'static Rule, example: &Example) -> String {
        let mut dictionary = Dictionary::empty();
        let folder = tempfile::tempdir().unwrap();
        let glossary_file = folder.path().join("example.tsv");
        std::fs::write(&glossary_file, example.dictionary).unwrap();
        let needs_glossary = rule.name == "source/glossary";
        let glossary = Glossary::open(needs_glossary.then_some(glossary_file.as_path()), "en").unwrap().into();
        let entries = if needs_glossary { "" } else { example.dictionary };
        let entries = load::parse(Path::new("example.toml"), entries).unwrap();
        dictionary.push(Compiled::open(compile(entries.iter().map(|located| &located.entry))).unwrap());
        // What is ignored in vain is known only where the others run.
        let is_wanted = |other: &&Rule| other.name == rule.name || rule.group() == "suppression";
        let rules = all().iter().copied().filter(is_wanted).map(|rule| (rule, rule.severity)).collect();
        let linter = Linter::new(dictionary, Settings { rules, min_confidence: 0.0, glossary, ..Settings::default() });
        let (name, format) = match rule.group() {
            "source" => ("example.tsv", Format::Tsv),
            "suppression" => ("example.md", Format::Plain),
            _ => ("example.txt", Format::Plain),
        };
        let source = Source::new(name, example.before);
        let report = linter.worker().lint(&source, format);
        let mut edits = Edits::of(&source);
        for diagnostic in report.diagnostics.iter().filter(|d| d.rule == rule.name) {
            match diagnostic.suggestions.first() {
                Some(suggestion) => edits.add(&suggestion.edits).unwrap(),
                None => edits.add(&[marked(diagnostic)]).unwrap(),
            }
        }
        edits.apply().text().to_owned()
    }

    /// The edit that shows a finding without a suggestion.
    fn marked(diagnostic: &Diagnostic) -> Edit {
        Edit { span: diagnostic.span, replacement: format!("⟦{}⟧", diagnostic.text) }
    }

    #[test]
    fn every_rule_does_what_its_examples_show() {
        let examples = all().iter().flat_map(|rule| rule.examples.iter().map(move |example| (*rule, example)));
        let wrong: Vec<_> = examples
            .map(|(rule, example)| (rule.name, mended(rule, example), example.after))
            .filter(|(_, mended, after)| mended != after)
            .collect();
        assert!(wrong.is_empty(), "rule, what it makes of its example, what it says: {wrong:#?}");
    }

    #[test]
    fn every_rule_is_named_and_documented() {
        let mut names = HashSet::new();
        for rule in all() {
            let name = rule.name;
            assert!(names.insert(name), "{name} is there twice");
            let is_kebab = |part: &str| {
                !part.is_empty()
                    && part.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
            };
            assert!(name.split_once('/').is_some_and(|(group, defect)| is_kebab(group) && is_kebab(defect)), "{name}");
            assert!(!rule.summary.is_empty() && !rule.summary.ends_with('.'), "{name}: the summary");
            assert!(!rule.mqm.is_empty(), "{name}: the MQM category");
            assert!(rule.documentation.split_whitespace().count() >= 20, "{name}: the documentation");
            assert!(rule.examples.iter().any(|e| e.before != e.after), "{name}: an example");
        }
    }
}
