//! What of a document lies around a place in its source: enough to look at a change without reading all again.

use super::{Document, OffsetMap, Segment};
use crate::span::Span;
use std::borrow::Cow;

/// A paragraph is left up to so many bytes on either side of the place: many texts have no blank lines.
const FAR: usize = 1 << 13;

impl Document<'_> {
    /// Leaves the segments that reach to a span of the source; of text that stands there as it is, the paragraphs.
    pub fn leave_around(&mut self, span: Span) {
        self.segments.retain(|segment| segment.extent().touches(span));
        self.segments.iter_mut().for_each(|segment| segment.leave_paragraphs(span));
    }
}

impl Segment<'_> {
    /// From the first byte to the last that it comes from, its source side included.
    fn extent(&self) -> Span {
        let own = extent(&self.map, &self.text);
        self.source.as_ref().map_or(own, |side| own.hull(extent(&side.map, &side.text)))
    }

    fn leave_paragraphs(&mut self, span: Span) {
        let (OffsetMap::Verbatim { start }, Cow::Borrowed(text)) = (&mut self.map, &self.text) else { return };
        let within = |at: usize| at.saturating_sub(*start).min(text.len());
        let paragraphs = paragraphs(text, Span::new(within(span.start), within(span.end)));
        *start += paragraphs.start;
        self.text = Cow::Borrowed(&text[paragraphs.range()]);
    }
}

fn extent(map: &OffsetMap, text: &str) -> Span {
    match map {
        OffsetMap::Verbatim { start } => Span::new(*start, start + text.len()),
        OffsetMap::Pieces { pieces, anchor } => match &pieces[..] {
            [first, .., last] | [first @ last] => Span::new(first.source.start, last.source.end),
            [] => *anchor,
        },
    }
}

/// The span, from the blank line before it to the one behind it; where that is far, only so far.
fn paragraphs(text: &str, span: Span) -> Span {
    const BLANK: [&str; 2] = ["\n\n", "\n\r\n"];
    let (from, to) = (text.floor_char_boundary(span.start), text.ceil_char_boundary(span.end));
    let before = Span::new(text.floor_char_boundary(from.saturating_sub(FAR)), from);
    let behind = Span::new(to, text.ceil_char_boundary((to + FAR).min(text.len())));
    let start = BLANK.into_iter().filter_map(|blank| text[before.range()].rfind(blank)).max();
    let end = BLANK.into_iter().filter_map(|blank| text[behind.range()].find(blank)).min();
    Span::new(start.map_or(before.start, |at| before.start + at + 1), end.map_or(behind.end, |at| behind.start + at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, ReadOptions};
    use crate::source::Source;

    /// The texts that are left around a word of a source, and where they begin in it.
    fn around(format: Format, text: &str, word: &str) -> Vec<(String, usize)> {
        let source = Source::new("a", text);
        let mut document = Document::parse(&source, format, &ReadOptions::default());
        let at = text.find(word).unwrap();
        document.leave_around(Span::new(at, at + word.len()));
        document.segments.iter().map(|s| (s.text.to_string(), s.locate(Span::new(0, 1)).start)).collect()
    }

    #[test]
    fn of_plain_text_the_paragraph_is_left() {
        let text = "First one.\n\nSecond here.\nThird there.\r\n\r\nLast.";
        assert_eq!(around(Format::Plain, text, "Third"), [("\nSecond here.\nThird there.\r".to_owned(), 11)]);
        assert_eq!(around(Format::Plain, text, "First"), [("First one.".to_owned(), 0)]);
        assert_eq!(around(Format::Plain, text, "Last"), [("\r\nLast.".to_owned(), 39)]);
    }

    #[test]
    fn of_a_text_without_paragraphs_what_is_near_is_left() {
        let text = format!("{0}Here.{0}", "é\n".repeat(FAR));
        let left = around(Format::Plain, &text, "Here");
        assert!(left.len() == 1 && left[0].0.contains("Here") && left[0].0.len() < 3 * FAR, "{}", left[0].0.len());
    }

    #[test]
    fn of_mark_up_the_segment_is_left() {
        assert_eq!(around(Format::Markdown, "# One\n\nTwo *or* so\n\nThree\n", "so"), [("Two or so".to_owned(), 7)]);
        let po = "msgid \"un\"\nmsgstr \"one\"\n\nmsgid \"deux\"\nmsgstr \"two\"\n";
        assert_eq!(around(Format::Po, po, "deux"), [("two".to_owned(), 46)], "its source belongs to it");
    }
}
