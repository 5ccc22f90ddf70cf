//! TMX 1.4: translation memories. Of each unit the variant in the target language, with the one in the source language.

use super::builder::TextBuilder;
use super::markup;
use super::xml::{self, Node, Xml};
use super::{Document, ReadOptions, Segment, SourceSide, primary};
use crate::span::Span;
use std::borrow::Cow;

/// Inline elements whose content is code.
const CODES: &[&str] = &["bpt", "ept", "it", "ph", "ut"];

pub(super) fn parse<'a>(text: &'a str, options: &ReadOptions) -> Document<'a> {
    let mut document = Document::default();
    let mut xml = Xml::new(text);
    let mut source_language = None;
    let mut language = None;
    let mut variants: Vec<(Option<&str>, TextBuilder<'a>)> = Vec::new();
    let mut reading: Option<Inline> = None;
    while let Some(node) = xml.next() {
        let node = match node {
            Ok(node) => node,
            Err(problem) => {
                document.problems.push(problem);
                break;
            }
        };
        if let (Some(inline), Some((_, builder))) = (&mut reading, variants.last_mut()) {
            if !inline.node(builder, node) {
                reading = None;
            }
            continue;
        }
        match node {
            Node::Start(element) => match element.name {
                "header" => source_language = element.attribute("srclang").filter(|language| *language != "*all*"),
                "tu" => variants.clear(),
                "tuv" => language = element.attribute("xml:lang").or(element.attribute("lang")),
                "seg" => {
                    variants.push((language, TextBuilder::new(text, element.span.end, &markup::TEXT)));
                    reading = Some(Inline::default());
                }
                _ => {}
            },
            Node::End("tu", _) => unit(&mut document, std::mem::take(&mut variants), source_language, options),
            _ => {}
        }
    }
    document
}

/// Adds a unit's variants in the target language.
fn unit<'a>(
    document: &mut Document<'a>,
    variants: Vec<(Option<&'a str>, TextBuilder<'a>)>,
    source_language: Option<&str>,
    options: &ReadOptions,
) {
    let is_target = |language: &Option<&str>| language.is_some() && options.wants(*language);
    let is_declared = |language: &Option<&str>| match (*language, source_language) {
        (Some(language), Some(source)) => primary(language).eq_ignore_ascii_case(primary(source)),
        _ => false,
    };
    let (targets, others): (Vec<_>, Vec<_>) = variants.into_iter().partition(|(language, _)| is_target(language));
    let declared = others.iter().position(|(language, _)| is_declared(language));
    let mut source = others.into_iter().nth(declared.unwrap_or(0));
    for (_, target) in targets {
        let side = source.take().map(|(language, text)| Box::new(SourceSide::new(text, language.map(Cow::Borrowed))));
        document.push(Segment { source: side, ..target.segment() });
    }
}

/// The inside of a `<seg>`.
#[derive(Default)]
struct Inline {
    depth: usize,
    /// Where the code begins that is being passed over, and how deep it lies.
    code: Option<(Span, usize)>,
}

impl Inline {
    /// Takes a node in; `false` at the end of the segment.
    fn node(&mut self, builder: &mut TextBuilder<'_>, node: Node<'_>) -> bool {
        match node {
            Node::Start(element) => {
                self.depth += 1;
                if self.code.is_none() {
                    builder.tag(element.label());
                    if CODES.contains(&element.name) {
                        self.code = Some((element.span, self.depth));
                    }
                }
            }
            Node::End(..) if self.depth == 0 => return false,
            Node::End(name, span) => {
                match self.code {
                    Some((start, depth)) if depth == self.depth => {
                        self.code = None;
                        if matches!(name, "ph" | "it" | "ut") {
                            builder.object(start.hull(span));
                        }
                        builder.join(super::Join::Barrier);
                    }
                    Some(_) => {}
                    None => builder.tag(format!("</{name}>")),
                }
                self.depth -= 1;
            }
            node if self.code.is_none() => xml::add(builder, node),
            _ => {}
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture};

    #[test]
    fn variants_are_paired() {
        let tmx = "<tmx version=\"1.4\"><header srclang=\"ar\"/><body><tu><prop>no</prop><tuv xml:lang=\"fr\"><seg>no</seg></tuv>\
            <tuv xml:lang=\"AR\"><seg>ا<ph>no</ph></seg></tuv><tuv xml:lang=\"en-US\"><seg>A<ph>no</ph> &quot;<bpt i=\"1\">no</bpt>b<ept i=\"1\">no</ept></seg></tuv></tu>\
            <tu><tuv xml:lang=\"en\"><seg>C</seg></tuv></tu></body></tmx>";
        assert_eq!(fixture::texts(Format::Tmx, tmx), ["ا\u{fffc} ‖ A\u{fffc} \"b", "C"]);
    }
}
