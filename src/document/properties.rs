//! Java's .properties: `key=value` lines, values that go on behind a backslash, `\uXXXX`.

use super::builder::TextBuilder;
use super::escape::Escape;
use super::map::Join;
use super::{Document, ReadOptions, escapes, without_bom};
use crate::span::Span;

pub(super) fn parse<'a>(text: &'a str, _: &ReadOptions) -> Document<'a> {
    let mut document = Document::default();
    let mut at = without_bom(text).1;
    while at < text.len() {
        let line = line_at(text, at);
        at = next_line(text, line.end);
        let content = &text[line.range()];
        let start = line.start + content.len() - content.trim_start().len();
        if content.trim_start().is_empty() || content.trim_start().starts_with(['#', '!']) {
            continue;
        }
        let value = value_of(text, Span::new(start, line.end));
        let mut builder = TextBuilder::new(text, value, &ESCAPE);
        let mut part = Span::new(value, line.end);
        while goes_on(&text[part.range()]) && at < text.len() {
            escapes::literal(&mut builder, Span::new(part.start, part.end - 1));
            // Not a seam: white space that came to lie at the start of a line would be lost.
            builder.join(Join::Markup);
            let next = line_at(text, at);
            let content = &text[next.range()];
            part = Span::new(next.start + content.len() - content.trim_start().len(), next.end);
            at = next_line(text, next.end);
        }
        escapes::literal(&mut builder, part);
        if !builder.text().is_empty() {
            document.push(builder.segment());
        }
    }
    document
}

/// The line that begins here, without its end.
fn line_at(text: &str, at: usize) -> Span {
    let end = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..]).map_or(text.len(), |found| at + found);
    Span::new(at, end)
}

fn next_line(text: &str, end: usize) -> usize {
    match text.as_bytes().get(end..) {
        Some([b'\r', b'\n', ..]) => end + 2,
        Some([_, ..]) => end + 1,
        _ => end,
    }
}

/// Whether a line ends in a backslash that is not itself escaped.
fn goes_on(line: &str) -> bool {
    line.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1
}

/// Where the value begins in a line that begins with its key.
fn value_of(text: &str, line: Span) -> usize {
    let bytes = &text.as_bytes()[..line.end];
    let mut at = line.start;
    while at < line.end && !matches!(bytes[at], b'=' | b':' | b' ' | b'\t' | b'\x0c') {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at = at.min(line.end);
    let skip = |mut at: usize| {
        while at < line.end && matches!(bytes[at], b' ' | b'\t' | b'\x0c') {
            at += 1;
        }
        at
    };
    at = skip(at);
    let at = if at < line.end && matches!(bytes[at], b'=' | b':') { skip(at + 1) } else { at };
    text.ceil_char_boundary(at)
}

const ESCAPE: Escape = Escape { text: escape, number: Some(escapes::utf16_units), ..escapes::QUOTED };

fn escape(text: &str) -> Option<String> {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            ' ' | '=' | ':' if at == 0 => escaped.extend(['\\', c]),
            c if c.is_control() => return None,
            c => escaped.push(c),
        }
    }
    Some(escaped)
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture};

    #[test]
    fn values_escapes_and_continuation_lines() {
        let file = "# no\r\n! no\r\na = One \\u00e9\r\nb\\=c: tw\\\r\n    o Eduy\r\nd\r\ne three\\\\";
        assert_eq!(fixture::texts(Format::Properties, file), ["One é", "two Eduy", "three\\"]);
        let fixed = fixture::replaced(Format::Properties, file, "Eduy", "E\\dwy").unwrap();
        assert!(fixed.contains("    o E\\\\dwy\r\n"), "{fixed}");
    }
}
