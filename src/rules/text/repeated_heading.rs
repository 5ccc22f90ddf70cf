use super::super::{Context, Example, Finding, Languages, Rule};
use super::surroundings::{lines, trimmed};
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::Span;
use crate::text::scan::{self, Token};

pub static RULE: Rule = Rule {
    name: "text/repeated-heading",
    summary: "the heading again as the first sentence",
    severity: Severity::Info,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: None,
    mqm: "accuracy/addition",
    documentation: "\
Pages that are scraped and translated give their heading twice: as the heading, and again where the article begins. Reported is the first line of text \
behind the heading where it begins with the heading's words (four or more; what stands behind a | is the site's name), one in six of which may differ.

Nothing is suggested: which of the two is meant to stay is for an editor to say.",
    examples: &[
        Example {
            dictionary: "",
            before: "Minister resigns after the vote | The Daily\n\nMinister resigns after the vote\n\nThe minister has resigned.",
            after: "Minister resigns after the vote | The Daily\n\n⟦Minister resigns after the vote⟧\n\nThe minister has resigned.",
        },
        Example {
            dictionary: "",
            before: "Minister resigns after the vote\n\nThe minister resigned on Monday, after the vote.",
            after: "Minister resigns after the vote\n\nThe minister resigned on Monday, after the vote.",
        },
    ],
    check,
};

/// The fewest and the most words of a heading that counts.
const WORDS: std::ops::RangeInclusive<usize> = 4..=40;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut heading: Option<Vec<String>> = None;
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        for line in lines(text).map(|line| trimmed(text, line)).filter(|line| !line.is_empty()) {
            let said: Vec<Token> = words(text, line, *WORDS.end() + 1);
            let Some(heading) = &heading else {
                let title = text[line.range()].split(" | ").next().unwrap_or_default();
                let title = Span::new(line.start, line.start + title.len());
                let said = words(text, title, *WORDS.end() + 1);
                if !WORDS.contains(&said.len()) {
                    return;
                }
                heading = Some(said.iter().map(|t| t.text(text).to_lowercase()).collect());
                continue;
            };
            let other =
                heading.iter().zip(&said).filter(|(word, token)| **word != token.text(text).to_lowercase()).count();
            if said.len() >= heading.len() && other * 6 <= heading.len() {
                let span = said[0].span.hull(said[heading.len() - 1].span);
                Finding::new(context, &RULE, index, span, "the heading again".to_owned()).confidence(0.9).push(out);
            }
            return;
        }
    }
}

/// The first words of a line.
fn words(text: &str, line: Span, most: usize) -> Vec<Token> {
    let shift = |token: Token| Token { span: token.span.shifted(line.start), ..token };
    scan::tokens(&text[line.range()]).take(most).map(shift).collect()
}
