//! Putting a segment's text together from pieces of the source.

use super::escape::Escape;
use super::map::{Join, OffsetMap, Piece, PieceKind};
use super::{Segment, Tag};
use crate::source::Encoding;
use crate::span::Span;
use std::borrow::Cow;

/// Stands in a text for something that is no text: code, an image, a placeholder.
pub const OBJECT: char = '\u{fffc}';

/// Room for a few letters behind the second piece of a text.
const SLACK: usize = 16;

/// A text in the making, and its map.
pub struct TextBuilder<'a> {
    source: &'a str,
    /// Empty as long as it is one stretch of the source, as most texts are.
    text: String,
    pieces: Vec<Piece>,
    tags: Vec<Tag>,
    anchor: Span,
    escape: &'static Escape,
    /// What has been passed since the last piece, beside the source's own bytes.
    join: Join,
}

impl<'a> TextBuilder<'a> {
    /// A text without pieces so far, which would stand at byte `anchor` of the source.
    pub fn new(source: &'a str, anchor: usize, escape: &'static Escape) -> TextBuilder<'a> {
        TextBuilder {
            source,
            text: String::new(),
            pieces: Vec::new(),
            tags: Vec::new(),
            anchor: Span::new(anchor, anchor),
            escape,
            join: Join::Adjacent,
        }
    }

    pub fn source(&self) -> &'a str {
        self.source
    }

    fn stretch(&self, span: Span) -> &'a str {
        self.source.get(span.range()).unwrap_or_default()
    }

    /// What is there so far.
    pub fn text(&self) -> &str {
        match self.pieces.as_slice() {
            [only] if self.text.is_empty() => self.stretch(only.source),
            _ => &self.text,
        }
    }

    /// From here on text is escaped so. What follows is never edited together with what was before.
    pub fn set_escape(&mut self, escape: &'static Escape) {
        self.escape = escape;
        self.join(Join::Markup);
    }

    /// A new run of text begins, escaped so; where it looks as the one before, text may move across.
    pub fn begin_run(&mut self, escape: &'static Escape, alike: bool) {
        self.escape = escape;
        self.join(if alike { Join::Seam } else { Join::Markup });
    }

    /// Notes what lies before the next piece; of several the strictest counts.
    pub fn join(&mut self, join: Join) {
        if join as u8 > self.join as u8 {
            self.join = join;
        }
    }

    /// Notes an inline tag that means the same on both sides; edits do not cross it.
    pub fn tag(&mut self, label: String) {
        grow(&mut self.tags);
        self.tags.push(Tag { at: self.text().len(), label });
        self.join(Join::Barrier);
    }

    /// Adds a stretch of the source as it is.
    pub fn verbatim(&mut self, span: Span) {
        let text = self.stretch(span);
        if text.is_empty() {
            return;
        }
        let join = self.joined(span.start);
        if let Some(last) = self.pieces.last_mut()
            && last.kind == PieceKind::Verbatim
            && join == Join::Adjacent
        {
            if !self.text.is_empty() {
                self.text.push_str(text);
            }
            last.source.end = span.end;
            return;
        }
        self.push(span, text, PieceKind::Verbatim, join);
    }

    /// Adds what an entity or escape sequence stands for; as [`TextBuilder::verbatim`] where it stands for itself.
    pub fn escaped(&mut self, span: Span, text: &str) {
        if self.source.get(span.range()) == Some(text) {
            return self.verbatim(span);
        }
        let join = self.joined(span.start);
        self.push(span, text, PieceKind::Escaped, join);
    }

    /// Adds something that is no text.
    pub fn object(&mut self, span: Span) {
        let join = self.joined(span.start);
        self.push(span, OBJECT.encode_utf8(&mut [0; 4]), PieceKind::Object, join);
    }

    /// Adds white space that the format makes of a stretch of the source, and that is not edited.
    pub fn space(&mut self, span: Span, text: &str) {
        let join = self.joined(span.start);
        self.push(span, text, PieceKind::Object, join);
    }

    /// Adds a stretch of the source in which white space, however much, is one space, as in HTML; none at the start.
    pub fn collapsed(&mut self, span: Span) {
        let text = self.stretch(span);
        let is_space = |c: char| c.is_ascii_whitespace();
        let mut at = span.start;
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(is_space).unwrap_or(rest.len());
            self.verbatim(Span::new(at, at + word));
            let after = &rest[word..];
            let space = after.find(|c| !is_space(c)).unwrap_or(after.len());
            let gap = Span::new(at + word, at + word + space);
            if space > 0 && !self.text().is_empty() && !self.text().ends_with(is_space) {
                if &after[..space] == " " { self.verbatim(gap) } else { self.space(gap, " ") }
            }
            at = gap.end;
            rest = &after[space..];
        }
    }

    fn joined(&mut self, start: usize) -> Join {
        let passed = std::mem::replace(&mut self.join, Join::Adjacent);
        match self.pieces.last() {
            Some(last) if passed == Join::Adjacent && last.source.end != start => Join::Markup,
            _ => passed,
        }
    }

    fn push(&mut self, source: Span, text: &str, kind: PieceKind, join: Join) {
        if text.is_empty() {
            return;
        }
        if self.pieces.is_empty() && kind == PieceKind::Verbatim {
            grow(&mut self.pieces);
            self.pieces.push(Piece { text: 0, source, kind, join, escape: self.escape });
            return;
        }
        if self.text.is_empty() {
            let first = self.pieces.first().map_or("", |first| self.stretch(first.source));
            self.text.reserve_exact(first.len() + text.len() + SLACK);
            self.text.push_str(first);
        }
        grow(&mut self.pieces);
        self.pieces.push(Piece { text: self.text.len(), source, kind, join, escape: self.escape });
        self.text.push_str(text);
    }

    /// Takes white space off the end.
    pub fn trim_end(&mut self) {
        let len = self.text().trim_end().len();
        self.text.truncate(len);
        while self.pieces.last().is_some_and(|last| last.text >= len) {
            self.pieces.pop();
        }
        if let Some(last) = self.pieces.last_mut()
            && last.kind == PieceKind::Verbatim
        {
            last.source.end = last.source.start + (len - last.text);
        }
    }

    /// The text with its map. One piece of the source is borrowed.
    pub fn finish(self) -> (Cow<'a, str>, OffsetMap, Vec<Tag>) {
        let text = match self.pieces.as_slice() {
            [] => Cow::Borrowed(""),
            [Piece { kind: PieceKind::Verbatim, source, .. }] => Cow::Borrowed(self.stretch(*source)),
            _ => Cow::Owned(self.text),
        };
        (text, OffsetMap::Pieces { pieces: self.pieces, anchor: self.anchor }, self.tags)
    }

    /// The text as a segment without a source side.
    pub fn segment(self) -> Segment<'a> {
        let file = self.source;
        let (text, map, tags) = self.finish();
        Segment { text, map, tags, source: None, file, encoding: Encoding::Utf8 }
    }
}

/// Makes room for one more, and no more than twice as much: most texts have two or three pieces, and a big file has millions.
fn grow<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact(list.len().max(2));
    }
}
