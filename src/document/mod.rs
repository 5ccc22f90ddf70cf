//! Documents: a source cut into segments of running text, each mapped to the bytes it came from. One format, one file.
//!
//! Parsing never fails: it yields a document and the problems met. Knows nothing of dictionaries and rules.

mod map;
mod plain;

pub use map::OffsetMap;

use crate::diagnostic::Edit;
use crate::source::Source;
use crate::span::Span;
use std::borrow::Cow;

/// What is read from a source: its segments in the order of the file, and what could not be read.
#[derive(Debug, Default)]
pub struct Document<'a> {
    pub segments: Vec<Segment<'a>>,
    pub problems: Vec<Problem>,
}

/// A piece of running text, which no sentence leaves: a plain file, a paragraph of mark-up, the target of a translation unit.
#[derive(Debug)]
pub struct Segment<'a> {
    /// The text as its reader sees it, entities and escapes decoded.
    pub text: Cow<'a, str>,
    /// From bytes of `text` to bytes of the source.
    pub map: OffsetMap,
}

/// A place where a file is not what its format says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Bytes of the source's text.
    pub span: Span,
    pub message: String,
}

/// The formats that orthonym reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Plain,
}

/// The file name extensions that tell a format, in lower case.
const EXTENSIONS: &[(&str, Format)] = &[("txt", Format::Plain), ("text", Format::Plain)];

impl Format {
    /// The format that a file's name tells, if it is one that we know.
    pub fn of_path(path: &std::path::Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        EXTENSIONS.iter().find(|(known, _)| *known == extension).map(|(_, format)| *format)
    }

    /// The extensions that [`Format::of_path`] knows.
    pub fn extensions() -> impl Iterator<Item = &'static str> {
        EXTENSIONS.iter().map(|(extension, _)| *extension)
    }
}

impl<'a> Document<'a> {
    /// Reads a source in the given format.
    pub fn parse(source: &'a Source, format: Format) -> Document<'a> {
        match format {
            Format::Plain => plain::parse(source),
        }
    }
}

impl Segment<'_> {
    /// The bytes of the source behind a span of the segment's text.
    pub fn locate(&self, span: Span) -> Span {
        self.map.locate(span)
    }

    /// The edits of the source that make the segment's text read `replacement` at `span`; `None` where that place cannot be
    /// edited.
    pub fn edits(&self, span: Span, replacement: &str) -> Option<Vec<Edit>> {
        self.map.edits(span, replacement)
    }
}
