//! Comments of the formats that have them. A new format is a line in [`SYNTAXES`].

use crate::span::Span;
use std::path::Path;

/// How comments are written.
pub struct Syntax {
    /// Endings of file names, in lower case.
    extensions: &'static [&'static str],
    open: &'static str,
    /// `None` for the end of the line.
    close: Option<&'static str>,
    /// Whether it is a comment at the start of a line alone.
    at_line_start: bool,
    /// Whether lines between blank ones belong together: an `ignore` then holds for its block, `ignore-next-line` for the next.
    pub in_blocks: bool,
}

static SYNTAXES: &[Syntax] = &[
    Syntax {
        extensions: &[
            "md", "markdown", "html", "htm", "xhtml", "xml", "xlf", "xliff", "mxliff", "sdlxliff", "tmx", "ts", "resx",
        ],
        open: "<!--",
        close: Some("-->"),
        at_line_start: false,
        in_blocks: false,
    },
    Syntax { extensions: &["po", "pot"], open: "#", close: None, at_line_start: true, in_blocks: true },
    Syntax { extensions: &["vtt"], open: "NOTE", close: None, at_line_start: true, in_blocks: true },
    Syntax {
        extensions: &["properties", "ftl", "yaml", "yml", "toml"],
        open: "#",
        close: None,
        at_line_start: true,
        in_blocks: false,
    },
    Syntax { extensions: &["strings"], open: "/*", close: Some("*/"), at_line_start: false, in_blocks: false },
];

impl Syntax {
    /// A comment that says something.
    pub fn written(&self, said: &str) -> String {
        match self.close {
            Some(close) => format!("{} {said} {close}", self.open),
            None => format!("{} {said}", self.open),
        }
    }

    /// Whether it takes a line of its own.
    pub fn at_line_start(&self) -> bool {
        self.at_line_start
    }
}

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// With the marks that open and close it.
    pub whole: Span,
    /// Without them.
    pub text: Span,
}

/// How comments are written in the file of that name, if they are.
pub fn syntax(path: &Path) -> Option<&'static Syntax> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    SYNTAXES.iter().find(|syntax| syntax.extensions.contains(&extension.as_str()))
}

/// The comments of a text, in order. One that is not closed ends with the text.
pub fn comments(text: &str, syntax: &Syntax) -> Vec<Comment> {
    let mut comments = Vec::new();
    let mut from = 0;
    while let Some(found) = text[from..].find(syntax.open) {
        let start = from + found;
        let inside = start + syntax.open.len();
        from = inside;
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        if syntax.at_line_start && !text[line_start..start].trim_start_matches('\u{feff}').trim().is_empty() {
            continue;
        }
        let rest = &text[inside..];
        let (length, close) = match syntax.close {
            Some(close) => rest.find(close).map_or((rest.len(), 0), |length| (length, close.len())),
            None => (rest.find('\n').unwrap_or(rest.len()), 0),
        };
        from = inside + length + close;
        comments.push(Comment { whole: Span::new(start, from), text: Span::new(inside, inside + length) });
    }
    comments
}
