//! Fits the weights of the decision between garbled and unknown names.
//!
//!     cargo run --release --example fit-decision -- EVAL_DIR [--distractors] > src/names/weights/decision.tsv
//!
//! EVAL_DIR holds `roundtrip_names.tsv` (script, native, truth, mistransliterated, generator) and `dictionary_names.txt`
//! (name, native). Half of the names, by a hash of the truth, is fitted; the other half is only reported. A garbling counts as
//! positive where its truth is ranked first; a stranger's right name, and a garbling whose truth is not ranked first, as
//! negative. L2-regularised logistic regression by Newton's method, negatives weighing five times.
use orthonym::dictionary::{Compiled, Dictionary, Entry, compile, entry::OneOrMany};
use orthonym::names::features::Features;
use orthonym::names::query;
use orthonym::names::rank::Ranker;
use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::path::Path;

const N: usize = Features::NAMES.len() + 1;

struct Case {
    x: [f64; N],
    positive: bool,
    weight: f64,
    fit: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(args.first().ok_or("usage: fit-decision EVAL_DIR [--distractors]")?);
    let rows = read_rows(&folder.join("roundtrip_names.tsv"))?;
    let mut cases = Vec::new();
    let sizes: &[bool] = if args.iter().any(|a| a == "--distractors") { &[false, true] } else { &[false] };
    for &distractors in sizes {
        for natives in [true, false] {
            collect(folder, &rows, distractors, natives, &mut cases)?;
        }
    }
    let model = fit(&cases);
    for (part, fit) in [("fitted half", true), ("other half", false)] {
        eprintln!("{part}: {}", report(&cases, &model, fit));
    }
    println!("# Decision weights (features.rs says what each is): log-odds of garbled against unknown.");
    println!(
        "# Fitted on half of the names by examples/fit-decision.rs; on the other half: {}",
        report(&cases, &model, false)
    );
    println!("bias\t{:.4}", model[N - 1]);
    for (name, weight) in Features::NAMES.iter().zip(model) {
        println!("{name}\t{weight:.4}");
    }
    Ok(())
}

type Row = (String, String, String);

fn read_rows(path: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    Ok(text
        .lines()
        .skip(1)
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Some((cells.get(1)?.to_string(), cells.get(2)?.to_string(), cells.get(3)?.to_string()))
        })
        .collect())
}

fn collect(
    folder: &Path,
    rows: &[Row],
    distractors: bool,
    natives: bool,
    cases: &mut Vec<Case>,
) -> Result<(), Box<dyn Error>> {
    let outside: HashSet<&str> = rows.iter().map(|r| r.1.as_str()).filter(|t| hash(t, 11).is_multiple_of(2)).collect();
    let gone: HashSet<String> = outside.iter().map(|n| squeeze(n)).collect();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let files: &[&str] =
        if distractors { &["dictionary_names.txt", "distractors_100k.txt"] } else { &["dictionary_names.txt"] };
    for file in files {
        for line in std::fs::read_to_string(folder.join(file))?.lines() {
            let (name, native) = line.split_once('\t').unwrap_or((line, ""));
            if !gone.contains(&squeeze(name)) {
                names.insert(name.to_owned(), native.to_owned());
            }
        }
    }
    for (native, truth, _) in rows {
        if !outside.contains(truth.as_str()) {
            names.insert(truth.clone(), native.clone());
        }
    }
    let entries: Vec<Entry> = names
        .iter()
        .map(|(name, native)| {
            let mut entry = Entry { name: name.clone(), ..Entry::default() };
            if natives && !native.is_empty() {
                entry.native.insert(String::new(), OneOrMany::One(native.clone()));
            }
            entry
        })
        .collect();
    let mut dictionary = Dictionary::empty();
    dictionary.push(Compiled::open(compile(&entries))?);
    let mut ranker = Ranker::new(&dictionary);
    let (mut first, mut asked) = (0, 0);
    for (_, truth, garbled) in rows {
        let inside = !outside.contains(truth.as_str());
        if distractors && !hash(garbled, 3).is_multiple_of(3) {
            continue;
        }
        let text = if inside { garbled } else { truth };
        let words = query::words(text);
        let ranking = ranker.rank(&words);
        if ranking.exact.iter().any(|e| e.kind.is_right()) {
            continue;
        }
        asked += u32::from(inside);
        let Some(features) = Features::of(&mut ranker, &words, &ranking) else { continue };
        let best = &ranking.candidates[0];
        let right = inside && ranker.view(best.entry).name(best.entry.index).to_lowercase() == truth.to_lowercase();
        first += u32::from(right);
        let mut x = [1.0; N];
        x.iter_mut().zip(features.values()).for_each(|(x, v)| *x = f64::from(v));
        cases.push(Case {
            x,
            positive: right,
            weight: if right { 1.0 } else { 5.0 },
            fit: hash(truth, 5).is_multiple_of(2),
        });
    }
    eprintln!(
        "{} names, natives {natives}: first {first} of {asked} = {:.1} %",
        names.len(),
        100.0 * f64::from(first) / f64::from(asked)
    );
    Ok(())
}

