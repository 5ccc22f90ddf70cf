//! Markdown: CommonMark with tables, footnotes, strike-through, task lists and front matter.
//!
//! One paragraph, heading, list item or table cell is one segment. Code, HTML, link targets and front matter are left alone.

use super::builder::TextBuilder;
use super::escape::Escape;
use super::map::Join;
use super::{Document, ReadOptions, markup, without_bom};
use crate::span::Span;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use unicode_script::{Script, UnicodeScript};

pub(super) fn parse<'a>(text: &'a str, _: &ReadOptions) -> Document<'a> {
    let (markdown, base) = without_bom(text);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = Reader { text, document: Document::default(), open: Vec::new(), opaque: 0 };
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        reader.event(&event, Span::new(base + range.start, base + range.end));
    }
    reader.flush();
    reader.document
}

struct Reader<'a> {
    text: &'a str,
    document: Document<'a>,
    /// The running text at hand; more than one inside the description of an image.
    open: Vec<TextBuilder<'a>>,
    /// How many elements are open whose content is no running text.
    opaque: usize,
}

impl<'a> Reader<'a> {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag, span),
            _ if self.opaque > 0 => {}
            Event::Text(text) => self.characters(text, span),
            Event::SoftBreak | Event::HardBreak => self.builder(span).space(span, "\n"),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.builder(span).object(span),
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {
                self.builder(span).join(Join::Markup);
            }
            Event::Html(_) | Event::Rule => self.flush(),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.flush();
                self.opaque += 1;
            }
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                self.builder(span).object(span);
                self.opaque += 1;
            }
            Tag::Link { link_type: LinkType::Shortcut | LinkType::Collapsed, .. } => {
                self.builder(span).set_escape(&LABEL);
            }
            Tag::Image { link_type, .. } => {
                self.builder(span).object(span);
                let mut description = new_text(self.text, span);
                if matches!(link_type, LinkType::Shortcut | LinkType::Collapsed) {
                    description.set_escape(&LABEL);
                }
                self.open.push(description);
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Superscript | Tag::Subscript => {
                self.builder(span).join(Join::Markup);
            }
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.opaque = self.opaque.saturating_sub(1)
            }
            TagEnd::Link if self.opaque > 0 => self.opaque -= 1,
            TagEnd::Image => {
                let description = self.open.pop();
                self.document.segments.extend(description.filter(|b| !b.text().is_empty()).map(TextBuilder::segment));
            }
            // A link may have been one by its text.
            TagEnd::Link => self.builder(span).set_escape(&TEXT),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.builder(span).join(Join::Markup),
            TagEnd::Superscript | TagEnd::Subscript => self.builder(span).join(Join::Markup),
            _ => self.flush(),
        }
    }

    fn characters(&mut self, decoded: &str, span: Span) {
        // A backslash before a character is not part of the event.
        let is_escaped = span.start > 0
            && self.text.as_bytes().get(span.start - 1) == Some(&b'\\')
            && decoded.starts_with(|c: char| c.is_ascii_punctuation());
        let source = self.text;
        let builder = self.builder(span);
        if is_escaped && source.get(span.range()) == Some(decoded) {
            builder.escaped(Span::new(span.start - 1, span.start + 1), &decoded[..1]);
            builder.verbatim(Span::new(span.start + 1, span.end));
        } else {
            builder.escaped(span, decoded);
        }
    }

    fn builder(&mut self, span: Span) -> &mut TextBuilder<'a> {
        if self.open.is_empty() {
            self.open.push(new_text(self.text, span));
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    fn flush(&mut self) {
        for mut builder in self.open.drain(..) {
            builder.trim_end();
            if !builder.text().is_empty() {
                self.document.push(builder.segment());
            }
        }
    }
}

fn new_text(text: &str, span: Span) -> TextBuilder<'_> {
    TextBuilder::new(text, span.start, &TEXT)
}

const TEXT: Escape = Escape { text: escape, number: Some(markup::reference_to), fits };
/// Of a link or image that is told by its text: `[Ann Lee]` leads where `[Ann Lee]: …` says.
const LABEL: Escape = Escape::of(|_| None);

