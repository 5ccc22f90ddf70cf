use super::super::{Context, Example, Finding, Languages, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::Span;
use crate::text::scan::{self, Gap, Shape, Token};

pub static RULE: Rule = Rule {
    name: "text/fragment",
    summary: "a sentence cut in two",
    severity: Severity::Info,
    on_by_default: false,
    languages: Languages::ENGLISH,
    needs_names: false,
    fix: None,
    mqm: "linguistic-conventions/grammar",
    documentation: "\
A translation works sentence by sentence; where the source was cut in the wrong place both halves are translated as sentences: “… by the \
program. To spy on cell phones developed by the company”. Reported are sentences behind another one in the same paragraph that begin with “To”, “Which”, \
“Whose”, “Whom”, “Who” or “Of which” and have no comma and no word that only a finite verb is.

Off by default: headlines, answers and good writers use such sentences too, and a list of words is no parser.

Nothing is suggested: the halves have to be joined by hand.",
    examples: &[
        Example {
            dictionary: "",
            before: "They were targeted by the program. To spy on cell phones developed by the company",
            after: "They were targeted by the ⟦program. To spy on cell phones developed by the company⟧",
        },
        Example {
            dictionary: "",
            before: "They were targeted. To spy on them is a crime. To win, one fights. Who knows?",
            after: "They were targeted. To spy on them is a crime. To win, one fights. Who knows?",
        },
    ],
    check,
};

/// Longer sentences have a verb somewhere.
const MAX_WORDS: usize = 20;

/// Words with which a half sentence goes on.
const OPENERS: &[&str] = &["To", "Which", "Who", "Whom", "Whose"];

/// Words that only a finite verb is, or that stand beside one.
const FINITE: &[&str] = &[
    "am", "are", "can", "cannot", "could", "did", "do", "does", "had", "has", "have", "he", "i", "is", "it", "may",
    "might", "must", "need", "she", "should", "they", "was", "we", "were", "will", "would", "you",
];

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let mut sentence: Vec<Token> = Vec::new();
        let mut last: Option<Token> = None;
        let mut report = |last: Option<Token>, sentence: &[Token]| {
            let (Some(last), Some(end)) = (last, sentence.last()) else { return };
            if is_fragment(text, sentence) {
                let span = Span::new(last.span.start, end.span.end);
                Finding::new(context, &RULE, index, span, "a sentence cut in two".to_owned()).confidence(0.6).push(out);
            }
        };
        for token in scan::tokens(text) {
            if matches!(token.gap, Gap::Paragraph | Gap::End | Gap::Line)
                || token.gap == Gap::Stop && token.is_capital()
            {
                report(last, &sentence);
                last = sentence.last().copied().filter(|_| token.gap == Gap::Stop);
                sentence.clear();
            }
            if sentence.len() <= MAX_WORDS {
                sentence.push(token);
            }
        }
        report(last, &sentence);
    }
}

fn is_fragment(text: &str, sentence: &[Token]) -> bool {
    let [first, rest @ .., last] = sentence else { return false };
    let asks = text[last.span.end..].starts_with('?');
    let opens = first.shape == Shape::Capital && OPENERS.contains(&first.text(text));
    let is_finite = |token: &Token| {
        let word = token.text(text).to_lowercase();
        FINITE.contains(&word.as_str()) || token.gap == Gap::Mark
    };
    opens && !asks && sentence.len() >= 4 && sentence.len() <= MAX_WORDS && !rest.iter().chain([last]).any(is_finite)
}
