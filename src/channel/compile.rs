//! From readable weight tables to the bytes that the channel loads.
//!
//! Shared with the build script, so it depends on nothing but the alphabets. A table is text: a line a unit, its
//! intended letters, its seen letters and its cost in nats (−log of the joint probability), separated by tabs; `-` is an
//! empty side, `^` and `$` are the word's start and end, a line that begins with `#` is a comment. Lines in which
//! something is wrong are an error, with their number.
//!
//! Compiled, a table holds for each unit a row of fixed-point costs, one a lane, in little-endian order:
//!
//! | part | size |
//! |---|---|
//! | number of rows, log2 of the number of slots, number of seen sides: u32 each | 12 |
//! | rows: lanes × u16, row 0 is "no such unit" | 2 · lanes · rows |
//! | single substitutions: row number by intended letter (6 bits) and seen letter (5 bits) | 2 · 2048 |
//! | single deletions, single insertions: row number by letter | 2 · 64, 2 · 32 |
//! | seen sides: number by letters (5 bits each), 0 for none, 1 for the empty side | 2 · 32768 |
//! | slots of the hash: keys, then row numbers | 4 · slots, 2 · slots |
//!
//! A key is the intended side (18 bits) and the number of the seen side (14 bits). The row whose seen side is 0 holds
//! the marginal cost of the intended side: −log of the sum over all its seen sides.

use std::collections::BTreeMap;

use super::alphabet::{self, Alphabet};

/// The first bytes of a compiled channel; the last one is the format's version.
pub const MAGIC: [u8; 8] = *b"orthochA";
/// Costs are stored in 1/256 nat.
pub const SCALE: f64 = 256.0;
/// A cost that is never paid.
pub const NEVER: u16 = u16::MAX;
/// The most letters on one side of a unit.
pub const SIDE: usize = 3;
/// The number of the empty seen side.
pub const EMPTY: u32 = 1;
/// The bits of a key that number the seen side.
pub const SEEN_BITS: u32 = 14;

/// Whether units have this many intended and seen letters: up to three a side, but not three to three, and no three
/// from or to nothing.
pub fn is_shape(intended: usize, seen: usize) -> bool {
    matches!((intended, seen), (1..=2, 0..=SIDE) | (0, 1..=2) | (SIDE, 1..=2))
}

/// One joint unit of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Letter codes of the intended side.
    pub intended: Vec<u8>,
    /// Letter codes of the seen side; [`is_shape`] tells how many there may be.
    pub seen: Vec<u8>,
    /// −log P(intended, seen), in nats.
    pub cost: f64,
}

/// Reads a table whose intended side is written in `alphabet`.
pub fn parse(alphabet: Alphabet, text: &str) -> Result<Vec<Unit>, String> {
    let side = |alphabet: Alphabet, text: &str| -> Option<Vec<u8>> {
        if text == alphabet::EMPTY_SIGN {
            return Some(Vec::new());
        }
        let codes: Vec<u8> = text.chars().map(|c| alphabet::code(alphabet, c)).collect::<Option<_>>()?;
        (!codes.is_empty()).then_some(codes)
    };
    let unit = |line: &str| -> Option<Unit> {
        let mut fields = line.split('\t');
        let unit = Unit {
            intended: side(alphabet, fields.next()?)?,
            seen: side(None, fields.next()?)?,
            cost: fields.next()?.parse().ok().filter(|c: &f64| (0.0..200.0).contains(c))?,
        };
        (fields.next().is_none() && is_shape(unit.intended.len(), unit.seen.len())).then_some(unit)
    };
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    lines.map(|(at, line)| unit(line).ok_or_else(|| format!("line {}: no unit: {line:?}", at + 1))).collect()
}

