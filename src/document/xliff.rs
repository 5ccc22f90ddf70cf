//! XLIFF 1.2, 2.0 and 2.1: the targets of translation units, with their sources.
//!
//! Units that say `translate="no"`, notes, alternatives and what is in other languages are passed over. Codes inside a text (`<ph>`, `<x/>`)
//! are objects, paired codes (`<g>`, `<pc>`) are tags; no edit crosses either.

use super::builder::TextBuilder;
use super::markup;
use super::xml::{self, Element, Node, Xml};
use super::{Document, ReadOptions, Segment, SourceSide};
use crate::span::Span;
use std::borrow::Cow;

/// Codes that stand for something that is no text, with all that is in them.
const OBJECTS: &[&str] = &["ph", "x", "it", "cp"];
/// Codes that begin or end something; what is in them is code, too.
const MARKS: &[&str] = &["bpt", "ept", "bx", "ex", "sc", "ec", "sm", "em"];

pub(super) fn parse<'a>(text: &'a str, options: &ReadOptions) -> Document<'a> {
    let mut reader = Reader { text, options, document: Document::default(), state: State::default() };
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next() {
        match node {
            Ok(node) => reader.node(node),
            Err(problem) => reader.document.problems.push(problem),
        }
    }
    reader.document
}

struct Reader<'a, 'o> {
    text: &'a str,
    options: &'o ReadOptions,
    document: Document<'a>,
    state: State<'a>,
}

/// Where in the file we are.
#[derive(Default)]
struct State<'a> {
    source_language: Option<&'a str>,
    target_language: Option<&'a str>,
    /// One for each open element: whether its content is to be translated.
    translate: Vec<bool>,
    source: Option<TextBuilder<'a>>,
    target: Option<TextBuilder<'a>>,
    pending: bool,
    /// The side that is being read.
    side: Option<Side>,
    /// Open elements within the side; of an opaque one, where it begins and how deep it lies.
    inside: usize,
    opaque: Option<(Span, usize)>,
    /// Open elements that are passed over.
    passed: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Source,
    Target,
}

