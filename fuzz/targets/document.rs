//! Any bytes, read as the format that this target is named after: no panic, every span on characters, and an edit that is
//! given is one that can be applied.

#![no_main]

use clap::ValueEnum;
use libfuzzer_sys::fuzz_target;
use orthonym::document::{Document, Format, ReadOptions};
use orthonym::edits::Edits;
use orthonym::source::Source;
use orthonym::text::scan;

/// Words of a file that are edited: enough to meet every kind of place, few enough to stay fast.
const WORDS: usize = 16;

fuzz_target!(|bytes: &[u8]| {
    let format = Format::from_str(env!("CARGO_BIN_NAME"), false).expect("targets are named after formats");
    let Ok(source) = Source::decode("fuzz", bytes.to_vec()) else { return };
    let document = Document::parse(&source, format, &ReadOptions::default());
    for problem in &document.problems {
        assert!(source.text().get(problem.span.range()).is_some(), "{problem:?}");
    }
    let mut words = 0;
    for segment in &document.segments {
        for token in scan::tokens(&segment.text).take_while(|_| words < WORDS) {
            words += 1;
            let place = segment.locate(token.span);
            assert!(source.text().get(place.range()).is_some(), "{place:?}");
            if let Some(edited) = segment.edits(token.span, "Ann-É") {
                let mut edits = Edits::of(&source);
                edits.add(&edited).expect("edits of one place fit together");
                assert_eq!(edits.splice(bytes), source_bytes(&edits.apply(), bytes));
            }
        }
    }
});

/// The bytes of a source, with the byte order mark that its file begins with.
fn source_bytes(source: &Source, file: &[u8]) -> Vec<u8> {
    let mark = if source.encoding().is_utf16() { &file[..2] } else { &[] };
    [mark, &source.encode(source.text())].concat()
}
