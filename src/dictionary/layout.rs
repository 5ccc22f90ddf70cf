//! The compiled form on disk: a header, a table of sections, the sections. Everything little-endian, nothing aligned, no
//! pointers: it is used where it lies.
//!
//! ```text
//! "orthonym" · version u32 · sections u32 · checksum u64 · (offset u64, length u64) × sections · bytes
//! ```
//! The checksum is that of everything behind it.

use std::ops::Range;

pub const MAGIC: &[u8; 8] = b"orthonym";
/// Raised whenever the meaning of a section changes: an older file is compiled again by its owner.
pub const VERSION: u32 = 5;
pub const HEADER: usize = 24;

/// The sections, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Section {
    /// An entry: first form u32, offset into `Details` u32. One more at the end closes the last.
    Entries,
    /// An entry's kind, u8.
    EntryKinds,
    /// A form: entry u32, offset into `Text` u32, first word u32. One more at the end closes the last.
    Forms,
    /// A form's [`super::FormKind`], u8.
    FormKinds,
    /// The forms' texts, one behind the other.
    Text,
    /// The words of all forms: token u32.
    Words,
    /// A token: offset into `TokenText` u32, first posting u32. One more at the end closes the last.
    Tokens,
    /// The tokens' keys (see `text::fold::push_key`), one behind the other.
    TokenText,
    /// The most words that a form beginning with this token has, u8 (0: none begins with it).
    TokenReach,
    /// A token's first skeleton key, u32; 0 where it is no Latin word.
    TokenSkeletons,
    /// Tokens by the hash of their keys: a [`Slots`] u32. A power of two.
    TokenTable,
    /// The right forms that hold a token: form u32, ascending.
    Postings,
    /// The first record in `Partners` of a key's token, u32, in the order of `KeyTokens`. One more at the end closes the last.
    PartnerStarts,
    /// The right forms of several words in which a token has a whole key, and what stands beside that token, a record for each
    /// other word: its [`super::partner::Partner`] u32, the other word's token u32, form u32, in this order. Read in one go where
    /// postings would be jumped after.
    Partners,
    /// Forms by the hash of their tokens: a [`Slots`] u32. A power of two.
    FormTable,
    /// Skeleton keys, ascending: key u32.
    Keys,
    /// The first of a key's tokens in `KeyTokens`, u32. One more at the end closes the last.
    KeyStarts,
    /// Token u32.
    KeyTokens,
    /// Entries in the order of their ids: entry u32.
    Ids,
    /// What is seldom asked of an entry: (tag u8, length u16, bytes) one behind the other.
    Details,
}

pub const SECTIONS: usize = Section::Details as usize + 1;

/// What a record in `Details` says.
pub mod tag {
    pub const ID: u8 = 1;
    /// Language code, a NUL, the form.
    pub const NATIVE: u8 = 2;
    pub const ROLE: u8 = 3;
    pub const WITH: u8 = 4;
    pub const CONFUSED_WITH: u8 = 5;
    pub const SAME_AS: u8 = 6;
    pub const SOURCE: u8 = 7;
    /// Index of the form within its entry in decimal, a NUL, the style.
    pub const STYLE: u8 = 8;
}

/// The checksum of the compiled form and the hash of its tables: FNV-1a over 64-bit words, the tail byte by byte.
pub fn hash(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let word = u64::from_le_bytes([word[0], word[1], word[2], word[3], word[4], word[5], word[6], word[7]]);
        hash = (hash ^ word).wrapping_mul(PRIME).rotate_left(23);
    }
    for &byte in words.remainder() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
    }
    hash ^ hash >> 29
}

/// How the slots of a hash table are filled: 0 is free; else the low bits, as many as the items need, are the item + 1, and the
/// others are the hash's upper half as far as there is room. Most slots that are passed on the way need no look at their item.
#[derive(Clone, Copy)]
pub struct Slots {
    bits: u32,
}

impl Slots {
    pub fn of(items: usize) -> Slots {
        Slots { bits: (usize::BITS - items.leading_zeros()).min(u32::BITS) }
    }

