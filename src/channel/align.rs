//! The alignment behind a score, for explanations.

use std::ops::Range;

use super::compile::{NEVER, SCALE, SIDE, is_shape};
use super::score::mark;
use super::table::Table;

/// Letters of the intended word and what became of them. Ranges count letters of the folded word; either may be empty.
#[derive(Clone, Debug, PartialEq)]
pub struct AlignedUnit {
    /// The letters that were meant.
    pub intended: Range<usize>,
    /// The letters that are seen.
    pub seen: Range<usize>,
    /// What this unit adds to −log P(seen | intended), in nats: its joint cost less what its intended letters cost
    /// whatever they are seen as.
    pub cost: f32,
}

/// The best alignment in one lane. Start and end marks are no units of their own.
pub(super) fn align<const N: usize>(
    table: &Table<N>,
    lane: usize,
    intended: &[u8],
    seen: &[u8],
) -> Option<Vec<AlignedUnit>> {
    let (from, to): (Vec<u8>, Vec<u8>) = (mark(intended).collect(), mark(seen).collect());
    let (n, m) = (from.len(), to.len());
    // The cost of each cell's best way, and the unit that ends it.
    let mut cells = vec![vec![(u32::MAX, 0, 0); m + 1]; n + 1];
    cells[0][0].0 = 0;
    for i in 0..=n {
        for j in 0..=m {
            for a in 0..=SIDE.min(i) {
                for b in 0..=SIDE.min(j) {
                    let before = cells[i - a][j - b].0;
                    if before == u32::MAX || !is_shape(a, b) {
                        continue;
                    }
                    let cost = table.any(&from[i - a..i], &to[j - b..j]).map_or(NEVER, |row| row[lane]);
                    if cost != NEVER && before + u32::from(cost) < cells[i][j].0 {
                        cells[i][j] = (before + u32::from(cost), a, b);
                    }
                }
            }
        }
    }
    let marginal = |side: &[u8]| if side.is_empty() { 0 } else { table.marginal(side).map_or(0, |row| row[lane]) };
    let (mut i, mut j) = (n, m);
    let mut units = Vec::new();
    while (i, j) != (0, 0) {
        let (total, a, b) = cells[i][j];
        if total == u32::MAX {
            return None;
        }
        let joint = total - cells[i - a][j - b].0;
        let cost = (f64::from(joint) - f64::from(marginal(&from[i - a..i]))) / SCALE;
        units.push(AlignedUnit {
            intended: unmark(i - a..i, intended.len()),
            seen: unmark(j - b..j, seen.len()),
            cost: cost as f32,
        });
        (i, j) = (i - a, j - b);
    }
    units.reverse();
    Some(merge_marks(units))
}

/// Positions among marked letters → positions in the word.
fn unmark(range: Range<usize>, len: usize) -> Range<usize> {
    let place = |at: usize| at.saturating_sub(1).min(len);
    place(range.start)..place(range.end)
}

/// Adds the cost of units that consist of marks only to their neighbour.
fn merge_marks(units: Vec<AlignedUnit>) -> Vec<AlignedUnit> {
    let mut merged: Vec<AlignedUnit> = Vec::with_capacity(units.len());
    let mut owed = 0.0;
    for mut unit in units {
        if unit.intended.is_empty() && unit.seen.is_empty() {
            match merged.last_mut() {
                Some(last) => last.cost += unit.cost,
                None => owed += unit.cost,
            }
        } else {
            unit.cost += std::mem::take(&mut owed);
            merged.push(unit);
        }
    }
    merged
}
