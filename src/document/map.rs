//! From bytes of a segment's text to bytes of the source it came from, and from a change of the text to edits of the source.

use super::escape::{Escape, Spelling};
use crate::diagnostic::Edit;
use crate::span::Span;

/// Maps a segment's text back to its source.
#[derive(Debug, Clone)]
pub enum OffsetMap {
    /// The text stands in the source as it is, from this byte on.
    Verbatim { start: usize },
    /// The text was put together from pieces of the source. Where there are none, `anchor` is where text would stand.
    Pieces { pieces: Vec<Piece>, anchor: Span },
}

/// A stretch of a text that comes from one stretch of the source. It ends where the next one begins.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    /// Where it begins in the text.
    pub text: usize,
    /// Bytes of the source.
    pub source: Span,
    pub kind: PieceKind,
    /// What lies in the source between the piece before and this one.
    pub join: Join,
    pub escape: &'static Escape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// The text is the source, byte by byte.
    Verbatim,
    /// An entity or escape sequence: all of it or nothing.
    Escaped,
    /// Something that is shown in the text and is no text: code, a placeholder, a line break. Never edited.
    Object,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// Nothing.
    Adjacent,
    /// The file's own seam, which means nothing: the next line of a string. Text may move across it.
    Seam,
    /// Mark-up: an edit may go on behind it, but moves no word across it.
    Markup,
    /// An inline tag of a bilingual format: no edit crosses it.
    Barrier,
}

impl OffsetMap {
    /// The bytes of the source behind a span of the text.
    pub fn locate(&self, span: Span) -> Span {
        match self {
            OffsetMap::Verbatim { start } => span.shifted(*start),
            OffsetMap::Pieces { pieces, anchor } => {
                let Some(first) = piece_at(pieces, span.start) else { return *anchor };
                let start = start_in(&pieces[first], span.start);
                if span.is_empty() {
                    return Span::new(start, start);
                }
                let last = piece_at(pieces, span.end - 1).unwrap_or(first);
                Span::new(start, end_in(&pieces[last], span.end))
            }
        }
    }

    /// The edits of the source that make `text`, which is the mapped one, read `replacement` at `span`: disjoint and
    /// sorted. `None` where the place cannot be edited so.
    pub fn edits(&self, file: Spelling<'_>, text: &str, span: Span, replacement: &str) -> Option<Vec<Edit>> {
        match self {
            OffsetMap::Verbatim { .. } => {
                Some(vec![Edit { span: self.locate(span), replacement: replacement.to_owned() }])
            }
            OffsetMap::Pieces { pieces, .. } => Change { file, pieces, text }.edits(span, replacement),
        }
    }
}

/// The index of the piece that holds a byte of the text, or of the last one before it.
fn piece_at(pieces: &[Piece], byte: usize) -> Option<usize> {
    (!pieces.is_empty()).then(|| pieces.partition_point(|piece| piece.text <= byte).saturating_sub(1))
}

fn start_in(piece: &Piece, byte: usize) -> usize {
    match piece.kind {
        PieceKind::Verbatim => (piece.source.start + byte.saturating_sub(piece.text)).min(piece.source.end),
        _ => piece.source.start,
    }
}

fn end_in(piece: &Piece, byte: usize) -> usize {
    match piece.kind {
        PieceKind::Verbatim => (piece.source.start + byte.saturating_sub(piece.text)).min(piece.source.end),
        _ => piece.source.end,
    }
}

/// A text of pieces that is about to change.
struct Change<'m> {
    file: Spelling<'m>,
    pieces: &'m [Piece],
    text: &'m str,
}