/// Whether mark-up beside a place stays what it is. Runs of `*`, `_` and `~` open and close by the kind of character beside them,
/// so it is kept; what could open, end or begin something together with what follows is refused.
fn fits(source: &str, span: Span, written: &str) -> bool {
    let old = source.get(span.range()).unwrap_or_default();
    let before = source.get(..span.start).and_then(|text| text.chars().next_back());
    let after = source.get(span.end..).and_then(|text| text.chars().next());
    let is_run = |c: Option<char>| matches!(c, Some('*' | '_' | '~'));
    let keeps = |old: Option<char>, new: Option<char>| old == new || is_letter(old) && is_letter(new);
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let ends_line = |c: Option<char>| matches!(c, None | Some('\n' | '\r'));
    let begins_list = matches!(after, Some('.' | ')')) && is_number(written) && !is_number(old);
    let last = if written.is_empty() { before } else { written.chars().next_back() };
    let first = if written.is_empty() { after } else { written.chars().next() };
    let breaks = ends_line(after) && last.is_some_and(char::is_whitespace)
        || ends_line(before) && first.is_some_and(char::is_whitespace);
    let repairs = is_run(before) && !keeps(old.chars().next(), written.chars().next())
        || is_run(after) && !keeps(old.chars().next_back(), written.chars().next_back());
    let begins_image = last == Some('!') && after == Some('[');
    // A backslash that was text would escape what follows it now.
    let backslashes = source.get(..span.start).map_or(0, |text| text.bytes().rev().take_while(|b| *b == b'\\').count());
    let escapes = backslashes % 2 == 1 && first.is_some_and(|c| c.is_ascii_punctuation());
    let begins_other = makes_attributes(source, span, written) || makes_title(source, span, written);
    ![repairs, begins_image, begins_list, breaks, escapes, begins_other].contains(&true)
        && markup::begins_nothing(source, span, written)
}

/// Whether a line ends in what would be the attributes of a heading, `{#id}`, once `written` stands at `span`, and did not before.
/// A backslash before the brace that opens does not keep it from being one; one inside the braces does.
fn makes_attributes(source: &str, span: Span, written: &str) -> bool {
    let before = source.get(..span.start).unwrap_or_default();
    let after = source.get(span.end..).unwrap_or_default();
    let before = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
    let after = &after[..after.find(['\n', '\r']).unwrap_or(after.len())];
    let ends_in_block = |middle: &str| {
        let line = [before, middle, after].concat();
        let inside = line.trim_end_matches([' ', '\t', '#']).strip_suffix('}');
        inside.and_then(|text| text.rfind(['{', '}', '<', '>', '\\']).map(|at| text.as_bytes()[at])) == Some(b'{')
    };
    ends_in_block(written) && !ends_in_block(source.get(span.range()).unwrap_or_default())
}

/// Whether `written` brings a mark that may begin or end the title of a link, `[x](there "title")`, or of its definition,
/// `[x]: there "title"`, which may stand in the paragraph before it.
fn makes_title(source: &str, span: Span, written: &str) -> bool {
    let old = source.get(span.range()).unwrap_or_default();
    let brings_mark = ['"', '\'', '(', ')'].iter().any(|mark| written.contains(*mark) && !old.contains(*mark));
    if !brings_mark {
        return false;
    }
    let before = source.get(..span.start).unwrap_or_default();
    let mut lines = before.rsplit('\n');
    let own_line = lines.next().unwrap_or_default();
    let others: usize = lines.take_while(|line| !line.trim().is_empty()).map(|line| line.len() + 1).sum();
    let paragraph = &before[before.len() - own_line.len() - others..];
    // Marks of quotes and lists may stand before a definition.
    let defines = |line: &str| line.trim_start_matches(|c: char| c != '[' && !c.is_alphabetic()).starts_with('[');
    let is_open = |(_, inside): (&str, &str)| inside.matches('(').count() >= inside.matches(')').count();
    paragraph.lines().any(|line| defines(line) && line.contains("]:"))
        || paragraph.rsplit_once("](").is_some_and(is_open)
}

/// Whether a character is a letter or digit of some script; enclosed letters are symbols.
fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric() || c.is_alphanumeric() && c.script() != Script::Common)
}

