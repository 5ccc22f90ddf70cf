//! `dictionaries/words/*.txt` → `kinds.fst`: folded word → which of the lists it stands in.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use crate::fold::Word;

/// The lists; the place in this order is the bit in `lexicon::Kinds`.
const KINDS: [&str; 6] = ["titles", "roles", "institutions", "calendar", "demonyms", "places"];

pub fn compile() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=dictionaries/words");
    let mut words = BTreeMap::<String, u64>::new();
    for (bit, kind) in KINDS.iter().enumerate() {
        let path = format!("dictionaries/words/{kind}.txt");
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
        for (number, line) in text.lines().enumerate() {
            let word = line.trim();
            if word.is_empty() || word.starts_with('#') {
                continue;
            }
            let folded = Word::fold(word).ok_or_else(|| format!("{path}:{}: “{word}” is no word", number + 1))?;
            *words.entry(folded.to_string()).or_default() |= 1 << bit;
        }
    }
    let map = fst::Map::from_iter(words)?;
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("kinds.fst"), map.as_fst().as_bytes())?;
    Ok(())
}
