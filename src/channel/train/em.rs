//! Expectation-maximisation over joint grapheme units.
//!
//! A pair of words is a sequence of units (up to three letters a side, not both empty), each drawn for itself; which
//! sequence is hidden. The expectation is the forward-backward sum over all sequences (Ristad & Yianilos 1998), the
//! maximisation counts units and smooths the single-letter ones. Small shapes are learned first; larger ones
//! start from what their parts cost and stay where they are met often enough.

use rustc_hash::FxHashMap;

use super::super::alphabet::{self, Alphabet, END, START};
use super::super::compile::{SIDE, Unit, is_shape};

/// Two words that are one name, as letter codes with start and end marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The word that was meant (or the native one).
    pub intended: Vec<u8>,
    /// The word that is seen.
    pub seen: Vec<u8>,
    /// How much the pair counts.
    pub weight: f64,
}

/// Units as found by a pair of packed sides.
type Key = (u32, u32);

fn key(intended: &[u8], seen: &[u8]) -> Key {
    (alphabet::pack(intended), alphabet::pack(seen))
}

/// Iterations over small shapes, then over all, then over what is left after units that their parts do as well
/// without are gone.
const SMALL: usize = 4;
const LARGE: usize = 4;
const LAST: usize = 2;
/// From which iteration on misaligned pairs count less.
const DOUBT_FROM: usize = 2;
/// Log-odds of a pair being one name before it is looked at.
const DOUBT_PRIOR: f64 = -4.0;
/// Of the probability of its parts a larger unit starts with this share.
const LARGE_SHARE: f64 = 0.3;
/// A unit is kept where it costs at least so much less than its parts, in nats.
const WORTH: f64 = 0.15;
/// Of each letter's probability this much goes to letters that sound alike (and to nothing, where it is a vowel or a
/// glide), and this much to any letter or none: translations err more than lists of spellings do.
const SMOOTH_ALIKE: f64 = 0.03;
const SMOOTH_ANY: f64 = 0.006;
/// Letters that sound alike somewhere.
const ALIKE: [&str; 10] = ["aeiouy", "bpfvw", "uwv", "dt", "szcx", "kgqchx", "jgyz", "lr", "mn", "hwy"];
/// Letters that are lost and added easily.
const WEAK: &str = "aeiouyhw";

/// What the learner holds: one table.
pub struct Model {
    alphabet: Alphabet,
    probabilities: FxHashMap<Key, f64>,
}

/// A step between two cells of the lattice.
struct Edge {
    from: usize,
    to: usize,
    key: Key,
    probability: f64,
}

/// Which shapes an iteration looks at, and what unknown units start with.
#[derive(Clone, Copy, PartialEq)]
enum Phase {
    First,
    Known,
    Widen,
}

impl Model {
    /// Learns a table from pairs whose intended side is written in `alphabet`. The same pairs in the same order give
    /// the same table.
    pub fn learn(alphabet: Alphabet, pairs: &[Pair]) -> Model {
        let mut model = Model { alphabet, probabilities: FxHashMap::default() };
        // Units of several letters must be met 2 times in a small corpus, 6 times in a large one.
        let total: f64 = pairs.iter().map(|p| p.weight).sum();
        let often = 2.0 + 4.0 * (total / 60_000.0).min(1.0);
        let background = Background::new(pairs);
        for iteration in 0..SMALL + LARGE + LAST {
            let phase = match iteration {
                0 => Phase::First,
                SMALL => Phase::Widen,
                _ => Phase::Known,
            };
            let doubt = (iteration >= DOUBT_FROM).then_some(&background);
            let counts = model.expect(pairs, phase, doubt);
            let least = if iteration > SMALL { often } else { 0.0 };
            model.maximise(counts, least, &background);
            if iteration == SMALL + LARGE - 1 {
                model.prune();
            }
        }
        model
    }

    /// Expected counts of all units.
    fn expect(&self, pairs: &[Pair], phase: Phase, doubt: Option<&Background>) -> FxHashMap<Key, f64> {
        let mut counts = FxHashMap::default();
        let mut edges = Vec::new();
        for pair in pairs {
            let (total, forward, backward) = self.lattice(pair, phase, &mut edges);
            if total <= 0.0 {
                continue;
            }
            let weight = pair.weight * doubt.map_or(1.0, |background| background.belief(pair, total));
            for edge in &edges {
                let share = forward[edge.from] * edge.probability * backward[edge.to] / total;
                if share > 1e-6 {
                    *counts.entry(edge.key).or_insert(0.0) += weight * share;
                }
            }
        }
        counts
    }

