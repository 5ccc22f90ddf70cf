//! The dynamic programme: the best alignment of two words in every lane at once.
//!
//! The joint model is that of Ristad & Yianilos 1998 with units of several letters on either side (Bisani & Ney
//! 2008; Jiampojamarn et al. 2007): a pair of words is a sequence of units, each drawn for itself. A cell (i, j) holds the
//! cost of the best way to write the first `i` intended letters as the first `j` seen ones. What the rest of the
//! intended word must cost at least is known beforehand (its marginal), so cells that no lane can finish within the
//! bound are never entered: exact, and a stranger is given up after a few rows.

use super::alphabet::{END, START};
use super::compile::{NEVER, SIDE};
use super::table::{Row, Table, deletion_key, side_key};
use crate::text::fold::MAX_LETTERS;

/// The most letters of a native word, which is always an intended one.
pub(super) const MOST_LETTERS: usize = 48;
/// The most positions of the intended side: its letters, two marks, and the one before the first.
const MOST: usize = MOST_LETTERS + 3;
/// The same of the seen side, which is a folded word.
const MOST_SEEN: usize = MAX_LETTERS + 3;

/// The intended side, prepared for one table.
#[derive(Clone)]
pub(super) struct Intended<const N: usize> {
    len: usize,
    letters: [u8; MOST],
    /// `sides[i][k]` is the key of the `k + 1` letters that end before position `i`, 0 where no unit has them.
    sides: [[u32; SIDE]; MOST],
    /// The least cost of the letters from position `i` on, whatever they are seen as.
    ahead: [Row<N>; MOST],
}

/// The seen side, prepared for one table.
#[derive(Clone)]
pub(super) struct Seen {
    len: usize,
    letters: [u8; MOST_SEEN],
    /// `sides[j][k]` is the number of the `k + 1` letters that end before position `j`, 0 where no unit has them.
    sides: [[u16; SIDE]; MOST_SEEN],
}

/// The letters with their marks, and how many there are.
fn marked<const M: usize>(word: &[u8]) -> ([u8; M], usize) {
    let mut letters = [0; M];
    let len = mark(word).enumerate().map(|(at, letter)| letters[at] = letter).count();
    (letters, len)
}

/// The letters between a start and an end mark.
pub(super) fn mark(word: &[u8]) -> impl Iterator<Item = u8> {
    std::iter::once(START).chain(word.iter().copied()).chain([END])
}

impl<const N: usize> Intended<N> {
    pub(super) fn new(table: &Table<N>, word: &[u8]) -> Self {
        let (letters, len) = marked(word);
        let mut intended = Intended { len, letters, sides: [[0; SIDE]; MOST], ahead: [[0; N]; MOST] };
        for i in (0..len).rev() {
            let mut least = [NEVER; N];
            for k in 1..=SIDE.min(len - i) {
                if let Some(cost) = table.marginal(&letters[i..i + k]) {
                    intended.sides[i + k][k - 1] = side_key(&letters[i..i + k]);
                    relax(&mut least, &intended.ahead[i + k], cost);
                }
            }
            intended.ahead[i] = least;
        }
        intended
    }

    /// The marginal costs of the whole word.
    pub(super) fn marginal(&self) -> &Row<N> {
        &self.ahead[0]
    }
}

impl Seen {
    pub(super) fn new<const N: usize>(table: &Table<N>, word: &[u8]) -> Self {
        let (letters, len) = marked(word);
        let mut sides = [[0; SIDE]; MOST_SEEN];
        for j in 1..=len {
            for k in 1..=SIDE.min(j) {
                sides[j][k - 1] = table.seen_id(&letters[j - k..j]);
            }
        }
        Seen { len, letters, sides }
    }
}

/// `best = min(best, before + cost)`, lane by lane.
#[inline]
fn relax<const N: usize>(best: &mut Row<N>, before: &Row<N>, cost: &Row<N>) {
    for lane in 0..N {
        best[lane] = best[lane].min(before[lane].saturating_add(cost[lane]));
    }
}

/// [`relax`] by the unit with this key, where there is one.
#[inline]
fn relax_unit<const N: usize>(table: &Table<N>, best: &mut Row<N>, before: &Row<N>, key: u32) {
    if let Some(cost) = table.unit(key) {
        relax(best, before, cost);
    }
}

/// The joint costs of the best alignments, where at least one lane's is within `bound` of the marginal; lanes
/// beyond it may be overestimated.
pub(super) fn best<const N: usize>(
    table: &Table<N>,
    intended: &Intended<N>,
    seen: &Seen,
    bound: u16,
) -> Option<Row<N>> {
    let (n, m) = (intended.len, seen.len);
    // Row i lives in `cells[i % 4]`, as no unit reaches back further than three; bit j of `alive` tells which of its
    // cells hold anything.
    let mut cells = [[[NEVER; N]; MOST_SEEN]; 4];
    let mut alive = [0u32; 4];
    cells[0][0] = [0; N];
    alive[0] = 1;
    for i in 1..=n {
        let limit: Row<N> = std::array::from_fn(|lane| {
            let most = intended.ahead[0][lane].saturating_add(bound);
            most.saturating_sub(intended.ahead[i][lane]).min(NEVER - 1)
        });
        let (now, one, two, three) = (i & 3, (i + 3) & 3, (i + 2) & 3, (i + 1) & 3);
        let before = [alive[one], if i > 1 { alive[two] } else { 0 }, if i > 2 { alive[three] } else { 0 }];
        let from = before[0] | before[1] | before[2];
        if from == 0 {
            return None;
        }
        let mut reach = from | from << 1 | from << 2 | from << 3;
        let mut row = 0u32;
        let letter = intended.letters[i - 1];
        let sides = &intended.sides[i];
        for j in 1..=m {
            if reach >> j & 1 == 0 {
                continue;
            }
            let mut cell = [NEVER; N];
            let ends = &seen.sides[j];
            let seen_letter = seen.letters[j - 1];
            if before[0] >> (j - 1) & 1 != 0 {
                relax(&mut cell, &cells[one][j - 1], table.substitution(letter, seen_letter));
            }
            if before[0] >> j & 1 != 0 {
                relax(&mut cell, &cells[one][j], table.deletion(letter));
            }
            if row >> (j - 1) & 1 != 0 {
                relax(&mut cell, &cells[now][j - 1], table.insertion(seen_letter));
            }
            if j > 1 && ends[1] != 0 && row >> (j - 2) & 1 != 0 {
                relax_unit(table, &mut cell, &cells[now][j - 2], u32::from(ends[1]));
            }
            for (back, (&side, &held)) in sides.iter().zip(&before).enumerate() {
                if side == 0 {
                    continue;
                }
                let source = &cells[(i + 3 - back) & 3];
                if back == 1 && held >> j & 1 != 0 {
                    relax_unit(table, &mut cell, &source[j], deletion_key(side));
                }
                // One letter to one is above, and three to three is no shape.
                let shapes = [1..3, 0..3, 0..2][back].clone();
                for (k, &end) in ends.iter().enumerate().take(j.min(shapes.end)).skip(shapes.start) {
                    if end != 0 && held >> (j - 1 - k) & 1 != 0 {
                        relax_unit(table, &mut cell, &source[j - 1 - k], side | u32::from(end));
                    }
                }
            }
            let within = cell.iter().zip(&limit).fold(false, |any, (cost, limit)| any | (cost <= limit));
            if within {
                cells[now][j] = cell;
                row |= 1 << j;
                reach |= 3 << (j + 1);
            }
        }
        alive[now] = row;
    }
    (alive[n & 3] >> m & 1 != 0).then(|| cells[n & 3][m])
}
