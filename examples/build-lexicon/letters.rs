//! Training the letter model: Witten-Bell counts, pruned by what a longer context really tells, laid out as the
//! automaton that `orthonym::lexicon::letters` describes.

use std::collections::BTreeMap;

use orthonym::lexicon::checksum;
use orthonym::lexicon::letters::{ARC_BYTES, COST_SCALE, END, HEADER_BYTES, MAGIC, STATE_BYTES};
use orthonym::text::fold::Word;

/// The most letters that a context has.
const CONTEXT: usize = 5;
/// What stands before a word in its contexts.
const START: u8 = 27;
/// Letters and the end of the word.
const SYMBOLS: usize = 27;
/// The most bytes that the model may have.
const LIMIT: usize = 600_000;
/// How much a context relies on the next shorter one, in Witten-Bell's units of distinct letters seen.
const TRUST: f64 = 0.7;

/// A trained model as it is written to disk.
pub struct Model {
    pub bytes: Vec<u8>,
    pub states: usize,
    pub arcs: usize,
}

/// Shorter contexts first, which is the order of the automaton's states.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Context {
    len: u8,
    symbols: [u8; CONTEXT],
}

impl Context {
    fn of(symbols: &[u8]) -> Context {
        let mut context = Context { len: symbols.len() as u8, symbols: [0; CONTEXT] };
        context.symbols[..symbols.len()].copy_from_slice(symbols);
        context
    }

    fn symbols(&self) -> &[u8] {
        &self.symbols[..usize::from(self.len)]
    }

    /// Without its first letter.
    fn shorter(&self) -> Context {
        Context::of(&self.symbols()[1..])
    }

    /// The context after one letter more, if it is not too long.
    fn then(&self, symbol: u8) -> Option<Context> {
        (self.symbols().len() < CONTEXT).then(|| Context::of(&[self.symbols(), &[symbol]].concat()))
    }
}

type Row = [f64; SYMBOLS];

/// Trains on names, each counting by its weight.
pub fn train(names: &[(Word, f64)]) -> Model {
    let counts = count(names);
    let smooth = smooth(&counts);
    let mut threshold = 2.0;
    loop {
        let kept = prune(&counts, &smooth, threshold);
        let (states, arcs) = (kept.len(), kept.values().map(Vec::len).sum::<usize>());
        if HEADER_BYTES + states * STATE_BYTES + arcs * ARC_BYTES <= LIMIT && states <= 1 << 16 {
            println!("letters.bin: an n-gram is kept where it saves {threshold:.2}");
            return lay_out(&kept, &smooth);
        }
        threshold *= 1.1;
    }
}

fn count(names: &[(Word, f64)]) -> BTreeMap<Context, Row> {
    let mut counts = BTreeMap::<Context, Row>::new();
    for (word, weight) in names {
        let mut read = vec![START];
        for &letter in word.letters().iter().chain(&[END]) {
            for len in 0..=CONTEXT.min(read.len()) {
                let row = counts.entry(Context::of(&read[read.len() - len..])).or_insert([0.0; SYMBOLS]);
                row[usize::from(letter)] += weight;
            }
            read.push(letter);
        }
    }
    counts
}

/// P(letter | context), each context leaning on the next shorter one (Witten & Bell 1991).
fn smooth(counts: &BTreeMap<Context, Row>) -> BTreeMap<Context, Row> {
    let mut smooth = BTreeMap::<Context, Row>::new();
    for (context, row) in counts {
        let below = if context.len == 0 { [1.0 / SYMBOLS as f64; SYMBOLS] } else { smooth[&context.shorter()] };
        let total: f64 = row.iter().sum();
        let lean = TRUST * row.iter().filter(|&&n| n > 0.0).count() as f64;
        smooth.insert(*context, std::array::from_fn(|s| (row[s] + lean * below[s]) / (total + lean)));
    }
    smooth
}