impl Change<'_> {
    fn edits(&self, span: Span, replacement: &str) -> Option<Vec<Edit>> {
        let old = self.text.get(span.range())?;
        let joins = self.joins(span)?;
        if joins.contains(&Join::Barrier) {
            return None;
        }
        if joins.iter().all(|join| *join == Join::Adjacent) {
            return Some(vec![self.within(span, replacement)?]);
        }
        let (old, new) = (runs(old), runs(replacement));
        let mut edits = Vec::new();
        if old.len() == new.len() {
            for ((at, from), (_, to)) in old.iter().zip(&new) {
                let both_space = from.trim().is_empty() && to.trim().is_empty();
                if from != to && !both_space {
                    edits.extend(self.across(Span::new(at + span.start, at + span.start + from.len()), to)?);
                }
            }
        } else {
            edits = self.across(span, replacement)?;
        }
        Some(edits)
    }

    /// The joins inside a span of the text; `None` where the text has no pieces.
    fn joins(&self, span: Span) -> Option<Vec<Join>> {
        let first = piece_at(self.pieces, span.start)?;
        let last = piece_at(self.pieces, span.end.saturating_sub(1).max(span.start))?;
        Some(self.pieces[first + 1..=last].iter().map(|piece| piece.join).collect())
    }

    /// Edits a span that may cross joins: what stays the same at its ends is left alone; of the rest, text moves across seams
    /// to the first part, and never across mark-up.
    fn across(&self, span: Span, replacement: &str) -> Option<Vec<Edit>> {
        let old = self.text.get(span.range())?;
        let same = |pair: &((usize, char), char)| pair.0.1 == pair.1;
        let head: usize =
            old.char_indices().zip(replacement.chars()).take_while(same).map(|((_, c), _)| c.len_utf8()).sum();
        let (old_rest, new_rest) = (&old[head..], &replacement[head..]);
        let tail: usize = old_rest
            .chars()
            .rev()
            .zip(new_rest.chars().rev())
            .take_while(|(a, b)| a == b)
            .map(|(c, _)| c.len_utf8())
            .sum();
        let span = Span::new(span.start + head, span.end - tail);
        let mut replacement = &new_rest[..new_rest.len() - tail];
        let joins = self.joins(span)?;
        if joins.contains(&Join::Markup) {
            return None;
        }
        let mut edits = Vec::new();
        let mut start = span.start;
        let first = piece_at(self.pieces, span.start)?;
        for (offset, join) in joins.iter().enumerate() {
            if *join == Join::Seam {
                let end = self.pieces[first + 1 + offset].text;
                edits.push(self.within(Span::new(start, end), replacement)?);
                (start, replacement) = (end, "");
            }
        }
        edits.push(self.within(Span::new(start, span.end), replacement)?);
        Some(edits)
    }

    /// Edits a span whose pieces lie side by side in the source.
    fn within(&self, span: Span, replacement: &str) -> Option<Edit> {
        let (first, last) =
            (piece_at(self.pieces, span.start)?, piece_at(self.pieces, span.end.saturating_sub(1).max(span.start))?);
        let pieces = &self.pieces[first..=last];
        if pieces.iter().any(|piece| piece.kind == PieceKind::Object) {
            return None;
        }
        // An escape sequence of several characters is replaced whole.
        let start = if pieces[0].kind == PieceKind::Escaped { pieces[0].text } else { span.start };
        let end = if pieces[pieces.len() - 1].kind == PieceKind::Escaped { self.end_of(last) } else { span.end };
        let end = end.max(span.end);
        let escape = pieces[0].escape;
        let whole = [self.text.get(start..span.start)?, replacement, self.text.get(span.end..end)?].concat();
        if whole.is_empty() && self.empties_markup(first, last, Span::new(start, end)) {
            return None;
        }
        let source = Span::new(start_in(&pieces[0], start), end_in(&pieces[pieces.len() - 1], end));
        Some(Edit { span: source, replacement: escape.write(&whole, source, self.file)? })
    }

    /// Whether nothing would be left between two pieces of mark-up.
    fn empties_markup(&self, first: usize, last: usize, span: Span) -> bool {
        let marked = |piece: Option<&Piece>| piece.is_some_and(|p| matches!(p.join, Join::Markup | Join::Barrier));
        let opens = span.start == self.pieces[first].text && marked(self.pieces.get(first));
        let closes = span.end == self.end_of(last) && marked(self.pieces.get(last + 1));
        opens || closes
    }

    fn end_of(&self, piece: usize) -> usize {
        self.pieces.get(piece + 1).map_or(self.text.len(), |next| next.text)
    }
}

/// A text cut into words and what stands between them, with the place of each.
fn runs(text: &str) -> Vec<(usize, &str)> {
    let mut runs = Vec::new();
    let mut start = 0;
    let mut was_space = None;
    for (at, c) in text.char_indices() {
        let is_space = c.is_whitespace();
        if was_space.is_some_and(|was| was != is_space) {
            runs.push((start, &text[start..at]));
            start = at;
        }
        was_space = Some(is_space);
    }
    if start < text.len() {
        runs.push((start, &text[start..]));
    }
    runs
}
