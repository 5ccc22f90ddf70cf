//! How fast the channel scores pairs of words.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use orthonym::channel::{Channel, NativeWord};
use orthonym::text::fold::Word;

fn channel(c: &mut Criterion) {
    let channel = Channel::builtin();
    let word = |text| Word::fold(text).expect("letters");
    let (truth, garbled, stranger) = (word("bredoux"), word("brydoks"), word("garcias"));
    let prepared = channel.intended(&truth);
    let (seen, strange) = (channel.seen(&garbled), channel.seen(&stranger));
    c.bench_function("prepare a word", |b| b.iter(|| channel.intended(black_box(&truth))));
    c.bench_function("score a garbling", |b| b.iter(|| channel.score(black_box(&truth), &garbled, -20.0)));
    c.bench_function("score a garbling, prepared", |b| {
        b.iter(|| channel.score_prepared(black_box(&prepared), &seen, -20.0));
    });
    c.bench_function("score a stranger, prepared", |b| {
        b.iter(|| channel.score_prepared(black_box(&prepared), &strange, -20.0));
    });
    let native = NativeWord::new("بريدو").expect("letters");
    c.bench_function("score a native word", |b| {
        b.iter(|| channel.score_native(black_box(&native), &garbled, -20.0));
    });
}

criterion_group!(benches, channel);
criterion_main!(benches);
