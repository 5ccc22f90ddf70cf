//! Fixing leaves every byte outside its edits as it was.

use orthonym::diagnostic::{Applicability, Edit};
use orthonym::dictionary::Dictionary;
use orthonym::document::Format;
use orthonym::edits::Edits;
use orthonym::fix::fix;
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
    fn fixing_twice_is_fixing_once(text in text()) {
        let rule = rules::find("text/repeated-word").unwrap();
        let settings = Settings { rules: vec![(rule, rule.severity)], ..Settings::default() };
        let linter = Linter::new(Dictionary::empty(), settings);
        let mut worker = linter.worker();
        let source = Source::new("a.txt", text);
        let found = worker.lint(&source, Format::Plain);
        let once = fix(&mut worker, &source, Format::Plain, &found, Applicability::Safe);
        let twice = fix(&mut worker, &once.source, Format::Plain, &once.report, Applicability::Safe);
        prop_assert!(twice.edits.is_empty());
        prop_assert_eq!(once.applied.len() + once.dropped.len(), found.diagnostics.len());
    }
}
