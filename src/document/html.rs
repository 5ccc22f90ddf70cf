//! HTML, as it is found: running text between tags, and the attributes that people read.
//!
//! A tag soup parser of its own, because no tokenizer gives the bytes of attribute values. It never fails; a tag or comment that
//! is not closed ends the reading with a problem. Scripts, styles, code and what says `translate="no"` are passed over.

use super::builder::TextBuilder;
use super::map::Join;
use super::markup::{self, Attribute};
use super::{Document, ReadOptions, without_bom};
use crate::span::Span;

/// Elements inside a line of text; all others part segments.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "del", "dfn", "em", "font", "i", "ins", "label",
    "mark", "q", "rp", "rt", "ruby", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "wbr",
];

/// Elements whose content is no running text, or no mark-up at all.
const SKIPPED: &[&str] = &[
    "code", "kbd", "math", "pre", "samp", "svg", "template", "textarea", "var", "script", "style", "xmp", "iframe",
    "noembed", "noframes",
];

/// Of those, the ones in which tags are no tags.
const RAW: &[&str] = &["script", "style", "xmp", "iframe", "noembed", "noframes", "textarea"];

/// Elements that never have an end tag.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

const ATTRIBUTES: &[&str] = &["alt", "title", "aria-label", "placeholder"];
const META: &[&str] =
    &["description", "og:title", "og:description", "twitter:title", "twitter:description", "keywords", "author"];

pub(super) fn is_html(text: &str) -> bool {
    let start = text.trim_start().as_bytes();
    let begins = |with: &str| start.get(..with.len()).is_some_and(|s| s.eq_ignore_ascii_case(with.as_bytes()));
    begins("<!doctype html") || begins("<html")
}

pub(super) fn parse<'a>(text: &'a str, _: &ReadOptions) -> Document<'a> {
    let (_, start) = without_bom(text);
    let mut parser = Parser {
        text,
        at: start,
        builder: new_text(text, start),
        attributes: Vec::new(),
        document: Document::default(),
        skipped: None,
    };
    parser.run();
    parser.document
}

fn new_text(text: &str, anchor: usize) -> TextBuilder<'_> {
    TextBuilder::new(text, anchor, &markup::TEXT)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// The running text at hand.
    builder: TextBuilder<'a>,
    /// Attributes met inside it: they are segments behind it.
    attributes: Vec<(Span, Option<u8>)>,
    document: Document<'a>,
    /// The element that is being passed over, how many of its name are open, and where it begins.
    skipped: Option<(&'a str, usize, usize)>,
}

/// A tag: its name, its attributes, and all of it.
#[derive(Clone, Copy)]
struct Tag<'a> {
    name: &'a str,
    attributes: Span,
    whole: Span,
    is_end: bool,
}

impl<'a> Parser<'a> {
    fn run(&mut self) {
        while let Some(open) = memchr::memchr(b'<', &self.text.as_bytes()[self.at..]).map(|found| self.at + found) {
            let rest = &self.text[open..];
            let end = if rest.starts_with("<!--") {
                self.characters(open);
                self.close_at(open, "-->", "comment")
            } else if rest.starts_with("<![CDATA[") {
                self.characters(open);
                self.close_at(open, "]]>", "CDATA section")
            } else if rest.starts_with("<!") || rest.starts_with("<?") {
                self.characters(open);
                self.close_at(open, ">", "declaration")
            } else {
                match self.tag_at(open) {
                    // A lone < is text.
                    None => {
                        self.characters(open + 1);
                        continue;
                    }
                    Some(Err(())) => {
                        self.characters(open);
                        None
                    }
                    Some(Ok(tag)) => {
                        self.characters(open);
                        self.at = tag.whole.end;
                        self.tag(tag);
                        continue;
                    }
                }
            };
            match end {
                Some(end) => {
                    self.builder.join(Join::Markup);
                    self.at = end;
                }
                None => {
                    if self.document.problems.is_empty() {
                        self.document.problem(Span::new(open, open + 1), "a tag that is not closed");
                    }
                    return self.flush(open);
                }
            }
        }
        self.characters(self.text.len());
        self.flush(self.text.len());
    }

    fn close_at(&mut self, open: usize, with: &str, what: &str) -> Option<usize> {
        let found = memchr::memmem::find(&self.text.as_bytes()[open..], with.as_bytes());
        if found.is_none() {
            self.document.problem(Span::new(open, open + 1), format!("a {what} that is not closed"));
        }
        found.map(|at| open + at + with.len())
    }