    /// The probability of a pair, and of getting to and from each cell.
    fn lattice(&self, pair: &Pair, phase: Phase, edges: &mut Vec<Edge>) -> (f64, Vec<f64>, Vec<f64>) {
        let (n, m) = (pair.intended.len(), pair.seen.len());
        let width = m + 1;
        let mut forward = vec![0.0; (n + 1) * width];
        forward[0] = 1.0;
        edges.clear();
        for i in 0..=n {
            for j in 0..=m {
                for a in 0..=SIDE.min(i) {
                    for b in 0..=SIDE.min(j) {
                        let (from, to) = ((i - a) * width + j - b, i * width + j);
                        if a + b == 0 || forward[from] == 0.0 {
                            continue;
                        }
                        let (intended, seen) = (&pair.intended[i - a..i], &pair.seen[j - b..j]);
                        let probability = self.probability(intended, seen, phase);
                        if probability > 0.0 {
                            forward[to] += forward[from] * probability;
                            edges.push(Edge { from, to, key: key(intended, seen), probability });
                        }
                    }
                }
            }
        }
        let mut backward = vec![0.0; forward.len()];
        backward[n * width + m] = 1.0;
        edges.iter().rev().for_each(|edge| backward[edge.from] += edge.probability * backward[edge.to]);
        (forward[n * width + m], forward, backward)
    }

    fn probability(&self, intended: &[u8], seen: &[u8], phase: Phase) -> f64 {
        let known = || self.probabilities.get(&key(intended, seen)).copied();
        match phase {
            Phase::First => self.first_guess(intended, seen),
            Phase::Known => known().unwrap_or(0.0),
            Phase::Widen => known()
                .unwrap_or_else(|| if fits(intended, seen) { LARGE_SHARE * self.parts(intended, seen) } else { 0.0 }),
        }
    }

    /// Before anything is learned: letters that are the same are likely to mean the same, and units are small.
    fn first_guess(&self, intended: &[u8], seen: &[u8]) -> f64 {
        if !fits(intended, seen) {
            return 0.0;
        }
        let same = self.alphabet.is_none() && intended.first() == seen.first();
        let vowel = |l: &u8| [1, 5, 9, 15, 21, 25].contains(l);
        let alike = self.alphabet.is_some() || intended.first().map(vowel) == seen.first().map(vowel);
        match (intended.len(), seen.len()) {
            (1, 1) if same => 0.03,
            (1, 1) => {
                if alike {
                    0.001
                } else {
                    0.0001
                }
            }
            (1, 0) | (0, 1) => 0.001,
            (1, 2) | (2, 1) => {
                if same {
                    0.0003
                } else {
                    0.00001
                }
            }
            _ => 0.0,
        }
    }

    /// The probability of the best way to write a unit as smaller ones.
    fn parts(&self, intended: &[u8], seen: &[u8]) -> f64 {
        let (n, m) = (intended.len(), seen.len());
        let mut best = [[0.0f64; SIDE + 1]; SIDE + 1];
        best[0][0] = 1.0;
        for i in 0..=n {
            for j in 0..=m {
                for (a, b) in (0..=i).flat_map(|a| (0..=j).map(move |b| (a, b))) {
                    if a + b == 0 || (a, b) == (n, m) {
                        continue;
                    }
                    let before = best[i - a][j - b];
                    if before > 0.0 {
                        let part = self.probabilities.get(&key(&intended[i - a..i], &seen[j - b..j]));
                        best[i][j] = best[i][j].max(before * part.copied().unwrap_or(0.0));
                    }
                }
            }
        }
        best[n][m]
    }

    /// Turns counts into probabilities.
    fn maximise(&mut self, mut counts: FxHashMap<Key, f64>, least: f64, background: &Background) {
        counts.retain(|key, count| single(*key) || *count >= least);
        self.smooth(&mut counts, background);
        let mut sorted: Vec<(Key, f64)> = counts.into_iter().collect();
        sorted.sort_unstable_by_key(|(key, _)| *key);
        let total: f64 = sorted.iter().map(|(_, count)| count).sum();
        self.probabilities = sorted.into_iter().map(|(key, count)| (key, count / total)).collect();
    }

