//! Reading a native word: the Latin words that it is likeliest to stand for.
//!
//! A beam search over the units of the script's table: position by position of the native word, the best beginnings of
//! Latin words are kept, each with what its units cost and what a [`Spelling`] thinks of its letters.

use rustc_hash::FxHashMap;

use super::alphabet::{END, START};
use super::compile::{NEVER, SCALE, SEEN_BITS, SIDE};
use super::score::mark;
use super::table::{Table, side_key};
use crate::text::fold::{MAX_LETTERS, Word};

/// How Latin words are spelled, letter by letter: a state machine over what was read so far.
pub trait Spelling {
    /// The state before the first letter.
    fn start(&self) -> usize;
    /// What a letter (1 for `a`) costs in a state, in nats, and the state behind it; letter 0 is the end of the word.
    fn step(&self, state: usize, letter: u8) -> (f32, usize);
}

/// How many beginnings are kept at each position.
const BEAM: usize = 64;
/// How many of them are compared with one another: several spell the same letters.
const ROUGHLY: usize = 8 * BEAM;
/// Units that cost this much more than the best of their native side are not tried, in nats.
const REACH: f32 = 5.0;

/// The units of a table by their native side.
pub(super) struct Units {
    by_side: FxHashMap<u32, Vec<Reading>>,
}

/// What a native side may be seen as.
#[derive(Clone, Copy)]
struct Reading {
    letters: [u8; SIDE],
    len: usize,
    /// In nats.
    cost: f32,
}

/// The beginning of a Latin word.
#[derive(Clone, Copy)]
struct Beginning {
    letters: [u8; MAX_LETTERS],
    len: usize,
    ended: bool,
    state: usize,
    cost: f32,
}

impl Units {
    pub(super) fn of(table: &Table<1>) -> Units {
        let mut by_side: FxHashMap<u32, Vec<Reading>> = FxHashMap::default();
        let names: FxHashMap<u16, [u8; SIDE]> = table.seen_sides().collect();
        for (key, row) in table.units() {
            let (side, id) = (key >> SEEN_BITS << SEEN_BITS, key & ((1 << SEEN_BITS) - 1));
            // A side's marginal has no number of a seen one.
            let Some(&letters) = names.get(&(id as u16)).filter(|_| row[0] != NEVER) else { continue };
            let len = letters.iter().take_while(|&&letter| letter != 0).count();
            let cost = f32::from(row[0]) / SCALE as f32;
            by_side.entry(side).or_default().push(Reading { letters, len, cost });
        }
        for readings in by_side.values_mut() {
            readings.sort_by(|a, b| a.cost.total_cmp(&b.cost).then(a.letters.cmp(&b.letters)));
            let most = readings[0].cost + REACH;
            readings.retain(|reading| reading.cost <= most);
        }
        Units { by_side }
    }

    /// The best readings of a native word, best first.
    pub(super) fn read(&self, native: &[u8], spelling: &impl Spelling) -> Vec<Word> {
        let marked: Vec<u8> = mark(native).collect();
        let mut rows: Vec<Vec<Beginning>> = vec![Vec::new(); marked.len() + 1];
        let (letters, state) = ([0; MAX_LETTERS], spelling.start());
        rows[0].push(Beginning { letters, len: 0, ended: false, state, cost: 0.0 });
        for at in 0..=marked.len() {
            let mut row = std::mem::take(&mut rows[at]);
            keep_best(&mut row);
            // One letter from nothing.
            let inserted = self.by_side.get(&0).map(Vec::as_slice).unwrap_or_default();
            let more: Vec<Beginning> = row
                .iter()
                .flat_map(|beginning| inserted.iter().filter_map(|reading| beginning.with(reading, spelling)))
                .collect();
            row.extend(more);
            keep_best(&mut row);
            if at == marked.len() {
                rows[at] = row;
                break;
            }
            for len in 1..=SIDE.min(marked.len() - at) {
                let Some(readings) = self.by_side.get(&side_key(&marked[at..at + len])) else { continue };
                for beginning in &row {
                    rows[at + len].extend(readings.iter().filter_map(|reading| beginning.with(reading, spelling)));
                }
            }
        }
        let last = rows.pop().unwrap_or_default();
        last.iter().filter(|beginning| beginning.ended).filter_map(Beginning::word).collect()
    }
}

impl Beginning {
    /// With what a unit adds; `None` where that is no word.
    fn with(&self, reading: &Reading, spelling: &impl Spelling) -> Option<Beginning> {
        let mut next = *self;
        next.cost += reading.cost;
        for &letter in &reading.letters[..reading.len] {
            match letter {
                START if next.len == 0 && !next.ended => {}
                END if next.len > 0 && !next.ended => {
                    next.cost += spelling.step(next.state, 0).0;
                    next.ended = true;
                }
                START | END => return None,
                _ if next.ended || next.len == MAX_LETTERS => return None,
                _ => {
                    next.letters[next.len] = letter;
                    next.len += 1;
                    let (cost, state) = spelling.step(next.state, letter);
                    (next.cost, next.state) = (next.cost + cost, state);
                }
            }
        }
        Some(next)
    }

    fn word(&self) -> Option<Word> {
        let text: Vec<u8> = self.letters[..self.len].iter().map(|letter| letter + b'a' - 1).collect();
        Word::of_key(&text)
    }
}

/// Of equal beginnings the best, of those the best [`BEAM`], best first.
fn keep_best(row: &mut Vec<Beginning>) {
    let by_cost = |a: &Beginning, b: &Beginning| a.cost.total_cmp(&b.cost).then(a.letters.cmp(&b.letters));
    if row.len() > ROUGHLY {
        row.select_nth_unstable_by(ROUGHLY, by_cost);
        row.truncate(ROUGHLY);
    }
    row.sort_by(|a, b| (a.letters, a.ended).cmp(&(b.letters, b.ended)).then(a.cost.total_cmp(&b.cost)));
    row.dedup_by(|a, b| a.letters == b.letters && a.ended == b.ended);
    row.sort_by(by_cost);
    row.truncate(BEAM);
}

#[cfg(test)]
mod tests {
    use super::super::{Channel, NativeWord};
    use super::*;

    /// Any spelling is as good as another, but for those with one letter.
    struct Without(u8);

    impl Spelling for Without {
        fn start(&self) -> usize {
            0
        }

        fn step(&self, _: usize, letter: u8) -> (f32, usize) {
            (if letter == self.0 { 100.0 } else { 0.0 }, 0)
        }
    }

    fn readings(native: &str, without: char) -> Vec<Word> {
        let native = NativeWord::new(native).unwrap();
        Channel::builtin().readings(&native, &Without(without as u8 - b'a' + 1))
    }

    #[test]
    fn the_likeliest_reading_comes_first() {
        for (native, word) in [("Путин", "putin"), ("باتريك", "batrik"), ("パク", "pak")] {
            assert_eq!(readings(native, 'x')[0], Word::fold(word).unwrap(), "{native}");
        }
    }

    #[test]
    fn readings_are_spelled_as_words_are() {
        let p = b'p' - b'a' + 1;
        let (first, others) = (readings("Путин", 'p'), readings("Путин", 'x'));
        assert!(!first[0].letters().contains(&p) && others[0].letters().contains(&p));
        assert!(others.len() > 30 && others.iter().all(|word| word.len() >= 3));
    }

    #[test]
    fn the_longest_native_words_are_read() {
        let native = NativeWord::new(&"ал".repeat(12)).unwrap();
        assert!(Channel::builtin().readings(&native, &Without(0)).iter().all(|word| word.len() <= MAX_LETTERS));
    }
}
