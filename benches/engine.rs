//! The engine against dictionaries of ten thousand, a hundred thousand and a million made-up names: compiling and opening them,
//! asking for one name, linting a text.

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use orthonym::dictionary::{Compiled, Dictionary, Entry, compile};
use orthonym::document::Format;
use orthonym::lint::{Linter, Settings};
use orthonym::names::answer::answer;
use orthonym::names::rank::Ranker;
use orthonym::names::spot;
use orthonym::rules;
use orthonym::source::Source;
use orthonym::text::scan;

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
/// Bytes of the texts that are linted.
const TEXT: usize = 1 << 19;

/// Numbers that are the same in every run (Knuth's linear congruential generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }

    /// A word of two or three syllables, with a capital.
    fn name_word(&mut self) -> String {
        const STARTS: [&str; 18] =
            ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "sh", "t", "v", "z", "kh", "br"];
        const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ou", "ya"];
        const ENDS: [&str; 8] = ["", "", "n", "r", "l", "s", "rd", "k"];
        let mut word = String::new();
        for _ in 0..2 + self.below(2) {
            word.extend([self.of(&STARTS), self.of(&VOWELS)]);
        }
        word.push_str(self.of(&ENDS));
        word[..1].to_uppercase() + &word[1..]
    }
}

/// Names of people: given names and surnames recur, as they do.
fn names(count: usize) -> Vec<String> {
    let mut numbers = Numbers(7);
    let given: Vec<String> = (0..2_000.min(count)).map(|_| numbers.name_word()).collect();
    let surnames: Vec<String> = (0..40_000.min(count)).map(|_| numbers.name_word()).collect();
    (0..count)
        .map(|_| format!("{} {}", given[numbers.below(given.len())], surnames[numbers.below(surnames.len())]))
        .collect()
}

fn entries(names: &[String]) -> Vec<Entry> {
    let entry = |(i, name): (usize, &String)| Entry { id: format!("p{i}"), name: name.clone(), ..Entry::default() };
    names.iter().enumerate().map(entry).collect()
}

/// Prose in which one word in `every` is a name: a known one, or one of nobody's, in turns.
fn prose(names: &[String], every: usize) -> String {
    const WORDS: [&str; 16] = [
        "the", "report", "which", "says", "that", "people", "near", "a", "river", "had", "seen", "of", "water", "and",
        "then", "slowly",
    ];
    let mut numbers = Numbers(11);
    let mut text = String::with_capacity(TEXT + 100);
    while text.len() < TEXT {
        for i in 0..every {
            match (i, numbers.below(2)) {
                (0, 0) => text.push_str(&names[numbers.below(names.len())]),
                (0, _) => text.push_str(&format!("{} {}", numbers.name_word(), numbers.name_word())),
                _ => text.push_str(numbers.of(&WORDS)),
            }
            text.push(if numbers.below(70) == 0 { '\n' } else { ' ' });
        }
    }
    text
}

fn dictionary(compiled: &[u8]) -> Dictionary {
    let mut dictionary = Dictionary::empty();
    dictionary.push(Compiled::open(compiled.to_vec()).expect("just compiled"));
    dictionary
}

fn engine(c: &mut Criterion) {
    let text = prose(&names(SIZES[0]), 12);
    let mut group = c.benchmark_group("text");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
    group.bench_function("cut into words", |b| b.iter(|| scan::tokens(black_box(&text)).count()));
    group.bench_function("cut into sentences", |b| {
        b.iter(|| {
            let mut count = 0;
            spot::sentences(black_box(&text), &mut Vec::new(), |sentence| count += sentence.len());
            count
        });
    });
    group.finish();

    let mut group = c.benchmark_group("dictionary");
    group.sample_size(10);
    for size in SIZES {
        let names = names(size);
        let entries = entries(&names);
        let compiled = compile(&entries);
        group.throughput(Throughput::Elements(size as u64));
        group.bench_function(BenchmarkId::new("compile", size), |b| b.iter(|| compile(black_box(&entries)).len()));
        group.bench_function(BenchmarkId::new("open", size), |b| {
            b.iter_batched(
                || compiled.clone(),
                |bytes| Compiled::open(bytes).expect("just compiled"),
                BatchSize::PerIteration,
            );
        });

        let dictionary = dictionary(&compiled);
        // Every letter that Arabic confuses, confused: what is asked is never in the dictionary.
        let garbled: Vec<String> =
            names.iter().step_by(size / 500).map(|name| name.replace('p', "b").replace(['e', 'o'], "a")).collect();
        group.throughput(Throughput::Elements(garbled.len() as u64));
        group.bench_function(BenchmarkId::new("answer names", size), |b| {
            b.iter_batched(
                || Ranker::new(&dictionary),
                |mut ranker| garbled.iter().map(|name| answer(&mut ranker, name, 5).candidates.len()).sum::<usize>(),
                BatchSize::PerIteration,
            );
        });

        let chosen = rules::all().iter().filter(|rule| rule.on_by_default && rule.group() == "names");
        let settings = Settings { rules: chosen.map(|rule| (*rule, rule.severity)).collect(), ..Settings::default() };
        let linter = Linter::new(dictionary, settings);
        for (kind, every) in [("lint a text with few names", 60), ("lint a text with many names", 8)] {
            let source = Source::new("news.txt", prose(&names, every));
            group.throughput(Throughput::Bytes(source.text().len() as u64));
            group.bench_function(BenchmarkId::new(kind, size), |b| {
                b.iter_batched(
                    || linter.worker(),
                    |mut worker| worker.lint(black_box(&source), Format::Plain).diagnostics.len(),
                    BatchSize::PerIteration,
                );
            });
        }
    }
    group.finish();
}

criterion_group!(benches, engine);
criterion_main!(benches);
