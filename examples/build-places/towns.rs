//! Capitals and other cities: native forms from the cities that stand for time zones, size and country from GeoNames.

use crate::read::{LANGUAGES, Sources, Town, Variants};
use orthonym::channel::{Channel, NativeWord, Script};
use orthonym::dictionary::entry::slug;
use orthonym::dictionary::{Entry, Kind};
use orthonym::text::fold::Word;
use orthonym::text::scan;
use std::collections::BTreeSet;

/// A city of so many people is taken though no time zone is named after it.
const LARGE: u64 = 1_000_000;
/// What a letter of a native form may cost that is taken from the names whose language GeoNames' package does not tell.
const READS_WELL: f32 = 0.9;

pub fn towns(sources: &Sources, variants: &Variants, countries: &[Entry]) -> Vec<Entry> {
    let mut known: BTreeSet<String> =
        countries.iter().flat_map(|c| c.forms().map(|(f, ..)| slug(f)).collect::<Vec<_>>()).collect();
    let mut entries = Vec::new();
    for town in &sources.towns {
        let zone = sources.cities["ru"].keys().find(|zone| stands_for(sources, zone, town));
        let is_capital = sources.capitals.get(&town.country).is_some_and(|capital| slug(capital) == slug(&town.name));
        let is_large = town.people >= LARGE && town.name.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ');
        if zone.is_none() && !is_capital && !is_large && variants.get(&town.name).is_none() {
            continue;
        }
        let mut entry = Entry { kind: Kind::Place, ..Entry::default() };
        let key = town.name.replace('’', "'");
        match variants.get(&key) {
            Some((name, accepted)) => {
                entry.name = name.clone();
                accepted.iter().for_each(|form| entry.add_accepted(form));
            }
            None => entry.name = key,
        }
        // The larger of two of one name; a country's name is the country's.
        if !known.insert(slug(&entry.name)) {
            continue;
        }
        entry.id = format!("city-{}-{}", slug(&entry.name), town.country.to_ascii_lowercase());
        match zone {
            Some(zone) => {
                for language in LANGUAGES {
                    if let Some(native) = sources.cities[language].get(zone) {
                        entry.add_native(language, native.split(['(', '（']).next().unwrap_or(native).trim());
                    }
                }
                entry.source = format!("Unicode CLDR: time zone {zone}");
            }
            None => {
                for script in [Script::Arabic, Script::Cyrillic] {
                    if let Some(native) = best_reading(town, &entry.name, script) {
                        entry.add_native("", native);
                    }
                }
                entry.source = format!("GeoNames: {}", town.name);
            }
        }
        let country = countries.iter().find(|c| c.id == format!("country-{}", town.country.to_ascii_lowercase()));
        entry.role.push("city".to_owned());
        if let Some(country) = country {
            if is_capital {
                entry.role.push(format!("capital of {}", country.name.to_lowercase()));
            }
            entry.with.push(country.id.clone());
        }
        entries.push(entry);
    }
    for state in &sources.states {
        if known.insert(slug(state)) {
            let mut entry = Entry { name: state.clone(), kind: Kind::Place, ..Entry::default() };
            entry.id = format!("state-{}-us", slug(state));
            entry.role = vec!["state".to_owned(), "us state".to_owned()];
            entry.with = vec!["country-us".to_owned()];
            entry.source = format!("GeoNames: {state}");
            entries.push(entry);
        }
    }
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    entries
}

/// A time zone that is Saint-Pierre in English and Miquelon, which is another town, in other languages.
const OF_TWO_TOWNS: &str = "America/Miquelon";

/// Whether a time zone is named after the town: it lies in it and bears its name.
fn stands_for(sources: &Sources, zone: &str, town: &Town) -> bool {
    if town.zone != zone || zone == OF_TWO_TOWNS {
        return false;
    }
    let last = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
    let english = sources.cities["en"].get(zone).unwrap_or(&last);
    [slug(english), slug(&last)].contains(&slug(&town.name))
}

/// The name in a script that reads best as the English one, if one reads well.
fn best_reading<'t>(town: &'t Town, name: &str, script: Script) -> Option<&'t str> {
    let words: Option<Vec<Word>> = scan::tokens(name).map(|token| Word::fold(token.text(name))).collect();
    let words = words?;
    let letters: usize = words.iter().map(Word::len).sum();
    let costs = town.others.iter().filter_map(|form| {
        let parts: Option<Vec<NativeWord>> = form.split([' ', '-']).map(NativeWord::new).collect();
        let parts =
            parts.filter(|parts| parts.len() == words.len() && parts.iter().all(|part| part.script() == script))?;
        let read = |(part, word)| Channel::builtin().score_native(part, word, -60.0);
        if form.chars().any(|c| !is_common_letter(c)) {
            return None;
        }
        let cost: f32 = parts.iter().zip(&words).map(read).sum::<Option<f32>>()?;
        Some((-cost / letters as f32, form.as_str()))
    });
    costs
        .filter(|(cost, _)| *cost <= READS_WELL)
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)))
        .map(|(_, form)| form)
}

/// Letters that all languages of the script have: a form in them is read alike by Arabs and Persians, Russians and Bulgarians.
fn is_common_letter(c: char) -> bool {
    matches!(c, ' ' | '-' | 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' | 'ء'..='غ' | 'ف'..='ي')
}
