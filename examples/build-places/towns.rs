//! Capitals and other cities: native forms from the cities that stand for time zones, else from GeoNames; size and country from GeoNames.

use crate::languages::{Names, Settled};
use crate::read::{LANGUAGES, Sources, Town, Variants};
use orthonym::dictionary::entry::slug;
use orthonym::dictionary::{Entry, Kind};
use std::collections::BTreeSet;

/// A city of so many people is taken though no time zone is named after it.
const LARGE: u64 = 1_000_000;

pub fn towns(
    sources: &Sources,
    names: &Names,
    variants: &Variants,
    settled: &Settled,
    countries: &[Entry],
) -> Vec<Entry> {
    let mut known: BTreeSet<String> =
        countries.iter().flat_map(|c| c.forms().map(|(f, ..)| slug(f)).collect::<Vec<_>>()).collect();
    let mut entries = Vec::new();
    let variant = |town: &Town| variants.get(&town.number).or_else(|| variants.get(&town.name.replace('’', "'")));
    for town in &sources.towns {
        let zone = sources.cities["ru"].keys().find(|zone| stands_for(sources, zone, town));
        let is_capital = sources.capitals.get(&town.country).is_some_and(|capital| slug(capital) == slug(&town.name));
        let is_large = town.people >= LARGE && town.name.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ');
        if zone.is_none() && !is_capital && !is_large && variant(town).is_none() {
            continue;
        }
        let mut entry = Entry { kind: Kind::Place, ..Entry::default() };
        let key = town.name.replace('’', "'");
        match variant(town) {
            Some((name, _)) if name == "-" => continue,
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
        for language in LANGUAGES {
            if let Some(forms) = settled.get(&entry.name, language) {
                forms.iter().for_each(|form| entry.add_native(language, form));
            } else if let Some(native) = zone.and_then(|zone| sources.cities[language].get(zone)) {
                entry.add_native(language, native.split(['(', '（']).next().unwrap_or(native).trim());
            } else if let Some(native) = names.get(language, &town.number) {
                entry.add_native(language, &native);
            }
        }
        entry.source = match zone {
            Some(zone) => format!("Unicode CLDR: time zone {zone}"),
            None => format!("GeoNames: {}", town.name),
        };
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
