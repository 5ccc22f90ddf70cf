//! The decision: how probable it is that a span is its best candidate, garbled. A logistic regression on [`Features`],
//! fitted, calibrated and measured by `examples/decision`; its weights are the readable table `weights/decision.tsv`.

use super::features::Features;
use super::query::QueryWord;
use super::rank::{Ranker, Ranking};
use once_cell::sync::Lazy;

/// From this probability on a fix may be applied unasked.
pub const SAFE: f32 = 0.995;
/// Where the second entry is nearer to the best than this, in nats, the two are told apart by a person.
pub const AMBIGUOUS_MARGIN: f32 = 0.7;

/// What a span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// A right form of an entry.
    Known,
    /// An entry's name after a trip.
    Garbled,
    /// An entry's name after a trip, but two entries lie too close.
    Ambiguous,
    /// Nothing that the dictionary knows.
    Unknown,
}

/// A verdict and how sure it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    pub verdict: Verdict,
    /// Calibrated probability that the span is the best candidate, garbled (1 where it is known).
    pub probability: f32,
    /// What it rests on; `None` where there is no candidate.
    pub features: Option<Features>,
}

/// Logistic regression: a span is called garbled where the log-odds, bias + Σ weight × feature, are not below 0. They are
/// fitted with a right name called garbled weighing more than a garbled one overlooked; what they are worth where both
/// weigh the same is `probability = 1 / (1 + exp(−(slope × log-odds + offset)))`.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub slope: f32,
    pub offset: f32,
    pub bias: f32,
    pub weights: Vec<f32>,
}

static DECISION: Lazy<Model> = Lazy::new(|| Model::parse(include_str!("weights/decision.tsv")));

impl Model {
    /// The model of names given by themselves.
    pub fn builtin() -> &'static Model {
        &DECISION
    }

    /// Reads a table of `feature, weight`; features that the table lacks weigh nothing.
    pub fn parse(table: &str) -> Model {
        let rows = || table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        let weight = |name: &str| rows().find(|(n, _)| *n == name).and_then(|(_, w)| w.parse().ok()).unwrap_or(0.0);
        Model {
            slope: weight("slope"),
            offset: weight("offset"),
            bias: weight("bias"),
            weights: Features::NAMES.iter().map(|name| weight(name)).collect(),
        }
    }

    /// Log-odds.
    pub fn log_odds(&self, features: &Features) -> f32 {
        self.bias + features.values().iter().zip(&self.weights).map(|(x, w)| x * w).sum::<f32>()
    }

    /// Whether a span is called garbled.
    pub fn is_garbled(&self, features: &Features) -> bool {
        self.log_odds(features) >= 0.0
    }

    /// Calibrated probability that the best candidate is meant.
    pub fn probability(&self, features: &Features) -> f32 {
        1.0 / (1.0 + (-(self.slope * self.log_odds(features) + self.offset)).exp())
    }
}

/// Decides what a span is.
pub fn decide(ranker: &mut Ranker<'_>, words: &[QueryWord], ranking: &Ranking) -> Decision {
    if ranking.exact.iter().any(|exact| exact.kind.is_right()) {
        return Decision { verdict: Verdict::Known, probability: 1.0, features: None };
    }
    let Some(features) = Features::of(ranker, words, ranking) else {
        return Decision { verdict: Verdict::Unknown, probability: 0.0, features: None };
    };
    let probability = Model::builtin().probability(&features);
    Decision { verdict: verdict(&features), probability, features: Some(features) }
}

fn verdict(features: &Features) -> Verdict {
    // One word in the place of another: somebody else, however rare the other words are. Too few such names to be fitted.
    let replaced = features.skipped_form > 0.0 && features.skipped_span > 0.0;
    match Model::builtin().is_garbled(features) && !replaced {
        true if features.margin < AMBIGUOUS_MARGIN => Verdict::Ambiguous,
        true => Verdict::Garbled,
        false => Verdict::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_weighs_every_feature_and_nothing_else() {
        let table = include_str!("weights/decision.tsv");
        let rows: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
        let names: Vec<&str> = rows.iter().filter_map(|row| row.split('\t').next()).collect();
        let expected = [&["slope", "offset", "bias"], Features::NAMES].concat();
        assert_eq!(names, expected);
    }

    #[test]
    fn the_probability_is_calibrated_apart_from_the_verdict() {
        let model = Model::parse("# a table\nslope\t2\noffset\t1\nbias\t-3\ngain\t0.5");
        let at = |gain: f32| Features { gain, ..Features::default() };
        assert!(model.is_garbled(&at(6.0)) && !model.is_garbled(&at(5.0)));
        let sigmoid = |x: f32| 1.0 / (1.0 + (-x).exp());
        assert_eq!(model.probability(&at(6.0)), sigmoid(1.0));
        assert_eq!(model.probability(&at(8.0)), sigmoid(3.0));
    }

    #[test]
    fn a_word_in_the_place_of_another_makes_it_somebody_else() {
        let near = Features { gain: 30.0, worst_gain: 15.0, margin: 12.0, rarity: 8.0, ..Features::default() };
        assert_eq!(verdict(&near), Verdict::Garbled);
        assert_eq!(verdict(&Features { margin: 0.1, ..near }), Verdict::Ambiguous);
        assert_eq!(verdict(&Features { skipped_form: 1.0, skipped_span: 1.0, ..near }), Verdict::Unknown);
    }
}
