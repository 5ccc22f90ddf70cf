//! A file as it was read: its bytes decoded to UTF-8, and positions in it (bytes ↔ line and column ↔ UTF-16).
//!
//! All offsets inside orthonym are bytes of [`Source::text`]. Where a file is not UTF-8 they differ from the bytes
//! on disk; [`Source::on_disk`] converts at the edge.

mod encoding;
mod legacy;

pub use encoding::{Encoding, Repertoire};

use crate::span::Span;
use legacy::Legacy;
use once_cell::sync::OnceCell;
use serde::Serialize;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A place in a text as people and editors count it. All numbers start at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    pub line: usize,
    /// In Unicode scalar values.
    pub column: usize,
    /// In UTF-16 code units.
    pub utf16: usize,
}

/// Why bytes are not read as text.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum DecodeError {
    #[error(
        "invalid UTF-8 at byte {offset} (line {line}); convert the file to UTF-8, or say what it is with --encoding"
    )]
    InvalidUtf8 { offset: usize, line: usize },
    #[error("invalid UTF-16 at byte {offset}; convert the file to UTF-8")]
    InvalidUtf16 { offset: usize },
    #[error("byte {offset} (line {line}) means nothing in {encoding}; say which encoding it is with --encoding")]
    Legacy { encoding: &'static str, offset: usize, line: usize },
    #[error(
        "the file says that it is in `{0}`, which is not read; convert it to UTF-8 or say what it is with --encoding"
    )]
    Unknown(String),
    #[error("a binary file (NUL byte at {offset})")]
    Binary { offset: usize },
}

/// A file's text. Cheap to borrow from; lines are counted when a position is first asked for.
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    text: String,
    encoding: Encoding,
    /// Bytes of the byte order mark, where it is not part of the text.
    mark: usize,
    /// The file's bytes, where its encoding is none of Unicode's.
    legacy: Option<Legacy>,
    origin: Origin,
    /// Every few kilobytes, the first at the start.
    marks: OnceCell<Vec<Mark>>,
}

/// Where in a longer stream a text begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Bytes of the stream before it.
    pub byte: usize,
    /// Lines of the stream before it.
    pub line: usize,
}

/// A place of the text and what was counted up to it.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    byte: usize,
    /// From 0.
    line: usize,
    /// Characters of the line before this place.
    column: usize,
    /// UTF-16 units of the line before this place.
    utf16: usize,
    /// UTF-16 units of the text before this place.
    units: usize,
}

/// Bytes between two marks at most, but for a character: a position costs the same wherever it is, in a line of ten megabytes too.
const MARK_DISTANCE: usize = 4096;

const BOM: &str = "\u{feff}";

