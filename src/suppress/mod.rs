//! Findings that are not to be reported: by a comment in the text, or by an `[[ignore]]` table of the configuration.

mod comments;
mod directive;
mod write;

pub use directive::{Directive, Misspelt, Target, Verb};
pub use write::{Reach, comment};

use crate::diagnostic::Diagnostic;
use crate::files::{PathSet, absolute};
use crate::rules::{self, Selector};
use crate::source::Source;
use crate::span::Span;
use comments::Syntax;

/// What the comments of a source say to the linter.
#[derive(Debug, Default)]
pub struct Suppressions {
    /// In the order of the text.
    pub directives: Vec<Directive>,
    pub misspelt: Vec<Misspelt>,
}

/// An `[[ignore]]` table. What is not given matches all.
#[derive(Clone, Debug)]
pub struct Ignore {
    pub paths: Option<PathSet>,
    pub rule: Option<Selector>,
    pub text: Option<String>,
}

impl Suppressions {
    /// Reads the comments of a source.
    pub fn of(source: &Source) -> Suppressions {
        let text = source.text();
        let mut found = Suppressions::default();
        let Some(syntax) = comments::syntax(source.path()) else { return found };
        if memchr::memmem::find(text.as_bytes(), b"orthonym:").is_none() {
            return found;
        }
        for comment in comments::comments(text, syntax) {
            for parsed in directive::parse(text, comment.text, comment.whole) {
                match parsed {
                    Ok(directive) => found.directives.push(directive),
                    Err(misspelt) => found.misspelt.push(misspelt),
                }
            }
        }
        for index in 0..found.directives.len() {
            found.directives[index].covers = found.covers(index, text, syntax);
        }
        found
    }

    fn covers(&self, index: usize, text: &str, syntax: &Syntax) -> Span {
        let directive = &self.directives[index];
        let (start, end) = (directive.comment.start, directive.comment.end);
        match directive.verb {
            Verb::FileIgnore => Span::new(0, text.len()),
            Verb::Ignore if syntax.in_blocks => Span::new(block_start(text, start), block_end(text, end)),
            Verb::Ignore => Span::new(line_start(text, start), line_end(text, end)),
            Verb::IgnoreNextLine if syntax.in_blocks => {
                let after = block_end(text, end);
                let next = after + (text[after..].len() - text[after..].trim_start().len());
                Span::new(next, block_end(text, next))
            }
            Verb::IgnoreNextLine => {
                let next = (line_end(text, end) + 1).min(text.len());
                Span::new(next, line_end(text, next))
            }
            // From here to what takes it back.
            Verb::Disable => {
                let enabled = self.directives[index + 1..].iter().find(|later| later.ends(directive));
                enabled.inspect(|later| later.mark_ending(directive));
                Span::new(end, enabled.map_or(text.len(), |later| later.comment.start))
            }
            Verb::Enable => Span::new(end, end),
        }
    }

    /// Whether a directive covers the finding; the directive then counts as used.
    pub fn covers_finding(&self, diagnostic: &Diagnostic) -> bool {
        let mut any = false;
        for directive in self.directives.iter().filter(|directive| directive.covers.contains(diagnostic.span)) {
            any |= directive.takes(diagnostic.rule);
        }
        any
    }
}

impl Directive {
    /// Whether it is about a rule; what names the rule then counts as used. What is said of comments is ignored by name alone:
    /// else an `ignore` in vain would hide itself.
    fn takes(&self, rule: &str) -> bool {
        let is_of_comments = rule.starts_with("suppression/");
        if self.targets.is_empty() {
            if is_of_comments {
                return false;
            }
            self.used.set(true);
            return true;
        }
        let mut any = false;
        for target in &self.targets {
            let is_meant =
                |selector: &Selector| names(selector, rule) && !(is_of_comments && *selector == Selector::All);
            if target.selector.as_ref().is_ok_and(is_meant) {
                target.used.set(true);
                any = true;
            }
        }
        any
    }

    /// Whether this one takes back all that `disabled` asks for.
    fn ends(&self, disabled: &Directive) -> bool {
        let names = |target: &Target| target.selector.clone().ok();
        self.verb == Verb::Enable
            && (self.targets.is_empty()
                || !disabled.targets.is_empty()
                    && disabled.targets.iter().all(|target| self.targets.iter().any(|own| names(own) == names(target))))
    }

