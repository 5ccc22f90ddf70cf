//! What a comment can say to the linter: `orthonym: ignore[names/acronym]`.

use crate::rules::{Selector, UnknownSelector};
use crate::span::Span;
use std::cell::Cell;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Ignore,
    IgnoreNextLine,
    Disable,
    Enable,
    FileIgnore,
}

const VERBS: [(&str, Verb); 5] = [
    ("ignore", Verb::Ignore),
    ("ignore-next-line", Verb::IgnoreNextLine),
    ("disable", Verb::Disable),
    ("enable", Verb::Enable),
    ("file-ignore", Verb::FileIgnore),
];

const MARK: &str = "orthonym:";

/// A directive as it stands.
#[derive(Debug)]
pub struct Directive {
    /// From `orthonym:` to the closing bracket.
    pub span: Span,
    /// The comment that it stands in.
    pub comment: Span,
    pub verb: Verb,
    /// In brackets; none stands for all rules.
    pub targets: Vec<Target>,
    /// Bytes of the text whose findings it is about.
    pub covers: Span,
    /// Whether one without brackets did anything.
    pub used: Cell<bool>,
}

/// A rule or group that a directive names.
#[derive(Debug)]
pub struct Target {
    pub span: Span,
    pub selector: Result<Selector, UnknownSelector>,
    pub used: Cell<bool>,
}

/// A comment that speaks to us and is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misspelt {
    pub span: Span,
    pub message: String,
    /// What was probably meant in its place.
    pub meant: Option<&'static str>,
}

/// The directives in a stretch of a text; they cover nothing yet.
pub fn parse(text: &str, inside: Span, comment: Span) -> Vec<Result<Directive, Misspelt>> {
    let mut found = Vec::new();
    let mut from = inside.start;
    while let Some(at) = text[from..inside.end].find(MARK) {
        let start = from + at;
        let rest = &text[start + MARK.len()..inside.end];
        let verb_start = start + MARK.len() + (rest.len() - rest.trim_start().len());
        let name_length = text[verb_start..inside.end].find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let verb_end = name_length.map_or(inside.end, |length| verb_start + length);
        let name = text[verb_start..verb_end].trim_end_matches('-');
        let verb_end = verb_start + name.len();
        from = verb_end;
        let Some((_, verb)) = VERBS.iter().find(|(known, _)| *known == name) else {
            found.push(Err(unknown_verb(Span::new(verb_start, verb_end), name)));
            continue;
        };
        let mut directive = Directive {
            span: Span::new(start, verb_end),
            comment,
            verb: *verb,
            targets: Vec::new(),
            covers: Span::new(0, 0),
            used: Cell::new(false),
        };
        if text[verb_end..inside.end].starts_with('[') {
            let Some(length) = text[verb_end..inside.end].find(']') else {
                let span = Span::new(verb_end, inside.end);
                let message = "the bracket is not closed, and nothing is ignored".to_owned();
                found.push(Err(Misspelt { span, message, meant: None }));
                break;
            };
            from = verb_end + length + 1;
            directive.span.end = from;
            directive.targets = targets(text, Span::new(verb_end + 1, verb_end + length));
            if directive.targets.is_empty() {
                let message = "the brackets name no rule, and nothing is ignored".to_owned();
                found.push(Err(Misspelt { span: Span::new(verb_end, from), message, meant: None }));
                continue;
            }
        }
        found.push(Ok(directive));
    }
    found
}

fn targets(text: &str, inside: Span) -> Vec<Target> {
    let mut targets = Vec::new();
    let mut start = inside.start;
    for part in text[inside.range()].split(',') {
        let name = part.trim();
        let at = start + (part.len() - part.trim_start().len());
        if !name.is_empty() {
            let span = Span::new(at, at + name.len());
            targets.push(Target { span, selector: name.parse(), used: Cell::new(false) });
        }
        start += part.len() + 1;
    }
    targets
}

fn unknown_verb(span: Span, name: &str) -> Misspelt {
    let likeness = |known: &str| strsim::normalized_damerau_levenshtein(name, known);
    let best = VERBS.iter().map(|(known, _)| (likeness(known), *known)).max_by(|a, b| a.0.total_cmp(&b.0));
    let meant = best.filter(|(likeness, _)| *likeness >= 0.5).map(|(_, known)| known);
    let known: Vec<&str> = VERBS.iter().map(|(known, _)| *known).collect();
    let message = format!("“{name}” says nothing to orthonym, which understands {}", known.join(", "));
    Misspelt { span, message, meant }
}