/// Compiles the tables of all lanes, which share one intended alphabet, into one.
pub fn compile(lanes: &[Vec<Unit>]) -> Result<Vec<u8>, String> {
    let mut seen_ids = vec![0u16; 1 << 15];
    seen_ids[0] = EMPTY as u16;
    let mut last = EMPTY;
    for unit in lanes.iter().flatten() {
        let id = &mut seen_ids[pack_seen(&unit.seen)];
        if *id == 0 {
            last += 1;
            *id = last as u16;
        }
    }
    if last >= 1 << SEEN_BITS {
        return Err(format!("{last} seen sides are too many"));
    }
    let mut rows: BTreeMap<u32, Vec<u16>> = BTreeMap::new();
    for (lane, units) in lanes.iter().enumerate() {
        let mut marginals: BTreeMap<u32, f64> = BTreeMap::new();
        let mut set = |key: u32, cost: f64, round: fn(f64) -> f64| {
            let fixed = round(cost * SCALE).min(f64::from(NEVER - 1)) as u16;
            rows.entry(key).or_insert_with(|| vec![NEVER; lanes.len()])[lane] = fixed;
        };
        for unit in units {
            let side = alphabet::pack(&unit.intended) << SEEN_BITS;
            set(side | u32::from(seen_ids[pack_seen(&unit.seen)]), unit.cost, f64::round);
            if !unit.intended.is_empty() {
                *marginals.entry(side).or_default() += (-unit.cost).exp();
            }
        }
        // Rounded down, so that no alignment undercuts them.
        marginals.into_iter().for_each(|(side, sum)| set(side, -sum.ln(), f64::floor));
    }
    if rows.len() >= usize::from(u16::MAX) {
        return Err(format!("{} units are too many", rows.len()));
    }
    Ok(write(lanes.len(), &seen_ids, last, &rows))
}

/// The letters of a seen side in 15 bits.
pub fn pack_seen(side: &[u8]) -> usize {
    side.iter().rev().fold(0, |packed, &letter| packed << 5 | usize::from(letter))
}

/// Spreads a key over the slots and the filter: take as many of the highest bits as needed.
pub fn spread(key: u32) -> u32 {
    key.wrapping_mul(0x9E37_79B1)
}

fn write(lanes: usize, seen_ids: &[u16], seen: u32, rows: &BTreeMap<u32, Vec<u16>>) -> Vec<u8> {
    let bits = (rows.len() * 2).next_power_of_two().trailing_zeros().max(4);
    let mask = (1usize << bits) - 1;
    let (mut keys, mut numbers) = (vec![0u32; mask + 1], vec![0u16; mask + 1]);
    let mut substitutions = vec![0u16; 1 << 11];
    let (mut deletions, mut insertions) = (vec![0u16; 64], vec![0u16; 32]);
    let single_of = |id: u32| (0..32usize).find(|&letter| letter > 0 && u32::from(seen_ids[letter]) == id);
    for (number, &key) in (1u16..).zip(rows.keys()) {
        let (side, id) = (key >> SEEN_BITS, key & ((1 << SEEN_BITS) - 1));
        match (side, single_of(id)) {
            (0, Some(letter)) => insertions[letter] = number,
            (1..64, Some(letter)) => substitutions[(side as usize) << 5 | letter] = number,
            (1..64, None) if id == EMPTY => deletions[side as usize] = number,
            _ => {}
        }
        let mut slot = (spread(key) >> (32 - bits)) as usize;
        while keys[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        (keys[slot], numbers[slot]) = (key, number);
    }
    let mut bytes = Vec::new();
    [rows.len() as u32 + 1, bits, seen].iter().for_each(|v| bytes.extend(v.to_le_bytes()));
    let mut put16 = |values: &[u16]| values.iter().for_each(|v| bytes.extend(v.to_le_bytes()));
    put16(&vec![NEVER; lanes]);
    rows.values().for_each(|row| put16(row));
    [&substitutions[..], &deletions, &insertions, seen_ids].into_iter().for_each(put16);
    keys.iter().for_each(|key| bytes.extend(key.to_le_bytes()));
    numbers.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
    bytes
}
