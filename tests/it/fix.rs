//! Fixing leaves every byte outside its edits as it was.

use crate::{folder, orthonym};
use orthonym::diagnostic::{Applicability, Edit};
use orthonym::dictionary::Dictionary;
use orthonym::document::Format;
use orthonym::edits::Edits;
use orthonym::fix::fix_all;
use orthonym::lint::{Linter, Settings};
use orthonym::rules;
use orthonym::source::Source;
use orthonym::span::Span;
use proptest::prelude::*;

/// Documents with line breaks of all kinds and characters of all widths.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\n"),
        Just("\r\n"),
        Just("\r"),
        Just(" "),
        Just("\t"),
        Just("the"),
        Just("the the"),
        Just("é"),
        Just("e\u{301}"),
        Just("اسم"),
        Just("名"),
        Just("😀"),
        Just("\u{feff}"),
        Just("\u{202e}"),
        Just("a-the"),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// The bytes of a file that holds the text, one for each encoding that we read.
fn files(text: &str) -> [Vec<u8>; 4] {
    let units =
        |bytes: fn(u16) -> [u8; 2]| "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect();
    [
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        units(u16::to_le_bytes),
        units(u16::to_be_bytes),
    ]
}

/// Texts with what rules find fault with, side by side and overlapping.
fn faulty() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "the",
        "the the",
        "it it it",
        "He said",
        "pаper",
        "thе",
        "اسم",
        "،",
        "٣",
        "名、",
        " ,",
        ",,",
        "..",
        " .",
        "!!",
        "“",
        "”",
        "\"",
        "«",
        "»",
        "'",
        "(",
        ")",
        "&amp;",
        "&quot;",
        "<b>",
        "</b>",
        "\\n",
        "\u{200b}",
        "\u{202e}",
        "\u{ad}",
        "Ã©",
        "â€™",
        "wordWord",
        "1 000",
        "12:75",
        "50 %",
        "Read also:",
        "Click here.",
        "<!-- orthonym: ignore[text] -->",
        "<!-- orthonym: ignor -->",
        "As an AI language model",
        "over and over and over and",
        "Ann Leigh",
        "Anne Leigh",
        "Ann Lee",
        "😀",
        "\u{feff}",
        "\u{a0}",
        "a",
        "I",
    ]);
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

fn format() -> impl Strategy<Value = Format> {
    prop::sample::select(vec![Format::Plain, Format::Markdown, Format::Html, Format::Srt])
}

fn level() -> impl Strategy<Value = Applicability> {
    prop::sample::select(vec![Applicability::Safe, Applicability::Unsafe])
}

/// All rules that there are, also those that are off by default.
fn all_rules() -> Linter {
    let rules = rules::all().iter().map(|rule| (*rule, rule.severity)).collect();
    Linter::new(Dictionary::empty(), Settings { rules, ..Settings::default() })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_byte_outside_the_edits_is_identical(
        text in text(),
        edits in proptest::collection::vec((0usize..200, 0usize..12, "[a-zé😀\n]{0,4}"), 0..12),
    ) {
        for disk in files(&text) {
            let source = Source::decode("a.txt", disk.clone()).unwrap();
            let mut together = Edits::of(&source);
            let mut taken = Vec::new();
            for (start, length, replacement) in &edits {
                let edit = Edit { span: Span::new(*start, start + length), replacement: replacement.clone() };
                if together.add(std::slice::from_ref(&edit)).is_ok() {
                    taken.push(edit);
                }
            }
            // The same by hand, one at a time, the last first.
            taken.sort_by_key(|edit| std::cmp::Reverse(edit.span));
            let (mut bytes, mut by_hand) = (disk.clone(), source.text().to_owned());
            for edit in &taken {
                bytes.splice(source.on_disk(edit.span).range(), source.encode(&edit.replacement));
                by_hand.replace_range(edit.span.range(), &edit.replacement);
            }
            prop_assert_eq!(&together.splice(&disk), &bytes);
            let (applied, read) = (together.apply(), Source::decode("a.txt", bytes).unwrap());
            prop_assert_eq!(applied.text(), &by_hand);
            prop_assert_eq!(read.text(), &by_hand);
        }
    }

    #[test]
    fn every_fix_stays_in_its_finding(text in faulty(), format in format()) {
        let linter = all_rules();
        let source = Source::new("a", text);
        for finding in linter.worker().lint(&source, format).diagnostics {
            for edit in finding.suggestions.iter().flat_map(|suggestion| &suggestion.edits) {
                let is_inside = finding.span.start <= edit.span.start && edit.span.end <= finding.span.end;
                prop_assert!(is_inside, "{finding:?} in {:?}", source.text());
            }
        }
    }

    #[test]
    fn fixing_twice_is_fixing_once(text in faulty(), format in format(), level in level()) {
        let linter = all_rules();
        let mut worker = linter.worker();
        let source = Source::new("a", text);
        let found = worker.lint(&source, format);
        let mut told = Vec::new();
        let fixed = fix_all(&mut worker, &source, format, &found, level, |before, round| {
            told.push((before.text().to_owned(), round.edits.apply().text().to_owned()));
        });
        prop_assert_eq!(told.is_empty(), fixed.is_none());
        let Some((once, left)) = fixed else { return Ok(()) };
        // Each round begins with what the one before made.
        prop_assert!(told.windows(2).all(|pair| pair[0].1 == pair[1].0));
        prop_assert_eq!(told.last().unwrap().1.as_str(), once.text());
        prop_assert_eq!(&worker.lint(&once, format), &left);
        if let Some((twice, _)) = fix_all(&mut worker, &once, format, &left, level, |_, _| {}) {
            prop_assert_eq!(twice.text(), once.text());
        }
    }
}

/// Fixes of several rounds are spliced into the bytes of the file, whatever its encoding.
#[test]
fn the_bytes_of_every_round_are_those_of_the_text() {
    let text = "Так the the thе thе end , , .. é\r\n";
    for (disk, encoding) in [
        (text.as_bytes().to_vec(), "utf-8"),
        ([&b"\xff\xfe"[..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat(), "utf-16le"),
    ] {
        let dir = folder(&[("a.txt", &disk), ("b.txt", text.as_bytes())]);
        orthonym(dir.path(), &["check", "--no-builtin", "--fix", "--unsafe-fixes", "-q"]);
        let read = |name: &str| Source::decode(name, std::fs::read(dir.path().join(name)).unwrap()).unwrap();
        assert_ne!(read("b.txt").text(), text);
        assert_eq!(read("a.txt").text().trim_start_matches('\u{feff}'), read("b.txt").text(), "{encoding}");
    }
}
