//! GeoNames `alternateNamesV2.txt`: id, geonameid, language, name, preferred, short, colloquial, historic. Lines of a place do not
//! stand together, so the names of all places are held in memory: `--language` keeps that small.

use super::draft::{Draft, is_latin};
use super::{ImportError, Options, Sink, for_each_line};
use crate::dictionary::Kind;
use std::collections::BTreeMap;
use std::io::BufRead;

struct Name {
    language: String,
    text: String,
    is_preferred: bool,
}

pub fn import(options: &Options, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), ImportError> {
    let mut places: BTreeMap<u64, Vec<Name>> = BTreeMap::new();
    for_each_line(input, sink, |line, number, sink| {
        let cells: Vec<&str> = line.split('\t').collect();
        let (Some(place), Some(&language), Some(&text)) =
            (cells.get(1).and_then(|id| id.parse().ok()), cells.get(2), cells.get(3))
        else {
            sink.skip("the line has no place, language and name", format_args!("line {number}"));
            return Ok(());
        };
        let is_set = |column: usize| cells.get(column) == Some(&"1");
        if !(2..=3).contains(&language.len()) {
            sink.skip("links, post codes and names without a language", format_args!("line {number}: {language}"));
        } else if is_set(6) || is_set(7) {
            sink.skip("colloquial and historic names", format_args!("line {number}: {text}"));
        } else if language == "en" || (!is_latin(text) && is_wanted(options, language)) {
            let name = Name { language: language.to_owned(), text: text.to_owned(), is_preferred: is_set(4) };
            places.entry(place).or_default().push(name);
        }
        Ok(())
    })?;
    for (place, mut names) in places {
        names.sort_by_key(|name| !name.is_preferred);
        let mut draft = Draft::new(options);
        draft.entry.kind = Kind::Place;
        draft.entry.id = format!("geonames-{place}");
        for name in &names {
            match name.language.as_str() {
                "en" => draft.name(options, "en", &name.text),
                language => draft.native(options, language, &name.text),
            }
        }
        draft.finish(options, format!("GeoNames {place}"), "CC BY 4.0", sink)?;
    }
    Ok(())
}

fn is_wanted(options: &Options, language: &str) -> bool {
    options.languages.is_empty() || options.languages.iter().any(|wanted| wanted == language)
}