    pub fn slot(self, item: u32, hash: u64) -> u32 {
        self.tag(hash) | (item + 1)
    }

    /// The item of a slot that is not free, if the hash may be its.
    #[inline]
    pub fn item(self, slot: u32, hash: u64) -> Option<u32> {
        let item = (slot ^ self.tag(hash)).checked_sub(1)?;
        (u64::from(item) + 1 < 1 << self.bits).then_some(item)
    }

    fn tag(self, hash: u64) -> u32 {
        ((hash >> 32) as u32).checked_shl(self.bits).unwrap_or(0)
    }
}

/// The hash of a sequence of tokens.
pub fn hash_tokens(tokens: impl IntoIterator<Item = u32>) -> u64 {
    tokens.into_iter().fold(0x9e37_79b9_7f4a_7c15, extend_hash)
}

/// The hash of a sequence that is one token longer.
pub fn extend_hash(hash: u64, token: u32) -> u64 {
    let mixed = (hash ^ u64::from(token)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ mixed >> 32
}

/// Reads the header and the table of sections. `None` where a section does not lie inside `len` bytes.
pub fn read_sections(bytes: &[u8]) -> Option<[Range<usize>; SECTIONS]> {
    let mut sections = [const { 0..0 }; SECTIONS];
    for (i, section) in sections.iter_mut().enumerate() {
        let at = HEADER + 16 * i;
        let offset = usize::try_from(read_u64(bytes, at)?).ok()?;
        let len = usize::try_from(read_u64(bytes, at + 8)?).ok()?;
        let end = offset.checked_add(len)?;
        if end > bytes.len() {
            return None;
        }
        *section = offset..end;
    }
    Some(sections)
}

#[inline]
pub fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    let slice = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([slice[0], slice[1], slice[2], slice[3]]))
}

pub fn read_u64(bytes: &[u8], at: usize) -> Option<u64> {
    let low = read_u32(bytes, at)?;
    let high = read_u32(bytes, at + 4)?;
    Some(u64::from(high) << 32 | u64::from(low))
}

/// Puts the sections together behind a header.
pub fn assemble(sections: &[Vec<u8>; SECTIONS]) -> Vec<u8> {
    let table = HEADER + 16 * SECTIONS;
    let total = table + sections.iter().map(Vec::len).sum::<usize>();
    let mut bytes = Vec::with_capacity(total);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&(SECTIONS as u32).to_le_bytes());
    bytes.extend_from_slice(&[0; 8]);
    let mut offset = table as u64;
    for section in sections {
        bytes.extend_from_slice(&offset.to_le_bytes());
        bytes.extend_from_slice(&(section.len() as u64).to_le_bytes());
        offset += section.len() as u64;
    }
    for section in sections {
        bytes.extend_from_slice(section);
    }
    let checksum = hash(&bytes[HEADER..]);
    bytes[16..24].copy_from_slice(&checksum.to_le_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_tells_its_item_to_its_own_hash() {
        for items in [1, 2, 1000, 1 << 20, u32::MAX as usize] {
            let slots = Slots::of(items);
            for item in [0, items as u32 / 2, items as u32 - 1] {
                let hash = hash(&item.to_le_bytes());
                let slot = slots.slot(item, hash);
                assert_ne!(slot, 0);
                assert_eq!(slots.item(slot, hash), Some(item), "{item} of {items}");
                // Of a full table, no bit is left to tell hashes apart.
                let other = slots.item(slot, !hash);
                assert_eq!(other, (items > u32::MAX as usize / 2).then_some(item), "{item} of {items}");
            }
        }
    }

    #[test]
    fn no_slot_is_too_foreign_to_be_read() {
        for items in [0, 1, 1000, usize::MAX] {
            for slot in [0, 1, 1 << 31, u32::MAX] {
                let item = Slots::of(items).item(slot, 0x1234_5678_9abc_def0);
                assert!(item.is_none_or(|item| item < u32::MAX), "{item:?}");
            }
        }
    }
}
