//! Comments of the formats that have them. A new format is a line in [`SYNTAXES`].

use crate::span::Span;
use aho_corasick::{AhoCorasick, Input};
use std::path::Path;

/// How comments are written.
pub struct Syntax {
    /// Endings of file names, in lower case.
    extensions: &'static [&'static str],
    /// The first is the one that is written.
    marks: &'static [Mark],
    /// Whether lines between blank ones belong together: an `ignore` then holds for its block, `ignore-next-line` for the next.
    pub in_blocks: bool,
}

/// What makes a comment.
#[derive(Clone, Copy)]
struct Mark {
    open: &'static str,
    /// `None` for the end of the line.
    close: Option<&'static str>,
    /// Whether it is a comment at the start of a line alone.
    at_line_start: bool,
}

/// A comment from the start of a line to its end.
const fn line(open: &'static str) -> Mark {
    Mark { open, close: None, at_line_start: true }
}

/// A comment from one mark to another.
const fn enclosed(open: &'static str, close: &'static str) -> Mark {
    Mark { open, close: Some(close), at_line_start: false }
}

static SYNTAXES: &[Syntax] = &[
    Syntax {
        extensions: &[
            "md", "markdown", "html", "htm", "xhtml", "xml", "xlf", "xliff", "mxliff", "sdlxliff", "tmx", "ts", "resx",
        ],
        marks: &[enclosed("<!--", "-->")],
        in_blocks: false,
    },
    Syntax { extensions: &["po", "pot"], marks: &[line("#")], in_blocks: true },
    Syntax { extensions: &["vtt"], marks: &[line("NOTE")], in_blocks: true },
    Syntax { extensions: &["properties"], marks: &[line("#"), line("!")], in_blocks: false },
    Syntax { extensions: &["ftl", "yaml", "yml", "toml"], marks: &[line("#")], in_blocks: false },
    Syntax { extensions: &["strings"], marks: &[enclosed("/*", "*/"), line("//")], in_blocks: false },
];

impl Syntax {
    /// A comment that says something.
    pub fn written(&self, said: &str) -> String {
        let Mark { open, close, .. } = self.marks[0];
        match close {
            Some(close) => format!("{open} {said} {close}"),
            None => format!("{open} {said}"),
        }
    }

    /// Whether it takes a line of its own.
    pub fn at_line_start(&self) -> bool {
        self.marks[0].at_line_start
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
    let opens = AhoCorasick::new(syntax.marks.iter().map(|mark| mark.open)).expect("a few short marks");
    while let Some(found) = opens.find(Input::new(text).range(from..)) {
        let Mark { close, at_line_start, .. } = syntax.marks[found.pattern()];
        let (start, inside) = (found.start(), found.end());
        from = inside;
        if at_line_start && !is_line_start(&text[..start]) {
            continue;
        }
        let rest = &text[inside..];
        let (length, close) = match close {
            Some(close) => rest.find(close).map_or((rest.len(), 0), |length| (length, close.len())),
            None => (rest.find('\n').unwrap_or(rest.len()), 0),
        };
        from = inside + length + close;
        comments.push(Comment { whole: Span::new(start, from), text: Span::new(inside, inside + length) });
    }
    comments
}

/// Whether there is nothing but white space between the start of a line, or of the text, and what follows.
fn is_line_start(before: &str) -> bool {
    let before = before.trim_end_matches(|c: char| c != '\n' && c.is_whitespace());
    matches!(before, "" | "\u{feff}") || before.ends_with('\n')
}
