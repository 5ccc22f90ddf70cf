//! What the built-in dictionary alone is worth on names met in the wild: what share of them it holds, what share of their garbled forms
//! it puts right, how many right names it touches.
//!
//! ```sh
//! cargo run --release --example measure-builtin -- garbled.tsv right.tsv
//! ```
//!
//! `garbled.tsv` has the columns `wrong` and `truth`, `right.tsv` a column `name`; others do not matter but for `error`, by which
//! the first is counted apart.

use orthonym::dictionaries;
use orthonym::names::answer::{Answer, answer};
use orthonym::names::decide::Verdict;
use orthonym::names::rank::Ranker;
use std::collections::BTreeMap;
use std::error::Error;

/// Of the garbled names of a kind.
#[derive(Default)]
struct Count {
    all: usize,
    /// The truth is a right name of an entry.
    held: usize,
    /// Of those: the garbled form's first candidate is that entry.
    first: usize,
    /// Of those: it is called garbled.
    put_right: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut table = |columns: &[&str]| -> Result<Vec<Vec<String>>, Box<dyn Error>> {
        read(&arguments.next().ok_or("give two files: garbled.tsv right.tsv")?, columns)
    };
    let garbled = table(&["wrong", "truth", "error"])?;
    let right = table(&["name"])?;

    let dictionary = dictionaries::stack(true, [])?;
    let mut ranker = Ranker::new(&dictionary);
    let mut ask = |name: &str| answer(&mut ranker, name, 5);
    let entry = |answer: &Answer| answer.candidates.first().map(|candidate| candidate.entry.to_string());

    let mut counts = BTreeMap::<&str, Count>::new();
    for row in &garbled {
        let (of_truth, of_wrong) = (ask(&row[1]), ask(&row[0]));
        let is_held = of_truth.verdict == Verdict::Known;
        let is_first = is_held && entry(&of_wrong) == entry(&of_truth);
        let is_put_right = is_first && of_wrong.verdict == Verdict::Garbled;
        for kind in ["all", &row[2]] {
            let count = counts.entry(kind).or_default();
            count.all += 1;
            count.held += usize::from(is_held);
            count.first += usize::from(is_first);
            count.put_right += usize::from(is_put_right);
        }
    }
    println!("garbled names         all  held  ranked first  put right");
    for (kind, Count { all, held, first, put_right }) in counts {
        println!("{kind:20} {all:4}  {held:4}  {first:12}  {put_right:9}");
    }
    let (mut known, mut touched) = (0, Vec::new());
    for row in &right {
        let answer = ask(&row[0]);
        known += usize::from(answer.verdict == Verdict::Known);
        if answer.verdict == Verdict::Garbled {
            touched.push(format!("{} → {}", row[0], answer.candidates.first().map_or("", |first| first.text.as_str())));
        }
    }
    println!("right names: {}, of which {known} known, {} touched: {}", right.len(), touched.len(), touched.join(", "));
    Ok(())
}

/// The columns of a table; a column that is not there is empty.
fn read(path: &str, columns: &[&str]) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_path(path)?;
    let header = reader.headers()?.clone();
    let places: Vec<_> = columns.iter().map(|column| header.iter().position(|name| name == *column)).collect();
    let row = |record: csv::StringRecord| {
        places.iter().map(|place| place.and_then(|at| record.get(at)).unwrap_or_default().to_owned()).collect()
    };
    Ok(reader.into_records().map(|record| record.map(row)).collect::<Result<_, _>>()?)
}