/// Characters that could be mark-up anywhere get a backslash, and one that could be at the start of a line gets it at the start.
/// At either end a backslash could make other mark-up beside it begin or end there: such text is refused.
fn escape(text: &str) -> Option<String> {
    let is_mark = |c: char| "\\*_[]<>&`~|".contains(c);
    if text.contains(|c: char| c.is_control()) || text.starts_with(is_mark) || text.ends_with(is_mark) {
        return None;
    }
    let mut escaped = String::with_capacity(text.len());
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let list_mark =
        if number.len() < text.len() && number.starts_with(['.', ')']) { text.len() - number.len() } else { 0 };
    for (at, c) in text.char_indices() {
        let special = match c {
            c if is_mark(c) => true,
            '#' | '+' | '-' | '=' | ':' | '{' | '}' => at == 0 || at + 1 == text.len(),
            '.' | ')' => at > 0 && at == list_mark,
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    Some(escaped)
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture};

    #[test]
    fn paragraphs_cells_and_what_is_left_alone() {
        let markdown = "---\ntitle: no\n---\n# One **two**\n\nThree\nfour `no` [five](http://no \"no\") <http://no.org>.\n\n\
            > six &eacute;\\*\n> seven\n\n- [ ] eight\n\n```\nno\n```\n\n<div>\nno\n</div>\n\n| nine | ten |\n|--|--|\n| a\\|b | ![eleven](no.png) |\n";
        assert_eq!(
            fixture::texts(Format::Markdown, markdown),
            [
                "One two",
                "Three\nfour \u{fffc} five \u{fffc}.",
                "six é*\nseven",
                "eight",
                "nine",
                "ten",
                "a|b",
                "eleven",
                "\u{fffc}"
            ]
        );
    }

    #[test]
    fn a_name_that_spans_mark_up_is_edited_in_parts() {
        let fixed = |text: &str, old: &str, new: &str| fixture::replaced(Format::Markdown, text, old, new);
        assert_eq!(fixed("**Eduy** Blenil.", "Eduy Blenil", "Edwy Plenel").unwrap(), "**Edwy** Plenel.");
        assert_eq!(fixed("> Eduy\n> *Blenil*", "Eduy\nBlenil", "Edwy Plenel").unwrap(), "> Edwy\n> *Plenel*");
        assert_eq!(fixed("B&eacute;r&eacute;nis *x*", "Bérénis", "B_r").unwrap(), "B\\_r *x*");
        assert_eq!(fixed("[Eduy](x) *Blenil*", "Eduy Blenil", "Edwy Plenel").as_deref(), Some("[Edwy](x) *Plenel*"));
        assert_eq!(fixed("E**duy** Blenil", "Eduy", "Edwy").unwrap(), "E**dwy** Blenil");
        assert_eq!(fixed("Ed**uy** Blenil", "Eduy", "Xdwy"), None);
    }

    #[test]
    fn marks_beside_a_word_stay_what_they_are() {
        let fixed = |text: &str, old: &str, new: &str| fixture::replaced(Format::Markdown, text, old, new);
        // Behind a letter the closing marks would close nothing, or those that open would open nothing.
        assert_eq!(fixed("a*&eacute;x*", "éx", "Ann"), None);
        assert_eq!(fixed("*Eduy*b", "Eduy", "O.").as_deref(), None);
        assert_eq!(fixed("*Eduy*b", "Eduy", "Édouard").as_deref(), Some("*Édouard*b"));
        assert_eq!(fixed("Eduy. x", "Eduy", "12"), None);
        assert_eq!(fixed("&Eduy; x", "Eduy", "amp"), None);
        assert_eq!(fixed("Eduy[x](y)", "Eduy", "Oh!"), None);
        assert_eq!(fixed("[Eduy]\n\n[Eduy]: x", "Eduy", "Ann"), None);
        assert_eq!(fixed("![Eduy]\n\n[Eduy]: x", "Eduy", "Ann"), None);
    }

    #[test]
    fn a_heading_gets_no_attributes_by_a_fix() {
        let fixed = |text: &str, old: &str, new: &str| fixture::replaced(Format::Markdown, text, old, new);
        assert_eq!(fixed("# Eduy \n", "Eduy", "{x}").as_deref(), Some("# \\{x\\} \n"));
        assert_eq!(fixed("# Eduy} #", "Eduy", "{x"), None);
        assert_eq!(fixed("# {a\\_b}", "a_b", "Ann"), None);
        assert_eq!(fixed("# Eduy {#x}", "Eduy", "Edwy").as_deref(), Some("# Edwy {#x}"));
    }

    #[test]
    fn a_link_gets_no_title_by_a_fix() {
        let fixed = |text: &str, old: &str, new: &str| fixture::replaced(Format::Markdown, text, old, new);
        assert_eq!(fixed("[x]: there\nEduy", "Eduy", "\"Ed\""), None);
        assert_eq!(fixed("[x]: there\n  Eduy", "Eduy", "(Ed)"), None);
        assert_eq!(fixed("[x]: there\n\"an Eduy", "Eduy", "Ed\""), None);
        assert_eq!(fixed("> [x]: there\n> Eduy", "Eduy", "(Ed)"), None);
        assert_eq!(fixed("[](** Eduy)", "Eduy", "\"Ed\""), None);
        for before in ["See [x](there). ", "See [x](there (1)). ", "As he [sic]: "] {
            assert_eq!(fixed(&format!("{before}Eduy"), "Eduy", "O'Ed").unwrap(), format!("{before}O'Ed"));
        }
        assert_eq!(fixed("[x]: there\n\nEduy", "Eduy", "\"Ed\"").as_deref(), Some("[x]: there\n\n\"Ed\""));
    }
}
