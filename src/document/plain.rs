//! Plain text: one segment, the whole file.

use super::{Document, ReadOptions, Segment};

pub(super) fn parse<'a>(text: &'a str, _: &ReadOptions) -> Document<'a> {
    Document { segments: vec![Segment::verbatim(text, 0)], problems: Vec::new() }
}
