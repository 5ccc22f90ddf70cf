//! Measures how long translations are, and how many lie beyond the bounds of source/length.
//!
//!     cargo run --release --example measure-length -- FOLDER
//!
//! FOLDER holds gettext catalogues as `…/locale/LANGUAGE/LC_MESSAGES/*.po`, translated from English, such as those of
//! Django 5.1 (`pip download --no-deps django==5.1`, then unpacked). Messages of fewer than 20 letters of English do not count. Printed are, for each language,
//! the messages, the letters of English for one of the language, and how many messages lie beyond bounds of the distance
//! (English − expected) / √expected and of the ratio.

use orthonym::document::{Document, Format, ReadOptions};
use orthonym::source::Source;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: measure-length FOLDER")?;
    let mut lengths: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    gather(Path::new(&folder), &mut lengths)?;
    println!("language\tmessages\tratio\td < -4.5, a third\td > 7.5, three times");
    let mut sums = [0; 3];
    for (language, pairs) in lengths.iter().filter(|(_, pairs)| pairs.len() >= 50) {
        let ratio = pairs.iter().map(|pair| pair.0).sum::<f64>() / pairs.iter().map(|pair| pair.1).sum::<f64>();
        let beyond = |is_beyond: fn(f64, f64) -> bool| {
            let off = |&&(english, other): &&(f64, f64)| {
                let expected = ratio * other;
                is_beyond((english - expected) / expected.sqrt(), english / expected)
            };
            pairs.iter().filter(off).count()
        };
        let (short, long) = (beyond(|d, r| d < -4.5 && r < 1.0 / 3.0), beyond(|d, r| d > 7.5 && r > 3.0));
        println!("{language}\t{}\t{ratio:.2}\t{short}\t{long}", pairs.len());
        sums = [sums[0] + pairs.len(), sums[1] + short, sums[2] + long];
    }
    println!("all\t{}\t\t{}\t{}", sums[0], sums[1], sums[2]);
    Ok(())
}

fn gather(path: &Path, lengths: &mut BTreeMap<String, Vec<(f64, f64)>>) -> Result<(), Box<dyn Error>> {
    if path.is_dir() {
        return std::fs::read_dir(path)?.try_for_each(|item| gather(&item?.path(), lengths));
    }
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let language = parts.iter().position(|part| part == "locale").and_then(|at| parts.get(at + 1));
    let (Some(language), true) = (language, path.extension().is_some_and(|e| e == "po")) else { return Ok(()) };
    let options = ReadOptions { target_language: language.to_string(), ..ReadOptions::default() };
    let source = Source::new("messages.po", std::fs::read_to_string(path)?);
    for segment in Document::parse(&source, Format::Po, &options).segments {
        let Some(side) = segment.source.filter(|side| !side.pending) else { continue };
        let (english, other) = (letters(&side.text), letters(&segment.text));
        if english >= 20.0 && other >= 5.0 {
            lengths.entry(language.to_string()).or_default().push((english, other));
        }
    }
    Ok(())
}

fn letters(text: &str) -> f64 {
    text.chars().filter(|c| c.is_alphanumeric()).count() as f64
}
