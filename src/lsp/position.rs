//! Positions as the client counts them, from and to bytes of the text.

use crate::diagnostic::Edit;
use crate::source::Source;
use crate::span::Span;
use gen_lsp_types::{Position, PositionEncodingKind, Range, TextEdit};

/// What a position's column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    /// The byte of a position. Beyond the end of a line it is the line's end, beyond the last line the end of the text; inside a
    /// character it is where that begins.
    pub fn offset(self, source: &Source, position: Position) -> usize {
        let line = source.line_span(position.line as usize + 1);
        let wanted = position.character as usize;
        if self == Encoding::Utf8 {
            let offset = line.start.saturating_add(wanted).min(line.end);
            return source.text().floor_char_boundary(offset);
        }
        let mut units = 0;
        for (at, c) in source.slice(line).char_indices() {
            units += self.width(c);
            if units > wanted {
                return line.start + at;
            }
        }
        line.end
    }

    pub fn span(self, source: &Source, range: Range) -> Span {
        Span::new(self.offset(source, range.start), self.offset(source, range.end))
    }

    pub fn position(self, source: &Source, offset: usize) -> Position {
        let place = source.position(offset);
        let character = match self {
            Encoding::Utf8 => offset - source.line_span(place.line).start.min(offset),
            Encoding::Utf16 => place.utf16 - 1,
            Encoding::Utf32 => place.column - 1,
        };
        Position { line: clamp(place.line - 1), character: clamp(character) }
    }

    pub fn range(self, source: &Source, span: Span) -> Range {
        Range { start: self.position(source, span.start), end: self.position(source, span.end) }
    }

    pub fn text_edits<'e>(self, source: &Source, edits: impl IntoIterator<Item = &'e Edit>) -> Vec<TextEdit> {
        let edit = |edit: &Edit| TextEdit { range: self.range(source, edit.span), new_text: edit.replacement.clone() };
        edits.into_iter().map(edit).collect()
    }
}

/// The protocol counts in 32 bits.
fn clamp(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_count_what_was_agreed_on() {
        let source = Source::new("a.txt", "one\nné 😀 é\n");
        let offset = source.text().rfind('é').unwrap();
        let column = |encoding: Encoding| encoding.position(&source, offset).character;
        assert_eq!([column(Encoding::Utf8), column(Encoding::Utf16), column(Encoding::Utf32)], [9, 6, 5]);
    }

    #[test]
    fn a_position_that_is_nowhere_is_the_nearest_place() {
        let source = Source::new("a.txt", "a😀\r\nb");
        let at = |line, character| Encoding::Utf16.offset(&source, Position { line, character });
        assert_eq!([at(0, 2), at(0, 9), at(7, 0)], [1, 5, 8], "inside a character, behind the line, behind the text");
    }

    proptest! {
        #[test]
        fn every_character_has_one_position(text in "[a-zé😀\n ]{0,40}") {
            let source = Source::new("a.txt", text.clone());
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                for (offset, _) in text.char_indices() {
                    prop_assert_eq!(encoding.offset(&source, encoding.position(&source, offset)), offset);
                }
            }
        }
    }
}
