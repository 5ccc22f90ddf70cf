//! Documents: a source cut into segments of running text, each mapped to the bytes it came from. One format, one file.
//!
//! Parsing never fails: it yields a document and the problems met. A damaged file is read up to the damage, which is one
//! problem. Knows nothing of dictionaries and rules, and never writes a file anew: what a fix changes is
//! spliced into the bytes that are there, by the segment's own [`OffsetMap`].

mod android;
mod apple;
mod builder;
mod catalog;
mod declared;
mod docx;
mod escape;
mod escapes;
mod excerpt;
mod fields;
#[cfg(test)]
mod fixture;
mod fluent;
mod format;
mod html;
mod json;
mod map;
mod markdown;
mod markup;
mod plain;
mod po;
mod properties;
mod subtitles;
mod table;
mod tmx;
mod xliff;
mod xml;

pub use builder::OBJECT;
pub use docx::is_docx_text;
pub use format::Format;
pub use map::{Join, OffsetMap, Piece, PieceKind};

use crate::diagnostic::Edit;
use crate::source::{DecodeError, Encoding, Source};
use crate::span::Span;
use escape::Spelling;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::path::PathBuf;

/// What is read from a source: its segments in the order of the file, and what could not be read.
#[derive(Debug, Default)]
pub struct Document<'a> {
    pub segments: Vec<Segment<'a>>,
    pub problems: Vec<Problem>,
}

/// So many segments tell how many more a file has.
const MANY: usize = 1 << 12;

/// A piece of running text, which no sentence leaves: a plain file, a paragraph of mark-up, the target of a translation unit.
#[derive(Debug)]
pub struct Segment<'a> {
    /// The text as its reader sees it, entities and escapes decoded; [`OBJECT`] stands for what is no text.
    pub text: Cow<'a, str>,
    /// From bytes of `text` to bytes of the source.
    pub map: OffsetMap,
    /// Inline tags of a bilingual format.
    pub tags: Vec<Tag>,
    /// What it is a translation of, where the file tells.
    pub source: Option<Box<SourceSide<'a>>>,
    /// The whole file, and how it is spelt: what an edit has to fit in with.
    file: &'a str,
    encoding: Encoding,
}

/// The text that a segment is a translation of.
#[derive(Clone, Debug)]
pub struct SourceSide<'a> {
    pub text: Cow<'a, str>,
    pub map: OffsetMap,
    pub tags: Vec<Tag>,
    /// As the file declares it.
    pub language: Option<Cow<'a, str>>,
    /// What tells equal sources apart: a gettext context.
    pub context: Option<Cow<'a, str>>,
    /// The file says that the translation is still to be made or looked at.
    pub pending: bool,
    pub placeholders: Placeholders,
}

/// Which kinds of placeholders a text has, where the file says: `None` where it does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Placeholders {
    /// `%s`, `%1$d`, `%(name)s`.
    pub percent: Option<bool>,
    /// `{0}`, `{name}`.
    pub braces: Option<bool>,
}

/// An inline tag of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The byte of the text before which it stands.
    pub at: usize,
    /// What it is, equal on both sides: `<g id="1">`.
    pub label: String,
}

/// A place where a file is not what its format says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Bytes of the source's text.
    pub span: Span,
    pub message: String,
}

/// What a file alone does not tell about how it is to be read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The columns of a table, or the keys or pointers of JSON, that hold the text. Empty: `target`, `translation`, `text`.
    pub text_fields: Vec<String>,
    /// The same for the source side. `None`: `source`.
    pub source_field: Option<String>,
    /// The language of the text: in a file of several languages the others are left alone.
    pub target_language: String,
    /// The encoding of files that do not begin with a byte order mark, whatever they say. `None`: what they say.
    pub encoding: Option<Encoding>,
}

impl Default for ReadOptions {
    fn default() -> ReadOptions {
        ReadOptions { text_fields: Vec::new(), source_field: None, target_language: "en".to_owned(), encoding: None }
    }
}

/// Decodes a file's bytes, in the encoding that they declare as their format does it; without a format, by the one that they
/// tell themselves. Also the format.
///
/// # Errors
/// Bytes that are no text in that encoding, or an encoding that we do not read.
pub fn decode(
    path: impl Into<PathBuf>,
    bytes: Vec<u8>,
    format: Option<Format>,
    options: &ReadOptions,
) -> Result<(Source, Format), DecodeError> {
    let beginning = || String::from_utf8_lossy(&bytes[..bytes.len().min(declared::BEGINNING)]);
    let guess = format.unwrap_or_else(|| Format::of_text(&beginning()));
    let encoding = match options.encoding {
        Some(encoding) => encoding,
        None => declared::encoding(&bytes, guess)?,
    };
    let source = Source::decode_as(path, bytes, encoding)?;
    let format = format.unwrap_or_else(|| Format::of_text(source.text()));
    Ok((source, format))
}

impl<'a> Document<'a> {
    /// Reads a source in the given format.
    pub fn parse(source: &'a Source, format: Format, options: &ReadOptions) -> Document<'a> {
        let mut document = format.parse(source.text(), options);
        document.segments.iter_mut().for_each(|segment| segment.encoding = source.encoding());
        document
    }

    /// Adds a segment. Room is made for as many as the rest of the file will have if it goes on as it began: a list that doubles is
    /// copied over and over, and keeps twice what it needs.
    fn push(&mut self, segment: Segment<'a>) {
        let count = self.segments.len();
        if count == self.segments.capacity() && count >= MANY {
            let read = segment.map.locate(Span::new(0, 0)).start.max(1);
            let left = count.saturating_mul(segment.file.len().saturating_sub(read)) / read;
            self.segments.reserve_exact((left + left / 8).clamp(count / 8, 8 * count));
        }
        self.segments.push(segment);
    }

    fn problem(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push(Problem { span, message: message.into() });
    }
}

impl<'a> Segment<'a> {
    /// Text that stands in the source as it is, from byte `start` on, and takes any other text.
    fn verbatim(text: &'a str, start: usize) -> Segment<'a> {
        let map = OffsetMap::Verbatim { start };
        Segment { text: Cow::Borrowed(text), map, tags: Vec::new(), source: None, file: text, encoding: Encoding::Utf8 }
    }

    /// The bytes of the source behind a span of the segment's text.
    pub fn locate(&self, span: Span) -> Span {
        self.map.locate(span)
    }

    /// The edits of the source that make the segment's text read `replacement` at `span`; `None` where that place cannot be
    /// edited.
    pub fn edits(&self, span: Span, replacement: &str) -> Option<Vec<Edit>> {
        let file = Spelling { text: self.file, encoding: self.encoding };
        self.map.edits(file, &self.text, span, replacement)
    }
}

impl<'a> SourceSide<'a> {
    fn new(text: builder::TextBuilder<'a>, language: Option<Cow<'a, str>>) -> SourceSide<'a> {
        let (text, map, tags) = text.finish();
        SourceSide { text, map, tags, language, context: None, pending: false, placeholders: Placeholders::default() }
    }
}

impl ReadOptions {
    /// Whether text that a file declares to be in this language is to be read.
    fn wants(&self, language: Option<&str>) -> bool {
        language.is_none_or(|language| primary(language).eq_ignore_ascii_case(primary(&self.target_language)))
    }
}

/// The language of a language tag: `pt` of `pt-BR`.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

/// The text behind a byte order mark, and how long that is.
fn without_bom(text: &str) -> (&str, usize) {
    text.strip_prefix('\u{feff}').map_or((text, 0), |rest| (rest, text.len() - rest.len()))
}
