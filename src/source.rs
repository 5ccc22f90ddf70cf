//! A file as it was read: its bytes decoded to UTF-8, and positions in it (bytes ↔ line and column ↔ UTF-16).
//!
//! All offsets inside orthonym are bytes of [`Source::text`]. Where a file is not UTF-8 they differ from the bytes
//! on disk; [`Source::on_disk`] converts at the edge.

use crate::span::Span;
use once_cell::sync::OnceCell;
use serde::Serialize;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// How the file's bytes spell its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    Utf8,
    /// UTF-8 after a byte order mark; the mark is part of [`Source::text`], so offsets are those on disk.
    Utf8Bom,
    /// UTF-16 after a byte order mark, little-endian; the mark is not part of the text.
    Utf16Le,
    /// UTF-16 after a byte order mark, big-endian; the mark is not part of the text.
    Utf16Be,
}

impl Encoding {
    pub fn is_utf16(self) -> bool {
        matches!(self, Encoding::Utf16Le | Encoding::Utf16Be)
    }
}

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
    #[error("invalid UTF-8 at byte {offset} (line {line}); convert the file to UTF-8, for example with iconv")]
    InvalidUtf8 { offset: usize, line: usize },
    #[error("invalid UTF-16 at byte {offset}; convert the file to UTF-8")]
    InvalidUtf16 { offset: usize },
    #[error("a binary file (NUL byte at {offset})")]
    Binary { offset: usize },
}

/// A file's text. Cheap to borrow from; the line index is made when a position is first asked for.
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    text: String,
    encoding: Encoding,
    lines: OnceCell<LineIndex>,
}

/// Where lines start, and marks to count characters from: at every line start, and every few kilobytes within a long line, so
/// that a position costs the same in a line of ten megabytes.
#[derive(Debug)]
struct LineIndex {
    /// Bytes of the text.
    starts: Vec<usize>,
    marks: Vec<Mark>,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    byte: usize,
    /// From 0.
    line: usize,
    /// Characters of the line before this place.
    column: usize,
    /// UTF-16 units of the line before this place.
    utf16: usize,
    /// UTF-16 units of the text before this place; counted for UTF-16 files alone.
    units: usize,
}

/// Bytes between two marks within a line.
const MARK_DISTANCE: usize = 4096;

const BOM: &str = "\u{feff}";

