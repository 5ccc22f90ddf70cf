//! From bytes of a segment's text to bytes of the source it came from.

use crate::diagnostic::Edit;
use crate::span::Span;

/// Maps a segment's text back to its source.
#[derive(Debug, Clone)]
pub enum OffsetMap {
    /// The text stands in the source as it is, from this byte on.
    Verbatim { start: usize },
}

impl OffsetMap {
    /// The bytes of the source behind a span of the text.
    pub fn locate(&self, span: Span) -> Span {
        match self {
            OffsetMap::Verbatim { start } => span.shifted(*start),
        }
    }

    /// The edits of the source that make the text read `replacement` at `span`.
    pub fn edits(&self, span: Span, replacement: &str) -> Option<Vec<Edit>> {
        match self {
            OffsetMap::Verbatim { .. } => {
                Some(vec![Edit { span: self.locate(span), replacement: replacement.to_owned() }])
            }
        }
    }
}
