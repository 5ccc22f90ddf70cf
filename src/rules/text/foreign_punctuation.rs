use super::super::{Context, Example, Finding, Languages, Rule};
use super::scripts;
use super::surroundings::{char_at, char_before, letter_after, letter_before, next_beyond_ascii};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::rules::languages::primary;
use crate::span::Span;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

pub static RULE: Rule = Rule {
    name: "text/foreign-punctuation",
    summary: "punctuation or digits of another script",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Safe),
    mqm: "linguistic-conventions/punctuation",
    documentation: "\
A translation keeps the marks of its source: the Arabic comma ، and question mark ؟, the Chinese full stop 。 and brackets （）, \
digits such as ٢٠٢١, and in English the quotation marks « ». Reported are those that stand among letters of the text's own \
script; beside a word in another script (“the word «правда»”) they are at home.

Texts in a language that is written in another script (Arabic, Chinese, Hindi …) are not looked at: there these marks are right.

The fix is safe: it puts the plain mark or digit, with the space that belongs to it, in its place.",
    examples: &[
        Example {
            dictionary: "",
            before: "He said ، that in ٢٠٢١ nobody came。They left « at once » .",
            after: "He said, that in 2021 nobody came. They left “at once” .",
        },
        Example {
            dictionary: "",
            before: "The daily «Правда» (正體字、漢字) was founded in 1912.",
            after: "The daily «Правда» (正體字、漢字) was founded in 1912.",
        },
    ],
    check,
};

/// `dictionaries/marks/foreign-punctuation.tsv`.
static MARKS: &str = include_str!("../../../dictionaries/marks/foreign-punctuation.tsv");

/// What stands in the place of a mark.
#[derive(Clone, Copy)]
struct Mark {
    plain: &'static str,
    space: Space,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    Before,
    After,
    None,
}

/// English has other marks in place of these; most languages of Europe use them.
const GUILLEMETS: [(char, Mark); 2] =
    [('«', Mark { plain: "“", space: Space::Before }), ('»', Mark { plain: "”", space: Space::After })];

/// The zeros of the scripts that have digits of their own; the other nine follow each.
const ZEROS: [u32; 20] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040,
    0x17e0, 0x1810, 0x1946, 0xff10,
];

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !scripts::of_language(context.target_language).iter().all(|&script| scripts::is_western(script)) {
        return;
    }
    let is_english = primary(context.target_language) == "en";
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let mut at = 0;
        while let Some(place) = next_beyond_ascii(text, at) {
            let c = char_at(text, place).unwrap_or_default();
            at = place + c.len_utf8();
            let found = if plain_digit(c).is_some() {
                let number = number(text, place);
                at = at.max(number.0.end);
                Some(number)
            } else {
                mark(c, is_english).map(|mark| replacement(text, Span::new(place, at), mark))
            };
            let Some((span, plain)) = found.filter(|_| is_among_own_letters(context, text, place, at)) else {
                continue;
            };
            let message = format!("“{}” belongs to another script", text[span.range()].trim());
            Finding::new(context, &RULE, index, span, message)
                .confidence(0.95)
                .suggest(&plain, None, 0.95, Applicability::Safe)
                .push(out);
        }
    }
}

fn mark(c: char, is_english: bool) -> Option<Mark> {
    static BY_CHAR: OnceLock<FxHashMap<char, Mark>> = OnceLock::new();
    let marks = BY_CHAR.get_or_init(|| {
        let rows = MARKS.lines().filter(|line| !line.starts_with('#')).skip(1);
        let fields = rows.filter_map(|row| {
            let mut fields = row.split('\t');
            let (mark, plain, space) = (fields.next()?.chars().next()?, fields.next()?, fields.nth(1)?);
            let space = match space {
                "before" => Space::Before,
                "after" => Space::After,
                _ => Space::None,
            };
            Some((mark, Mark { plain, space }))
        });
        fields.collect()
    });
    let guillemet = GUILLEMETS.iter().find(|(known, _)| is_english && *known == c).map(|(_, mark)| *mark);
    guillemet.or_else(|| marks.get(&c).copied())
}

fn plain_digit(c: char) -> Option<char> {
    let zero = ZEROS.into_iter().find(|zero| (*zero..*zero + 10).contains(&u32::from(c)))?;
    char::from_digit(u32::from(c) - zero, 10)
}

/// A number from its first digit on, and how it reads in plain digits.
fn number(text: &str, start: usize) -> (Span, String) {
    let plain: String = text[start..].chars().map_while(plain_digit).collect();
    let length = text[start..].chars().take(plain.len()).map(char::len_utf8).sum::<usize>();
    (Span::new(start, start + length), plain)
}

/// What is replaced (the mark and the spaces on the side where it has none) and by what.
fn replacement(text: &str, at: Span, mark: Mark) -> (Span, String) {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let spaces = |part: &str| part.len() - part.trim_matches(' ').len();
    match mark.space {
        Space::None => (at, mark.plain.to_owned()),
        Space::After => {
            let before = &text[text.ceil_char_boundary(at.start.saturating_sub(4))..at.start];
            let space = if is_word(char_at(text, at.end)) { " " } else { "" };
            let start = if before.trim().is_empty() { at.start } else { at.start - spaces(before.trim_start()) };
            (Span::new(start, at.end), format!("{}{space}", mark.plain))
        }
        Space::Before => {
            let after = &text[at.end..text.floor_char_boundary(at.end + 4)];
            let space = if is_word(char_before(text, at.start)) { " " } else { "" };
            let end = if after.trim().is_empty() { at.end } else { at.end + spaces(after.trim_end()) };
            (Span::new(at.start, end), format!("{space}{}", mark.plain))
        }
    }
}

/// Whether the nearest letters on the line, of which there is one, are of the text's script.
fn is_among_own_letters(context: &Context<'_, '_>, text: &str, start: usize, end: usize) -> bool {
    let own = scripts::of_language(context.target_language);
    let is_own = |c: char| scripts::of_letter(c).is_none_or(|script| own.contains(&script));
    let (before, after) = (letter_before(text, start), letter_after(text, end));
    (before.is_some() || after.is_some()) && before.is_none_or(is_own) && after.is_none_or(is_own)
}