    fn mark_ending(&self, disabled: &Directive) {
        self.used.set(true);
        for own in &self.targets {
            if disabled.targets.iter().any(|target| target.selector == own.selector) {
                own.used.set(true);
            }
        }
    }
}

impl Ignore {
    /// Whether the table is about the file at all.
    pub fn is_about(&self, source: &Source) -> bool {
        self.paths.as_ref().is_none_or(|paths| paths.contains(&absolute(source.path())))
    }

    /// Whether it is about the finding; the file is the right one.
    pub fn takes(&self, diagnostic: &Diagnostic) -> bool {
        let same_words = |text: &String| text.split_whitespace().eq(diagnostic.text.split_whitespace());
        self.rule.as_ref().is_none_or(|rule| names(rule, diagnostic.rule)) && self.text.as_ref().is_none_or(same_words)
    }
}

fn names(selector: &Selector, rule: &str) -> bool {
    rules::find(rule).is_some_and(|rule| selector.exactness(rule).is_some())
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline)
}

/// Where the lines begin that no blank line parts from the one at `at`.
fn block_start(text: &str, at: usize) -> usize {
    let mut start = line_start(text, at);
    while start > 0 {
        let before = line_start(text, start - 1);
        if text[before..start].trim().is_empty() {
            break;
        }
        start = before;
    }
    start
}

fn block_end(text: &str, at: usize) -> usize {
    let mut end = line_end(text, at);
    while end < text.len() {
        let next = line_end(text, end + 1);
        if text[end..next].trim().is_empty() {
            break;
        }
        end = next;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text that each directive covers.
    fn covered<'t>(path: &str, text: &'t str) -> Vec<&'t str> {
        let source = Source::new(path, text);
        let found = Suppressions::of(&source);
        found.directives.iter().map(|directive| &text[directive.covers.range()]).collect()
    }

    #[test]
    fn directives_cover_lines_stretches_and_files() {
        assert_eq!(covered("a.md", "one <!-- orthonym: ignore -->\ntwo"), ["one <!-- orthonym: ignore -->"]);
        assert_eq!(covered("a.md", "<!-- orthonym: ignore-next-line[names] why -->\ntwo\nthree"), ["two"]);
        assert_eq!(covered("a.html", "x<!--orthonym: file-ignore-->"), ["x<!--orthonym: file-ignore-->"]);
        let stretch = "a<!-- orthonym: disable[text] -->b<!-- orthonym: enable[names] -->c<!-- orthonym: enable -->d";
        assert_eq!(covered("a.md", stretch)[0], "b<!-- orthonym: enable[names] -->c");
        assert_eq!(covered("a.md", "a<!-- orthonym: disable -->b"), ["b"]);
        assert!(covered("a.txt", "<!-- orthonym: ignore -->").is_empty());
    }

    #[test]
    fn in_blocks_the_whole_entry_is_covered() {
        let po = "msgid \"a\"\n\n# orthonym: ignore[names]\nmsgid \"b\"\nmsgstr \"c\"\n\nmsgid \"d\"\n";
        assert_eq!(covered("a.po", po), ["# orthonym: ignore[names]\nmsgid \"b\"\nmsgstr \"c\""]);
        let vtt = "WEBVTT\n\nNOTE orthonym: ignore-next-line\n\n00:00.000 --> 00:01.000\nText.\n\nMore.";
        assert_eq!(covered("a.vtt", vtt), ["00:00.000 --> 00:01.000\nText."]);
    }

    #[test]
    fn what_is_not_understood_is_told() {
        let misspelt = |text: &str| Suppressions::of(&Source::new("a.md", text)).misspelt;
        assert_eq!(misspelt("<!-- orthonym: ignroe[names] -->")[0].meant, Some("ignore"));
        assert!(misspelt("<!-- orthonym: ignore[names -->")[0].message.contains("not closed"));
        assert!(misspelt("<!-- orthonym: ignore[] -->")[0].message.contains("name no rule"));
        assert!(misspelt("<!-- orthonym: ignore[text/repeated-word, names] -->").is_empty());
    }
}
