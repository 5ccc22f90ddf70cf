//! The word table: folded word → [`Entry`] for half a million words in three bytes each.
//!
//! A word is known by 32 bits of its hash: the upper half is its bucket, the lower half its fingerprint
//! there. A word that is not in the table is taken for one that is about once in 7,000 times, which a model of
//! likelihoods bears well, and for which it gets a size and a speed that no exact structure has (an FST of the same words
//! takes 3.4 MB). The words themselves cannot be read back.
//!
//! The bytes, little-endian: [`MAGIC`]; the number of words, `u32`; four bytes of nothing; the checksum of the rest, `u64`;
//! the sums of the weights of names and of words, `f32` each; the [`DISTINCT`] packed entries that occur, `u16` each; for each
//! bucket the number of words before it less what an even spread would give, `i16`; the fingerprints, `u16` each; the
//! entries' numbers among those that occur, `u8` each.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::entry::Entry;
use super::{Corrupt, checksum};
use crate::text::fold::Word;
use crate::text::hash;

/// The first bytes of a word table.
pub const MAGIC: [u8; 8] = *b"orthowt\x01";
/// The number of different entries that a table can hold.
pub const DISTINCT: usize = 256;
/// Bytes before the checksummed part.
const HEADER: usize = 24;
/// The number of buckets.
const BUCKETS: usize = 1 << 16;
/// Bytes of the two sums.
const SUMS: usize = 8;

/// The word table over the bytes of its data file.
pub struct Table {
    words: usize,
    names_weight: f32,
    words_weight: f32,
    distinct: &'static [u8],
    starts: &'static [u8],
    fingerprints: &'static [u8],
    numbers: &'static [u8],
}

impl Table {
    /// Reads the header only.
    pub fn new(data: &'static [u8]) -> Result<Table, Corrupt> {
        Self::cut(data).ok_or(Corrupt("word table"))
    }

    fn cut(data: &'static [u8]) -> Option<Table> {
        if !data.starts_with(&MAGIC) {
            return None;
        }
        let words = u32::from_le_bytes(data.get(8..12)?.try_into().ok()?) as usize;
        let (sums, rest) = data.get(HEADER..)?.split_at_checked(SUMS)?;
        let (distinct, rest) = rest.split_at_checked(DISTINCT * 2)?;
        let (starts, rest) = rest.split_at_checked(BUCKETS * 2)?;
        let (fingerprints, numbers) = rest.split_at_checked(words * 2)?;
        let sum = |at: usize| sums.get(at..at + 4)?.try_into().ok().map(f32::from_le_bytes).filter(|s| *s > 0.0);
        let (names_weight, words_weight) = (sum(0)?, sum(4)?);
        (numbers.len() == words).then_some(Table {
            words,
            names_weight,
            words_weight,
            distinct,
            starts,
            fingerprints,
            numbers,
        })
    }

    /// Whether the bytes are those that were written; reads all of them.
    pub fn verify(data: &[u8]) -> Result<(), Corrupt> {
        match data.split_at_checked(HEADER) {
            Some((head, body)) if head[16..] == checksum(body).to_le_bytes() => Ok(()),
            _ => Err(Corrupt("word table")),
        }
    }

    /// What is known of a word.
    pub fn find(&self, word: &Word) -> Option<Entry> {
        let (bucket, fingerprint) = place(word);
        let (start, end) = (self.start(bucket), self.start(bucket + 1));
        let found = self.fingerprints.get(start * 2..end * 2)?;
        let at = found.chunks_exact(2).position(|f| f == fingerprint.to_le_bytes())?;
        let at = usize::from(*self.numbers.get(start + at)?) * 2;
        let packed = self.distinct.get(at..at + 2)?;
        Some(Entry::unpack(u64::from(u16::from_le_bytes([packed[0], packed[1]]))))
    }

    /// The sum of the weights of all names.
    pub fn names_weight(&self) -> f32 {
        self.names_weight
    }

    /// The sum of the weights of all words.
    pub fn words_weight(&self) -> f32 {
        self.words_weight
    }

    /// The number of words before a bucket.
    fn start(&self, bucket: usize) -> usize {
        let Some(&[low, high]) = self.starts.get(bucket * 2..bucket * 2 + 2) else { return self.words };
        even(self.words, bucket).saturating_add_signed(i16::from_le_bytes([low, high]).into())
    }

