//! Fits what tells a misread name that no dictionary has: the weights of `src/names/original.rs`.
//!
//!     cargo run --release --example fit-original -- DATA
//!
//! DATA holds `roundtrip_names.tsv` (script, native, truth, mistransliterated, generator). Half of the names, by a hash of the
//! truth, is fitted; printed are the weights and, for the other half, how many garbled words are found at which rate of false alarms on
//! right ones. `measure-source --without-dictionary` measures the same on sentences, with the finished program.

#[path = "decision/fit.rs"]
mod fit;

use fit::{Example, fit, log_odds};
use orthonym::channel::NativeWord;
use orthonym::lexicon::checksum;
use orthonym::names::original::{Originals, may_be_misread};
use orthonym::text::fold::Word;
use std::error::Error;
use std::path::Path;

/// How far weights are held back.
const PENALTY: f64 = 0.5;

/// A word of a name beside the native word that it stands for.
struct Case {
    script: String,
    fitted: bool,
    garbled: bool,
    /// The evidence against it, where there is any, and whether what it says instead is right.
    evidence: Option<(Vec<f64>, bool)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: fit-original DATA")?;
    let cases = cases(Path::new(&folder))?;
    let examples = cases.iter().filter(|case| case.fitted).filter_map(|case| {
        let (x, right) = case.evidence.as_ref()?;
        Some(Example { x: x.clone(), positive: case.garbled && *right, weight: 1.0 })
    });
    let weights = fit(&examples.collect::<Vec<_>>(), PENALTY);
    println!("weights: {weights:.3?}");
    for script in ["arabic", "russian"] {
        worth(cases.iter().filter(|case| !case.fitted && case.script == script), script, &weights);
    }
    worth(cases.iter().filter(|case| !case.fitted), "all", &weights);
    Ok(())
}

fn cases(folder: &Path) -> Result<Vec<Case>, Box<dyn Error>> {
    let originals = Originals::default();
    let mut cases = Vec::new();
    for line in std::fs::read_to_string(folder.join("roundtrip_names.tsv"))?.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [script, native, truth, garbled, generator] = cells[..] else { continue };
        let words = [native, truth, garbled].map(|name| name.split([' ', '-']).collect::<Vec<_>>());
        // What writes no vowels at all is no translation.
        let has_no_vowels = ["anyascii", "uroman", "icu-any-latin-ascii"].contains(&generator) && script != "russian";
        // Hebrew is not asked.
        if script == "hebrew" || has_no_vowels || words[0].len() != words[1].len() {
            continue;
        }
        let fitted = checksum(truth.as_bytes()).is_multiple_of(2);
        let mut case = |native: &str, truth: &str, seen: &str| {
            let (Some(native), Some(right), Some(word)) =
                (NativeWord::new(native), Word::fold(truth), Word::fold(seen))
            else {
                return;
            };
            let evidence = may_be_misread(&word).then(|| originals.evidence(&native, &word)).flatten();
            let evidence = evidence.map(|e| (e.features.iter().map(|x| f64::from(*x)).collect(), e.instead == right));
            cases.push(Case { script: script.to_owned(), fitted, garbled: word != right, evidence });
        };
        for (at, (native, truth)) in words[0].iter().zip(&words[1]).enumerate() {
            case(native, truth, truth);
            if let Some(garbled) =
                words[2].get(at).filter(|g| words[2].len() == words[0].len() && !g.eq_ignore_ascii_case(truth))
            {
                case(native, truth, garbled);
            }
        }
    }
    Ok(cases)
}

/// Prints how many garbled words lie above the log-odds that few right ones reach.
fn worth<'c>(cases: impl Iterator<Item = &'c Case> + Clone, what: &str, weights: &[f64]) {
    let odds = |case: &Case| case.evidence.as_ref().map(|(x, right)| (log_odds(weights, x), *right));
    let count = |garbled: bool| cases.clone().filter(|case| case.garbled == garbled).count();
    let mut right: Vec<f64> =
        cases.clone().filter(|c| !c.garbled).filter_map(|c| odds(c).map(|(odds, _)| odds)).collect();
    right.sort_by(|a, b| b.total_cmp(a));
    for rate in [0.001, 0.002, 0.003, 0.005] {
        let allowed = (rate * count(false) as f64) as usize;
        let bar = right.get(allowed).copied().unwrap_or(f64::NEG_INFINITY);
        let found: Vec<bool> =
            cases.clone().filter(|c| c.garbled).filter_map(odds).filter(|(o, _)| *o > bar).map(|(_, r)| r).collect();
        println!(
            "{what}: log-odds {bar:.2}: {allowed} of {} right words, {} of {} garbled ones ({:.1} %), {} with the right name",
            count(false),
            found.len(),
            count(true),
            100.0 * found.len() as f64 / count(true) as f64,
            found.iter().filter(|right| **right).count()
        );
    }
}
