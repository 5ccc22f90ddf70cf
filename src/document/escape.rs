//! How text is written in its place in a file. Each format has its own [`Escape`].

use crate::source::Encoding;
use crate::span::Span;

/// How text is written in a place.
#[derive(Debug)]
pub struct Escape {
    /// Writes text; `None` where the place cannot hold it.
    pub text: fn(&str) -> Option<String>,
    /// Writes a character by its number: what the file's encoding lacks. `None` where there is no such writing.
    pub number: Option<fn(char) -> String>,
    /// Whether what stands beside a place means afterwards what it meant before: the source, the place, what is written there.
    pub fits: fn(&str, Span, &str) -> bool,
}

/// A file's text, and how its bytes spell it.
#[derive(Clone, Copy, Debug)]
pub struct Spelling<'a> {
    pub text: &'a str,
    pub encoding: Encoding,
}

impl Escape {
    /// An escape for places that nothing beside them can change.
    pub const fn of(text: fn(&str) -> Option<String>) -> Escape {
        Escape { text, number: None, fits: |_, _, _| true }
    }

    /// Writes text in place of `span` of the file; `None` where the place cannot hold it.
    pub fn write(&self, text: &str, span: Span, file: Spelling<'_>) -> Option<String> {
        let mut written = (self.text)(text)?;
        if let Some(number) = self.number
            && file.encoding.lacks(&written).is_some()
        {
            let spell = |c: char| match file.encoding.lacks(c.encode_utf8(&mut [0; 4])) {
                Some(c) => number(c),
                None => c.to_string(),
            };
            written = written.chars().map(spell).collect();
        }
        (self.fits)(file.text, span, &written).then_some(written)
    }
}
