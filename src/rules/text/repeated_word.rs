use super::super::{Context, Example, Finding, Languages, Rule};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::rules::languages::primary;
use crate::span::Span;
use crate::text::scan::{self, Gap, Shape, Token};
use std::iter::Peekable;

pub static RULE: Rule = Rule {
    name: "text/repeated-word",
    summary: "a word written twice in a row",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Safe),
    mqm: "linguistic-conventions/grammar",
    documentation: "\
A decoder that loses its place says a word again: “the the president”. Reported are words of one line that are followed by \
themselves in small letters, as often as they are.

Left alone: doublings that English has (“had had”, “that that”, “very very”) and those of other languages (“vous vous”, \
“sie sie”); texts in languages that double words by rule (Turkish, Indonesian); names, where both words have a capital (“Duran Duran”); words joined by a hyphen to a neighbour; and the end of \
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

/// Doublings that are right, in small letters, by language. All count in all texts: texts quote one another.
const LEGITIMATE: &[&[&str]] = &[
    // English: grammar, then emphasis and sounds
    &["do", "had", "her", "in", "is", "on", "that", "was", "who", "you"],
    &[
        "again", "blah", "bye", "far", "ha", "hear", "hey", "ho", "knock", "long", "many", "more", "much", "no", "now",
        "oh",
    ],
    &["really", "so", "there", "tut", "very", "well", "yes"],
    // German: relative clauses behind articles, verbs at the end of a clause before another verb
    &[
        "an", "auf", "aus", "bei", "das", "dem", "den", "der", "die", "haben", "hat", "hatte", "hatten", "ist", "mit",
        "sein",
    ],
    &["sich", "sie", "sind", "vor", "war", "waren", "wenn", "werden", "wird", "worden", "wurde", "wurden", "zu"],
    // French, Spanish, Italian, Portuguese, Dutch
    &["nous", "vous", "doucement", "tout", "très", "luego", "muy", "casi"],
    &["adagio", "così", "forte", "lento", "mano", "passo", "pian", "piano", "poco", "quanto", "quasi", "subito", "via"],
    &["dat", "die", "logo", "quase", "ze"],
    // Russian
    &["вот", "да", "еле", "чуть", "что"],
];

/// Languages that say a word twice to make another of it.
const REDUPLICATING: &[&str] = &[
    "az", "fil", "hi", "hu", "id", "jv", "kk", "ky", "mi", "ms", "su", "sw", "tg", "tk", "tl", "tr", "tt", "ug", "uz",
    "vi",
];

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    if REDUPLICATING.contains(&primary(context.target_language)) {
        return;
    }
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let mut words = scan::tokens(text).peekable();
        while let Some(first) = words.next() {
            let Some(last) = last_repetition(text, &first, &mut words) else { continue };
            let joined = first.gap == Gap::Hyphen || words.peek().is_some_and(|next| next.gap == Gap::Hyphen);
            if joined || LEGITIMATE.iter().any(|words| words.contains(&last.text(text))) {
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
