//! XML, read for its places: quick-xml finds the parts and checks that they fit together, this tells where each lies.
//!
//! Nothing is expanded but characters by number and the five names that XML itself knows.

use super::builder::TextBuilder;
use super::map::Join;
use super::{Problem, markup, without_bom};
use crate::span::Span;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The deepest that elements may lie in one another.
const MAX_DEPTH: usize = 256;

/// The parts of an XML file, in order. An empty element is a start and an end.
pub struct Xml<'a> {
    text: &'a str,
    base: usize,
    reader: Reader<&'a [u8]>,
    depth: usize,
    ended: bool,
}

/// A part of an XML file.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    Start(Element<'a>),
    /// The end of an element: its name and the bytes of its tag.
    End(&'a str, Span),
    Text(Span),
    /// What stands in a CDATA section.
    CData(Span),
    /// A reference to a character or entity, `&` and `;` included.
    Reference(Span),
    /// A comment or the like.
    Other,
}

/// The start of an element.
#[derive(Clone, Copy, Debug)]
pub struct Element<'a> {
    text: &'a str,
    /// Without a prefix.
    pub name: &'a str,
    /// What stands in the tag behind the name.
    attributes: Span,
    /// All of the tag.
    pub span: Span,
}

impl<'a> Element<'a> {
    /// The value of an attribute as it stands in the file; with its prefix, where it has one.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        markup::attribute(self.text, self.attributes, name)
    }

    /// The tag written the same way whatever its white space; attributes that say nothing to the reader left out.
    pub fn label(&self) -> String {
        let said = ["id", "rid", "x", "i", "name", "dataRef"];
        let first = said.iter().find_map(|name| self.attribute(name));
        match first {
            Some(value) => ["<", self.name, " ", value, ">"].concat(),
            None => ["<", self.name, ">"].concat(),
        }
    }
}

impl<'a> Xml<'a> {
    pub fn new(text: &'a str) -> Xml<'a> {
        let (xml, base) = without_bom(text);
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().allow_dangling_amp = true;
        Xml { text, base, reader, depth: 0, ended: false }
    }

    /// The next part; `None` at the end, and after a problem, which is the last thing that is read.
    pub fn next(&mut self) -> Option<Result<Node<'a>, Problem>> {
        if self.ended {
            return None;
        }
        let start = self.position();
        let event = match self.reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let at = self.base + usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
                return Some(Err(self.stop(at.max(start), &error.to_string())));
            }
        };
        let span = Span::new(start, self.position());
        let node = match event {
            Event::Start(tag) | Event::Empty(tag) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Some(Err(self.stop(start, "elements lie too deep in one another")));
                }
                Node::Start(self.element(&tag, span))
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                let written = self.text.get(span.range()).unwrap_or_default();
                let name = written.trim_start_matches(['<', '/']).trim_end_matches('>').trim();
                // The end of an empty element is not written.
                Node::End(if name.is_empty() { self.owned_name(tag.name().0, start) } else { local(name) }, span)
            }
            Event::Text(_) => Node::Text(span),
            Event::CData(_) => Node::CData(Span::new(span.start + 9, span.end.saturating_sub(3))),
            Event::GeneralRef(_) => Node::Reference(span),
            Event::Eof => {
                self.ended = true;
                if self.depth > 0 {
                    return Some(Err(self.stop(self.text.len(), "the file ends inside an element")));
                }
                return None;
            }
            _ => Node::Other,
        };
        Some(Ok(node))
    }

    fn element(&self, tag: &BytesStart<'_>, span: Span) -> Element<'a> {
        let end = span.start + 1 + tag.name().0.len();
        let name = self.text.get(span.start + 1..end).unwrap_or_default();
        let written = self.text.get(end..span.end).unwrap_or_default();
        let attributes = Span::new(end, end + written.trim_end_matches('>').trim_end_matches('/').len());
        Element { text: self.text, name: local(name), attributes, span }
    }

    /// The name of an empty element, which stands right before its end.
    fn owned_name(&self, name: &str, end: usize) -> &'a str {
        let before = self.text.get(..end).unwrap_or_default();
        let open = before.rfind('<').map_or(end, |open| open + 1);
        local(self.text.get(open..open + name.len()).unwrap_or_default())
    }

    fn position(&self) -> usize {
        self.base + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn stop(&mut self, at: usize, message: &str) -> Problem {
        self.ended = true;
        let at = self.text.floor_char_boundary(at);
        let end = self.text.ceil_char_boundary(at + 1);
        Problem {
            span: Span::new(at, end),
            message: format!("no well-formed XML: {message}; what follows is not read"),
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Adds character data to a text; other nodes add nothing. An entity that only the file itself could explain is an object.
pub fn add(builder: &mut TextBuilder<'_>, node: Node<'_>) {
    match node {
        Node::Text(span) => {
            // A lone & is text; the reader takes it for one.
            builder.verbatim(span);
        }
        Node::CData(span) => {
            builder.set_escape(&markup::CDATA);
            builder.verbatim(span);
            builder.set_escape(&markup::TEXT);
        }
        Node::Reference(span) => {
            let name = builder.source().get(span.start + 1..span.end.saturating_sub(1)).unwrap_or_default();
            match markup::resolve(name, markup::XML) {
                Some(decoded) => builder.escaped(span, &decoded),
                None => builder.object(span),
            }
        }
        Node::Other => builder.join(Join::Markup),
        Node::Start(_) | Node::End(..) => {}
    }
}
