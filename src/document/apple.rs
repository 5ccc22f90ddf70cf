//! Apple's .strings: `"key" = "value";` with comments as in C.

use super::builder::TextBuilder;
use super::escape::Escape;
use super::{Document, ReadOptions, escapes, without_bom};
use crate::span::Span;

pub(super) fn parse<'a>(text: &'a str, _: &ReadOptions) -> Document<'a> {
    let mut document = Document::default();
    let mut at = without_bom(text).1;
    while let Some(start) = skip(text, at) {
        let Some((value, end)) = pair(text, start) else {
            let next = text[start..].chars().next().map_or(0, char::len_utf8);
            document
                .problem(Span::new(start, start + next), "no pair of `\"key\" = \"value\";`; what follows is not read");
            break;
        };
        let mut builder = TextBuilder::new(text, value.start, &ESCAPE);
        escapes::literal(&mut builder, value);
        if !builder.text().is_empty() {
            document.push(builder.segment());
        }
        at = end;
    }
    document
}

const ESCAPE: Escape = Escape { number: Some(|c| escapes::utf16_units(c).replace("\\u", "\\U")), ..escapes::QUOTED };

/// The first byte that is no space and no comment.
fn skip(text: &str, mut at: usize) -> Option<usize> {
    loop {
        let rest = &text[at..];
        let trimmed = rest.trim_start();
        at = text.len() - trimmed.len();
        let comment = match trimmed.get(..2) {
            Some("/*") => trimmed.find("*/").map(|end| end + 2),
            Some("//") => trimmed.find('\n').or(Some(trimmed.len())),
            _ => None,
        };
        match comment {
            Some(len) => at += len,
            None => return (at < text.len()).then_some(at),
        }
    }
}

/// The value of the pair that begins here, and where the pair ends.
fn pair(text: &str, start: usize) -> Option<(Span, usize)> {
    let key_end = match text.as_bytes()[start] {
        b'"' => string(text, start)?.end + 1,
        _ => {
            start
                + text[start..]
                    .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-')))
                    .filter(|l| *l > 0)?
        }
    };
    let equals = skip(text, key_end).filter(|at| text.as_bytes()[*at] == b'=')?;
    let open = skip(text, equals + 1).filter(|at| text.as_bytes()[*at] == b'"')?;
    let value = string(text, open)?;
    let end = skip(text, value.end + 1).filter(|at| text.as_bytes()[*at] == b';')?;
    Some((value, end + 1))
}

/// What is between the quotes of the string that begins here.
fn string(text: &str, open: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let mut at = open + 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(Span::new(open + 1, at));
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture};

    #[test]
    fn pairs_and_comments() {
        let file =
            "/* no \"a\" = \"b\"; */\n\"key\" = \"One \\\"two\\\"\";\n// no\nplain = \"Eduy\\n\" ;\n\"broken\" = 1;";
        assert_eq!(fixture::texts(Format::AppleStrings, file), ["One \"two\"", "Eduy\n"]);
        assert_eq!(fixture::problems(Format::AppleStrings, file).len(), 1);
    }
}