fn squeeze(name: &str) -> String {
    name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

fn hash(text: &str, seed: u64) -> u64 {
    text.bytes().fold(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15), |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3).rotate_left(17)
    }) >> 7
}

fn probability(model: &[f64; N], x: &[f64; N]) -> f64 {
    let z: f64 = model.iter().zip(x).map(|(w, x)| w * x).sum();
    1.0 / (1.0 + (-z).exp())
}

/// Newton's method on the regularised weighted log-likelihood.
fn fit(cases: &[Case]) -> [f64; N] {
    let mut model = [0.0; N];
    for _ in 0..30 {
        let mut gradient = [0.0; N];
        let mut hessian = [[0.0; N]; N];
        for (i, row) in hessian.iter_mut().enumerate() {
            row[i] = 3.0;
            gradient[i] = -3.0 * model[i];
        }
        for case in cases.iter().filter(|c| c.fit) {
            let p = probability(&model, &case.x);
            let error = case.weight * (f64::from(u8::from(case.positive)) - p);
            let curve = case.weight * p * (1.0 - p);
            for i in 0..N {
                gradient[i] += error * case.x[i];
                let row = hessian[i].iter_mut().zip(&case.x);
                row.for_each(|(cell, x)| *cell += curve * case.x[i] * x);
            }
        }
        let step = solve(hessian, gradient);
        model.iter_mut().zip(step).for_each(|(w, s)| *w += s);
    }
    model
}

/// Gaussian elimination with pivoting.
fn solve(mut a: [[f64; N]; N], mut b: [f64; N]) -> [f64; N] {
    for column in 0..N {
        let pivot = (column..N).max_by(|&i, &j| a[i][column].abs().total_cmp(&a[j][column].abs())).unwrap_or(column);
        a.swap(column, pivot);
        b.swap(column, pivot);
        for row in column + 1..N {
            let factor = a[row][column] / a[column][column];
            let above = a[column];
            a[row].iter_mut().zip(above).skip(column).for_each(|(cell, x)| *cell -= factor * x);
            b[row] -= factor * b[column];
        }
    }
    let mut x = [0.0; N];
    for row in (0..N).rev() {
        let rest: f64 = (row + 1..N).map(|k| a[row][k] * x[k]).sum();
        x[row] = (b[row] - rest) / a[row][row];
    }
    x
}

/// Share of positives above the threshold at which 1 % of the negatives are.
fn report(cases: &[Case], model: &[f64; N], fit: bool) -> String {
    let mut negatives: Vec<f64> =
        cases.iter().filter(|c| !c.positive && c.fit == fit).map(|c| probability(model, &c.x)).collect();
    let positives: Vec<f64> =
        cases.iter().filter(|c| c.positive && c.fit == fit).map(|c| probability(model, &c.x)).collect();
    negatives.sort_by(|a, b| b.total_cmp(a));
    let threshold = negatives.get(negatives.len() / 100).copied().unwrap_or(0.5);
    let above = positives.iter().filter(|p| **p > threshold).count();
    let half = positives.iter().filter(|p| **p > 0.5).count();
    let wrong = negatives.iter().filter(|p| **p > 0.5).count();
    let share = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
    format!(
        "{:.1} % of garblings at 1 % of strangers (threshold {threshold:.3}); at 0.5 {:.1} % and {:.2} %; {} and {} cases",
        share(above, positives.len()),
        share(half, positives.len()),
        share(wrong, negatives.len()),
        positives.len(),
        negatives.len()
    )
}
