use super::super::{Context, Example, Finding, Languages, Rule};
use super::surroundings::{after, before, char_at, char_before};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::rules::languages::primary;
use crate::span::Span;

pub static RULE: Rule = Rule {
    name: "text/punctuation",
    summary: "two full stops, a space before a mark or none behind it, marks doubled",
    severity: Severity::Info,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Safe),
    mqm: "linguistic-conventions/punctuation",
    documentation: "\
What a translation does to punctuation: two full stops (Arabic writes “..” for a pause), a space before a comma or a full stop, no space \
behind a comma, “,,” and “,.”, spaces inside brackets.

Left alone: three dots and more; dots in numbers, paths and names (.NET, ../a); full stops behind abbreviations before a comma; emoticons; \
lists without spaces; the space that French puts before ; : ! and ?.

The fix is safe: it changes marks and spaces only.",
    examples: &[
        Example {
            dictionary: "",
            before: "Dangerous facts .. Mohammed VI and Macron. He said , that it was over.. Nobody,not even he , knew ( or cared ) .",
            after: "Dangerous facts… Mohammed VI and Macron. He said, that it was over. Nobody, not even he, knew (or cared).",
        },
        Example {
            dictionary: "",
            before: "Well... see ../a.txt, .NET, 1..5, N,N-dimethyl, e.g., etc., a,b,c; . . . and :)",
            after: "Well... see ../a.txt, .NET, 1..5, N,N-dimethyl, e.g., etc., a,b,c; . . . and :)",
        },
    ],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    let spaced_marks: &[u8] = if primary(context.target_language) == "fr" { b",." } else { b",.;:!?" };
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let mut done = 0;
        for (at, &mark) in text.as_bytes().iter().enumerate() {
            if !is_mark(mark) || at < done {
                continue;
            }
            let Some(slip) = slip(text, at, mark, spaced_marks) else { continue };
            done = slip.span.end;
            Finding::new(context, &RULE, index, slip.span, slip.what.to_owned())
                .confidence(slip.confidence)
                .suggest(slip.instead, None, slip.confidence, Applicability::Safe)
                .push(out);
        }
    }
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b',' | b'.' | b';' | b':' | b'!' | b'?' | b'(' | b')')
}

/// A slip and what should stand there.
struct Slip {
    span: Span,
    what: &'static str,
    instead: &'static str,
    confidence: f32,
}

fn slip(text: &str, at: usize, mark: u8, spaced_marks: &[u8]) -> Option<Slip> {
    match mark {
        b'(' | b')' => space_in_brackets(text, at, mark),
        b'.' if text.as_bytes().get(at + 1) == Some(&b'.') || text[..at].ends_with('.') => two_dots(text, at),
        _ => doubled(text, at, mark)
            .or_else(|| if spaced_marks.contains(&mark) { space_before(text, at, mark) } else { None })
            .or_else(|| no_space_behind(text, at, mark)),
    }
}

/// Where the spaces begin that stand before `at`, and the character before them.
fn behind_spaces(text: &str, at: usize) -> (usize, Option<char>) {
    let start = at - before(text, at, 8).bytes().rev().take_while(|b| *b == b' ').count();
    (start, char_before(text, start))
}

fn ends_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '”' | '’' | '»' | '"' | '\'' | ')' | ']' | '%'))
}

fn is_end(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || matches!(c, '”' | '’' | '»' | '"' | ')'))
}

fn two_dots(text: &str, at: usize) -> Option<Slip> {
    let dots = after(text, at, 4).bytes().take_while(|b| *b == b'.').count();
    let (start, previous) = behind_spaces(text, at);
    let next = char_at(text, at + dots);
    if dots != 2 || !ends_word(previous) || !is_end(next) {
        return None;
    }
    let follows = after(text, at + dots, 8).trim_start_matches(['”', '"', '’', ')', ' ']).chars().next();
    let ends_sentence = start == at && follows.is_none_or(|c| c == '\n' || c == '\r' || c.is_uppercase());
    let instead = if ends_sentence { "." } else { "…" };
    Some(Slip { span: Span::new(start, at + 2), what: "two full stops", instead, confidence: 0.95 })
}

