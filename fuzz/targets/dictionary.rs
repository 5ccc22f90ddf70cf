//! Any bytes, opened as a compiled dictionary: refused, or read and searched without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use orthonym::dictionary::{Compiled, Dictionary};
use orthonym::names::answer::answer;
use orthonym::names::rank::Ranker;

/// Entries of a dictionary that are read whole.
const ENTRIES: u32 = 16;

fuzz_target!(|bytes: &[u8]| {
    let Ok(compiled) = Compiled::open(bytes.to_vec()) else { return };
    let view = compiled.view();
    for entry in 0..view.entry_count().min(ENTRIES) {
        let _ = view.entry(entry);
    }
    let mut dictionary = Dictionary::empty();
    dictionary.push(compiled);
    for name in ["Edwy Plenel", "Eduy Blenil", "Blenil", "إدوي بلينيل"] {
        let _ = answer(&mut Ranker::new(&dictionary), name, 5);
    }
});
