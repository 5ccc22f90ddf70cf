//! Every format, held to what `document` promises, on files made at random from the format's own parts.

mod fragments;

use orthonym::document::{Document, Format, ReadOptions};
use orthonym::edits::Edits;
use orthonym::source::Source;
use orthonym::span::Span;
use orthonym::text::scan;
use proptest::prelude::*;

fn texts(source: &Source, format: Format) -> Vec<String> {
    Document::parse(source, format, &ReadOptions::default()).segments.iter().map(|s| s.text.to_string()).collect()
}

/// All spans of a document lie on characters of its source.
fn assert_whole(source: &Source, format: Format) {
    let document = Document::parse(source, format, &ReadOptions::default());
    for segment in &document.segments {
        let sides = segment.source.iter().map(|side| (&side.text, &side.map));
        for (text, map) in sides.chain([(&segment.text, &segment.map)]) {
            for token in scan::tokens(text).map(|token| token.span).chain([Span::new(0, text.len()), Span::new(0, 0)]) {
                let place = map.locate(token);
                assert!(source.text().get(place.range()).is_some(), "{format:?}: {place:?} in {:?}", source.text());
            }
        }
    }
    for problem in &document.problems {
        assert!(source.text().get(problem.span.range()).is_some(), "{format:?}: {problem:?}");
    }
}

/// After an edit of a word, parsing again gives the same texts but for that word.
fn assert_editable(source: &Source, format: Format, replacement: &str) {
    let before = texts(source, format);
    let document = Document::parse(source, format, &ReadOptions::default());
    for (index, segment) in document.segments.iter().enumerate() {
        // Punctuation beside mark-up may make it begin or end elsewhere: in Markdown only words are put in here.
        if format == Format::Markdown && !replacement.ends_with(char::is_alphanumeric) {
            break;
        }
        for token in scan::tokens(&segment.text) {
            let Some(changed) = segment.edits(token.span, replacement) else { continue };
            let mut edits = Edits::of(source);
            edits.add(&changed).unwrap();
            let fixed = edits.apply();
            let mut expected = before.clone();
            expected[index].replace_range(token.span.range(), replacement);
            let after = texts(&fixed, format);
            assert_eq!(after, expected, "{format:?}: {:?} became {:?}", source.text(), fixed.text());
            let disk = source.encode(source.text());
            assert_eq!(edits.splice(&disk), source.encode(fixed.text()));
        }
    }
}

/// Parts in any order, or a whole file with parts in its text; with or without a byte order mark, with LF or CRLF.
fn any_file(format: Format) -> impl Strategy<Value = String> {
    let soup = parts(fragments::of(format)).prop_map(|parts| parts.concat());
    let (before, behind) = fragments::frame(format);
    let whole = parts(fragments::inline(format)).prop_map(move |parts| format!("{before}{}{behind}", parts.concat()));
    let bom = prop::sample::select(vec!["", "\u{feff}"]);
    (bom, prop_oneof![soup, whole], any::<bool>()).prop_map(|(bom, text, crlf)| {
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        format!("{bom}{text}")
    })
}

fn parts(of: Vec<&'static str>) -> impl Strategy<Value = Vec<String>> {
    let part = prop_oneof![
        8 => prop::sample::select(of).prop_map(str::to_owned),
        1 => "[ !#-%'-+.-;=?-Z^-z~é-ÿ]{0,4}",
    ];
    prop::collection::vec(part, 0..24)
}

fn replacement() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Z][a-zéß]{0,6}( [A-Z][a-z]{0,4})?",
        1 => prop::sample::select(vec!["O'Neill", "\"Q\"", "A & B", "1.", "<b>", "x*y", "_u_", "back\\slash", "a|b", "%s", "{x}", "a,b;c", "#h", "- d"])
            .prop_map(str::to_owned),
    ]
}

macro_rules! formats {
    ($($name:ident: $format:expr,)*) => {$(
        mod $name {
            use super::*;

            proptest! {
                #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, max_shrink_iters: 2000, ..ProptestConfig::default() })]

                #[test]
                fn edits_change_nothing_else(text in any_file($format), replacement in replacement()) {
                    let source = Source::new("test", text);
                    assert_whole(&source, $format);
                    assert_editable(&source, $format, &replacement);
                }

                #[test]
                fn any_text_is_survived(text in ".{0,200}") {
                    assert_whole(&Source::new("test", text), $format);
                }
            }
        }
    )*};
}

formats! {
    plain: Format::Plain,
    markdown: Format::Markdown,
    html: Format::Html,
    srt: Format::Srt,
    vtt: Format::WebVtt,
    xliff: Format::Xliff,
    tmx: Format::Tmx,
    po: Format::Po,
    csv: Format::Csv,
    tsv: Format::Tsv,
    json: Format::Json,
    json_lines: Format::JsonLines,
    android: Format::Android,
}