    /// The tag that begins at a `<`; `None` where none does, an error where it does not end.
    fn tag_at(&self, open: usize) -> Option<Result<Tag<'a>, ()>> {
        let bytes = self.text.as_bytes();
        let is_end = bytes.get(open + 1) == Some(&b'/');
        let start = open + 1 + usize::from(is_end);
        bytes.get(start).filter(|b| b.is_ascii_alphabetic())?;
        let length = bytes[start..].iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
        let Some(length) = length else { return Some(Err(())) };
        let name = self.text.get(start..start + length)?;
        let mut at = start + length;
        let mut quote = None;
        let mut after_equals = false;
        loop {
            let Some(&b) = bytes.get(at) else { return Some(Err(())) };
            match (quote, b) {
                (Some(open), b) if open == b => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') if after_equals => quote = Some(b),
                (None, b'>') => break,
                _ => {}
            }
            after_equals = quote.is_none() && (b == b'=' || after_equals && b.is_ascii_whitespace());
            at += 1;
        }
        let (attributes, whole) = (Span::new(start + length, at), Span::new(open, at + 1));
        Some(Ok(Tag { name, attributes, whole, is_end }))
    }

    fn tag(&mut self, tag: Tag<'a>) {
        let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(tag.name));
        if let Some((name, open, start)) = self.skipped {
            if name.eq_ignore_ascii_case(tag.name) {
                let open = if tag.is_end { open - 1 } else { open + 1 };
                self.skipped = (open > 0).then_some((name, open, start));
                if open == 0 && is_inline_skipped(name) {
                    self.builder.object(Span::new(start, tag.whole.end));
                }
            }
            return;
        }
        let inline = is(INLINE);
        if !inline && !is(&["br", "img"]) && !is_inline_skipped(tag.name) {
            self.flush(tag.whole.start);
            self.builder = new_text(self.text, tag.whole.end);
        }
        if tag.is_end {
            return self.builder.join(Join::Markup);
        }
        self.note_attributes(tag);
        let untranslated = markup::attribute(self.text, tag.attributes, "translate") == Some("no");
        if is(SKIPPED) || untranslated && !is(VOID) {
            if is(RAW) {
                self.at = self.end_of_raw(tag);
            } else {
                self.skipped = Some((tag.name, 1, tag.whole.start));
            }
        } else if is(&["br"]) {
            self.builder.trim_end();
            self.builder.space(tag.whole, "\n");
        } else if is(&["img"]) {
            self.builder.object(tag.whole);
        } else {
            self.builder.join(Join::Markup);
        }
    }

    /// Where the end tag of an element begins in which tags are no tags.
    fn end_of_raw(&mut self, tag: Tag<'a>) -> usize {
        let bytes = self.text.as_bytes();
        let name = tag.name.as_bytes();
        let closes = |at: &usize| {
            bytes.get(at + 1) == Some(&b'/')
                && bytes.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        };
        let mut opens = memchr::memchr_iter(b'<', &bytes[tag.whole.end..]).map(|at| tag.whole.end + at);
        opens.find(closes).unwrap_or_else(|| {
            self.document.problem(tag.whole, format!("a <{}> that is not closed", tag.name));
            bytes.len()
        })
    }

    fn note_attributes(&mut self, tag: Tag<'a>) {
        let text = self.text;
        let names =
            |attribute: &Attribute, known: &[&str]| known.iter().any(|n| attribute.name.eq_ignore_ascii_case(n));
        let attribute = |name| markup::attribute(text, tag.attributes, name);
        let is_meta = tag.name.eq_ignore_ascii_case("meta")
            && [attribute("name"), attribute("property")].into_iter().flatten().any(|name| META.contains(&name));
        for found in markup::attributes(text, tag.attributes) {
            if names(&found, ATTRIBUTES) || is_meta && names(&found, &["content"]) {
                self.attributes.push((found.value, found.quote));
            }
        }
    }

    /// Takes the text up to `end` in.
    fn characters(&mut self, end: usize) {
        if self.skipped.is_none() {
            markup::decode(&mut self.builder, Span::new(self.at, end), markup::HTML, |b, span| b.collapsed(span));
        }
        self.at = end;
    }

    /// Ends the running text at hand.
    fn flush(&mut self, at: usize) {
        let mut builder = std::mem::replace(&mut self.builder, new_text(self.text, at));
        builder.trim_end();
        if !builder.text().is_empty() {
            self.document.push(builder.segment());
        }
        for (value, quote) in std::mem::take(&mut self.attributes) {
            let mut builder = TextBuilder::new(self.text, value.start, markup::attribute_escape(quote));
            markup::decode(&mut builder, value, markup::HTML, |b, span| b.collapsed(span));
            builder.trim_end();
            if !builder.text().is_empty() {
                self.document.push(builder.segment());
            }
        }
    }
}

/// Whether an element that is passed over stands inside a line.
fn is_inline_skipped(name: &str) -> bool {
    !["pre", "template", "textarea", "script", "style"].iter().any(|block| block.eq_ignore_ascii_case(name))
        && SKIPPED.iter().chain(INLINE).any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture};

    #[test]
    fn text_attributes_and_what_is_passed_over() {
        let html = "\u{feff}<!DOCTYPE html><title>One &amp; two</title>\r\n<meta name=description content='Three'>\
            <p>Caf&eacute;  <b>Four</b>\n five<br>six <code>if (a < b)</code>, 1 < 2<script>var x = '<p>no</p>'</script>\
            <img src=x alt=\"Seven &quot;7&quot;\"><div translate=no><div>no</div>no</div>Eight";
        let texts = fixture::texts(Format::Html, html);
        let first = ["One & two", "Three", "Café Four five\nsix \u{fffc}, 1 < 2"];
        assert_eq!(texts[..3], first);
        assert_eq!(texts[3..], ["\u{fffc}", "Seven \"7\"", "Eight"]);
        assert_eq!(fixture::problems(Format::Html, "<p>a<b"), ["a tag that is not closed"]);
        assert_eq!(fixture::texts(Format::Html, "<p>a<!-- b"), ["a"]);
    }
}
