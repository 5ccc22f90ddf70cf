//! What stands around a place in a text: the small questions that the rules have in common.

use crate::span::Span;
use encoding_rs::Encoding;

/// Where the next character beyond ASCII begins, from `at` on: nothing is as cheap to skip as ASCII.
pub fn next_beyond_ascii(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    // Most texts are short, and nothing else.
    if rest.is_ascii() {
        return None;
    }
    let ascii = Encoding::ascii_valid_up_to(rest);
    (ascii < rest.len()).then_some(at + ascii)
}

pub fn char_before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

pub fn char_at(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// At most `length` bytes before a place.
pub fn before(text: &str, at: usize, length: usize) -> &str {
    &text[text.ceil_char_boundary(at.saturating_sub(length))..at]
}

/// At most `length` bytes from a place on.
pub fn after(text: &str, at: usize, length: usize) -> &str {
    &text[at..text.floor_char_boundary(at + length)]
}

/// The letter, mark or digit run around `at`, at most `reach` bytes to each side.
pub fn around(text: &str, at: usize, reach: usize, belongs: impl Fn(char) -> bool) -> Span {
    let left: usize = before(text, at, reach).chars().rev().take_while(|&c| belongs(c)).map(char::len_utf8).sum();
    let right: usize = after(text, at, reach).chars().take_while(|&c| belongs(c)).map(char::len_utf8).sum();
    Span::new(at - left, at + right)
}

/// The nearest letter before a place, on the same line and not far.
pub fn letter_before(text: &str, at: usize) -> Option<char> {
    before(text, at, 40).chars().rev().take_while(|&c| c != '\n').find(|c| c.is_alphabetic())
}

/// The nearest letter from a place on, on the same line and not far.
pub fn letter_after(text: &str, at: usize) -> Option<char> {
    after(text, at, 40).chars().take_while(|&c| c != '\n').find(|c| c.is_alphabetic())
}

/// The lines of a text, without their line breaks.
pub fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        Span::new(start, start + line.trim_end_matches(['\n', '\r']).len())
    })
}

/// The span without the white space at its ends.
pub fn trimmed(text: &str, span: Span) -> Span {
    let inside = &text[span.range()];
    let start = span.start + (inside.len() - inside.trim_start().len());
    Span::new(start, start + inside.trim().len())
}
