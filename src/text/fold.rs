//! Folding: a word reduced to the letters a–z, which is the alphabet of the channel, the lexicon and the index.

use super::character::{is_alphanumeric, is_mark};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_compatible;

/// The most letters a folded word may have; longer words are no names and are not folded.
pub const MAX_LETTERS: usize = 24;

/// A word folded to letters: 1 is `a`, 26 is `z`. Fixed size, so that scoring never allocates.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Word {
    letters: [u8; MAX_LETTERS],
    len: u8,
}

impl Word {
    /// The folded letters of `text`: case, accents, apostrophes and every mark that is no letter are dropped
    /// ("Geoff­roy’s" keeps its letters only). `None` where nothing is left, where more than
    /// [`MAX_LETTERS`] letters are, or where a letter is not Latin.
    pub fn fold(text: &str) -> Option<Word> {
        let mut word = Word { letters: [0; MAX_LETTERS], len: 0 };
        let mut fits = true;
        for c in text.chars() {
            if c.is_ascii() {
                if c.is_ascii_alphabetic() {
                    fits &= word.push(c.to_ascii_lowercase() as u8 - b'a' + 1);
                }
            } else {
                fits &= word.push_folded(c);
            }
            if !fits {
                return None;
            }
        }
        (word.len > 0).then_some(word)
    }

    /// [`Word::fold`] of a key that [`push_key`] has made, given as its bytes: most are letters a–z only.
    pub fn of_key(key: &[u8]) -> Option<Word> {
        let mut word = Word { letters: [0; MAX_LETTERS], len: key.len() as u8 };
        if key.is_empty() || key.len() > MAX_LETTERS || !key.iter().all(u8::is_ascii_lowercase) {
            return Word::fold(std::str::from_utf8(key).ok()?);
        }
        word.letters.iter_mut().zip(key).for_each(|(letter, ascii)| *letter = ascii - b'a' + 1);
        Some(word)
    }

    /// `first` and `second` run together, as a translation merges "Saad Eddin" into "Saadeddin".
    pub fn join(first: &Word, second: &Word) -> Option<Word> {
        let mut word = *first;
        second.letters().iter().all(|&l| word.push(l)).then_some(word)
    }

    /// Letter codes, 1 for `a` to 26 for `z`.
    pub fn letters(&self) -> &[u8] {
        &self.letters[..usize::from(self.len)]
    }

    /// The number of letters, at least 1.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        usize::from(self.len)
    }

    /// `false` where the word is full.
    fn push(&mut self, letter: u8) -> bool {
        let at = usize::from(self.len);
        if at == MAX_LETTERS {
            return false;
        }
        self.letters[at] = letter;
        self.len += 1;
        true
    }

    /// Pushes what a character beyond ASCII folds to; `false` for a letter that is not Latin or does not fit.
    fn push_folded(&mut self, c: char) -> bool {
        if let Some(plain) = undecomposed(c) {
            return plain.bytes().all(|b| self.push(b - b'a' + 1));
        }
        let mut ok = true;
        decompose_compatible(c, |d| {
            ok &= if d.is_ascii_alphabetic() {
                self.push(d.to_ascii_lowercase() as u8 - b'a' + 1)
            } else if let Some(plain) = undecomposed(d) {
                plain.bytes().all(|b| self.push(b - b'a' + 1))
            } else {
                is_mark(d) || !d.is_alphabetic()
            };
        });
        ok
    }
}

impl std::fmt::Display for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.letters().iter().try_for_each(|l| write!(f, "{}", (l - 1 + b'a') as char))
    }
}

impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Word({self})")
    }
}

/// Latin letters that Unicode does not decompose, and what English prints for them; modifier letters fold to nothing.
fn undecomposed(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' | 'ɖ' | 'Ɖ' => "d",
        'þ' | 'Þ' => "th",
        'ł' | 'Ł' => "l",
        'ı' => "i",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'ŋ' | 'Ŋ' => "ng",
        'ə' | 'Ə' => "a",
        'ɓ' | 'Ɓ' => "b",
        'ɗ' | 'Ɗ' => "d",
        'ƙ' | 'Ƙ' => "k",
        'ƴ' | 'Ƴ' => "y",
        'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | 'ˈ' | 'ʹ' | 'ʺ' => "",
        _ => return None,
    })
}

/// Appends the key under which a word is looked up: folded letters where it is Latin, else lower case; digits stay.
pub fn push_key(word: &str, key: &mut String) {
    for c in word.chars() {
        if c.is_ascii_alphanumeric() {
            key.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() {
            decompose_compatible(c, |d| match undecomposed(d) {
                Some(plain) => key.push_str(plain),
                None if is_alphanumeric(d) && !is_mark(d) => key.extend(d.to_lowercase()),
                None => {}
            });
        }
    }
}

/// Whether two texts have the same letters once case, accents and punctuation are gone.
pub fn same_letters(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> Vec<Option<Word>> { text.split_whitespace().map(Word::fold).collect() };
    letters(a) == letters(b)
}

/// Whether two texts have the same letters and accents once case and marks are gone.
pub fn same_letters_and_accents(a: &str, b: &str) -> bool {
    let letters =
        |text: &'_ str| -> String { text.nfc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    letters(a) == letters(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> String {
        Word::fold(text).map(|w| w.to_string()).unwrap_or_default()
    }

    #[test]
    fn accents_case_and_apostrophes_go() {
        assert_eq!(fold("Lénaïg"), "lenaig");
        assert_eq!(fold("O’Neill"), "oneill");
        assert_eq!(fold("Sa'ad"), "saad");
        assert_eq!(fold("Łukasz"), "lukasz");
        assert_eq!(fold("Weiß"), "weiss");
        assert_eq!(fold("Æthelred"), "aethelred");
        assert_eq!(fold("Əliyev"), "aliyev");
        assert_eq!(fold("Erdoğan"), "erdogan");
        assert_eq!(fold("İstanbul"), "istanbul");
        assert_eq!(fold("Nguyễn"), "nguyen");
    }

    #[test]
    fn a_key_is_folded_as_its_text() {
        for key in ["plenel", "7iber", "путин", "", "1999", &"a".repeat(MAX_LETTERS + 1)] {
            assert_eq!(Word::of_key(key.as_bytes()), Word::fold(key), "{key}");
        }
    }

    #[test]
    fn what_is_no_latin_word_is_not_folded() {
        assert_eq!(Word::fold("Путин"), None);
        assert_eq!(Word::fold("2023"), None);
        assert_eq!(Word::fold(""), None);
        assert_eq!(Word::fold(&"a".repeat(MAX_LETTERS + 1)), None);
    }

    #[test]
    fn words_join() {
        let (saad, eddin) = (Word::fold("Saad").unwrap(), Word::fold("Eddin").unwrap());
        assert_eq!(Word::join(&saad, &eddin), Word::fold("Saadeddin"));
        let long = Word::fold(&"a".repeat(MAX_LETTERS)).unwrap();
        assert_eq!(Word::join(&long, &saad), None);
    }

    #[test]
    fn keys_keep_digits_and_other_scripts() {
        let key = |word: &str| {
            let mut key = String::new();
            push_key(word, &mut key);
            key
        };
        assert_eq!(key("L’Équipe"), "lequipe");
        assert_eq!(key("7iber"), "7iber");
        assert_eq!(key("Путин"), "путин");
    }

    #[test]
    fn same_letters_ignores_accents_only() {
        assert!(same_letters("Andres Lopez", "Andrés López"));
        assert!(!same_letters("Andres Lopes", "Andrés López"));
    }
}
