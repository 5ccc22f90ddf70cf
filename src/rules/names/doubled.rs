use super::super::{Context, Example, Finding, Languages, Rule};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::names::query::{QueryWord, without_possessive};
use crate::span::Span;
use crate::text::scan::{self, Gap, Shape, Token};

pub static RULE: Rule = Rule {
    name: "names/doubled",
    summary: "a name given twice in a row",
    severity: Severity::Info,
    on_by_default: true,
    languages: Languages::ENGLISH,
    needs_names: true,
    fix: Some(Applicability::Unsafe),
    mqm: "fluency/redundant",
    documentation: "\
A source that gives a name in two scripts, “كييف (Kyiv)”, is translated into the same name twice: “Kyiv (Kyiv)”. So is a name \
that stood at a line's end: “Emmanuel Emmanuel Macron”. Names that are doubled by nature (Boutros Boutros-Ghali, Duran Duran) \
are reported only where the dictionary does not hold them.

The fix drops the second one. It is unsafe: a doubled name may be one that the dictionary does not know.",
    examples: &[Example {
        dictionary: "[[name]]\nname = \"Emmanuel Macron\"\n\n[[name]]\nname = \"Kyiv\"\nkind = \"place\"\n\n[[name]]\nname = \"Duran Duran\"\nkind = \"work\"\n",
        before: "Emmanuel Emmanuel Macron went to Kyiv (Kyiv) to hear Duran Duran.",
        after: "Emmanuel Macron went to Kyiv to hear Duran Duran.",
    }],
    check,
};

/// The most words of a name that is looked for twice.
const MAX_WORDS: usize = 4;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (segment, part) in context.document.segments.iter().enumerate() {
        let text: &str = &part.text;
        let mut window: Vec<Token> = Vec::with_capacity(2 * MAX_WORDS);
        for token in scan::tokens(text) {
            if token.shape != Shape::Capital {
                window.clear();
                continue;
            }
            if window.len() == 2 * MAX_WORDS {
                window.remove(0);
            }
            window.push(token);
            for len in 1..=window.len() / 2 {
                let pair = &window[window.len() - 2 * len..];
                let (first, second) = pair.split_at(len);
                if is_doubled(context, text, first, second) {
                    report(context, segment, text, first, second, out);
                    window.clear();
                    break;
                }
            }
        }
    }
}

/// Whether two runs of capitalised words are the same known name, one right behind the other or in brackets behind it.
fn is_doubled(context: &Context<'_, '_>, text: &str, first: &[Token], second: &[Token]) -> bool {
    let between = &text[first[first.len() - 1].span.end..second[0].span.start];
    let joined = matches!(between, " " | " (" | "\n");
    let inside = first.iter().chain(second).skip(1).all(|t| t.gap != Gap::Paragraph);
    if !joined || !inside {
        return false;
    }
    let closed = between != " (" || text[second[second.len() - 1].span.end..].starts_with(')');
    if !begin_alike(first[0].text(text), second[0].text(text)) {
        return false;
    }
    let words = |tokens: &[Token]| -> Vec<QueryWord> {
        tokens.iter().map(|t| QueryWord::new(without_possessive(t.text(text)))).collect()
    };
    let (one, two) = (words(first), words(second));
    if !closed || one.iter().zip(&two).any(|(a, b)| a.key != b.key) {
        return false;
    }
    let twice: Vec<QueryWord> = one.iter().chain(&two).cloned().collect();
    if !context.ranker.exact(&twice).is_empty() {
        return false;
    }
    // A whole name, or the first word of the name that follows.
    !context.ranker.exact(&one).is_empty() || between != " (" && begins_name(context, &one)
}

/// Whether two words may be one: their first letters agree, or one is not ASCII.
fn begin_alike(one: &str, two: &str) -> bool {
    match (one.as_bytes().first(), two.as_bytes().first()) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b) || !a.is_ascii() || !b.is_ascii(),
        _ => false,
    }
}

fn begins_name(context: &Context<'_, '_>, words: &[QueryWord]) -> bool {
    context.mentions.iter().any(|m| {
        let form = matches!(m.resolution, crate::names::resolve::Resolution::Form(_));
        form && m.words.len() > words.len() && m.words.iter().zip(words).all(|(a, b)| a.key == b.key)
    })
}

fn report(
    context: &Context<'_, '_>,
    segment: usize,
    text: &str,
    first: &[Token],
    second: &[Token],
    out: &mut Vec<Diagnostic>,
) {
    let end = second[second.len() - 1].span.end;
    let close = usize::from(text[first[first.len() - 1].span.end..second[0].span.start].contains('('));
    let span = Span::new(first[0].span.start, end + close);
    let name = &text[first[0].span.hull(first[first.len() - 1].span).range()];
    Finding::new(context, &RULE, segment, span, format!("“{name}” stands here twice"))
        .confidence(0.9)
        .suggest(name, None, 0.9, Applicability::Unsafe)
        .push(out);
}
