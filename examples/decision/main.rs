//! Fits the decision between garbled and unknown names, and shows what it is worth:
//!
//!     cargo run --release --example decision -- fit EVAL_DIR > src/names/weights/decision.tsv
//!     cargo run --release --example decision -- reliability EVAL_DIR
//!     cargo run --release --example decision -- losses EVAL_DIR
//!
//! EVAL_DIR holds `roundtrip_names.tsv` (script, native, truth, mistransliterated, generator), `dictionary_names.txt` and
//! `distractors_100k.txt` (name, native) and, for `reliability`, texts `news_clean/` with `news_clean_entities.jsonl` (doc,
//! start, end, text: where their people stand).
//!
//! Half of the names, by a hash, is fitted; `reliability` looks at the other half only, `losses` at the fitted one. A garbled
//! name whose truth is ranked first is a positive case, a garbled name with another one first and a stranger's right name are negative.

mod cases;
mod data;
mod fit;
mod losses;
mod reliability;
mod text;

use cases::Case;
use data::Setting;
use fit::Example;
use orthonym::names::decide::Model;
use orthonym::names::features::Features;
use std::error::Error;
use std::path::Path;

/// How much a negative case weighs: a right name called garbled costs more than a garbled one overlooked. With native forms
/// the two are told apart so well that little is overlooked either way.
const NEGATIVE: f64 = 4.0;
const NEGATIVE_NATIVE: f64 = 7.0;
/// Keeps weights small that little speaks for.
const PENALTY: f64 = 3.0;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, folder] = arguments.as_slice() else {
        return Err("usage: decision fit|reliability|losses EVAL_DIR".into());
    };
    let folder = Path::new(folder);
    match command.as_str() {
        "fit" => fit_weights(&cases::collect(folder)?),
        "reliability" => show_reliability(folder)?,
        "losses" => losses::print(&cases::collect(folder)?, true),
        other => return Err(format!("there is no command {other}").into()),
    }
    Ok(())
}

fn fit_weights(cases: &[Case]) {
    let examples: Vec<Example> = cases.iter().filter(|case| case.fitted).filter_map(|c| example(c, true)).collect();
    let weights = fit::fit(&examples, PENALTY);
    // Platt's scaling: what the log-odds are worth where every case weighs the same.
    let scaling = |case: &Case| {
        let plain = example(case, false)?;
        Some(Example { x: vec![fit::log_odds(&weights, &plain.x), 1.0], ..plain })
    };
    let scaled: Vec<Example> = cases.iter().filter(|case| case.fitted).filter_map(scaling).collect();
    let platt = fit::fit(&scaled, 0.0);
    println!(
        "# Decision weights (features.rs says what each is): log-odds of garbled against unknown, 0 being where it is called."
    );
    println!("# Fitted on half of the names by `cargo run --release --example decision -- fit EVAL_DIR`.");
    for setting in Setting::ALL {
        let other = || cases.iter().filter(|case| !case.fitted && case.setting == setting);
        println!("# On the other half, {}: {}", setting.name(), worth(other(), &weights));
    }
    println!("# The probability shown is that of slope × log-odds + offset.");
    println!("slope\t{:.4}\noffset\t{:.4}", platt[0], platt[1]);
    println!("bias\t{:.4}", weights[weights.len() - 1]);
    for (name, weight) in Features::NAMES.iter().zip(&weights) {
        println!("{name}\t{weight:.4}");
    }
}

fn example(case: &Case, weighed: bool) -> Option<Example> {
    let x = case.features?.values().into_iter().map(f64::from).chain([1.0]).collect();
    let positive = case.is_right();
    let negative = if case.setting.natives { NEGATIVE_NATIVE } else { NEGATIVE };
    Some(Example { x, positive, weight: if weighed && !positive { negative } else { 1.0 } })
}

/// How many garbled names are called so, and how many strangers.
fn worth<'c>(cases: impl Iterator<Item = &'c Case> + Clone, weights: &[f64]) -> String {
    let called = |case: &&Case| example(case, false).is_some_and(|e| fit::log_odds(weights, &e.x) >= 0.0);
    let garbled = cases.clone().filter(|case| case.inside);
    let strangers = cases.filter(|case| !case.inside);
    let right = garbled.clone().filter(called).filter(|case| case.is_right() && !case.is_ambiguous()).count();
    format!(
        "{} of {} garblings called so and right, {} of {} strangers",
        reliability::percent(right, garbled.clone().count()),
        garbled.count(),
        reliability::percent(
            strangers.clone().filter(called).filter(|case| !case.is_ambiguous()).count(),
            strangers.clone().count()
        ),
        strangers.count(),
    )
}

fn show_reliability(folder: &Path) -> Result<(), Box<dyn Error>> {
    let cases = cases::collect(folder)?;
    let model = Model::builtin();
    for setting in Setting::ALL {
        let cases = cases.iter().filter(|case| case.setting == setting && !case.fitted);
        let answer = |case: &Case| Some((model.probability(&case.features?), case.is_right()));
        reliability::print(
            &format!("Names by themselves, {}", setting.name()),
            &cases.filter_map(answer).collect::<Vec<_>>(),
        );
    }
    for setting in Setting::ALL {
        let found = text::findings(folder, setting)?;
        let answers: Vec<(f32, bool)> = found.iter().map(|found| (found.confidence, found.right)).collect();
        reliability::print(&format!("Findings in running text, {}", setting.name()), &answers);
        let safe = || found.iter().filter(|found| found.safe);
        let right = safe().filter(|found| found.right).count();
        println!("\nSafe: {}, {} of them right", safe().count(), reliability::percent(right, safe().count()));
        for wrong in found.iter().filter(|found| !found.right).take(12) {
            println!(
                "    {} → {} {:.3}{}",
                wrong.text,
                wrong.suggestion,
                wrong.confidence,
                if wrong.safe { " safe" } else { "" }
            );
        }
    }
    Ok(())
}
