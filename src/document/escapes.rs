//! Backslash escapes, as string literals of many formats have them.

use super::builder::TextBuilder;
use super::escape::Escape;
use crate::span::Span;

/// The escape that a text begins with: its length and the character. `None` where it is none that stands for a character.
pub fn backslash(text: &str) -> Option<(usize, char)> {
    let mut chars = text.strip_prefix('\\')?.chars();
    let c = chars.next()?;
    Some(match c {
        'n' => (2, '\n'),
        't' => (2, '\t'),
        'r' => (2, '\r'),
        'f' => (2, '\u{c}'),
        'v' => (2, '\u{b}'),
        'b' => (2, '\u{8}'),
        'a' => (2, '\u{7}'),
        'u' | 'U' => return unicode(text),
        _ => (1 + c.len_utf8(), c),
    })
}

/// `\uXXXX`, two of them where a character needs it, as in JSON and Java.
fn unicode(text: &str) -> Option<(usize, char)> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix(['\\'])?.strip_prefix(['u', 'U'])?;
        let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        is_hex.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
    };
    let first = unit(0)?;
    if let Some(c) = char::from_u32(u32::from(first)) {
        return Some((6, c));
    }
    let both = [first, unit(6)?];
    let c = char::decode_utf16(both).next()?.ok()?;
    Some((12, c))
}

/// Adds a stretch of a string literal to a text. What is no escape is taken as it is.
pub fn literal(builder: &mut TextBuilder<'_>, span: Span) {
    let source = builder.source();
    let Some(text) = source.get(span.range()) else { return };
    let mut done = 0;
    for at in memchr::memchr_iter(b'\\', text.as_bytes()) {
        if at < done {
            continue;
        }
        let Some((len, decoded)) = backslash(&text[at..]) else { continue };
        builder.verbatim(Span::new(span.start + done, span.start + at));
        builder.escaped(Span::new(span.start + at, span.start + at + len), decoded.encode_utf8(&mut [0; 4]));
        done = at + len;
    }
    builder.verbatim(Span::new(span.start + done, span.end));
}

/// Of a literal in double quotes that has no writing for characters by number.
pub const QUOTED: Escape = Escape { fits: follows_no_backslash, ..Escape::of(quoted) };
/// The same in JSON.
pub const JSON: Escape = Escape { number: Some(utf16_units), ..QUOTED };

/// Whether no lone backslash stands before a place: it was text (`\u` without digits is), and would escape what is written.
pub fn follows_no_backslash(source: &str, span: Span, _: &str) -> bool {
    let before = source.as_bytes().get(..span.start).unwrap_or_default();
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 0
}

/// A character as `\uXXXX`, two of them where it needs it.
pub fn utf16_units(c: char) -> String {
    c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

fn quoted(text: &str) -> Option<String> {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            '\r' => escaped.push_str("\\r"),
            c if c.is_control() => return None,
            c => escaped.push(c),
        }
    }
    Some(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_all_kinds() {
        assert_eq!(backslash("\\nx"), Some((2, '\n')));
        assert_eq!(backslash("\\u00e9x"), Some((6, 'é')));
        assert_eq!(backslash("\\ud83d\\ude00"), Some((12, '😀')));
        assert_eq!(backslash("\\ud83d"), None);
        assert_eq!(backslash("\\u+0e9"), None);
        assert_eq!(backslash("\\é"), Some((3, 'é')));
        assert_eq!(backslash("\\"), None);
    }
}
