//! DOCX: the parts of a word processor's package that hold text. One paragraph is one segment.
//!
//! A package is read by `files`; here is the XML of one part. What is deleted with changes tracked, field
//! codes and the second writing of what old readers cannot show are passed over.

use super::builder::TextBuilder;
use super::escape::Escape;
use super::map::Join;
use super::xml::{self, Element, Node, Xml};
use super::{Document, ReadOptions, markup};
use crate::span::Span;

/// Elements that are passed over with all that is in them.
const PASSED: &[&str] =
    &["del", "moveFrom", "instrText", "delInstrText", "Fallback", "sectPr", "pPr", "tblPr", "object"];

/// The parts that hold running text, without their number: `word/header2.xml` is one.
const PARTS: &[&str] = &["document", "header", "footer", "footnotes", "endnotes", "comments"];

/// Whether a member of a package is a part that holds running text.
pub fn is_docx_text(name: &str) -> bool {
    let part = name.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml"));
    part.is_some_and(|part| PARTS.contains(&part.trim_end_matches(|c: char| c.is_ascii_digit())))
}

pub(super) fn parse<'a>(text: &'a str, _: &ReadOptions) -> Document<'a> {
    let mut reader =
        Reader { text, document: Document::default(), paragraphs: Vec::new(), inside: Inside::Paragraph, passed: 0 };
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next() {
        match node {
            Ok(node) => reader.node(node),
            Err(problem) => reader.document.problems.push(problem),
        }
    }
    reader.document
}

struct Reader<'a> {
    text: &'a str,
    document: Document<'a>,
    /// The open paragraphs: those of a text box lie in that of its anchor.
    paragraphs: Vec<Paragraph<'a>>,
    inside: Inside,
    /// Open elements that are passed over.
    passed: usize,
}

struct Paragraph<'a> {
    builder: TextBuilder<'a>,
    /// How the run at hand looks, and the one before that had text.
    properties: &'a str,
    shown: Option<&'a str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Paragraph,
    /// The properties of a run: where they begin, and how many elements are open in them.
    Properties(usize, usize),
    /// Text of a run.
    Text,
}

impl<'a> Reader<'a> {
    fn node(&mut self, node: Node<'a>) {
        if self.passed > 0 {
            match node {
                Node::Start(_) => self.passed += 1,
                Node::End(..) => self.passed -= 1,
                _ => {}
            }
            return;
        }
        match (self.inside, node) {
            (Inside::Properties(start, depth), Node::Start(_)) => self.inside = Inside::Properties(start, depth + 1),
            (Inside::Properties(start, 0), Node::End(_, span)) => {
                self.inside = Inside::Paragraph;
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.properties = self.text.get(start..span.start).unwrap_or_default();
                }
            }
            (Inside::Properties(start, depth), Node::End(..)) => self.inside = Inside::Properties(start, depth - 1),
            (Inside::Properties(..), _) => {}
            (_, Node::Start(element)) => self.start(element),
            (_, Node::End(name, _)) => self.end(name),
            (Inside::Text, node) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    xml::add(&mut paragraph.builder, node);
                }
            }
            (Inside::Paragraph, _) => {}
        }
    }

    fn start(&mut self, element: Element<'a>) {
        if PASSED.contains(&element.name) {
            self.passed = 1;
            return;
        }
        if element.name == "p" {
            let builder = TextBuilder::new(self.text, element.span.end, &KEPT);
            self.paragraphs.push(Paragraph { builder, properties: "", shown: None });
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match element.name {
            "r" => paragraph.properties = "",
            "rPr" => self.inside = Inside::Properties(element.span.end, 0),
            "t" => {
                let keeps_space = element.attribute("xml:space") == Some("preserve");
                // Runs that look the same were parted by an editor, not by the writer: text may move across.
                let alike = paragraph.shown == Some(paragraph.properties);
                paragraph.builder.begin_run(if keeps_space { &KEPT } else { &TRIMMED }, alike);
                paragraph.shown = Some(paragraph.properties);
                self.inside = Inside::Text;
            }
            "tab" | "ptab" => paragraph.builder.space(element.span, "\t"),
            "br" | "cr" => paragraph.builder.space(element.span, "\n"),
            "noBreakHyphen" | "softHyphen" | "sym" | "drawing" | "pict" | "footnoteReference" | "endnoteReference" => {
                paragraph.builder.object(element.span);
            }
            "hyperlink" | "fldSimple" | "ins" | "fldChar" => {
                paragraph.shown = None;
                paragraph.builder.join(Join::Markup);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.inside = Inside::Paragraph,
            "p" => {
                let Some(Paragraph { builder, .. }) = self.paragraphs.pop() else { return };
                if builder.text().chars().any(char::is_alphanumeric) {
                    self.document.push(builder.segment());
                }
            }
            "hyperlink" | "fldSimple" | "ins" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.shown = None;
                    paragraph.builder.join(Join::Markup);
                }
            }
            _ => {}
        }
    }
}

