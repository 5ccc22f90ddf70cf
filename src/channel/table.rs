//! A compiled table in memory: from two sides of a unit to its costs in all lanes.

use super::alphabet;
use super::compile::{EMPTY, NEVER, SEEN_BITS, SIDE, pack_seen, spread};

/// Costs of one unit in every lane, in 1/256 nat; [`NEVER`] where the lane has no such unit.
pub(super) type Row<const N: usize> = [u16; N];

/// log2 of the number of bits of the filter.
const FILTER_BITS: u32 = 18;

/// A table of units over `N` lanes. The layout of the bytes is told in [`super::compile`].
pub(super) struct Table<const N: usize> {
    rows: Box<[Row<N>]>,
    substitutions: Box<[Row<N>]>,
    deletions: Box<[Row<N>]>,
    insertions: Box<[Row<N>]>,
    seen_ids: Box<[u16]>,
    /// One bit for each hash of a key in use: most probes end here.
    filter: Box<[u64]>,
    keys: Box<[u32]>,
    numbers: Box<[u16]>,
    shift: u32,
}

/// Reads numbers off the front of a slice of bytes.
pub(super) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(head)
    }

    fn u32s(&mut self, count: usize) -> Option<Box<[u32]>> {
        let bytes = self.take(count.checked_mul(4)?)?;
        Some(bytes.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect())
    }

    fn u16s(&mut self, count: usize) -> Option<Box<[u16]>> {
        let bytes = self.take(count.checked_mul(2)?)?;
        Some(bytes.as_chunks::<2>().0.iter().map(|b| u16::from_le_bytes(*b)).collect())
    }
}

impl<const N: usize> Table<N> {
    /// The next table of a compiled channel; `None` where the bytes are not what [`super::compile`] writes.
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let head = reader.u32s(3)?;
        let (count, bits) = (head[0] as usize, head[1]);
        if !(4..=24).contains(&bits) {
            return None;
        }
        let rows: Box<[Row<N>]> = reader.u16s(count.checked_mul(N)?)?.as_chunks::<N>().0.into();
        let substitutions = reader.u16s(1 << 11)?;
        let deletions = reader.u16s(64)?;
        let insertions = reader.u16s(32)?;
        let seen_ids = reader.u16s(1 << 15)?;
        let keys = reader.u32s(1 << bits)?;
        let numbers = reader.u16s(1 << bits)?;
        let known = |numbers: &[u16]| numbers.iter().all(|&n| usize::from(n) < rows.len());
        let sound = known(&substitutions) && known(&deletions) && known(&insertions) && known(&numbers);
        if !sound || rows.first()? != &[NEVER; N] || !keys.contains(&0) {
            return None;
        }
        let mut filter = vec![0u64; 1 << (FILTER_BITS - 6)];
        for &key in keys.iter().filter(|&&key| key != 0) {
            let bit = spread(key) >> (32 - FILTER_BITS);
            filter[(bit >> 6) as usize] |= 1 << (bit & 63);
        }
        let direct = |numbers: &[u16]| numbers.iter().map(|&n| rows[usize::from(n)]).collect();
        Some(Table {
            substitutions: direct(&substitutions),
            deletions: direct(&deletions),
            insertions: direct(&insertions),
            rows,
            seen_ids,
            filter: filter.into(),
            keys,
            numbers,
            shift: 32 - bits,
        })
    }

    /// Costs of reading one letter as another.
    #[inline]
    pub(super) fn substitution(&self, intended: u8, seen: u8) -> &Row<N> {
        &self.substitutions[usize::from(intended & 63) << 5 | usize::from(seen & 31)]
    }

    /// Costs of losing a letter.
    #[inline]
    pub(super) fn deletion(&self, intended: u8) -> &Row<N> {
        &self.deletions[usize::from(intended & 63)]
    }

    /// Costs of a letter that comes from nothing.
    #[inline]
    pub(super) fn insertion(&self, seen: u8) -> &Row<N> {
        &self.insertions[usize::from(seen & 31)]
    }

    /// The number of a seen side, 0 where no unit has it.
    pub(super) fn seen_id(&self, side: &[u8]) -> u16 {
        self.seen_ids[pack_seen(side) & 0x7fff]
    }

    /// Costs of a unit by its key.
    #[inline]
    pub(super) fn unit(&self, key: u32) -> Option<&Row<N>> {
        let hash = spread(key);
        let bit = hash >> (32 - FILTER_BITS);
        if self.filter[(bit >> 6) as usize] >> (bit & 63) & 1 == 0 {
            return None;
        }
        self.probe(key, hash)
    }

    /// All units by their keys, the marginals among them.
    pub(super) fn units(&self) -> impl Iterator<Item = (u32, &Row<N>)> {
        let used = self.keys.iter().zip(&self.numbers).filter(|(key, _)| **key != 0);
        used.map(|(key, number)| (*key, &self.rows[usize::from(*number)]))
    }

    /// The letters of all seen sides by their numbers, zeros behind the last.
    pub(super) fn seen_sides(&self) -> impl Iterator<Item = (u16, [u8; 3])> {
        let used = self.seen_ids.iter().enumerate().filter(|(_, id)| **id != 0);
        used.map(|(packed, id)| (*id, [0, 5, 10].map(|shift| (packed >> shift & 31) as u8)))
    }

    fn probe(&self, key: u32, hash: u32) -> Option<&Row<N>> {
        let mut slot = (hash >> self.shift) as usize;
        loop {
            match self.keys[slot] {
                found if found == key => return Some(&self.rows[usize::from(self.numbers[slot])]),
                0 => return None,
                _ => slot = (slot + 1) & (self.keys.len() - 1),
            }
        }
    }

    /// Marginal costs of an intended side, where some unit has it.
    pub(super) fn marginal(&self, side: &[u8]) -> Option<&Row<N>> {
        self.unit(side_key(side))
    }

    /// Costs of the unit with these sides, of any shape.
    pub(super) fn any(&self, intended: &[u8], seen: &[u8]) -> Option<&Row<N>> {
        let id = self.seen_id(seen);
        (id != 0 && intended.len() <= SIDE).then(|| self.unit(side_key(intended) | u32::from(id)))?
    }
}

/// The upper part of a key; `| id` completes it.
#[inline]
pub(super) fn side_key(intended: &[u8]) -> u32 {
    alphabet::pack(intended) << SEEN_BITS
}

/// The key of a unit with an empty seen side.
#[inline]
pub(super) fn deletion_key(side_key: u32) -> u32 {
    side_key | EMPTY
}