/// The letters that each context keeps: those whose count times what the context changes in ln p is at least
/// `threshold`. A context that is kept needs the arc that leads to it.
fn prune(
    counts: &BTreeMap<Context, Row>,
    smooth: &BTreeMap<Context, Row>,
    threshold: f64,
) -> BTreeMap<Context, Vec<u8>> {
    let mut kept = BTreeMap::<Context, Vec<u8>>::new();
    for (context, row) in counts.iter().rev() {
        let letters: Vec<u8> = (0..SYMBOLS as u8)
            .filter(|&symbol| {
                let at = usize::from(symbol);
                context.len == 0
                    || context.then(symbol).is_some_and(|longer| kept.contains_key(&longer))
                    || row[at] * (smooth[context][at] / smooth[&context.shorter()][at]).ln().abs() >= threshold
            })
            .collect();
        if !letters.is_empty() {
            kept.insert(*context, letters);
        }
    }
    kept
}

fn lay_out(kept: &BTreeMap<Context, Vec<u8>>, smooth: &BTreeMap<Context, Row>) -> Model {
    // The start of a word is state 1 whatever sorts before it among the contexts of one letter.
    let mut order: Vec<Context> = kept.keys().copied().collect();
    order.sort_by_key(|context| (context.len, context.symbols() != [START], *context));
    let number: BTreeMap<Context, usize> = order.iter().enumerate().map(|(n, context)| (*context, n)).collect();

    // What the automaton itself answers, backing off included; shorter contexts come first.
    let mut answers = BTreeMap::<usize, Row>::new();
    let (mut states, mut arcs) = (Vec::new(), Vec::new());
    for (n, context) in order.iter().enumerate() {
        let letters = &kept[context];
        let backoff = if n == 0 { 0 } else { longest(&number, &context.symbols()[1..]) };
        let below = if n == 0 { [0.0; SYMBOLS] } else { answers[&backoff] };
        let mass = |row: &Row| letters.iter().map(|&l| row[usize::from(l)]).sum::<f64>();
        let share = ((1.0 - mass(&smooth[context])).max(1e-9) / (1.0 - mass(&below)).max(1e-9)).min(1.0);
        let mut answer = below.map(|p| p * share);
        let first_arc = arcs.len() / ARC_BYTES;
        let mut present = 0u32;
        for &letter in letters {
            let p = smooth[context][usize::from(letter)];
            answer[usize::from(letter)] = p;
            present |= 1 << letter;
            let next = longest(&number, &[context.symbols(), &[letter]].concat());
            arcs.push(cost(p));
            arcs.extend((next as u16).to_le_bytes());
        }
        answers.insert(n, answer);
        states.extend(present.to_le_bytes());
        states.extend((first_arc as u32 | u32::from(cost(share)) << 24).to_le_bytes());
        states.extend((backoff as u16).to_le_bytes());
    }

    let counted = (states.len() / STATE_BYTES, arcs.len() / ARC_BYTES);
    let body = [states, arcs].concat();
    let mut bytes = MAGIC.to_vec();
    bytes.extend((counted.0 as u32).to_le_bytes());
    bytes.extend((counted.1 as u32).to_le_bytes());
    bytes.extend(checksum(&body).to_le_bytes());
    assert_eq!(bytes.len(), HEADER_BYTES);
    bytes.extend(body);
    Model { bytes, states: counted.0, arcs: counted.1 }
}

/// The state of the longest end of `symbols` that is a context.
fn longest(number: &BTreeMap<Context, usize>, symbols: &[u8]) -> usize {
    (symbols.len().saturating_sub(CONTEXT)..symbols.len())
        .find_map(|from| number.get(&Context::of(&symbols[from..])).copied())
        .unwrap_or(0)
}

/// −ln p in the steps of the file.
fn cost(p: f64) -> u8 {
    (-p.ln() * f64::from(COST_SCALE)).round().clamp(0.0, 255.0) as u8
}
