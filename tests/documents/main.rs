//! Every format, held to what `document` promises, on files made at random from the format's own parts.

mod encodings;
mod fragments;
mod golden;
mod hostile;
mod markup;

use orthonym::document::{Document, Format, ReadOptions};
use orthonym::edits::{EditError, Edits};
use orthonym::source::{Encoding, Source};
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
fn assert_editable(source: &Source, disk: &[u8], format: Format, replacement: &str) {
    let before = texts(source, format);
    let document = Document::parse(source, format, &ReadOptions::default());
    for (index, segment) in document.segments.iter().enumerate() {
        for token in scan::tokens(&segment.text) {
            let Some(changed) = segment.edits(token.span, replacement) else { continue };
            let ([first, .., last] | [first @ last]) = changed.as_slice() else {
                assert_eq!(token.text(&segment.text), replacement);
                continue;
            };
            let mut edits = Edits::of(source);
            match edits.add(&changed) {
                // The format has no escape for what the encoding lacks.
                Err(EditError::Unwritable { .. }) => continue,
                added => added.unwrap(),
            }
            let fixed = edits.apply();
            let mut expected = before.clone();
            expected[index].replace_range(token.span.range(), replacement);
            let after = texts(&fixed, format);
            assert_eq!(after, expected, "{format:?}: {:?} became {:?}", source.text(), fixed.text());
            let spliced = edits.splice(disk);
            let read = Source::decode_as("test", spliced.clone(), source.encoding()).unwrap();
            assert_eq!(read.text(), fixed.text());
            let outside = [first.span.start, last.span.end].map(|at| source.in_bytes(Span::new(at, at)).start);
            assert!(spliced.starts_with(&disk[..outside[0]]) && spliced.ends_with(&disk[outside[1]..]));
        }
    }
}

/// The text in an encoding, as it lies on disk; characters that the encoding lacks become letters.
fn spelt(text: &str, label: &str) -> (Source, Vec<u8>) {
    let encoding = Encoding::of_label(label).unwrap();
    let letter = |c: char| if encoding.lacks(c.encode_utf8(&mut [0; 4])).is_some() { 'x' } else { c };
    let bytes = encoding.encode(&text.chars().map(letter).collect::<String>());
    (Source::decode_as("test", bytes.clone(), encoding).unwrap(), bytes)
}

fn encoding() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        4 => Just("utf-8"),
        2 => prop::sample::select(vec!["utf-16le", "utf-16be"]),
        2 => prop::sample::select(vec!["windows-1251", "windows-1256", "iso-8859-1", "shift_jis", "gb18030"]),
    ]
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
        1 => prop::sample::select(vec!["O'Neill", "Łódź", "12", "amp", "\"Q\"", "A & B", "1.", "<b>", "x*y", "_u_", "back\\slash", "a|b", "%s", "{x}", "a,b;c", "#h", "- d"])
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
                fn edits_change_nothing_else(text in any_file($format), label in encoding(), replacement in replacement()) {
                    let (source, disk) = spelt(&text, label);
                    assert_whole(&source, $format);
                    assert_editable(&source, &disk, $format, &replacement);
                }
            }
        }
    )*

        const FORMATS: &[Format] = &[$($format),*];
    };
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, max_shrink_iters: 2000, ..ProptestConfig::default() })]

    // Making such a text costs far more than reading it: each is read in every format.
    #[test]
    fn any_text_is_survived(text in ".{0,200}") {
        for format in FORMATS {
            assert_whole(&Source::new("test", text.as_str()), *format);
        }
    }
}

formats! {
    plain: Format::Plain,
    markdown: Format::Markdown,
    html: Format::Html,
    srt: Format::Srt,
    vtt: Format::WebVtt,
    xliff: Format::Xliff,
    tmx: Format::Tmx,
    docx: Format::Docx,
    po: Format::Po,
    csv: Format::Csv,
    tsv: Format::Tsv,
    json: Format::Json,
    json_lines: Format::JsonLines,
    android: Format::Android,
    apple: Format::AppleStrings,
    apple_catalog: Format::AppleCatalog,
    properties: Format::Properties,
    fluent: Format::Fluent,
}
