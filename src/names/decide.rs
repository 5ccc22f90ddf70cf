//! The decision: how probable it is that a span is its best candidate, garbled. A logistic regression on [`Features`],
//! fitted and calibrated by `examples/fit-decision.rs`; its weights are the readable table `weights/decision.tsv`.

use super::features::Features;
use super::query::QueryWord;
use super::rank::{Ranker, Ranking};
use once_cell::sync::Lazy;

/// From this probability on a span is called garbled.
pub const GARBLED: f32 = 0.5;
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

/// Logistic regression: `probability = 1 / (1 + exp(−(bias + Σ weight × feature)))`.
#[derive(Clone, Debug, Default)]
pub struct Model {
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
        Model { bias: weight("bias"), weights: Features::NAMES.iter().map(|name| weight(name)).collect() }
    }

    /// Log-odds.
    pub fn log_odds(&self, features: &Features) -> f32 {
        self.bias + features.values().iter().zip(&self.weights).map(|(x, w)| x * w).sum::<f32>()
    }

    pub fn probability(&self, features: &Features) -> f32 {
        1.0 / (1.0 + (-self.log_odds(features)).exp())
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
    let verdict = match probability >= GARBLED {
        true if features.margin < AMBIGUOUS_MARGIN => Verdict::Ambiguous,
        true => Verdict::Garbled,
        false => Verdict::Unknown,
    };
    Decision { verdict, probability, features: Some(features) }
}
