//! The comment to write so that a finding is ignored.

use super::comments;
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::Source;
use crate::span::Span;

/// How far a comment reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The finding's line, or its block where the format has blocks.
    Finding,
    /// The whole file, for the finding's rule.
    File,
}

/// The edit of a source that writes a comment against a finding; `None` where the format has no comments. Whether a comment may
/// stand at that very place is not looked at.
pub fn comment(source: &Source, finding: &Diagnostic, reach: Reach) -> Option<Edit> {
    let syntax = comments::syntax(source.path())?;
    let text = source.text();
    let verb = match reach {
        Reach::Finding => "ignore",
        Reach::File => "file-ignore",
    };
    let comment = syntax.written(&format!("orthonym: {verb}[{}]", finding.rule));
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (at, replacement) = match reach {
        Reach::File => {
            // A declaration and what a file begins with must stay in front.
            let at = if text.starts_with(['<', 'W']) { next_line(text, 0) } else { bom_end(text) };
            (at, if syntax.in_blocks { format!("{comment}{newline}{newline}") } else { format!("{comment}{newline}") })
        }
        Reach::Finding if syntax.in_blocks => {
            (super::block_start(text, finding.span.start), format!("{comment}{newline}"))
        }
        Reach::Finding if syntax.at_line_start() => {
            let at = super::line_start(text, finding.span.start);
            (at, format!("{}{newline}", syntax.written(&format!("orthonym: ignore-next-line[{}]", finding.rule))))
        }
        Reach::Finding => {
            let end = super::line_end(text, finding.span.end);
            let end = end - usize::from(text[..end].ends_with('\r'));
            (end, format!(" {comment}"))
        }
    };
    Some(Edit { span: Span::new(at, at), replacement })
}

fn bom_end(text: &str) -> usize {
    text.len() - text.trim_start_matches('\u{feff}').len()
}

fn next_line(text: &str, at: usize) -> usize {
    (super::line_end(text, at) + 1).min(text.len())
}
