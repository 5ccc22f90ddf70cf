//! What the tests of the formats share.

use super::{Document, Format, ReadOptions};
use crate::edits::Edits;
use crate::source::Source;
use crate::span::Span;

/// The texts of all segments; with their source side, where there is one, as `source ‖ target`.
pub fn texts(format: Format, text: &str) -> Vec<String> {
    texts_with(format, text, &ReadOptions::default())
}

pub fn texts_with(format: Format, text: &str, options: &ReadOptions) -> Vec<String> {
    let source = Source::new("test", text);
    let document = Document::parse(&source, format, options);
    let shown = document.segments.iter().map(|segment| match &segment.source {
        Some(source) => format!("{} ‖ {}", source.text, segment.text),
        None => segment.text.to_string(),
    });
    shown.collect()
}

/// The messages of all problems.
pub fn problems(format: Format, text: &str) -> Vec<String> {
    let source = Source::new("test", text);
    let document = Document::parse(&source, format, &ReadOptions::default());
    document.problems.into_iter().map(|problem| problem.message).collect()
}

/// The file after `old` became `new` in the first segment that holds it; `None` where that place cannot be edited.
pub fn replaced(format: Format, text: &str, old: &str, new: &str) -> Option<String> {
    let source = Source::new("test", text);
    let document = Document::parse(&source, format, &ReadOptions::default());
    let (segment, at) = document.segments.iter().find_map(|s| Some((s, s.text.find(old)?))).expect("the old text");
    let mut edits = Edits::of(&source);
    edits.add(&segment.edits(Span::new(at, at + old.len()), new)?).expect("edits that fit");
    Some(edits.apply().text().to_owned())
}
