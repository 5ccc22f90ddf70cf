use super::super::{Context, Example, Finding, Rule};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::span::Span;
use crate::text::scan::{self, Gap, Shape, Token};
use std::iter::Peekable;

pub static RULE: Rule = Rule {
    name: "text/repeated-word",
    summary: "a word written twice in a row",
    severity: Severity::Warning,
    on_by_default: true,
    fix: Some(Applicability::Safe),
    mqm: "linguistic-conventions/grammar",
    documentation: "\
A decoder that loses its place says a word again: “the the president”. Reported are words of one line that are followed by \
themselves in small letters, as often as they are.

Left alone: doublings that English has (“had had”, “that that”, “very very”) and those of other languages (“vous vous”, \
“sie sie”); names, where both words have a capital (“Duran Duran”); words joined by a hyphen to a neighbour; and the end of \
one line with the start of the next, which may be a heading and its text.

The fix is safe: it keeps the first of the words.",
    examples: &[
        Example {
            dictionary: "",
            before: "The the minister said that he would would not go.",
            after: "The minister said that he would not go.",
        },
        Example {
            dictionary: "",
            before: "What they had had that that year in Pago Pago was over\nover there.",
            after: "What they had had that that year in Pago Pago was over\nover there.",
        },
    ],
    check,
};

/// Doublings that are right, in small letters.
const LEGITIMATE: &[&str] = &[
    // English: grammar
    "do",
    "had",
    "her",
    "in",
    "is",
    "on",
    "that",
    "was",
    "who",
    "you",
    // English: emphasis and sounds
    "again",
    "blah",
    "bye",
    "far",
    "ha",
    "hear",
    "hey",
    "ho",
    "knock",
    "long",
    "many",
    "more",
    "much",
    "no",
    "now",
    "oh",
    "really",
    "so",
    "there",
    "tut",
    "very",
    "well",
    "yes",
    // French, German, Dutch, Italian, Spanish
    "das",
    "der",
    "die",
    "doucement",
    "nous",
    "piano",
    "quanto",
    "sie",
    "vous",
    "wird",
];

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let mut words = scan::tokens(text).peekable();
        while let Some(first) = words.next() {
            let Some(last) = last_repetition(text, &first, &mut words) else { continue };
            let joined = first.gap == Gap::Hyphen || words.peek().is_some_and(|next| next.gap == Gap::Hyphen);
            if joined || LEGITIMATE.contains(&last.text(text)) {
                continue;
            }
            let span = Span::new(first.span.start, last.span.end);
            let kept = first.text(text);
            Finding::new(context, &RULE, index, span, format!("“{kept}” stands here more than once"))
                .confidence(0.95)
                .suggest(kept, None, 0.95, Applicability::Safe)
                .push(out);
        }
    }
}

/// Takes from `words` those that say `first` again; the last of them.
fn last_repetition(text: &str, first: &Token, words: &mut Peekable<impl Iterator<Item = Token>>) -> Option<Token> {
    let small = first.text(text).to_lowercase();
    let repeats = |next: &Token| next.gap == Gap::Space && next.shape == Shape::Lower && next.text(text) == small;
    let mut last = None;
    while let Some(next) = words.next_if(repeats) {
        last = Some(next);
    }
    last
}
