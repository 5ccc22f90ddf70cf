//! A sketch of the channel: a distance between two words, cheap enough to order hundreds of candidates so that only
//! the nearest are scored in full. Editex (Zobel & Dart 1996) in spirit: letters that sound alike are near, vowels are cheap.

use crate::text::fold::{MAX_LETTERS, Word};
use once_cell::sync::Lazy;

/// A distance in tenths of the replacement of a consonant by one that sounds differently.
pub type Distance = u16;

const SAME_CLASS: u8 = 3;
const VOWEL: u8 = 1;
const VOWEL_LOST: u8 = 3;
const CONSONANT_LOST: u8 = 8;
const OTHER: u8 = 10;

/// How much farther than the nearest form another one is that is still worth scoring: what lies beyond was never the likelier
/// one in 4,000 garbled names.
const WORTH: Distance = 16;

/// Letters by sound: those of one row are near each other.
const CLASSES: [&str; 10] = ["aeiouyw", "bpfv", "kgqcx", "td", "szcjx", "jgyz", "lr", "mn", "hkg", "wvu"];

struct Costs {
    replace: [[u8; LETTERS]; LETTERS],
    lose: [u8; LETTERS],
}

/// More than there are letters: a power of two, so that no index can lie beyond.
const LETTERS: usize = 32;

static COSTS: Lazy<Costs> = Lazy::new(|| {
    let mut costs = Costs { replace: [[OTHER; LETTERS]; LETTERS], lose: [CONSONANT_LOST; LETTERS] };
    let code = |letter: u8| usize::from(letter - b'a' + 1);
    for (row, class) in CLASSES.iter().enumerate() {
        for a in class.bytes() {
            for b in class.bytes() {
                costs.replace[code(a)][code(b)] = if row == 0 { VOWEL } else { SAME_CLASS };
            }
        }
    }
    for letter in b"aeiouywh" {
        costs.lose[code(*letter)] = VOWEL_LOST;
    }
    for letter in 0..LETTERS {
        costs.replace[letter][letter] = 0;
    }
    costs
});

/// The distance of two words: the cheapest way to replace, lose and add letters; a letter that doubles the one before it
/// is nearly free.
pub fn distance(a: &Word, b: &Word) -> Distance {
    distance_within(a, b, Distance::MAX).unwrap_or(Distance::MAX)
}

/// [`distance`], where it is `most` or less; given up as soon as it cannot be.
pub fn distance_within(a: &Word, b: &Word, most: Distance) -> Option<Distance> {
    let costs = &*COSTS;
    let (a, b) = (a.letters(), b.letters());
    let mut row = [0u16; MAX_LETTERS + 1];
    let mut add = [0u16; MAX_LETTERS];
    for j in 0..b.len() {
        add[j] = lost(costs, b, j);
        row[j + 1] = row[j] + add[j];
    }
    for (i, letter) in a.iter().enumerate() {
        let mut diagonal = row[0];
        let lose = lost(costs, a, i);
        row[0] += lose;
        let mut left = row[0];
        let mut least = left;
        let replace = &costs.replace[usize::from(*letter) % LETTERS];
        for ((cell, letter), add) in row[1..].iter_mut().zip(b).zip(&add) {
            let replaced = diagonal + u16::from(replace[usize::from(*letter) % LETTERS]);
            diagonal = *cell;
            left = replaced.min(diagonal + lose).min(left + add);
            *cell = left;
            least = least.min(left);
        }
        if least > most {
            return None;
        }
    }
    Some(row[b.len()]).filter(|distance| *distance <= most)
}

/// From this distance a letter on, in tenths of [`Distance`], no trip makes one word the other: chosen where scoring what lies
/// beyond put no name right.
const FAR_A_LETTER: Distance = 58;

/// How many consonants are lost, added or changed from one word to the other; doubled ones count once, h and w not at all.
pub fn consonants_apart(a: &Word, b: &Word) -> usize {
    let consonants = |word: &Word| -> Vec<u8> {
        let letters = word.letters();
        let is_consonant = |letter: u8| !b"aeiouywh".contains(&(letter + b'a' - 1));
        let once = (0..letters.len()).filter(|&at| at == 0 || letters[at - 1] != letters[at]).map(|at| letters[at]);
        once.filter(|&letter| is_consonant(letter)).collect()
    };
    strsim::generic_levenshtein(&consonants(a), &consonants(b))
}

/// How far two words lie apart; `None` where that is so far that no trip makes one the other.
pub fn near(a: &Word, b: &Word) -> Option<Distance> {
    distance_within(a, b, FAR_A_LETTER * a.len().max(b.len()) as Distance / 10)
}

/// Of things at some distance, keeps those that are worth scoring: not much farther than the nearest, the `most` nearest of
/// them at the most. In no order.
pub fn keep_nearest<T: Ord>(near: &mut Vec<(Distance, T)>, most: usize) {
    let nearest = near.iter().map(|(distance, _)| *distance).min().unwrap_or(0);
    near.retain(|(distance, _)| *distance <= nearest.saturating_add(WORTH));
    if near.len() > most {
        near.select_nth_unstable(most);
        near.truncate(most);
    }
}

/// What it costs to lose or add the letter at `at`.
fn lost(costs: &Costs, word: &[u8], at: usize) -> u16 {
    match at > 0 && word[at - 1] == word[at] {
        true => 1,
        false => u16::from(costs.lose[usize::from(word[at])]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_is_given_up_where_it_is_too_great() {
        let [a, b] = ["Plenel", "Blenil"].map(|word| Word::fold(word).unwrap());
        let far = distance(&a, &b);
        assert_eq!(distance_within(&a, &b, far), Some(far));
        assert_eq!(distance_within(&a, &b, far - 1), None);
    }

    #[test]
    fn what_is_much_farther_than_the_nearest_is_not_kept() {
        let kept = |most: usize| {
            let mut near = vec![(9, 'b'), (5, 'a'), (5 + WORTH, 'c'), (6 + WORTH, 'd')];
            keep_nearest(&mut near, most);
            near.sort_unstable();
            near.iter().map(|(_, thing)| *thing).collect::<String>()
        };
        assert_eq!(kept(9), "abc");
        assert_eq!(kept(2), "ab");
    }

    #[test]
    fn consonants_are_counted_and_vowels_are_not() {
        let apart = |a: &str, b: &str| consonants_apart(&Word::fold(a).unwrap(), &Word::fold(b).unwrap());
        assert_eq!(apart("Johanna", "Ioana"), 1);
        assert_eq!(apart("Wilhelm", "Willem"), 1);
        assert_eq!(apart("Mohammed", "Muhamad"), 0);
        assert_eq!(apart("Ahh", "Eau"), 0);
    }

    #[test]
    fn a_garbling_is_nearer_than_another_name() {
        let distance = |a: &str, b: &str| distance(&Word::fold(a).unwrap(), &Word::fold(b).unwrap());
        assert_eq!(distance("Plenel", "Plenel"), 0);
        assert!(distance("Plenel", "Blenil") < distance("Plenel", "Planck"));
        assert!(distance("Mohammed", "Muhamad") < distance("Mohammed", "Mahmoud"));
        assert_eq!(distance("Plenel", "Blenil"), distance("Blenil", "Plenel"));
    }
}
