//! Reading the packages.

use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

/// The languages whose names are taken; English comes besides.
pub const LANGUAGES: [&str; 10] = ["ar", "el", "fa", "he", "hi", "ja", "ko", "ru", "uk", "zh"];

pub struct Sources {
    /// Language → territory code → name.
    pub territories: BTreeMap<String, BTreeMap<String, String>>,
    /// Language → time zone → the city that stands for it.
    pub cities: BTreeMap<String, BTreeMap<String, String>>,
    /// Territory code → capital.
    pub capitals: BTreeMap<String, String>,
    /// Towns of 15,000 people and more.
    pub towns: Vec<Town>,
}

pub struct Town {
    /// GeoNames' number.
    pub number: String,
    pub name: String,
    pub country: String,
    pub people: u64,
    pub zone: String,
}

impl Sources {
    pub fn read(names: &Path, dates: &Path, geonames: &Path) -> Result<Sources, Box<dyn Error>> {
        let (mut territories, mut cities) = (BTreeMap::new(), BTreeMap::new());
        for language in LANGUAGES.into_iter().chain(["en"]) {
            let main = json(&names.join("main").join(language).join("territories.json"))?;
            let list = &main["main"][language]["localeDisplayNames"]["territories"];
            territories.insert(language.to_owned(), strings(list));
            let main = json(&dates.join("main").join(language).join("timeZoneNames.json"))?;
            let mut found = BTreeMap::new();
            zones(&main["main"][language]["dates"]["timeZoneNames"]["zone"], "", &mut found);
            cities.insert(language.to_owned(), found);
        }
        let countries = json(&geonames.join("countries.json"))?;
        let capital = |(code, country): (&String, &Value)| {
            Some((code.clone(), country["capital"].as_str()?.trim().to_owned())).filter(|(_, name)| !name.is_empty())
        };
        let capitals = countries.as_object().ok_or("countries.json")?.iter().filter_map(capital).collect();
        let towns = json(&geonames.join("cities15000.json"))?;
        let mut towns: Vec<Town> = towns.as_object().ok_or("cities15000.json")?.iter().filter_map(town).collect();
        towns.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| a.name.cmp(&b.name)));
        Ok(Sources { territories, cities, capitals, towns })
    }
}

fn json(path: &Path) -> Result<Value, Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?)
}

fn strings(value: &Value) -> BTreeMap<String, String> {
    let string = |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
    value.as_object().into_iter().flatten().filter_map(string).collect()
}

fn town((number, value): (&String, &Value)) -> Option<Town> {
    Some(Town {
        number: number.clone(),
        name: value["name"].as_str()?.to_owned(),
        country: value["countrycode"].as_str()?.to_owned(),
        people: value["population"].as_u64()?,
        zone: value["timezone"].as_str()?.to_owned(),
    })
}

/// Zones nest: `America/Argentina/Tucuman`.
fn zones(value: &Value, before: &str, found: &mut BTreeMap<String, String>) {
    for (key, value) in value.as_object().into_iter().flatten() {
        let path = if before.is_empty() { key.clone() } else { format!("{before}/{key}") };
        match value["exemplarCity"].as_str() {
            Some(city) => {
                found.insert(path, city.to_owned());
            }
            None if value["_type"].is_null() => zones(value, &path, found),
            None => {}
        }
    }
}

/// `variants.tsv`: key → preferred name, others.
pub struct Variants(BTreeMap<String, (String, Vec<String>)>);

impl Variants {
    pub fn read(table: &str) -> Variants {
        let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
        let row = |line: &str| {
            let mut cells = line.split('\t');
            let (key, name) = (cells.next()?.to_owned(), cells.next()?.to_owned());
            let others = cells.next().unwrap_or_default().split('|').filter(|form| !form.is_empty());
            Some((key, (name, others.map(str::to_owned).collect())))
        };
        Variants(rows.filter_map(row).collect())
    }

    pub fn get(&self, key: &str) -> Option<&(String, Vec<String>)> {
        self.0.get(key)
    }
}