const KEPT: Escape = markup::TEXT;
/// White space at either end of a run is dropped unless the run says otherwise.
const TRIMMED: Escape = Escape { fits: keeps_ends, ..markup::TEXT };

fn keeps_ends(source: &str, span: Span, written: &str) -> bool {
    let before = source.get(..span.start).and_then(|text| text.chars().next_back());
    let after = source.get(span.end..).and_then(|text| text.chars().next());
    let first = written.chars().next().or(after);
    let last = written.chars().next_back().or(before);
    let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let loses = before == Some('>') && is_space(first) || after == Some('<') && is_space(last);
    !loses && markup::begins_nothing(source, span, written)
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture, is_docx_text};

    fn part(body: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
        )
    }

    #[test]
    fn paragraphs_and_what_is_passed_over() {
        let body = "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>One</w:t></w:r><w:r><w:t xml:space=\"preserve\"> &amp; two</w:t></w:r>\
            <w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:r><w:tab/><w:instrText>no</w:instrText><w:t>three</w:t><w:br/></w:r></w:p>\n\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Four</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>\
            <w:p><w:r><w:t>Five</w:t></w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Six</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
            <mc:Fallback><w:p><w:r><w:t>no</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>";
        let texts = fixture::texts(Format::Docx, &part(body));
        assert_eq!(texts, ["One & two\tthree\n", "Four", "Six", "Five"]);
    }

    #[test]
    fn text_moves_across_runs_that_look_the_same_alone() {
        let runs = |first: &str, second: &str| {
            part(&format!(
                "<w:p><w:r><w:rPr>{first}</w:rPr><w:t>Ed</w:t></w:r><w:r w:rsid=\"1\"><w:rPr>{second}</w:rPr><w:t xml:space=\"preserve\">uy x</w:t></w:r></w:p>"
            ))
        };
        let fixed = |text: &str| fixture::replaced(Format::Docx, text, "Eduy", "Ann-É");
        assert!(fixed(&runs("<w:b/>", "<w:b/>")).unwrap().contains("<w:t>Ann-É</w:t>"));
        assert_eq!(fixed(&runs("<w:b/>", "<w:i/>")), None);
    }

    #[test]
    fn white_space_is_not_put_where_it_would_be_dropped() {
        let text = part("<w:p><w:r><w:t>Eduy x</w:t></w:r></w:p>");
        assert_eq!(fixture::replaced(Format::Docx, &text, "Eduy ", ""), None);
        assert!(fixture::replaced(Format::Docx, &text, "Eduy", "A&B").unwrap().contains("<w:t>A&amp;B x</w:t>"));
    }

    #[test]
    fn parts_with_text() {
        let parts = [
            "word/document.xml",
            "word/header12.xml",
            "word/styles.xml",
            "document.xml",
            "word/_rels/document.xml.rels",
        ];
        assert_eq!(parts.map(is_docx_text), [true, true, false, false, false]);
    }
}
