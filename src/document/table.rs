//! Tables: CSV (comma or semicolon, quotes as in RFC 4180) and TSV (tabs, no quotes). The first row names the columns.

use super::builder::TextBuilder;
use super::escape::Escape;
use super::{Document, ReadOptions, Segment, SourceSide, without_bom};
use crate::span::Span;
use std::borrow::Cow;

pub(super) fn parse_csv<'a>(text: &'a str, options: &ReadOptions) -> Document<'a> {
    let header = text.lines().next().unwrap_or_default();
    let count = |separator: char| header.matches(separator).count();
    let semicolons = count(';') > count(',');
    let dialect = if semicolons { Dialect { separator: b';', ..COMMAS } } else { COMMAS };
    parse(text, options, dialect)
}

pub(super) fn parse_tsv<'a>(text: &'a str, options: &ReadOptions) -> Document<'a> {
    parse(text, options, TABS)
}

const COMMAS: Dialect = Dialect { separator: b',', has_quotes: true, escape: &PLAIN };
const TABS: Dialect = Dialect { separator: b'\t', has_quotes: false, escape: &TAB_SEPARATED };

#[derive(Clone, Copy)]
struct Dialect {
    separator: u8,
    has_quotes: bool,
    /// Of a field without quotes.
    escape: &'static Escape,
}

/// A field as it stands in the file, without its quotes.
#[derive(Clone, Copy)]
struct Field {
    span: Span,
    is_quoted: bool,
}

fn parse<'a>(text: &'a str, options: &ReadOptions, dialect: Dialect) -> Document<'a> {
    let mut document = Document::default();
    let mut rows = Rows { text, at: without_bom(text).1, dialect };
    let Some(header) = rows.next().and_then(Result::ok) else { return document };
    let names: Vec<Cow<'_, str>> = header.iter().map(|field| new_text(text, *field, dialect).finish().0).collect();
    let index = |name: &str| {
        let by_number = || name.parse::<usize>().ok()?.checked_sub(1).filter(|index| *index < names.len());
        names.iter().position(|known| known.trim().eq_ignore_ascii_case(name)).or_else(by_number)
    };
    let wanted = options.text_fields(|name| index(name).is_some());
    let columns: Vec<usize> = wanted.iter().filter_map(|name| index(name)).collect();
    if columns.is_empty() || columns.len() < wanted.len() {
        let message = format!("the first row names no column {}; say which with --columns", options.looked_for());
        document.problem(header[0].span, message);
        return document;
    }
    let source = index(options.source_field());
    for row in rows {
        let row = match row {
            Ok(row) => row,
            Err(open) => {
                document.problem(open, "a quote that is not closed; what follows is not read");
                break;
            }
        };
        for field in columns.iter().filter_map(|&column| row.get(column)) {
            let side = source.and_then(|column| row.get(column)).map(|field| {
                let language = options.source_field.clone().map(Cow::Owned);
                Box::new(SourceSide::new(new_text(text, *field, dialect), language))
            });
            let builder = new_text(text, *field, dialect);
            if side.is_some() || !builder.text().is_empty() {
                document.push(Segment { source: side, ..builder.segment() });
            }
        }
    }
    document
}

fn new_text(text: &str, field: Field, dialect: Dialect) -> TextBuilder<'_> {
    let escape = if field.is_quoted { &QUOTED } else { dialect.escape };
    let mut builder = TextBuilder::new(text, field.span.start, escape);
    let mut at = field.span.start;
    if field.is_quoted {
        for (found, _) in text[field.span.range()].match_indices("\"\"") {
            let quotes = field.span.start + found;
            builder.verbatim(Span::new(at, quotes));
            builder.escaped(Span::new(quotes, quotes + 2), "\"");
            at = quotes + 2;
        }
    }
    builder.verbatim(Span::new(at, field.span.end));
    builder
}

/// The rows of a table; an error, which is the last, where a quote is not closed.
struct Rows<'a> {
    text: &'a str,
    at: usize,
    dialect: Dialect,
}

impl Iterator for Rows<'_> {
    type Item = Result<Vec<Field>, Span>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b'\r' | b'\n')) {
            self.at += 1;
        }
        bytes.get(self.at)?;
        let mut row = Vec::new();
        loop {
            match self.field() {
                Ok(field) => row.push(field),
                Err(open) => {
                    self.at = bytes.len();
                    return Some(Err(open));
                }
            }
            if bytes.get(self.at) != Some(&self.dialect.separator) {
                return Some(Ok(row));
            }
            self.at += 1;
        }
    }
}

impl Rows<'_> {
    /// Reads a field, up to the separator or line end behind it.
    fn field(&mut self) -> Result<Field, Span> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let ends = |at: usize| bytes.get(at).is_none_or(|&b| b == self.dialect.separator || matches!(b, b'\r' | b'\n'));
        if self.dialect.has_quotes && bytes.get(start) == Some(&b'"') {
            let mut at = start + 1;
            loop {
                let Some(found) = memchr::memchr(b'"', &bytes[at..]) else { return Err(Span::new(start, start + 1)) };
                at += found + 1;
                match bytes.get(at) {
                    Some(b'"') => at += 1,
                    _ => break,
                }
            }
            if ends(at) {
                self.at = at;
                return Ok(Field { span: Span::new(start + 1, at - 1), is_quoted: true });
            }
            // Text goes on behind the closing quote: the quotes are no quotes.
        }
        while !ends(self.at) {
            self.at += 1;
        }
        Ok(Field { span: Span::new(start, self.at), is_quoted: false })
    }
}

const QUOTED: Escape = Escape::of(escape_quoted);
const PLAIN: Escape = Escape::of(escape_plain);
const TAB_SEPARATED: Escape = Escape::of(escape_tabs);

fn escape_quoted(text: &str) -> Option<String> {
    Some(text.replace('"', "\"\""))
}

fn escape_plain(text: &str) -> Option<String> {
    (!text.contains([',', ';', '"', '\r', '\n'])).then(|| text.to_owned())
}

fn escape_tabs(text: &str) -> Option<String> {
    (!text.contains(['\t', '\r', '\n'])).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, ReadOptions, fixture};

    #[test]
    fn columns_by_name_and_quotes() {
        let csv = "\u{feff}id,source,target\r\n1,ا,\"A, \"\"b\"\"\"\r\n2,ب,B\r\n3,,";
        assert_eq!(fixture::texts(Format::Csv, csv), ["ا ‖ A, \"b\"", "ب ‖ B", " ‖ "]);
        assert!(fixture::replaced(Format::Csv, csv, "A", "\"x\"").unwrap().contains("\"\"\"x\"\", \"\"b\"\"\""));
        assert_eq!(fixture::replaced(Format::Csv, csv, "B", "x, y"), None);
    }

    #[test]
    fn columns_that_are_said() {
        let options =
            ReadOptions { text_fields: vec!["en".into()], source_field: Some("ar".into()), ..ReadOptions::default() };
        assert_eq!(fixture::texts_with(Format::Csv, "ar;en\nا;A, \"b\"\n", &options), ["ا ‖ A, \"b\""]);
        assert_eq!(fixture::texts_with(Format::Tsv, "ar\ten\nا\t\"A", &options), ["ا ‖ \"A"]);
        assert_eq!(fixture::problems(Format::Csv, "a,b\n1,2").len(), 1);
        assert_eq!(fixture::problems(Format::Csv, "text\n\"a\nb").len(), 1);
    }
}