    /// The bytes of a table of these words. Where more different entries occur than fit, the rarest take the nearest
    /// [`Entry::name_class`] that is left. `None` where not even the others fit, or a bucket strays further than an
    /// `i16`, which no list of words up to millions does.
    pub fn write(words: &[(Word, Entry)]) -> Option<Vec<u8>> {
        let distinct = distinct(words)?;
        let mut placed: Vec<(usize, u16, u8)> = words
            .iter()
            .map(|(word, entry)| {
                let (bucket, fingerprint) = place(word);
                (bucket, fingerprint, nearest(&distinct, *entry))
            })
            .collect();
        placed.sort_unstable();

        let names: f32 = words.iter().map(|(_, e)| f64::from(Entry::class_weight(e.name_class))).sum::<f64>() as f32;
        let others: f32 = words.iter().map(|(_, e)| f64::from(e.word_weight())).sum::<f64>() as f32;
        let mut body = [names.to_le_bytes(), others.to_le_bytes()].concat();
        body.extend((0..DISTINCT).flat_map(|n| distinct.get(n).map_or(0, |k| k.pack() as u16).to_le_bytes()));
        for bucket in 0..BUCKETS {
            let start = placed.partition_point(|p| p.0 < bucket);
            let stray = i16::try_from(start as i64 - even(words.len(), bucket) as i64).ok()?;
            body.extend(stray.to_le_bytes());
        }
        body.extend(placed.iter().flat_map(|p| p.1.to_le_bytes()));
        body.extend(placed.iter().map(|p| p.2));

        let mut bytes = MAGIC.to_vec();
        bytes.extend((words.len() as u32).to_le_bytes());
        bytes.extend([0; 4]);
        bytes.extend(checksum(&body).to_le_bytes());
        bytes.extend(body);
        Some(bytes)
    }
}

/// The entries that a table gets: the most frequent, and of each sort (all but the class of the name) at least one.
fn distinct(words: &[(Word, Entry)]) -> Option<Vec<Entry>> {
    let mut counts = BTreeMap::<u64, usize>::new();
    for (_, entry) in words {
        *counts.entry(entry.pack()).or_default() += 1;
    }
    let mut ranked: Vec<(usize, Entry)> = counts.iter().map(|(&bits, &n)| (n, Entry::unpack(bits))).collect();
    ranked.sort_by_key(|&(n, _)| Reverse(n));
    let mut sorts = BTreeSet::new();
    let (first, others): (Vec<_>, Vec<_>) = ranked.into_iter().map(|(_, e)| e).partition(|e| sorts.insert(sort(e)));
    let fits = first.len() <= DISTINCT;
    fits.then(|| first.into_iter().chain(others).take(DISTINCT).collect())
}

/// An entry without the class of its name.
fn sort(entry: &Entry) -> u64 {
    Entry { name_class: entry.name_class.min(1), ..*entry }.pack()
}

/// The number of the entry that is nearest to one among those of its sort.
fn nearest(distinct: &[Entry], entry: Entry) -> u8 {
    let same = distinct.iter().enumerate().filter(|(_, other)| sort(other) == sort(&entry));
    same.min_by_key(|(_, other)| other.name_class.abs_diff(entry.name_class)).map_or(0, |(n, _)| n as u8)
}

/// The number of words before a bucket if all buckets had the same.
fn even(words: usize, bucket: usize) -> usize {
    (words as u64 * bucket as u64 / BUCKETS as u64) as usize
}

/// A word's bucket and its fingerprint there.
fn place(word: &Word) -> (usize, u16) {
    let hash = hash::mixed(hash::fnv(word.letters()));
    ((hash >> 48) as usize, (hash >> 32) as u16)
}

#[cfg(test)]
mod tests {
    use super::super::Grade;
    use super::*;

    #[test]
    fn what_is_written_is_found() {
        let entry = |name_class, grade| Entry { name_class, grade, ..Entry::default() };
        let word = |text| Word::fold(text).unwrap();
        let words = [
            (word("clark"), entry(9, None)),
            (word("young"), entry(8, Some(Grade::Common))),
            (word("the"), entry(0, Some(Grade::Common))),
        ];
        let bytes = Table::write(&words).unwrap();
        assert_eq!(Table::verify(&bytes), Ok(()));
        let table = Table::new(bytes.leak()).unwrap();
        for (word, entry) in &words {
            assert_eq!(table.find(word), Some(*entry));
        }
        assert_eq!(table.find(&word("clarke")), None);
        assert_eq!(table.words_weight(), 30.0);
    }
}
