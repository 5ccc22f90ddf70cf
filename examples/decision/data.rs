//! The names that are measured with, in halves: half of the people are in the dictionary and are asked for by their garbled
//! names, the others are strangers, and the other way round; and, across that, half of all are fitted and the other half only looked at.

use orthonym::dictionary::{Compiled, Dictionary, Entry, compile, entry::OneOrMany};
use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::Path;

/// A person whose name was garbled.
pub struct Row {
    pub native: String,
    pub truth: String,
    pub garbled: String,
}

/// Which dictionary is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// With the hundred thousand names of `distractors_100k.txt`.
    pub large: bool,
    /// With native forms.
    pub natives: bool,
    /// Those who are in the dictionary and the strangers have changed places.
    pub swapped: bool,
}

impl Setting {
    pub const ALL: [Setting; 4] = [
        Setting { large: false, natives: true, swapped: false },
        Setting { large: false, natives: false, swapped: false },
        Setting { large: true, natives: true, swapped: false },
        Setting { large: true, natives: false, swapped: false },
    ];

    pub fn swapped(self) -> Setting {
        Setting { swapped: true, ..self }
    }

    /// Whether the person is in no dictionary.
    pub fn is_stranger(self, row: &Row) -> bool {
        hash(&row.truth, 11).is_multiple_of(2) != self.swapped
    }

    pub fn name(self) -> String {
        let size = if self.large { "large dictionary" } else { "small dictionary" };
        format!("{size}, {}", if self.natives { "native forms" } else { "Latin only" })
    }
}

/// Whether a name is fitted; the others are only looked at.
pub fn is_fitted(truth: &str) -> bool {
    hash(truth, 5).is_multiple_of(2)
}

/// Reads `roundtrip_names.tsv`: script, native, truth, mistransliterated, generator.
pub fn rows(folder: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let text = fs::read_to_string(folder.join("roundtrip_names.tsv"))?;
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).map(|cell| cell.to_string());
        Some(Row { native: cell(1)?, truth: cell(2)?, garbled: cell(3)? })
    };
    Ok(text.lines().skip(1).filter_map(row).collect())
}

/// The dictionary of a setting: everybody but the strangers.
pub fn dictionary(folder: &Path, rows: &[Row], setting: Setting) -> Result<Dictionary, Box<dyn Error>> {
    let gone: HashSet<String> =
        rows.iter().filter(|row| setting.is_stranger(row)).map(|row| squeeze(&row.truth)).collect();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let large = setting.large.then_some("distractors_100k.txt");
    for file in ["dictionary_names.txt"].into_iter().chain(large) {
        for line in fs::read_to_string(folder.join(file))?.lines() {
            let (name, native) = line.split_once('\t').unwrap_or((line, ""));
            if !gone.contains(&squeeze(name)) {
                names.insert(name.to_owned(), native.to_owned());
            }
        }
    }
    let inside = rows.iter().filter(|row| !setting.is_stranger(row));
    names.extend(inside.map(|row| (row.truth.clone(), row.native.clone())));
    let entries = names.iter().map(|(name, native)| {
        let mut entry = Entry { name: name.clone(), ..Entry::default() };
        if setting.natives && !native.is_empty() {
            entry.native.insert(String::new(), OneOrMany::One(native.clone()));
        }
        entry
    });
    let entries: Vec<Entry> = entries.collect();
    let mut dictionary = Dictionary::empty();
    dictionary.push(Compiled::open(compile(&entries))?);
    Ok(dictionary)
}

/// A name's letters: names that agree in them are one.
pub fn squeeze(name: &str) -> String {
    name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// A number that depends on a text and a seed alone.
pub fn hash(text: &str, seed: u64) -> u64 {
    text.bytes().fold(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15), |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3).rotate_left(17)
    }) >> 7
}
