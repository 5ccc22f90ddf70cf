use super::super::{Context, Example, Finding, Languages, Rule};
use super::surroundings::{after, before, char_at};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::lexicon::{Grade, Lexicon};
use crate::rules::languages::primary;
use crate::span::Span;
use crate::text::fold::Word;
use crate::text::scan::{self, Gap, Shape, Token};

pub static RULE: Rule = Rule {
    name: "text/glued-words",
    summary: "two words run together",
    severity: Severity::Info,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Unsafe),
    mqm: "linguistic-conventions/whitespace",
    documentation: "\
Where a link or a tag was dropped the words around it run together: “saidMacron”, “in Paris.The”, “ofthe”. Reported are a full stop \
between a word and a capitalised one without a space; and in English texts a common word in small letters with a capital inside, \
whose second part is a known name or word, and prepositions run together with “the”.

Left alone: names with a capital inside (iPhone, YouTube, McDonald), addresses and file names (Node.js, Booking.com), initials (Ph.D), \
and whatever stands beside a slash, an underscore, a hyphen or an @.

The fix puts a space between them. It is not safe: an unknown brand may look so.",
    examples: &[
        Example {
            dictionary: "",
            before: "He saidMacron left Paris.The end ofthe visit in 2021the same.",
            after: "He said Macron left Paris. The end of the visit in 2021 the same.",
        },
        Example {
            dictionary: "",
            before: "iPhone, YouTube, eBay, McDonald, Node.js, Booking.com, Ph.D, std.Io/x, parseInt, 1990s.",
            after: "iPhone, YouTube, eBay, McDonald, Node.js, Booking.com, Ph.D, std.Io/x, parseInt, 1990s.",
        },
    ],
    check,
};

/// Words that run together with “the” into no other word.
const BEFORE_THE: &[&str] = &[
    "about", "after", "and", "at", "by", "during", "for", "from", "in", "into", "of", "on", "that", "to", "under",
    "with",
];

/// Words that follow a number with nothing between.
const AFTER_NUMBER: &[&str] = &["and", "but", "in", "the", "was", "were", "when", "which", "with"];

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    let is_english = primary(context.target_language) == "en";
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let mut previous: Option<Token> = None;
        for token in scan::tokens(text) {
            let glued = previous.and_then(|previous| glued_by_stop(text, &previous, &token));
            let glued = glued.or_else(|| if is_english { glued_inside(text, &token) } else { None });
            previous = Some(token);
            let Some((span, at)) = glued.filter(|(span, _)| stands_free(text, *span)) else { continue };
            let (first, second) = (&text[span.start..at], &text[at..span.end]);
            Finding::new(context, &RULE, index, span, "two words run together".to_owned())
                .confidence(0.85)
                .suggest(&format!("{first} {second}"), None, 0.85, Applicability::Unsafe)
                .push(out);
        }
    }
}

/// “Paris.The”: the span of both words, and where the second begins.
fn glued_by_stop(text: &str, first: &Token, second: &Token) -> Option<(Span, usize)> {
    if second.gap != Gap::Stop || second.shape != Shape::Capital || first.span.end + 1 != second.span.start {
        return None;
    }
    let (one, other) = (first.text(text), second.text(text));
    let is_word = matches!(first.shape, Shape::Lower | Shape::Capital)
        && one.chars().count() >= 3
        && one.chars().skip(1).all(|c| c.is_lowercase() || matches!(c, '\'' | '’'));
    let goes_on = after(text, second.span.end, 2).starts_with([' ', ',']) && other.chars().count() >= 2;
    (is_word && goes_on).then(|| (first.span.hull(second.span), second.span.start))
}

/// “saidMacron”, “ofthe”, “2021the”.
fn glued_inside(text: &str, token: &Token) -> Option<(Span, usize)> {
    let word = token.text(text);
    let at = match token.shape {
        Shape::Number => word
            .bytes()
            .position(|b| !b.is_ascii_digit())
            .filter(|&at| at == 4 && AFTER_NUMBER.contains(&&word[at..]))?,
        Shape::Lower => before_the(word).or_else(|| capital_inside(word))?,
        _ => return None,
    };
    Some((token.span, token.span.start + at))
}

fn before_the(word: &str) -> Option<usize> {
    let first = word.strip_suffix("the").filter(|first| BEFORE_THE.contains(first))?;
    let is_word = Lexicon::builtin().is_word(&Word::fold(word)?);
    (!is_word).then_some(first.len())
}

fn capital_inside(word: &str) -> Option<usize> {
    let at = word.bytes().position(|b| b.is_ascii_uppercase())?;
    let (first, second) = (&word[..at], &word[at..]);
    let rest_is_small = second.chars().skip(1).all(|c| c.is_lowercase());
    if at < 2 || second.len() < 3 || !rest_is_small {
        return None;
    }
    let lexicon = Lexicon::builtin();
    let (one, other) = (Word::fold(first)?, Word::fold(second)?);
    let entry = lexicon.entry(&other);
    let is_known = entry.name().is_some_and(|n| n.weight >= 1.0)
        || entry.proper
        || entry.place
        || entry.grade == Some(Grade::Common);
    (lexicon.grade(&one) == Some(Grade::Common) && is_known && !is_program_word(first)).then_some(at)
}

/// Words that names in programs begin with.
fn is_program_word(word: &str) -> bool {
    matches!(
        word,
        "get"
            | "set"
            | "is"
            | "has"
            | "on"
            | "to"
            | "new"
            | "my"
            | "add"
            | "max"
            | "min"
            | "make"
            | "parse"
            | "print"
            | "read"
            | "write"
    )
}

/// Whether nothing beside the words says that they are an address, a path or a name in a program.
fn stands_free(text: &str, span: Span) -> bool {
    let is_part = |c: char| matches!(c, '/' | '_' | '@' | '\\' | '-' | '#' | '=' | '.' | '(' | ':');
    let ahead = before(text, span.start, 4).chars().next_back();
    let behind = char_at(text, span.end);
    let call = behind == Some('(') || behind == Some('_');
    !call
        && !ahead.is_some_and(|c| is_part(c) && c != '(')
        && !behind.is_some_and(|c| matches!(c, '/' | '_' | '@' | '\\' | '=' | '-'))
}
