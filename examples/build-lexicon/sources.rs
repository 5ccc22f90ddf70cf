//! Reading the sources, each in the form in which its publisher ships it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use orthonym::lexicon::Grade;
use orthonym::text::fold::Word;

/// Lower-case given names and surnames, each with the percentage of people who have it where that was counted, else 0.
#[derive(Default)]
pub struct Names {
    pub given: BTreeMap<String, f64>,
    pub surnames: BTreeMap<String, f64>,
}

/// English words by grade, and words with a capital by the size of the smallest list that has them.
#[derive(Default)]
pub struct English {
    pub words: BTreeMap<Word, Grade>,
    pub proper: BTreeMap<Word, u32>,
}

/// A town needs so many people to be known as a place: below, more people than towns are called so.
const TOWN: u64 = 100_000;

/// One row a name: its forms in all scripts, lower case (`form, form… => QID`).
pub fn rigour(path: &Path) -> io::Result<Vec<Vec<String>>> {
    let text = fs::read_to_string(path)?;
    let rows = text.lines().filter_map(|line| line.rsplit_once("=>"));
    Ok(rows
        .map(|(forms, _)| forms.split(',').map(|f| f.trim().to_owned()).filter(|f| !f.is_empty()).collect())
        .collect())
}

/// The census of 1990 as the package `names` ships it: `SMITH  1.006  1.006  1`.
pub fn census(folder: &Path) -> io::Result<Names> {
    let mut names = Names::default();
    for (file, people, share) in [("dist.female.first", 0, 0.5), ("dist.male.first", 0, 0.5), ("dist.all.last", 1, 1.0)]
    {
        let to = if people == 0 { &mut names.given } else { &mut names.surnames };
        for line in fs::read_to_string(folder.join(file))?.lines() {
            let mut fields = line.split_whitespace();
            if let (Some(name), Some(Ok(percent))) = (fields.next(), fields.next().map(str::parse::<f64>)) {
                *to.entry(name.to_lowercase()).or_default() += percent * share;
            }
        }
    }
    Ok(names)
}

/// faker's locales: the string literals that follow an assignment to `first_names…` or `last_names…`.
pub fn faker(folder: &Path) -> io::Result<Names> {
    let mut names = Names::default();
    for locale in sorted(folder)? {
        let Ok(text) = fs::read_to_string(locale.join("__init__.py")) else { continue };
        let mut variable = String::new();
        for line in text.lines() {
            if let Some(name) = assigned(line) {
                variable = name.to_owned();
            }
            let to = if variable.contains("first_name") {
                &mut names.given
            } else if variable.contains("last_name") {
                &mut names.surnames
            } else {
                continue;
            };
            for name in literals(line).filter(|name| name.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'')) {
                to.insert(name.to_lowercase(), 0.0);
            }
        }
    }
    Ok(names)
}

/// The variable that a line of Python assigns to.
fn assigned(line: &str) -> Option<&str> {
    let (left, _) = line.split_once('=')?;
    let name = left.split(':').next()?.trim();
    (!name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')).then_some(name)
}

/// The string literals of a line of Python that has no escapes in them.
fn literals(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let start = rest.find(['"', '\''])?;
        let quote = rest[start..].chars().next()?;
        let inside = &rest[start + 1..];
        let end = inside.find(quote)?;
        rest = &inside[end + 1..];
        Some(&inside[..end])
    })
}

/// scowl's files are called `<spelling>-<list>.<size>`: the smaller the size, the more usual the words.
pub fn scowl(folder: &Path) -> io::Result<English> {
    let mut english = English::default();
    for path in sorted(folder)? {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let Some((list, Ok(size))) = name.rsplit_once('.').map(|(list, size)| (list, size.parse::<u32>())) else {
            continue;
        };
        let words = list.ends_with("-words") && size <= 80;
        let proper = list.ends_with("-upper") || list.ends_with("-proper-names");
        if !words && !proper {
            continue;
        }
        let grade = match size {
            ..=35 => Grade::Common,
            36..=60 => Grade::Usual,
            _ => Grade::Rare,
        };
        for line in fs::read_to_string(&path)?.lines().filter(|line| !line.ends_with("'s")) {
            let Some(word) = Word::fold(line) else { continue };
            if words {
                let known = english.words.entry(word).or_insert(grade);
                *known = grade.max(*known);
            } else if line.chars().any(char::is_lowercase) {
                let known = english.proper.entry(word).or_insert(size);
                *known = size.min(*known);
            }
        }
    }
    Ok(english)
}

/// Continents, countries and their capitals, states of the USA, and towns by [`TOWN`].
pub fn places(folder: &Path) -> Result<BTreeSet<Word>, Box<dyn std::error::Error>> {
    let mut places = BTreeSet::new();
    for file in ["continents.json", "countries.json", "us_states.json", "cities15000.json"] {
        let table: BTreeMap<String, serde_json::Value> = serde_json::from_str(&fs::read_to_string(folder.join(file))?)?;
        for place in table.values() {
            let small = place.get("population").and_then(|p| p.as_u64()).is_some_and(|p| p < TOWN);
            if file.starts_with("cities") && small {
                continue;
            }
            for field in ["name", "capital"] {
                places.extend(place.get(field).and_then(|name| name.as_str()).and_then(Word::fold));
            }
        }
    }
    Ok(places)
}

/// The entries of a folder in an order that does not depend on the machine.
fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