    /// Adds a share of each letter's frequency to all its single-letter units.
    fn smooth(&self, counts: &mut FxHashMap<Key, f64>, background: &Background) {
        let total = counts.values().sum::<f64>();
        let weak = |code: u8| alphabet::letter(None, code).is_some_and(|l| WEAK.contains(l));
        for intended in alphabet::codes(self.alphabet) {
            let own = total * background.intended[usize::from(intended)].exp();
            let latin = self.alphabet.is_none().then_some(intended);
            let alike: Vec<u8> =
                alphabet::codes(None).filter(|&seen| latin.is_some_and(|l| sound_alike(l, seen))).collect();
            for seen in alphabet::codes(None) {
                let any = SMOOTH_ANY * background.seen[usize::from(seen)].exp();
                let near = if alike.contains(&seen) { SMOOTH_ALIKE / alike.len() as f64 } else { 0.0 };
                *counts.entry(key(&[intended], &[seen])).or_insert(0.0) += own * (any + near);
            }
            let lost = if latin.is_some_and(weak) { SMOOTH_ALIKE } else { SMOOTH_ANY };
            *counts.entry(key(&[intended], &[])).or_insert(0.0) += own * lost / 2.0;
        }
        for seen in alphabet::codes(None) {
            let share = if weak(seen) { SMOOTH_ANY } else { SMOOTH_ANY / 4.0 };
            let own = total * background.seen[usize::from(seen)].exp();
            *counts.entry(key(&[], &[seen])).or_insert(0.0) += own * share;
        }
    }

    /// Drops units that cost hardly less than their parts.
    fn prune(&mut self) {
        let share = (-WORTH).exp();
        let idle: Vec<Key> = self
            .units()
            .iter()
            .map(|unit| (key(&unit.intended, &unit.seen), unit))
            .filter(|(key, unit)| {
                !single(*key) && self.parts(&unit.intended, &unit.seen) >= share * self.probabilities[key]
            })
            .map(|(key, _)| key)
            .collect();
        self.probabilities.retain(|key, _| idle.binary_search(key).is_err());
    }

    /// The mean of −log P(intended, seen) for each letter of the intended words, marks counted, in nats.
    pub fn mean_cost(&self, pairs: &[Pair]) -> f64 {
        let mut edges = Vec::new();
        let (mut cost, mut letters) = (0.0, 0.0);
        for pair in pairs {
            let (total, ..) = self.lattice(pair, Phase::Known, &mut edges);
            if total > 0.0 {
                cost -= pair.weight * total.ln();
                letters += pair.weight * pair.intended.len() as f64;
            }
        }
        cost / f64::max(letters, 1.0)
    }

    /// The table, sorted by letter codes.
    pub fn units(&self) -> Vec<Unit> {
        let mut keys: Vec<(&Key, &f64)> = self.probabilities.iter().collect();
        keys.sort_unstable_by_key(|(key, _)| **key);
        let unit =
            |((intended, seen), p): (Key, f64)| Unit { intended: unpack(intended), seen: unpack(seen), cost: -p.ln() };
        keys.into_iter().map(|(key, p)| unit((*key, *p))).collect()
    }
}

/// Whether two sides may make a unit: marks stand on both or on neither.
fn fits(intended: &[u8], seen: &[u8]) -> bool {
    let both = |mark| intended.contains(&mark) == seen.contains(&mark);
    is_shape(intended.len(), seen.len()) && both(START) && both(END)
}

fn sound_alike(a: u8, b: u8) -> bool {
    let (Some(a), Some(b)) = (alphabet::letter(None, a), alphabet::letter(None, b)) else { return false };
    a != b && ALIKE.iter().any(|group| group.contains(a) && group.contains(b))
}

fn single((intended, seen): Key) -> bool {
    intended < 64 && seen < 64
}

fn unpack(mut side: u32) -> Vec<u8> {
    let mut letters = Vec::new();
    while side != 0 {
        letters.push((side & 63) as u8);
        side >>= 6;
    }
    letters
}

/// How likely words are by themselves, to tell pairs that are one name from pairs that are not.
struct Background {
    intended: [f64; 64],
    seen: [f64; 64],
}

impl Background {
    fn new(pairs: &[Pair]) -> Background {
        let frequencies = |side: fn(&Pair) -> &[u8]| {
            let mut counts = [0.01; 64];
            for pair in pairs {
                side(pair).iter().for_each(|&letter| counts[usize::from(letter)] += pair.weight);
            }
            let total: f64 = counts.iter().sum();
            counts.map(|count| (count / total).ln())
        };
        Background { intended: frequencies(|pair| &pair.intended), seen: frequencies(|pair| &pair.seen) }
    }

    /// The probability that a pair is one name, from its probability under the model.
    fn belief(&self, pair: &Pair, joint: f64) -> f64 {
        let apart = |logs: &[f64; 64], word: &[u8]| word.iter().map(|&l| logs[usize::from(l)]).sum::<f64>();
        let odds = joint.ln() - apart(&self.intended, &pair.intended) - apart(&self.seen, &pair.seen) + DOUBT_PRIOR;
        1.0 / (1.0 + (-odds).exp())
    }
}