impl Source {
    /// A source from text in memory.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Source {
        let text = text.into();
        let encoding = if text.starts_with(BOM) { Encoding::Utf8Bom } else { Encoding::Utf8 };
        Source { path: path.into(), text, encoding, lines: OnceCell::new() }
    }

    /// Decodes a file's bytes: UTF-8 with or without a byte order mark, UTF-16 with one.
    ///
    /// # Errors
    /// Bytes that are no text in the encoding that the file claims: [`DecodeError`] says where.
    pub fn decode(path: impl Into<PathBuf>, bytes: Vec<u8>) -> Result<Source, DecodeError> {
        match bytes.get(..2) {
            Some([0xff, 0xfe]) => return Source::decode_utf16(path.into(), &bytes, Encoding::Utf16Le),
            Some([0xfe, 0xff]) => return Source::decode_utf16(path.into(), &bytes, Encoding::Utf16Be),
            _ => {}
        }
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
        let units = bytes[2..].chunks_exact(2).map(|pair| match encoding {
            Encoding::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
            _ => u16::from_le_bytes([pair[0], pair[1]]),
        });
        let mut text = String::with_capacity(bytes.len() / 2);
        let mut offset = 2;
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
        Ok(Source { path, text, encoding, lines: OnceCell::new() })
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

    /// A source of the same file, in the same encoding, with another text.
    pub fn with_text(&self, text: String) -> Source {
        Source { path: self.path.clone(), text, encoding: self.encoding, lines: OnceCell::new() }
    }

    /// The line and column of a byte offset of the text. A byte order mark has no width.
    pub fn position(&self, offset: usize) -> Position {
        let mark = self.mark_before(offset);
        let between = self.text.get(mark.byte..offset).unwrap_or_default();
        let between = if mark.byte == 0 { between.strip_prefix(BOM).unwrap_or(between) } else { between };
        Position {
            line: mark.line + 1,
            column: mark.column + between.chars().count() + 1,
            utf16: mark.utf16 + between.chars().map(char::len_utf16).sum::<usize>() + 1,
        }
    }

    /// The span of the text as bytes of the file on disk.
    pub fn on_disk(&self, span: Span) -> Span {
        match self.encoding {
            Encoding::Utf8 | Encoding::Utf8Bom => span,
            Encoding::Utf16Le | Encoding::Utf16Be => Span::new(self.utf16_byte(span.start), self.utf16_byte(span.end)),
        }
    }

    fn utf16_byte(&self, offset: usize) -> usize {
        let mark = self.mark_before(offset);
        let between = self.text.get(mark.byte..offset).unwrap_or_default();
        2 + 2 * (mark.units + between.encode_utf16().count())
    }

    fn mark_before(&self, offset: usize) -> Mark {
        let marks = &self.lines().marks;
        marks[marks.partition_point(|mark| mark.byte <= offset).saturating_sub(1)]
    }

    /// The file's bytes for a piece of text, in the file's own encoding.
    pub fn encode(&self, text: &str) -> Vec<u8> {
        match self.encoding {
            Encoding::Utf8 | Encoding::Utf8Bom => text.as_bytes().to_vec(),
            Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    }

    /// The span of line `line` (from 1) without its line ending; empty beyond the end.
    pub fn line_span(&self, line: usize) -> Span {
        let starts = &self.lines().starts;
        let Some(&start) = line.checked_sub(1).and_then(|l| starts.get(l)) else {
            return Span::new(self.text.len(), self.text.len());
        };
        let end = starts.get(line).copied().unwrap_or(self.text.len());
        let text = self.text[start..end].trim_end_matches(['\n', '\r']);
        Span::new(start, start + text.len())
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::of(&self.text, self.encoding.is_utf16()))
    }
}

impl LineIndex {
    fn of(text: &str, counts_units: bool) -> LineIndex {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|newline| newline + 1));
        let mut marks = Vec::with_capacity(starts.len() + text.len() / MARK_DISTANCE);
        let mut units = 0;
        for (line, &start) in starts.iter().enumerate() {
            let end = starts.get(line + 1).copied().unwrap_or(text.len());
            let mut mark = Mark { byte: start, line, column: 0, utf16: 0, units };
            marks.push(mark);
            while end - mark.byte > MARK_DISTANCE {
                let next = text.ceil_char_boundary(mark.byte + MARK_DISTANCE);
                let between = &text[mark.byte..next];
                let utf16 = between.encode_utf16().count();
                let visible = if mark.byte == 0 { between.strip_prefix(BOM).unwrap_or(between) } else { between };
                mark.column += visible.chars().count();
                mark.utf16 += visible.encode_utf16().count();
                mark.units += utf16;
                mark.byte = next;
                marks.push(mark);
            }
            if counts_units {
                units = mark.units + text[mark.byte..end].encode_utf16().count();
            }
        }
        LineIndex { starts, marks }
    }
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
    fn what_is_no_text_says_where() {
        let error = |bytes: &[u8]| Source::decode("a", bytes.to_vec()).unwrap_err();
        assert_eq!(error(b"ab\n\xff"), DecodeError::InvalidUtf8 { offset: 3, line: 2 });
        assert_eq!(error(b"ab\0"), DecodeError::Binary { offset: 2 });
        assert_eq!(error(b"\xff\xfea\0\x00\xd8"), DecodeError::InvalidUtf16 { offset: 4 });
        assert_eq!(error(b"\xff\xfea\0b"), DecodeError::InvalidUtf16 { offset: 4 });
    }
}
