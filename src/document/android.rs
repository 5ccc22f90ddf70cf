//! Android's string resources (strings.xml): strings, arrays and plurals.

use super::builder::TextBuilder;
use super::escape::Escape;
use super::map::Join;
use super::xml::{Element, Node, Xml};
use super::{Document, ReadOptions, escapes, markup};
use crate::span::Span;

pub(super) fn parse<'a>(text: &'a str, _: &ReadOptions) -> Document<'a> {
    let mut document = Document::default();
    let mut xml = Xml::new(text);
    let mut resource: Option<(TextBuilder<'a>, usize)> = None;
    let mut translatable = true;
    while let Some(node) = xml.next() {
        let node = match node {
            Ok(node) => node,
            Err(problem) => {
                document.problems.push(problem);
                break;
            }
        };
        match (&mut resource, node) {
            (None, Node::Start(element)) => {
                let is_container = matches!(element.name, "string-array" | "plurals");
                if is_container || element.name == "string" {
                    translatable = element.attribute("translatable") != Some("false");
                }
                if translatable && matches!(element.name, "string" | "item") {
                    resource = Some((TextBuilder::new(text, element.span.end, &TEXT), 0));
                }
            }
            (None, _) => {}
            (Some((builder, depth)), Node::Start(element)) => {
                *depth += 1;
                start(builder, element);
            }
            (Some((builder, depth)), Node::End(..)) => match depth.checked_sub(1) {
                Some(less) => {
                    *depth = less;
                    builder.join(Join::Markup);
                }
                None => {
                    let (mut builder, _) = resource.take().expect("it is being read");
                    builder.trim_end();
                    if !builder.text().is_empty() {
                        document.push(builder.segment());
                    }
                }
            },
            (Some((builder, _)), Node::Text(span)) => characters(builder, span),
            (Some((builder, _)), Node::CData(span)) => {
                builder.set_escape(&CDATA);
                characters(builder, span);
                builder.set_escape(&TEXT);
            }
            (Some((builder, _)), node) => super::xml::add(builder, node),
        }
    }
    document
}

fn start(builder: &mut TextBuilder<'_>, element: Element<'_>) {
    if element.name == "br" {
        builder.space(element.span, "\n");
    } else {
        builder.join(Join::Markup);
    }
}

/// Adds text with its backslash escapes; white space, however much, is one space.
fn characters(builder: &mut TextBuilder<'_>, span: Span) {
    let source = builder.source();
    let Some(text) = source.get(span.range()) else { return };
    let mut done = 0;
    for at in memchr::memchr_iter(b'\\', text.as_bytes()) {
        if at < done {
            continue;
        }
        let Some((len, decoded)) = escapes::backslash(&text[at..]) else { continue };
        builder.collapsed(Span::new(span.start + done, span.start + at));
        builder.escaped(Span::new(span.start + at, span.start + at + len), decoded.encode_utf8(&mut [0; 4]));
        done = at + len;
    }
    builder.collapsed(Span::new(span.start + done, span.end));
}

const TEXT: Escape = Escape {
    text: |text| markup::escape_text(&backslashes(text)?),
    number: Some(markup::reference_to),
    fits: |source, span, written| {
        markup::begins_nothing(source, span, written) && escapes::follows_no_backslash(source, span, written)
    },
};
const CDATA: Escape = Escape {
    text: |text| markup::escape_cdata(&backslashes(text)?),
    number: Some(escapes::utf16_units),
    fits: escapes::follows_no_backslash,
};

fn backslashes(text: &str) -> Option<String> {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if matches!(c, '\\' | '\'' | '"') || at == 0 && matches!(c, '@' | '?') {
            escaped.push('\\');
        } else if c.is_control() {
            return None;
        }
        escaped.push(c);
    }
    Some(escaped)
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture};

    const STRINGS: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<resources>\n<string name=\"a\">It\\'s\n   <b>one</b> &amp; \\u0041</string>\n\
        <string name=\"b\" translatable=\"false\">no</string><plurals name=\"c\"><item quantity=\"one\">two %d</item></plurals>\n<string name=\"d\"><![CDATA[<b>three</b>]]></string></resources>\n";

    #[test]
    fn strings_plurals_and_escapes() {
        let texts = ["It's one & A", "two %d", "<b>three</b>"];
        assert_eq!(fixture::texts(Format::Android, STRINGS), texts);
        let fixed = fixture::replaced(Format::Android, STRINGS, "two", "O'B & c").unwrap();
        assert!(fixed.contains(">O\\'B &amp; c %d<"), "{fixed}");
    }
}
