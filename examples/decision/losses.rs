//! Where names are lost: every garbled name that is not found, by the step that loses it, and every stranger called garbled.

use crate::cases::Case;
use crate::data::Setting;
use crate::reliability::percent;
use orthonym::names::decide::Model;
use std::collections::BTreeMap;

/// How many names are shown for each cause.
const SHOWN: usize = 20;

/// Prints the losses of a half of the names.
pub fn print(cases: &[Case], fitted: bool) {
    for setting in Setting::ALL {
        let cases = || cases.iter().filter(move |case| case.setting == setting && case.fitted == fitted);
        let asked = cases().filter(|case| case.inside).count();
        let strangers = cases().count() - asked;
        let mut losses: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for case in cases() {
            if let Some(cause) = cause(case) {
                losses.entry(cause).or_default().push(line(case));
            }
        }
        println!("\n## {}: {asked} garbled names, {strangers} strangers", setting.name());
        for (cause, lines) in losses {
            let whole = if cause == STRANGER { strangers } else { asked };
            println!("\n{cause}: {} = {}", lines.len(), percent(lines.len(), whole));
            let step = lines.len().div_ceil(SHOWN);
            lines.iter().step_by(step).for_each(|line| println!("    {line}"));
        }
    }
}

const STRANGER: &str = "a stranger's right name called garbled";

/// The step that goes wrong; `None` where none does.
fn cause(case: &Case) -> Option<&'static str> {
    let called = case.features.is_some_and(|features| Model::builtin().is_garbled(&features));
    match (case.inside, case.rank, called) {
        (false, _, true) => Some(STRANGER),
        (false, _, false) => None,
        (true, None, _) => Some("retrieval: the name is no candidate"),
        (true, Some(0), true) if case.is_ambiguous() => Some("margin: two entries are too close"),
        (true, Some(0), true) => None,
        (true, Some(0), false) => Some("decision: taken for a stranger"),
        (true, Some(_), _) => Some("ranking: another name is nearer"),
    }
}

fn line(case: &Case) -> String {
    let probability = case.features.map_or(0.0, |features| Model::builtin().probability(&features));
    let margin = case.features.map_or(0.0, |features| features.margin);
    let first = if case.is_right() { "" } else { &case.first };
    format!("{} ← {} {first} {probability:.2}, margin {margin:.1}", case.query, case.truth)
}