impl<'a> Reader<'a, '_> {
    fn node(&mut self, node: Node<'a>) {
        if self.state.passed > 0 {
            match node {
                Node::Start(_) => self.state.passed += 1,
                Node::End(..) => self.state.passed -= 1,
                _ => {}
            }
            return;
        }
        if self.state.side.is_some() {
            return self.inline(node);
        }
        match node {
            Node::Start(element) => self.start(element),
            Node::End(name, span) => self.end(name, span),
            _ => {}
        }
    }

    fn start(&mut self, element: Element<'a>) {
        let state = &mut self.state;
        if matches!(
            element.name,
            "alt-trans" | "seg-source" | "note" | "notes" | "header" | "originalData" | "matches" | "glossary"
        ) {
            state.passed = 1;
            return;
        }
        let inherited = state.translate.last().copied().unwrap_or(true);
        state.translate.push(element.attribute("translate").map_or(inherited, |value| value != "no"));
        match element.name {
            "xliff" => {
                state.source_language = element.attribute("srcLang");
                state.target_language = element.attribute("trgLang");
            }
            "file" => {
                state.source_language = element.attribute("source-language").or(state.source_language);
                state.target_language = element.attribute("target-language").or(state.target_language);
            }
            "trans-unit" | "segment" => {
                state.pending = is_pending(element.attribute("state"));
            }
            "source" | "target" => {
                let builder = TextBuilder::new(self.text, element.span.end, &markup::TEXT);
                state.inside = 0;
                if element.name == "source" {
                    (state.source, state.side) = (Some(builder), Some(Side::Source));
                } else {
                    state.pending |= is_pending(element.attribute("state"));
                    (state.target, state.side) = (Some(builder), Some(Side::Target));
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, span: Span) {
        let translate = self.state.translate.pop().unwrap_or(true);
        if !matches!(name, "trans-unit" | "segment" | "ignorable") {
            return;
        }
        let (source, target) = (self.state.source.take(), self.state.target.take());
        let Some(source) = source.filter(|_| translate && name != "ignorable") else { return };
        if !self.options.wants(self.state.target_language) {
            return;
        }
        // Without a target it would stand at the end of the unit.
        let pending = self.state.pending || target.is_none();
        let target = target.unwrap_or_else(|| TextBuilder::new(self.text, span.start, &markup::TEXT));
        let language = self.state.source_language.map(Cow::Borrowed);
        self.document.push(Segment {
            source: Some(Box::new(SourceSide { pending, ..SourceSide::new(source, language) })),
            ..target.segment()
        });
    }

    /// A node inside a source or target.
    fn inline(&mut self, node: Node<'a>) {
        let state = &mut self.state;
        let builder = match state.side {
            Some(Side::Source) => state.source.as_mut(),
            _ => state.target.as_mut(),
        };
        let Some(builder) = builder else { return };
        match node {
            Node::Start(element) => {
                state.inside += 1;
                if state.opaque.is_some() {
                    return;
                }
                let untranslated = element.attribute("translate") == Some("no")
                    || element.attribute("mtype").is_some_and(|kind| kind == "protected");
                if OBJECTS.contains(&element.name) || untranslated {
                    builder.tag(element.label());
                    state.opaque = Some((element.span, state.inside));
                } else if element.name == "mrk" {
                    builder.join(super::Join::Barrier);
                } else {
                    builder.tag(element.label());
                    if MARKS.contains(&element.name) {
                        state.opaque = Some((element.span, state.inside));
                    }
                }
            }
            Node::End(name, span) if state.inside > 0 => {
                if let Some((start, depth)) = state.opaque {
                    if depth == state.inside {
                        state.opaque = None;
                        if !MARKS.contains(&name) {
                            builder.object(start.hull(span));
                        }
                        builder.join(super::Join::Barrier);
                    }
                } else if name == "mrk" {
                    builder.join(super::Join::Barrier);
                } else {
                    builder.tag(format!("</{name}>"));
                }
                state.inside -= 1;
            }
            Node::End(..) => {
                state.side = None;
                state.translate.pop();
            }
            node if state.opaque.is_none() => xml::add(builder, node),
            _ => {}
        }
    }
}

/// Whether a state says that the translation is not done. (`needs-review-translation` is: it is what we look at.)
fn is_pending(state: Option<&str>) -> bool {
    matches!(state, Some("new" | "needs-translation" | "needs-adaptation" | "needs-l10n" | "initial"))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture};

    const XLIFF_12: &str = "<?xml version=\"1.0\"?>\r\n<!DOCTYPE xliff [<!ENTITY lol \"lol\">]>\r\n<xliff version=\"1.2\"><file source-language='ar' target-language='en-GB'><body>\
        <trans-unit id=\"1\"><source>إدوي &amp; ب</source><note>no</note><target>Eduy &amp; <g id=\"1\">Blenil</g><x id='2'/> B &lol;</target><alt-trans><source>no</source><target>no</target></alt-trans></trans-unit>\
        <trans-unit id=\"2\" translate=\"no\"><source>no</source><target>no</target></trans-unit>\
        <trans-unit id=\"3\"><source>x</source></trans-unit>\
        <trans-unit id=\"4\"><source>y</source><target/></trans-unit></body></file>\
        <file target-language='fr'><trans-unit><source>x</source><target>no</target></trans-unit></file></xliff>";

    #[test]
    fn units_of_version_1() {
        assert_eq!(
            fixture::texts(Format::Xliff, XLIFF_12),
            ["إدوي & ب ‖ Eduy & Blenil\u{fffc} B \u{fffc}", "x ‖ ", "y ‖ "]
        );
        let replaced = |old, new| fixture::replaced(Format::Xliff, XLIFF_12, old, new);
        assert!(replaced("Blenil", "P<").unwrap().contains("<g id=\"1\">P&lt;</g>"));
        assert_eq!(replaced("& Blenil", "& Plenel"), None);
    }

    #[test]
    fn units_of_version_2() {
        let xliff = "<xliff version=\"2.0\" srcLang=\"ar\" trgLang=\"en\"><file id=\"f\"><notes><note>no</note></notes><unit id=\"u\"><originalData><data id=\"d\">no</data></originalData>\
            <segment state=\"translated\"><source>ا <ph id=\"1\"/></source><target>A <ph id=\"1\"/> <pc id=\"2\">b</pc> <![CDATA[c & d]]> <mrk id=\"3\" translate=\"no\">e</mrk></target></segment>\
            <ignorable><source> </source></ignorable></unit></file></xliff>";
        assert_eq!(fixture::texts(Format::Xliff, xliff), ["ا \u{fffc} ‖ A \u{fffc} b c & d \u{fffc}"]);
    }

    #[test]
    fn damage_is_one_problem() {
        let xliff = "<xliff><file><trans-unit><source>a</source><target>b</target></trans-unit><trans-unit></file>";
        assert_eq!(fixture::texts(Format::Xliff, xliff), ["a ‖ b"]);
        assert_eq!(fixture::problems(Format::Xliff, xliff).len(), 1);
        assert_eq!(fixture::problems(Format::Xliff, &"<a>".repeat(300)).len(), 1);
    }
}
