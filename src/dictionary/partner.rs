//! What is asked of a form before it is looked at: which skeleton stands beside the one it is filed under, and how many words
//! it has. Packed into 32 bits, so that thousands are read where they lie, one behind the other.

use super::skeleton::Key;

/// The bits of a whole skeleton key; the three above it hold the rest.
const KEY: u32 = (1 << 29) - 1;
const COUNT: u32 = 29;
const RARE: u32 = 1 << 31;

/// A word of a form beside the one it is filed under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Partner(u32);

impl Partner {
    /// From this many words on, forms are not told apart by their count.
    pub const MANY: usize = 5;

    /// `words` are those of the whole form, at least 2; `rare` where the word it is filed under is so rare and long that it
    /// brings in its forms by itself.
    pub fn new(key: Key, words: usize, rare: bool) -> Partner {
        let count = words.clamp(2, Partner::MANY) as u32 - 2;
        Partner(key & KEY | count << COUNT | if rare { RARE } else { 0 })
    }

    pub fn from_bits(bits: u32) -> Partner {
        Partner(bits)
    }

    pub fn bits(self) -> u32 {
        self.0
    }

    /// Its [middle](super::skeleton::middle) skeleton key; 0 where it is no Latin word.
    pub fn key(self) -> Key {
        self.0 & KEY
    }

    /// The words of the form, [`Partner::MANY`] at the most.
    pub fn words(self) -> usize {
        (self.0 >> COUNT & 3) as usize + 2
    }

    pub fn is_rare(self) -> bool {
        self.0 & RARE != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::skeleton::{self, Side};
    use crate::text::fold::Word;

    #[test]
    fn what_is_packed_is_read() {
        let mut keys = Vec::new();
        skeleton::exact_keys(&Word::fold("Barbarossamontgomery").unwrap(), Side::Intended, &mut keys);
        for key in [0, 1, keys[0]] {
            for words in 2..=Partner::MANY {
                for rare in [false, true] {
                    let partner = Partner::from_bits(Partner::new(key, words, rare).bits());
                    assert_eq!((partner.key(), partner.words(), partner.is_rare()), (key, words, rare));
                }
            }
        }
        assert_eq!(Partner::new(1, 12, false).words(), Partner::MANY);
    }
}