/// “,,” and “,.”, with a space between them or not.
fn doubled(text: &str, at: usize, mark: u8) -> Option<Slip> {
    if !matches!(mark, b',' | b';') || !ends_word(char_before(text, at)) {
        return None;
    }
    let rest = &after(text, at + 1, 3);
    let spaces = usize::from(rest.starts_with(' '));
    let second = rest.as_bytes().get(spaces).copied().filter(|b| matches!(b, b',' | b'.' | b';'))?;
    let end = at + 1 + spaces + 1;
    let instead = match (mark, second) {
        (_, b'.') => ".",
        (b',', b',') => ",",
        _ => ";",
    };
    let is_ellipsis = after(text, end, 2).starts_with(" .");
    (is_end(char_at(text, end)) && !is_ellipsis).then(|| Slip {
        span: Span::new(at, end),
        what: "two marks in a row",
        instead,
        confidence: 0.95,
    })
}

fn space_before(text: &str, at: usize, mark: u8) -> Option<Slip> {
    let (start, previous) = behind_spaces(text, at);
    let next = char_at(text, at + 1);
    let is_emoticon = matches!(mark, b':' | b';') && next == Some(')');
    let joins = mark == b',' && next.is_some_and(char::is_alphabetic);
    if start == at
        || is_emoticon
        || !ends_word(previous)
        || !(is_end(next) || joins)
        || after(text, at + 1, 2).starts_with(" .")
    {
        return None;
    }
    let instead = match mark {
        b',' if joins => ", ",
        b',' => ",",
        b'.' => ".",
        b';' => ";",
        b':' => ":",
        b'!' => "!",
        _ => "?",
    };
    Some(Slip { span: Span::new(start, at + 1), what: "a space before a mark", instead, confidence: 0.95 })
}

/// “Nobody,not”: two words, one mark, and nothing else up to the spaces around them.
fn no_space_behind(text: &str, at: usize, mark: u8) -> Option<Slip> {
    if !matches!(mark, b',' | b';') || !char_at(text, at + 1).is_some_and(char::is_alphabetic) {
        return None;
    }
    let left = before(text, at, 40).rsplit(char::is_whitespace).next().unwrap_or_default();
    let right = after(text, at + 1, 40).split(char::is_whitespace).next().unwrap_or_default();
    let right = right.trim_end_matches(['.', ',', ';', ':', '!', '?', '”', '"', ')']);
    let left = left.trim_start_matches(['“', '"', '(', '‘']);
    let is_word = |word: &str| {
        word.chars().nth(1).is_some() && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'))
    };
    let instead = if mark == b',' { ", " } else { "; " };
    let span = Span::new(at, at + 1);
    (is_word(left) && is_word(right)).then_some(Slip { span, what: "no space behind a mark", instead, confidence: 0.9 })
}

/// “( or cared )”.
fn space_in_brackets(text: &str, at: usize, mark: u8) -> Option<Slip> {
    let what = "a space inside brackets";
    if mark == b')' {
        let (start, previous) = behind_spaces(text, at);
        let opened =
            before(text, at, 200).rfind(['(', '\n']).is_some_and(|p| before(text, at, 200).as_bytes()[p] == b'(');
        let is_slip = start < at && opened && ends_word(previous);
        return is_slip.then(|| Slip { span: Span::new(start, at + 1), what, instead: ")", confidence: 0.9 });
    }
    let spaces = after(text, at + 1, 8).bytes().take_while(|b| *b == b' ').count();
    let closed =
        after(text, at + 1, 200).find([')', '\n']).is_some_and(|p| after(text, at + 1, 200).as_bytes()[p] == b')');
    let stands_free = char_before(text, at).is_some_and(char::is_whitespace);
    let is_slip =
        spaces > 0 && closed && stands_free && char_at(text, at + 1 + spaces).is_some_and(char::is_alphanumeric);
    is_slip.then(|| Slip { span: Span::new(at, at + 1 + spaces), what, instead: "(", confidence: 0.9 })
}
