//! What each rule costs per megabyte of text, beside the others: names are resolved once, outside the measure, where a rule needs them.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use orthonym::dictionaries;
use orthonym::dictionary::Dictionary;
use orthonym::document::Format;
use orthonym::lint::{Linter, Settings};
use orthonym::rules;
use orthonym::source::Source;

/// News-like text: quotations, figures, brackets, a few accents, the odd name in its own script.
const TEXT: &str = "On Tuesday, the public prosecutor in the capital announced the opening of an inquiry into what reports had revealed \
about the surveillance of 14 journalists, “whose telephones”, he said, “were searched between 2016 and 2021”. The minister, who \
was in Malmö (Sweden) at the time, denied it; his spokeswoman, Ana Núñez-Pérez, did not reply to questions. According to the \
newspaper – the first to write about it – more than 50,000 numbers were on the list, among them those of two prime ministers.\n\n\
The court will hear the case on 3 May at 10:30 a.m.; nobody expects it to end before the summer. Москва (Moscow) and Peking (北京) \
have not commented. “We shall see,” said the editor, “what the judges make of it.” Prices rose by 3.5% in the meantime.\n\n";

fn rules_alone(c: &mut Criterion) {
    let source = Source::new("news.txt", TEXT.repeat((1 << 18) / TEXT.len()));
    let mut group = c.benchmark_group("rules");
    group.throughput(Throughput::Bytes(source.text().len() as u64)).sample_size(10);
    // Without a dictionary no name is resolved: what is left is the rule.
    for rule in rules::all().iter().filter(|rule| rule.group() == "text") {
        let settings = Settings { rules: vec![(*rule, rule.severity)], ..Settings::default() };
        let linter = Linter::new(Dictionary::empty(), settings);
        let mut worker = linter.worker();
        group.bench_function(BenchmarkId::from_parameter(rule.name), |b| {
            b.iter(|| worker.lint(black_box(&source), Format::Plain).diagnostics.len());
        });
    }
    for (name, wanted) in [("names", &["names"][..]), ("text", &["text"]), ("names and text", &["names", "text"])] {
        let chosen = rules::all().iter().filter(|r| r.on_by_default && wanted.contains(&r.group()));
        let settings = Settings { rules: chosen.map(|r| (*r, r.severity)).collect(), ..Settings::default() };
        let mut dictionary = Dictionary::empty();
        if wanted.contains(&"names") {
            dictionary.push(dictionaries::builtin());
        }
        let linter = Linter::new(dictionary, settings);
        let mut worker = linter.worker();
        group.bench_function(BenchmarkId::new("all", name), |b| {
            b.iter(|| worker.lint(black_box(&source), Format::Plain).diagnostics.len());
        });
    }
    group.finish();
}

criterion_group!(benches, rules_alone);
criterion_main!(benches);
