//! The lines of a source that a finding is shown in, as codespan-reporting reads them.
//!
//! A long line is cut to a window around what is marked in it; lines and columns are those of the whole file.

use super::display::safe;
use crate::source::Source;
use crate::span::Span;
use codespan_reporting::files::{Error, Files};
use std::collections::BTreeMap;
use std::ops::Range;

/// Lines up to this long, in characters, are shown whole.
const WHOLE: usize = 120;
/// What is shown of a longer line, in characters: before a mark, of the mark itself, and after it.
const BEFORE: usize = 30;
const MARKED: usize = 80;
const AFTER: usize = 40;
const CUT: &str = "…";

/// A part of a source that is marked, on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of [`Excerpt`]'s text.
    pub shown: Range<usize>,
    /// Which of the spans that the excerpt was made for.
    pub span: usize,
    /// Whether the span begins here; one that covers several lines is marked on its first and its last.
    pub is_first: bool,
}

/// Lines of a source, fit for a terminal.
#[derive(Debug)]
pub struct Excerpt<'a> {
    name: &'a str,
    text: String,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    /// From 1.
    number: usize,
    /// Bytes of the excerpt's text, without the line break.
    shown: Range<usize>,
    /// The starts of marks in the excerpt's text, with their columns in the file.
    columns: BTreeMap<usize, usize>,
}

/// A marked part of a line, in bytes of the source.
struct Part {
    bytes: Span,
    span: usize,
    is_first: bool,
}

impl<'a> Excerpt<'a> {
    /// The lines of `source` that the spans lie on, and the spans' marks in them.
    pub fn of(name: &'a str, source: &Source, spans: &[Span]) -> (Excerpt<'a>, Vec<Mark>) {
        let mut parts: BTreeMap<usize, Vec<Part>> = BTreeMap::new();
        for (index, &span) in spans.iter().enumerate() {
            let first = source.position(span.start).line;
            let last = source.position(span.end).line;
            let mut on_line = |line: usize, is_first: bool| {
                let whole = source.line_span(line);
                let bytes = Span::new(span.start.clamp(whole.start, whole.end), span.end.clamp(whole.start, whole.end));
                parts.entry(line).or_default().push(Part { bytes, span: index, is_first });
            };
            on_line(first, true);
            if last > first && span.end > source.line_span(last).start {
                on_line(last, false);
            }
        }
        // codespan-reporting shows a single line between two that are marked, and asks for it.
        let numbers: Vec<usize> = parts.keys().copied().collect();
        for pair in numbers.windows(2).filter(|pair| pair[1] - pair[0] == 2) {
            parts.entry(pair[0] + 1).or_default();
        }
        let mut excerpt = Excerpt { name, text: String::new(), lines: Vec::with_capacity(parts.len()) };
        let mut marks = Vec::with_capacity(spans.len());
        for (number, parts) in parts {
            excerpt.push_line(source, number, &parts, &mut marks);
        }
        (excerpt, marks)
    }

    fn push_line(&mut self, source: &Source, number: usize, parts: &[Part], marks: &mut Vec<Mark>) {
        let whole = source.line_span(number);
        let windows = windows(source.text(), whole, parts.iter().map(|part| part.bytes));
        // Text is shown in pieces between these places, so that each has its own in the excerpt.
        let mut cuts: Vec<usize> = windows.iter().flat_map(|w| [w.start, w.end]).collect();
        cuts.extend(parts.iter().flat_map(|part| [part.bytes.start, part.bytes.end]));
        cuts.sort_unstable();
        cuts.dedup();

        let start = self.text.len();
        let mut places = BTreeMap::new();
        let mut at = whole.start;
        for &cut in &cuts {
            let piece = Span::new(at, cut);
            if windows.iter().any(|window| window.contains(piece)) {
                let text = source.slice(piece);
                // A byte order mark at the start of the file is no part of its line.
                let text = if at == 0 { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
                self.text.push_str(&safe(text));
            } else if !piece.is_empty() && !self.text[start..].ends_with(CUT) {
                self.text.push_str(CUT);
            }
            at = cut;
            places.insert(cut, self.text.len());
        }
        if at < whole.end {
            self.text.push_str(CUT);
        }
        let mut columns = BTreeMap::new();
        for part in parts {
            let place = |byte: &usize| places.get(byte).copied().unwrap_or(start);
            let shown = place(&part.bytes.start)..place(&part.bytes.end);
            columns.insert(shown.start, source.position(part.bytes.start).column);
            marks.push(Mark { shown, span: part.span, is_first: part.is_first });
        }
        self.lines.push(Line { number, shown: start..self.text.len(), columns });
        self.text.push('\n');
    }

    fn line(&self, index: usize) -> Result<&Line, Error> {
        let found = self.lines.iter().find(|line| line.number == index + 1);
        found.ok_or(Error::LineTooLarge { given: index, max: self.lines.last().map_or(0, |line| line.number) })
    }
}

/// The parts of a line that are shown: all of a short one, else what lies around the marks. Disjoint and sorted.
fn windows(text: &str, line: Span, marks: impl Iterator<Item = Span>) -> Vec<Span> {
    let forward = |from: usize, characters: usize| {
        let rest = &text[from..line.end];
        rest.char_indices().nth(characters).map_or(line.end, |(offset, _)| from + offset)
    };
    let backward = |from: usize, characters: usize| {
        let rest = &text[line.start..from];
        rest.char_indices().rev().take(characters).last().map_or(from, |(offset, _)| line.start + offset)
    };
    if forward(line.start, WHOLE) == line.end {
        return vec![line];
    }
    let mut windows: Vec<Span> = Vec::new();
    let mut around: Vec<Span> = marks
        .flat_map(|mark| {
            let end = forward(mark.start, MARKED).min(mark.end);
            // The end of a long mark is shown as well: that is where its label points.
            let tail = backward(mark.end, MARKED / 2).max(end);
            [Span::new(backward(mark.start, BEFORE), forward(end, AFTER)), Span::new(tail, forward(mark.end, AFTER))]
        })
        .filter(|window| !window.is_empty())
        .collect();
    around.push(Span::new(line.start, if around.is_empty() { forward(line.start, WHOLE) } else { line.start }));
    around.sort_unstable();
    for window in around.into_iter().filter(|window| !window.is_empty()) {
        match windows.last_mut() {
            Some(last) if window.start <= last.end => *last = last.hull(window),
            _ => windows.push(window),
        }
    }
    windows
}

impl<'a> Files<'a> for Excerpt<'_> {
    type FileId = ();
    type Name = std::borrow::Cow<'a, str>;
    type Source = &'a str;

    fn name(&'a self, (): ()) -> Result<Self::Name, Error> {
        Ok(safe(self.name))
    }

    fn source(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.text)
    }

    fn line_index(&'a self, (): (), byte: usize) -> Result<usize, Error> {
        let line = self.lines.partition_point(|line| line.shown.start <= byte).saturating_sub(1);
        self.lines.get(line).map(|line| line.number - 1).ok_or(Error::FileMissing)
    }

    fn column_number(&'a self, (): (), line: usize, byte: usize) -> Result<usize, Error> {
        Ok(self.line(line)?.columns.get(&byte).copied().unwrap_or(1))
    }

    fn line_range(&'a self, (): (), line: usize) -> Result<Range<usize>, Error> {
        Ok(self.line(line)?.shown.clone())
    }
}
