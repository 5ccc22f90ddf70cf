//! Any bytes, read as the format that this target is named after: no panic, every span on characters, and an edit that is
//! given is one that can be applied, in the bytes as in the text.

#![no_main]

use clap::ValueEnum;
use libfuzzer_sys::fuzz_target;
use orthonym::document::{self, Document, Format, ReadOptions};
use orthonym::edits::{EditError, Edits};
use orthonym::source::Source;
use orthonym::text::scan;

/// Words of a file that are edited: enough to meet every kind of place, few enough to stay fast.
const WORDS: usize = 16;

fuzz_target!(|bytes: &[u8]| {
    let format = Format::from_str(env!("CARGO_BIN_NAME"), false).expect("targets are named after formats");
    let options = ReadOptions::default();
    let Ok((source, _)) = document::decode("fuzz", bytes.to_vec(), Some(format), &options) else { return };
    let document = Document::parse(&source, format, &options);
    for problem in &document.problems {
        assert!(source.text().get(problem.span.range()).is_some(), "{problem:?}");
    }
    let words = document.segments.iter().flat_map(|segment| scan::tokens(&segment.text).map(move |token| (segment, token.span)));
    for (segment, word) in words.take(WORDS) {
        let place = segment.locate(word);
        assert!(source.text().get(place.range()).is_some(), "{place:?}");
        let Some(edited) = segment.edits(word, "Ann-É") else { continue };
        let mut edits = Edits::of(&source);
        match edits.add(&edited) {
            Err(EditError::Unwritable { .. }) => continue,
            added => added.expect("edits of one place fit together"),
        }
        let read = Source::decode_as("fuzz", edits.splice(bytes), source.encoding()).expect("what is written can be read");
        assert_eq!(read.text(), edits.apply().text());
    }
});
