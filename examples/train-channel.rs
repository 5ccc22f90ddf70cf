//! Learns the channel's weight tables:
//! `cargo run --release --example train-channel -- rigour-2.6.1/rust/data/names/person_names.txt [FOLDER [TABLE…]]`
//!
//! The list is that of the source distribution of `rigour` 2.6.1 on PyPI (MIT). Tables go to `src/channel/weights`
//! where no folder is named.

use std::path::{Path, PathBuf};

use orthonym::channel::alphabet::Alphabet;
use orthonym::channel::compile::Unit;
use orthonym::channel::train::{self, Model, Pair, Spellings};
use orthonym::channel::{Route, Script};

/// One table to learn.
struct Task {
    stem: &'static str,
    alphabet: Alphabet,
    route: Option<Route>,
}

/// The list of attested spellings, which is a table by its side.
const SPELLINGS: &str = "spellings";
const SPELLINGS_HEADER: &str = "\
Attested spellings: a word, and those after it in the alphabet that share a native form and half of their letters with it.
Taken from rigour 2.6.1 (PyPI, MIT), rust/data/names/person_names.txt, by
cargo run --release --example train-channel -- person_names.txt";

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(list) = arguments.first() else {
        eprintln!("usage: train-channel person_names.txt [FOLDER [TABLE…]]");
        std::process::exit(2);
    };
    let folder = PathBuf::from(arguments.get(1).map_or("src/channel/weights", String::as_str));
    let wanted = arguments.get(2..).unwrap_or_default();
    let spellings = Spellings::read(&std::fs::read_to_string(list)?);
    let routes = Route::ALL.iter().map(|&r| Task { stem: r.stem(), alphabet: None, route: Some(r) });
    let scripts = Script::ALL.iter().map(|&s| Task { stem: s.stem(), alphabet: Some(s), route: None });
    let tasks: Vec<Task> =
        routes.chain(scripts).filter(|t| wanted.is_empty() || wanted.iter().any(|w| w == t.stem)).collect();
    if wanted.is_empty() || wanted.iter().any(|w| w == SPELLINGS) {
        let pairs = spellings.attested();
        println!("{SPELLINGS}: {} pairs", pairs.len());
        std::fs::write(folder.join(format!("{SPELLINGS}.tsv")), train::list(SPELLINGS_HEADER, &pairs))?;
    }
    // Each table is learned by one thread, in the order of its pairs: threads change nothing but the time.
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let work = || -> std::io::Result<()> {
            while let Some(task) = tasks.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                learn(task, &spellings, &folder)?;
            }
            Ok(())
        };
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().expect("learning does not panic"))
    })
}

fn learn(task: &Task, spellings: &Spellings, folder: &Path) -> std::io::Result<()> {
    let (units, about) = if task.route == Some(Route::Typing) {
        (train::typing(), "Set by hand: no list of typing slips is at hand.".to_owned())
    } else {
        let pairs = match (task.route, task.alphabet) {
            (Some(route), _) => train::pairs_of(route, spellings, &romanise),
            (None, Some(script)) => spellings.native(script),
            (None, None) => Vec::new(),
        };
        learn_pairs(task, &pairs)
    };
    let header =
        format!("Channel table {}: intended, seen, cost in nats (-log P(intended, seen)).\n{about}", task.stem);
    println!("{}: {} units\n{about}", task.stem, units.len());
    std::fs::write(folder.join(format!("{}.tsv", task.stem)), train::table(task.alphabet, &header, &units))
}

/// The table, and what there is to say about how it was learned.
fn learn_pairs(task: &Task, pairs: &[Pair]) -> (Vec<Unit>, String) {
    // Every twentieth run of pairs is kept apart to be scored, then all are learned from.
    let part = |held: bool| -> Vec<Pair> {
        pairs.iter().enumerate().filter(|(at, _)| (at / 500 % 20 == 7) == held).map(|(_, pair)| pair.clone()).collect()
    };
    let score = Model::learn(task.alphabet, &part(false)).mean_cost(&part(true));
    let about = format!(
        "Learned from {} pairs of rigour 2.6.1 (PyPI, MIT), rust/data/names/person_names.txt, by\n\
         cargo run --release --example train-channel -- person_names.txt\n\
         Cost of unseen pairs: {score:.3} nats a letter (every twentieth 500 held out).",
        pairs.len(),
    );
    (Model::learn(task.alphabet, pairs).units(), about)
}

/// Letters replaced one by one, by two romanisers.
fn romanise(form: &str) -> Vec<String> {
    vec![any_ascii::any_ascii(form), deunicode::deunicode(form)]
}
