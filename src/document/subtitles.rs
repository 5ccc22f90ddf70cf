//! Subtitles: SubRip (.srt) and WebVTT. One cue is one segment.

use super::builder::TextBuilder;
use super::escape::Escape;
use super::map::Join;
use super::markup;
use super::{Document, ReadOptions, without_bom};
use crate::span::Span;

/// Whether a text begins with a number, and a line of times behind it.
pub(super) fn is_srt(text: &str) -> bool {
    let mut lines = text.trim_start().lines();
    let is_number = |line: &str| !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit());
    lines.next().is_some_and(|line| is_number(line.trim())) && lines.next().is_some_and(|line| line.contains("-->"))
}

pub(super) fn parse_srt<'a>(text: &'a str, _: &ReadOptions) -> Document<'a> {
    let mut document = Document::default();
    for block in blocks(text) {
        match block.iter().position(|line| is_timing(text, *line)) {
            Some(timing @ (0 | 1)) => cue(&mut document, text, &block[timing + 1..], &SRT, srt_line),
            _ => {
                document.problem(block[0], "a cue without its line of times");
                break;
            }
        }
    }
    document
}

pub(super) fn parse_vtt<'a>(text: &'a str, _: &ReadOptions) -> Document<'a> {
    let mut document = Document::default();
    for (index, block) in blocks(text).enumerate() {
        let (first, _) = without_bom(&text[block[0].range()]);
        let aside = ["NOTE", "STYLE", "REGION"]
            .iter()
            .any(|word| first.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])));
        match block.iter().position(|line| is_timing(text, *line)) {
            Some(timing @ (0 | 1)) => cue(&mut document, text, &block[timing + 1..], &markup::TEXT, vtt_line),
            _ if aside || index == 0 && first.starts_with("WEBVTT") => {}
            _ => {
                document.problem(block[0], "a cue without its line of times");
                break;
            }
        }
    }
    document
}

fn is_timing(text: &str, line: Span) -> bool {
    let line = &text[line.range()];
    line.contains("-->") && line.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Runs of lines between empty ones; the lines without their ends.
fn blocks(text: &str) -> impl Iterator<Item = Vec<Span>> + '_ {
    let mut at = without_bom(text).1;
    std::iter::from_fn(move || {
        let mut block = Vec::new();
        while at < text.len() {
            let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |found| at + found);
            let line = Span::new(at, at + text[at..end].trim_end_matches('\r').len());
            at = end + 1;
            match text[line.range()].trim().is_empty() {
                false => block.push(line),
                true if block.is_empty() => {}
                true => break,
            }
        }
        (!block.is_empty()).then_some(block)
    })
}

fn cue<'a>(
    document: &mut Document<'a>,
    text: &'a str,
    lines: &[Span],
    escape: &'static Escape,
    add: fn(&mut TextBuilder<'_>, Span),
) {
    let Some(first) = lines.first() else { return };
    let mut builder = TextBuilder::new(text, first.start, escape);
    let mut end = first.start;
    for line in lines {
        if line.start > end {
            builder.space(Span::new(end, line.start), "\n");
        }
        tags(&mut builder, *line, add);
        end = line.end;
    }
    builder.trim_end();
    if !builder.text().trim().is_empty() {
        document.push(builder.segment());
    }
}

/// Adds a line without what stands in `<…>`.
fn tags(builder: &mut TextBuilder<'_>, line: Span, add: fn(&mut TextBuilder<'_>, Span)) {
    let text = builder.source();
    let mut at = line.start;
    while at < line.end {
        let rest = &text[at..line.end];
        let tag = rest.match_indices('<').find_map(|(open, _)| {
            let is_tag = rest[open + 1..].starts_with(|c: char| c == '/' || c.is_ascii_alphanumeric());
            is_tag.then(|| rest[open..].find('>').map(|close| (open, open + close + 1))).flatten()
        });
        let (open, close) = tag.unwrap_or((rest.len(), rest.len()));
        add(builder, Span::new(at, at + open));
        builder.join(Join::Markup);
        at += close;
    }
}

fn vtt_line(builder: &mut TextBuilder<'_>, span: Span) {
    markup::decode(builder, span, markup::HTML, |b, span| b.verbatim(span));
}

/// SubRip has no escapes, only `{\an8}` and the like, which place a cue.
fn srt_line(builder: &mut TextBuilder<'_>, span: Span) {
    let text = builder.source();
    let mut at = span.start;
    while let Some(open) = text[at..span.end].find("{\\").map(|found| at + found) {
        let Some(close) = text[open..span.end].find('}') else { break };
        builder.verbatim(Span::new(at, open));
        builder.join(Join::Markup);
        at = open + close + 1;
    }
    builder.verbatim(Span::new(at, span.end));
}

const SRT: Escape = Escape { fits: markup::begins_nothing, ..Escape::of(escape_srt) };

fn escape_srt(text: &str) -> Option<String> {
    let fits = !text.contains(|c: char| c.is_control() || matches!(c, '<' | '>' | '{' | '}'));
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture};

    #[test]
    fn srt_cues() {
        let srt = "\u{feff}1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<i>One</i> two\r\nthree\r\n\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n4 < 5";
        assert_eq!(fixture::texts(Format::Srt, srt), ["One two\nthree", "4 < 5"]);
        assert_eq!(fixture::problems(Format::Srt, "1\n\nx\n"), ["a cue without its line of times"]);
    }

    #[test]
    fn vtt_cues() {
        let vtt = "WEBVTT - no\n\nNOTE no\nno\n\nid\n00:01.000 --> 00:02.000 align:start\n<v Ann>One &amp; <00:01.500>two</v>\n";
        assert_eq!(fixture::texts(Format::WebVtt, vtt), ["One & two"]);
        let fixed = fixture::replaced(Format::WebVtt, vtt, "One & two", "One & <2>").unwrap();
        assert!(fixed.contains("<v Ann>One &amp; <00:01.500>&lt;2&gt;</v>"), "{fixed}");
    }
}
