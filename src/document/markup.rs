//! What XML and HTML have in common: references to characters, attributes, and how text is escaped between tags.

use super::builder::TextBuilder;
use super::escape::Escape;
use crate::span::Span;
use std::borrow::Cow;

/// The references that a format knows by name, beside the numeric ones. No format here lets a file define its own.
pub type Named = fn(&str) -> Option<&'static str>;

pub const XML: Named = quick_xml::escape::resolve_xml_entity;
pub const HTML: Named = quick_xml::escape::resolve_html5_entity;

/// The longest reference that has a meaning, `&` and `;` included.
const MAX_REFERENCE: usize = 40;

/// Adds text with references in it; `add` takes what lies between them. An unknown reference is text like any other.
pub fn decode(builder: &mut TextBuilder<'_>, span: Span, named: Named, add: fn(&mut TextBuilder<'_>, Span)) {
    let source = builder.source();
    let Some(text) = source.get(span.range()) else { return };
    let mut done = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        if at < done {
            continue;
        }
        if let Some((len, decoded)) = reference(&text[at..], named) {
            add(builder, Span::new(span.start + done, span.start + at));
            builder.escaped(Span::new(span.start + at, span.start + at + len), &decoded);
            done = at + len;
        }
    }
    add(builder, Span::new(span.start + done, span.end));
}

/// The reference that a text begins with: its length, and what it stands for.
fn reference(text: &str, named: Named) -> Option<(usize, Cow<'static, str>)> {
    let end = text.bytes().take(MAX_REFERENCE).position(|b| b == b';')?;
    let decoded = resolve(text.get(1..end)?, named)?;
    Some((end + 1, decoded))
}

/// What the reference of that name stands for.
pub fn resolve(name: &str, named: Named) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else { return named(name).map(Cow::Borrowed) };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    let c = char::from_u32(code.ok()?).filter(|c| *c != '\0')?;
    Some(Cow::Owned(c.to_string()))
}

/// An attribute of a tag.
pub struct Attribute<'a> {
    pub name: &'a str,
    /// Of the value, without its quotes.
    pub value: Span,
    /// `None` where it has no quotes.
    pub quote: Option<u8>,
}

/// The attributes in a stretch of the source: what stands in a tag behind its name.
pub fn attributes(source: &str, span: Span) -> impl Iterator<Item = Attribute<'_>> {
    let bytes = source.as_bytes().get(..span.end).unwrap_or_default();
    let mut at = span.start;
    std::iter::from_fn(move || {
        let skip = |mut at: usize, skipped: fn(u8) -> bool| {
            while bytes.get(at).is_some_and(|&b| skipped(b)) {
                at += 1;
            }
            at
        };
        let is_space = |b: u8| b.is_ascii_whitespace();
        let start = skip(at, |b| b.is_ascii_whitespace() || b == b'/');
        let end = skip(start + 1, |b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'/'));
        let name = source.get(start..end.min(bytes.len())).filter(|name| !name.is_empty())?;
        let equals = skip(end, is_space);
        if bytes.get(equals) != Some(&b'=') {
            at = end;
            return Some(Attribute { name, value: Span::new(end, end), quote: None });
        }
        let open = skip(equals + 1, is_space);
        let quote = bytes.get(open).copied().filter(|b| matches!(b, b'"' | b'\''));
        let value = match quote {
            Some(quote) => {
                let rest = bytes.get(open + 1..).unwrap_or_default();
                Span::new(open + 1, open + 1 + memchr::memchr(quote, rest).unwrap_or(rest.len()))
            }
            None => Span::new(open, skip(open, |b| !b.is_ascii_whitespace())),
        };
        at = value.end + usize::from(quote.is_some());
        Some(Attribute { name, value, quote })
    })
}

/// The value of the attribute of that name, as it stands; names are compared without case.
pub fn attribute<'a>(source: &'a str, span: Span, name: &str) -> Option<&'a str> {
    let found = attributes(source, span).find(|attribute| attribute.name.eq_ignore_ascii_case(name))?;
    source.get(found.value.range())
}

/// Of text between tags.
pub const TEXT: Escape = Escape { text: escape_text, number: Some(reference_to), fits: begins_nothing };

/// Of text in a CDATA section.
pub const CDATA: Escape = Escape::of(escape_cdata);

const DOUBLE_QUOTED: Escape = Escape { text: |text| escape(text, b"&<\""), ..TEXT };
const SINGLE_QUOTED: Escape = Escape { text: |text| escape(text, b"&<'"), ..TEXT };
const UNQUOTED: Escape = Escape {
    text: |text| {
        let plain = !text.contains(|c: char| c.is_ascii_whitespace() || "\"'`=<>&".contains(c));
        plain.then(|| text.to_owned())
    },
    ..TEXT
};

/// The escape of an attribute's value.
pub fn attribute_escape(quote: Option<u8>) -> &'static Escape {
    match quote {
        Some(b'\'') => &SINGLE_QUOTED,
        Some(_) => &DOUBLE_QUOTED,
        None => &UNQUOTED,
    }
}

pub fn escape_text(text: &str) -> Option<String> {
    escape(text, b"&<>")
}

pub fn escape_cdata(text: &str) -> Option<String> {
    let fits = is_xml(text) && !text.contains(['>', ']']);
    fits.then(|| text.to_owned())
}

/// A character by its number.
pub fn reference_to(c: char) -> String {
    format!("&#{};", u32::from(c))
}

/// Whether a lone `&` or `<` before a place stays one: `&Ann;` and `<é` are text, `&amp;` and `<e` in their place would be a
/// reference and a tag.
pub fn begins_nothing(source: &str, span: Span, written: &str) -> bool {
    let before = source.get(..span.start).unwrap_or_default();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '#';
    let ends = |text: &str| text.chars().find(|c| !is_name(*c));
    let is_reference = before.trim_end_matches(is_name).ends_with('&')
        && ends(written).or_else(|| ends(source.get(span.end..).unwrap_or_default())).is_none_or(|c| c == ';');
    !is_reference && !before.ends_with('<') && !before.ends_with("</")
}

fn escape(text: &str, special: &[u8]) -> Option<String> {
    if !is_xml(text) {
        return None;
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' if special.contains(&b'&') => escaped.push_str("&amp;"),
            '<' if special.contains(&b'<') => escaped.push_str("&lt;"),
            '>' if special.contains(&b'>') => escaped.push_str("&gt;"),
            '"' if special.contains(&b'"') => escaped.push_str("&quot;"),
            '\'' if special.contains(&b'\'') => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    Some(escaped)
}

/// Whether all characters may stand in XML. Line breaks but the plain one are changed by those who read them.
fn is_xml(text: &str) -> bool {
    !text.chars().any(|c| (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_of_all_kinds() {
        let tag = " a='1' b = \"x y\" c=3/ d";
        let all: Vec<_> = attributes(tag, Span::new(0, tag.len())).map(|a| (a.name, &tag[a.value.range()])).collect();
        assert_eq!(all, [("a", "1"), ("b", "x y"), ("c", "3/"), ("d", "")]);
    }

    #[test]
    fn references() {
        assert_eq!(resolve("#x41", XML).as_deref(), Some("A"));
        assert_eq!(resolve("eacute", HTML).as_deref(), Some("é"));
        assert_eq!(resolve("eacute", XML), None);
        assert_eq!(resolve("#xD800", XML), None);
    }
}
