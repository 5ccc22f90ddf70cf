//! Fluent (.ftl): the patterns of messages, terms, attributes and variants, one segment each. Placeables are objects.

use super::builder::TextBuilder;
use super::escape::Escape;
use super::{Document, ReadOptions, without_bom};
use crate::span::Span;

pub(super) fn parse<'a>(text: &'a str, _: &ReadOptions) -> Document<'a> {
    let mut document = Document::default();
    let mut builder: Option<TextBuilder<'a>> = None;
    let mut at = without_bom(text).1;
    while at < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |found| at + found);
        let line = Span::new(at, at + text[at..end].trim_end_matches('\r').len());
        let content = &text[line.range()];
        let start = line.start + content.len() - content.trim_start().len();
        let is_indented = start > line.start;
        let value = value_of(&text[start..line.end], is_indented).map(|offset| start + offset);
        match value {
            Some(value) => {
                flush(&mut document, &mut builder);
                let mut new = TextBuilder::new(text, value, &ESCAPE);
                pattern(&mut new, Span::new(value, line.end));
                builder = Some(new);
            }
            None if is_indented && start < line.end && builder.is_some() => {
                if let Some(builder) = &mut builder {
                    if !builder.text().is_empty() {
                        builder.space(Span::new(line.start, start), "\n");
                    }
                    pattern(builder, Span::new(start, line.end));
                }
            }
            None => {
                if !content.trim().is_empty() {
                    flush(&mut document, &mut builder);
                }
            }
        }
        at = end + 1;
    }
    flush(&mut document, &mut builder);
    document
}

fn flush<'a>(document: &mut Document<'a>, builder: &mut Option<TextBuilder<'a>>) {
    if let Some(mut builder) = builder.take() {
        builder.trim_end();
        if builder.text().chars().any(char::is_alphanumeric) {
            document.push(builder.segment());
        }
    }
}

/// Where the pattern begins in a line that begins one: behind `key =`, `.attribute =` or `[variant]`.
fn value_of(line: &str, is_indented: bool) -> Option<usize> {
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let behind = |offset: usize| offset + line[offset..].len() - line[offset..].trim_start().len();
    let variant = line.strip_prefix('*').unwrap_or(line);
    if let Some(rest) = variant.strip_prefix('[').filter(|_| is_indented) {
        return rest.find(']').map(|close| behind(line.len() - rest.len() + close + 1));
    }
    let equals = line.find('=')?;
    let name = line[..equals].trim_end();
    let fits = match name.strip_prefix('.') {
        Some(attribute) => is_indented && is_name(attribute),
        None => !is_indented && is_name(name),
    };
    fits.then(|| behind(equals + 1))
}

/// Adds a line of a pattern; what is in braces is an object, and so is what is left of one that goes on.
fn pattern(builder: &mut TextBuilder<'_>, span: Span) {
    let text = builder.source();
    let mut at = span.start;
    while at < span.end {
        let rest = &text[at..span.end];
        let Some(open) = rest.find(['{', '}']) else {
            return builder.verbatim(Span::new(at, span.end));
        };
        builder.verbatim(Span::new(at, at + open));
        let close = rest[open..].find('}').map_or(span.end, |close| at + open + close + 1);
        builder.object(Span::new(at + open, close));
        at = close;
    }
}

const ESCAPE: Escape = Escape::of(escape);

fn escape(text: &str) -> Option<String> {
    let fits =
        !text.contains(|c: char| c.is_control() || matches!(c, '{' | '}')) && !text.starts_with(['.', '*', '[', ' ']);
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture};

    #[test]
    fn messages_attributes_and_variants() {
        let file = "# no\nkey = One { $n } two\n    three\n    .title = Four\n-term = Five\nplural = { $n ->\n    [one] Six\n   *[other] Seven\n}\n";
        assert_eq!(fixture::texts(Format::Fluent, file), ["One \u{fffc} two\nthree", "Four", "Five", "Six", "Seven"]);
    }
}
