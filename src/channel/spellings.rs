//! Attested spellings: pairs of Latin words that stand for one word of another script ("Khaled", "Khalid"), however its
//! letters explain them.
//!
//! Shared with the build script, so it depends on nothing but folded words. The list is text: a line a word, then a tab, then
//! the later words that are spelled for it, parted by spaces; a line that begins with `#` is a comment. Compiled, a pair is known by
//! 30 bits of its hash: the upper 14 are its bucket, the lower 16 its fingerprint there. Two words that are no
//! pair are taken for one about once in 5,000 times.

use crate::text::fold::Word;
use crate::text::hash;

/// log2 of the number of buckets.
const BUCKET_BITS: u32 = 14;

/// A set of pairs over its bytes: for each bucket the number of pairs before it, `u32` each, then the fingerprints, `u16` each,
/// little-endian.
pub struct Spellings {
    starts: Box<[u32]>,
    fingerprints: Box<[u16]>,
}

impl Spellings {
    /// `None` where the bytes are not what [`compile`] writes.
    pub fn read(bytes: &[u8]) -> Option<Spellings> {
        let (starts, fingerprints) = bytes.split_at_checked(4 * ((1 << BUCKET_BITS) + 1))?;
        let starts: Box<[u32]> = starts.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect();
        let fingerprints: Box<[u16]> = fingerprints.as_chunks::<2>().0.iter().map(|b| u16::from_le_bytes(*b)).collect();
        let sound = starts.is_sorted() && starts.last().is_some_and(|&last| last as usize == fingerprints.len());
        sound.then_some(Spellings { starts, fingerprints })
    }

    /// Whether two words are attested as spellings of one name; the same word twice is no pair.
    pub fn are_pair(&self, a: &Word, b: &Word) -> bool {
        let (bucket, fingerprint) = place(a, b);
        let range = self.starts[bucket] as usize..self.starts[bucket + 1] as usize;
        self.fingerprints[range].contains(&fingerprint)
    }
}

/// Reads the list: its pairs in order.
pub fn parse(text: &str) -> Result<Vec<(Word, Word)>, String> {
    let mut pairs = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let wrong = || format!("line {}: no word and its spellings: {line:?}", at + 1);
        let (word, others) = line.split_once('\t').ok_or_else(wrong)?;
        let word = Word::fold(word).ok_or_else(wrong)?;
        for other in others.split(' ') {
            pairs.push((word, Word::fold(other).filter(|other| *other > word).ok_or_else(wrong)?));
        }
    }
    Ok(pairs)
}

/// The bytes of a set of pairs.
pub fn compile(pairs: &[(Word, Word)]) -> Vec<u8> {
    let mut placed: Vec<(usize, u16)> = pairs.iter().map(|(a, b)| place(a, b)).collect();
    placed.sort_unstable();
    placed.dedup();
    let mut bytes = Vec::new();
    for bucket in 0..=1 << BUCKET_BITS {
        let before = placed.partition_point(|(at, _)| *at < bucket);
        bytes.extend((before as u32).to_le_bytes());
    }
    bytes.extend(placed.iter().flat_map(|(_, fingerprint)| fingerprint.to_le_bytes()));
    bytes
}

/// The bucket and the fingerprint of a pair, whichever word is named first.
fn place(a: &Word, b: &Word) -> (usize, u16) {
    let hash = hash::mixed(hash::fnv(a.min(b).letters().iter().chain([&0]).chain(a.max(b).letters())));
    ((hash >> (64 - BUCKET_BITS)) as usize, (hash >> 16) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Word {
        Word::fold(text).unwrap()
    }

    #[test]
    fn a_list_is_read_and_its_pairs_are_known_in_both_directions() {
        let pairs = parse("# A header.\nkhaled\tkhalid khalied\nvilhelm\twilhelm\n").unwrap();
        let spellings = Spellings::read(&compile(&pairs)).unwrap();
        for (a, b, pair) in [
            ("khaled", "khalid", true),
            ("khalid", "khaled", true),
            ("wilhelm", "vilhelm", true),
            ("khalid", "khalied", false),
            ("khaled", "khaled", false),
            ("khaled", "wilhelm", false),
        ] {
            assert_eq!(spellings.are_pair(&word(a), &word(b)), pair, "{a} {b}");
        }
    }

    #[test]
    fn a_broken_line_is_told() {
        assert_eq!(parse("a\tb\nc").unwrap_err(), "line 2: no word and its spellings: \"c\"");
        assert!(parse("b\ta").is_err() && parse("a\t").is_err() && parse("a\tb  c").is_err() && parse("").is_ok());
    }

    #[test]
    fn what_is_no_set_is_refused() {
        let bytes = compile(&[(word("khaled"), word("khalid"))]);
        assert!(Spellings::read(&bytes).is_some());
        assert!(Spellings::read(&bytes[..bytes.len() - 2]).is_none());
        assert!(Spellings::read(&bytes[..8]).is_none() && Spellings::read(&[]).is_none());
        let mut foreign = bytes;
        foreign[..4].fill(0xff);
        assert!(Spellings::read(&foreign).is_none());
    }
}
