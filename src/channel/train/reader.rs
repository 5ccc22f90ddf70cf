//! Reading a native word as a learned table would: what a translation without a dictionary prints.

use rustc_hash::FxHashMap;

use super::super::alphabet;
use super::super::compile::{SIDE, Unit};
use super::super::score::mark;

/// For each intended side its likeliest seen side.
pub struct Reader {
    best: FxHashMap<u32, (f64, Vec<u8>)>,
}

impl Reader {
    /// A reader by these units.
    pub fn new(units: Vec<Unit>) -> Reader {
        let mut best: FxHashMap<u32, (f64, Vec<u8>)> = FxHashMap::default();
        for unit in units {
            let known = best.entry(alphabet::pack(&unit.intended)).or_insert((f64::INFINITY, Vec::new()));
            if unit.cost < known.0 {
                *known = (unit.cost, unit.seen);
            }
        }
        Reader { best }
    }

    /// The likeliest reading of a word.
    pub fn read(&self, letters: &[u8]) -> String {
        let letters: Vec<u8> = mark(letters).collect();
        let mut readings: Vec<(f64, Vec<u8>)> = vec![(0.0, Vec::new())];
        for end in 1..=letters.len() {
            let mut least = (f64::INFINITY, Vec::new());
            for start in end.saturating_sub(SIDE)..end {
                let Some((cost, seen)) = self.best.get(&alphabet::pack(&letters[start..end])) else { continue };
                if readings[start].0 + cost < least.0 {
                    least = (readings[start].0 + cost, [&readings[start].1[..], seen].concat());
                }
            }
            readings.push(least);
        }
        let codes = &readings[letters.len()].1;
        codes.iter().filter_map(|&code| alphabet::letter(None, code)).filter(char::is_ascii_alphabetic).collect()
    }
}