impl Source {
    /// A source from text in memory.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Source {
        let text = text.into();
        let encoding = if text.starts_with(BOM) { Encoding::Utf8Bom } else { Encoding::Utf8 };
        Source::from_parts(path.into(), text, encoding, 0)
    }

    fn from_parts(path: PathBuf, text: String, encoding: Encoding, mark: usize) -> Source {
        Source { path, text, encoding, mark, legacy: None, origin: Origin::default(), marks: OnceCell::new() }
    }

    /// Decodes a file's bytes: UTF-8 with or without a byte order mark, UTF-16 with one.
    ///
    /// # Errors
    /// Bytes that are no text in the encoding that the file claims: [`DecodeError`] says where.
    pub fn decode(path: impl Into<PathBuf>, bytes: Vec<u8>) -> Result<Source, DecodeError> {
        Source::decode_as(path, bytes, Encoding::Utf8)
    }

    /// Decodes a file's bytes in an encoding, unless they begin with a byte order mark, which tells another.
    ///
    /// # Errors
    /// Bytes that are no text in that encoding: [`DecodeError`] says where.
    pub fn decode_as(path: impl Into<PathBuf>, bytes: Vec<u8>, encoding: Encoding) -> Result<Source, DecodeError> {
        let path = path.into();
        let told = match bytes.as_slice() {
            [0xff, 0xfe, ..] => Encoding::Utf16Le,
            [0xfe, 0xff, ..] => Encoding::Utf16Be,
            [0xef, 0xbb, 0xbf, ..] => Encoding::Utf8,
            _ => encoding,
        };
        match told {
            Encoding::Utf8 | Encoding::Utf8Bom => Source::decode_utf8(path, bytes),
            Encoding::Utf16Le | Encoding::Utf16Be => Source::decode_utf16(path, &bytes, told),
            Encoding::Legacy(standard, _) => {
                let (text, legacy) = Legacy::decode(standard, bytes)?;
                Ok(Source { legacy: Some(legacy), ..Source::from_parts(path, text, told, 0) })
            }
        }
    }

    fn decode_utf8(path: PathBuf, bytes: Vec<u8>) -> Result<Source, DecodeError> {
        if let Some(offset) = memchr::memchr(0, &bytes) {
            return Err(DecodeError::Binary { offset });
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Source::new(path, text)),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let line = 1 + memchr::memchr_iter(b'\n', &error.as_bytes()[..offset]).count();
                Err(DecodeError::InvalidUtf8 { offset, line })
            }
        }
    }

    fn decode_utf16(path: PathBuf, bytes: &[u8], encoding: Encoding) -> Result<Source, DecodeError> {
        let mark = if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) { 2 } else { 0 };
        let units = bytes[mark..].chunks_exact(2).map(|pair| match encoding {
            Encoding::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
            _ => u16::from_le_bytes([pair[0], pair[1]]),
        });
        let mut text = String::with_capacity(bytes.len() / 2);
        let mut offset = mark;
        for decoded in char::decode_utf16(units) {
            let c = decoded.map_err(|_| DecodeError::InvalidUtf16 { offset })?;
            if c == '\0' {
                return Err(DecodeError::Binary { offset });
            }
            text.push(c);
            offset += 2 * c.len_utf16();
        }
        if bytes.len() % 2 == 1 {
            return Err(DecodeError::InvalidUtf16 { offset: bytes.len() - 1 });
        }
        Ok(Source::from_parts(path, text, encoding, mark))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The text at `span`; empty where the span does not lie on character boundaries of the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The same text as a part of a longer stream: its lines and its bytes on disk are counted from the stream's start.
    pub fn starting_at(self, origin: Origin) -> Source {
        Source { origin, ..self }
    }

    /// A source of the same file, in the same encoding, after a change: `text` is what becomes of its text, `splice` makes of
    /// its bytes what becomes of them.
    pub fn changed(&self, text: String, splice: impl FnOnce(&[u8]) -> Vec<u8>) -> Source {
        let legacy = match (self.encoding, &self.legacy) {
            (Encoding::Legacy(standard, _), Some(legacy)) => {
                Legacy::decode(standard, splice(legacy.bytes())).ok().map(|(_, legacy)| legacy)
            }
            _ => None,
        };
        Source { legacy, origin: self.origin, ..Source::from_parts(self.path.clone(), text, self.encoding, self.mark) }
    }

    /// The line and column of a byte offset of the text. A byte order mark has no width.
    pub fn position(&self, offset: usize) -> Position {
        let mark = self.mark_at(offset);
        Position { line: self.origin.line + mark.line + 1, column: mark.column + 1, utf16: mark.utf16 + 1 }
    }

    /// The span of the text as bytes of the file on disk, or of the stream that it is a part of.
    pub fn on_disk(&self, span: Span) -> Span {
        self.in_bytes(span).shifted(self.origin.byte)
    }

    /// The span of the text as bytes of what was decoded.
    pub fn in_bytes(&self, span: Span) -> Span {
        match (self.encoding, &self.legacy) {
            (Encoding::Utf16Le | Encoding::Utf16Be, _) => {
                Span::new(self.utf16_byte(span.start), self.utf16_byte(span.end))
            }
            (_, Some(legacy)) => Span::new(legacy.on_disk(span.start), legacy.on_disk(span.end)),
            _ => span,
        }
    }

    fn utf16_byte(&self, offset: usize) -> usize {
        self.mark + 2 * self.mark_at(offset).units
    }

    fn mark_at(&self, offset: usize) -> Mark {
        let marks = self.marks();
        let before = marks[marks.partition_point(|mark| mark.byte <= offset).saturating_sub(1)];
        before.moved(self.text.get(before.byte..offset).unwrap_or_default())
    }

    /// The file's bytes for a piece of text, in the file's own encoding.
    pub fn encode(&self, text: &str) -> Vec<u8> {
        self.encoding.encode(text)
    }

    /// The span of line `line` (from 1) without its line ending; empty beyond the end.
    pub fn line_span(&self, line: usize) -> Span {
        let Some(start) = line.checked_sub(self.origin.line + 1).and_then(|line| self.line_start(line)) else {
            return Span::new(self.text.len(), self.text.len());
        };
        let rest = &self.text[start..];
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        Span::new(start, start + rest[..end].trim_end_matches('\r').len())
    }

    /// Where a line begins, counted from 0.
    fn line_start(&self, line: usize) -> Option<usize> {
        let Some(before) = line.checked_sub(1) else { return Some(0) };
        let marks = self.marks();
        let mark = marks[marks.partition_point(|mark| mark.line <= before).saturating_sub(1)];
        let newline = memchr::memchr_iter(b'\n', &self.text.as_bytes()[mark.byte..]).nth(before - mark.line)?;
        Some(mark.byte + newline + 1)
    }

    fn marks(&self) -> &[Mark] {
        self.marks.get_or_init(|| {
            let mut marks = vec![Mark::default()];
            let mut mark = Mark::default();
            while self.text.len() - mark.byte > MARK_DISTANCE {
                let next = self.text.ceil_char_boundary(mark.byte + MARK_DISTANCE);
                mark = mark.moved(&self.text[mark.byte..next]);
                marks.push(mark);
            }
            marks
        })
    }
}

