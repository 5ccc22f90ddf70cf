//! Plain text: one segment, the whole file.

use super::{Document, OffsetMap, Segment};
use crate::source::Source;
use std::borrow::Cow;

pub(super) fn parse(source: &Source) -> Document<'_> {
    let segment = Segment { text: Cow::Borrowed(source.text()), map: OffsetMap::Verbatim { start: 0 } };
    Document { segments: vec![segment], problems: Vec::new() }
}