impl Mark {
    /// The mark behind the text that follows this one. A byte order mark has no width.
    fn moved(self, text: &str) -> Mark {
        let last_line = memchr::memrchr(b'\n', text.as_bytes()).map(|newline| &text[newline + 1..]);
        let from = if last_line.is_some() { Mark::default() } else { self };
        let visible = match last_line {
            Some(line) => line,
            None if self.byte == 0 => text.strip_prefix(BOM).unwrap_or(text),
            None => text,
        };
        Mark {
            byte: self.byte + text.len(),
            line: self.line + memchr::memchr_iter(b'\n', text.as_bytes()).count(),
            column: from.column + visible.chars().count(),
            utf16: from.utf16 + utf16_len(visible),
            units: self.units + utf16_len(text),
        }
    }
}

fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_utf16_units() {
        let source = Source::new("a.txt", "née 😀 x\r\nb");
        let x = source.text().find('x').unwrap();
        assert_eq!(source.position(x), Position { line: 1, column: 7, utf16: 8 });
        assert_eq!(source.position(source.text().len()), Position { line: 2, column: 2, utf16: 2 });
        assert_eq!(source.line_span(1), Span::new(0, x + 1));
        assert_eq!(source.line_span(7), Span::new(source.text().len(), source.text().len()));
    }

    #[test]
    fn positions_in_a_long_line_are_those_of_a_short_one() {
        let line = "é😀x".repeat(MARK_DISTANCE);
        let source = Source::new("a.txt", format!("\u{feff}{line}\n{line}"));
        for (index, offset) in [(0, 3), (1, 3 + line.len() + 1)] {
            let at = offset + 7 * (MARK_DISTANCE - 1) + 2;
            let (column, utf16) = (3 * (MARK_DISTANCE - 1) + 2, 4 * (MARK_DISTANCE - 1) + 2);
            assert_eq!(source.position(at), Position { line: index + 1, column, utf16 });
        }
    }

    #[test]
    fn lines_are_counted_across_many_marks() {
        let text: String = (0..3000).map(|line| format!("{}é\n", "x".repeat(line % 17))).collect();
        let source = Source::new("a.txt", text.as_str());
        let mut start = 0;
        for (index, line) in text.lines().enumerate() {
            let end = start + line.len();
            assert_eq!(source.line_span(index + 1), Span::new(start, end));
            let column = line.chars().count() + 1;
            assert_eq!(source.position(end), Position { line: index + 1, column, utf16: column });
            start = end + 1;
        }
    }

    #[test]
    fn a_byte_order_mark_keeps_disk_offsets_and_has_no_width() {
        let source = Source::decode("a.txt", b"\xef\xbb\xbfab".to_vec()).unwrap();
        assert_eq!(source.encoding(), Encoding::Utf8Bom);
        assert_eq!(source.position(4).column, 2);
        assert_eq!(source.on_disk(Span::new(3, 4)), Span::new(3, 4));
    }

    #[test]
    fn utf16_maps_back_to_its_bytes() {
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend("a\né😀z".encode_utf16().flat_map(u16::to_le_bytes));
        let source = Source::decode("a.txt", bytes.clone()).unwrap();
        let z = source.text().find('z').unwrap();
        let disk = source.on_disk(Span::new(z, z + 1));
        assert_eq!(&bytes[disk.range()], source.encode("z"));
    }

    #[test]
    fn utf16_needs_no_mark_where_it_is_said() {
        let source = Source::decode_as("a.txt", b"\0a\0b".to_vec(), Encoding::Utf16Be).unwrap();
        assert_eq!((source.text(), source.on_disk(Span::new(1, 2))), ("ab", Span::new(2, 4)));
        // A mark is believed before anything that is said.
        assert_eq!(Source::decode_as("a.txt", b"\xff\xfea\0".to_vec(), Encoding::Utf16Be).unwrap().text(), "a");
    }

    #[test]
    fn a_part_of_a_stream_is_counted_from_its_start() {
        let source = Source::new("a.txt", "one\ntwo").starting_at(Origin { byte: 100, line: 7 });
        assert_eq!(source.position(4).line, 9);
        assert_eq!(source.line_span(9), Span::new(4, 7));
        assert_eq!(
            (source.on_disk(Span::new(4, 7)), source.in_bytes(Span::new(4, 7))),
            (Span::new(104, 107), Span::new(4, 7))
        );
    }

    #[test]
    fn what_is_no_text_says_where() {
        let error = |bytes: &[u8]| Source::decode("a", bytes.to_vec()).unwrap_err();
        assert_eq!(error(b"ab\n\xff"), DecodeError::InvalidUtf8 { offset: 3, line: 2 });
        assert_eq!(error(b"ab\0"), DecodeError::Binary { offset: 2 });
        assert_eq!(error(b"\xff\xfea\0\x00\xd8"), DecodeError::InvalidUtf16 { offset: 4 });
        assert_eq!(error(b"\xff\xfea\0b"), DecodeError::InvalidUtf16 { offset: 4 });
    }
}
