//! What languages put before and behind a name in its word. Letters are those of folded words.

use crate::text::character::{self, Script};

/// Arabic and, for their languages' sake, Persian and Urdu: conjunctions, prepositions and the article, alone and together.
const ARABIC: &[&str] = &[
    "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "كال", "لل", "ولل", "فلل", "وب", "ول", "وك", "فب", "فل",
    "وبال", "وكال",
];
/// Hebrew letters that are prefixes; up to three stand together.
const HEBREW: &str = "ובכלמשה";
const MOST_HEBREW: usize = 4;

const CYRILLIC: &[&str] = &[
    "а", "у", "ю", "я", "е", "и", "ы", "і", "ї", "ом", "ем", "єм", "ям", "ым", "им", "ой", "ей", "ою", "ею", "єю",
    "ую", "юю", "ого", "его", "ому", "ему", "ові", "еві", "єві", "ів", "ию", "ією", "ией", "ии", "ов", "ев", "ами",
    "ями", "ах", "ях", "ых", "их", "ыми", "ими", "ый", "ий", "ая", "ої", "ій",
];
const GREEK: &[&str] =
    &["σ", "ν", "υ", "ου", "ο", "ον", "ε", "α", "ασ", "η", "ησ", "οσ", "ων", "ουσ", "ησ", "οι", "εσ"];
const KOREAN: &[&str] = &[
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "에게",
    "에서",
    "께서",
    "께",
    "와",
    "과",
    "도",
    "로",
    "으로",
    "만",
    "씨",
    "님",
    "측",
    "까지",
    "부터",
    "이다",
    "이나",
    "나",
    "보다",
    "처럼",
    "라고",
    "이라고",
    "라는",
    "이라는",
    "인",
    "입니다",
    "였다",
    "이었다",
    "이며",
    "며",
    "한테",
    "들",
    "조차",
    "마저",
    "밖에",
    "하고",
    "랑",
    "이랑",
    "서",
];
/// Endings of words in Latin letters, and what they may replace. A stem keeps this many letters at least.
const LATIN: &[&str] =
    &["", "s", "es", "e", "n", "en", "er", "ern", "em", "ies", "y", "x", "ed", "d", "ing", "a", "o", "i", "os", "as"];
const LEAST_STEM: usize = 3;
/// A name keeps this many letters or syllables when an ending is taken off.
const LEAST_NAME: usize = 2;
/// Particles that stand one behind the other.
const MOST_PARTICLES: usize = 3;

/// A word as it is, and without each prefix that its language may have put before it.
pub(super) fn prefixes(word: &str) -> impl Iterator<Item = &str> {
    let script = word.chars().next().map(character::script);
    let arabic = if script == Some(Script::Arabic) { ARABIC } else { &[] };
    let most_hebrew = if script == Some(Script::Hebrew) { MOST_HEBREW } else { 0 };
    let hebrew = word.char_indices().take(most_hebrew).take_while(|(_, c)| HEBREW.contains(*c));
    let bare = arabic.iter().filter_map(|prefix| word.strip_prefix(prefix));
    // للجزائر is ل and الجزائر.
    let bare = bare.chain(hebrew.map(|(at, c)| &word[at + c.len_utf8()..])).filter(|rest| !rest.is_empty());
    std::iter::once(word).chain(bare)
}

/// A word as it is written, and without what its language may have put before or behind it.
pub(super) fn bare(word: &str) -> impl Iterator<Item = &str> {
    let endings = match word.chars().next_back().map(character::script) {
        Some(Script::Cyrillic) => CYRILLIC,
        Some(Script::Greek) => GREEK,
        Some(Script::Hangul) => KOREAN,
        _ => &[],
    };
    let stems = endings.iter().filter_map(|ending| word.strip_suffix(ending));
    prefixes(word).chain(stems.filter(|stem| stem.chars().nth(LEAST_NAME - 1).is_some()))
}

pub(super) fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word)
}

/// Whether a word of the text is that word of a name, with an ending of its language.
pub(super) fn carries(seen: &str, name: &str) -> bool {
    if seen == name || without_article(name) == seen {
        return true;
    }
    let Some(last) = name.chars().next_back() else { return false };
    match character::script(last) {
        Script::Cyrillic => cyrillic(seen, name),
        Script::Greek => {
            let stem = ["οσ", "ησ", "ασ", "ου", "η", "α", "ο", "σ"].iter().find_map(|ending| name.strip_suffix(ending));
            ends(seen, name, GREEK) || stem.filter(is_long).is_some_and(|stem| seen == stem || ends(seen, stem, GREEK))
        }
        Script::Hangul => seen.strip_prefix(name).is_some_and(|rest| are_particles(rest, MOST_PARTICLES)),
        _ => false,
    }
}

/// Whether a word in Latin letters is another one inflected: contrats of contrat, cities of city, Verträge is too far.
pub(super) fn inflects(seen: &str, word: &str) -> bool {
    let common = seen.char_indices().zip(word.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
    let common = common.unwrap_or(seen.len().min(word.len()));
    let is_stem = seen[..common].chars().count() >= LEAST_STEM;
    let is_ending = |rest: &str| LATIN.contains(&rest);
    let is_french = || word.strip_suffix("al").is_some_and(|stem| seen.strip_suffix("aux") == Some(stem));
    word.chars().all(|c| matches!(character::script(c), Script::Latin | Script::Common | Script::Inherited))
        && (is_stem && is_ending(&seen[common..]) && word.get(common..).is_some_and(is_ending) || is_french())
}

fn ends(seen: &str, stem: &str, endings: &[&str]) -> bool {
    seen.strip_prefix(stem).is_some_and(|ending| endings.contains(&ending))
}

fn is_long(stem: &&str) -> bool {
    stem.chars().nth(1).is_some()
}

fn cyrillic(seen: &str, name: &str) -> bool {
    let has = |stem: &str| is_long(&stem) && (seen == stem || ends(seen, stem, CYRILLIC));
    let stem = name.strip_suffix(['а', 'я', 'о', 'е', 'й', 'ь', 'и', 'і', 'у', 'ї', 'є']);
    let adjective = ["ий", "ый", "ая", "ой", "ія"].iter().find_map(|ending| name.strip_suffix(ending));
    if ends(seen, name, CYRILLIC) || stem.is_some_and(has) || adjective.is_some_and(has) {
        return true;
    }
    // Павел, Павла: the vowel of the last syllable goes; Ольга, Ользі: the consonant softens.
    let mut letters = name.chars().rev();
    let (last, vowel) = (letters.next(), letters.next());
    let fleeting = match (last, vowel) {
        (Some(last), Some('е' | 'о')) => {
            let cut = name.len() - last.len_utf8() - 'е'.len_utf8();
            ends(seen, &format!("{}{last}", &name[..cut]), CYRILLIC)
        }
        _ => false,
    };
    let soft = [("га", "зі"), ("ка", "ці"), ("ха", "сі")]
        .iter()
        .any(|(hard, soft)| name.strip_suffix(hard).is_some_and(|stem| seen.strip_prefix(stem) == Some(soft)));
    fleeting || soft
}

fn are_particles(rest: &str, most: usize) -> bool {
    rest.is_empty()
        || most > 0 && KOREAN.iter().any(|p| rest.strip_prefix(p).is_some_and(|rest| are_particles(rest, most - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_of_a_language_are_carried_and_other_letters_are_not() {
        for (seen, name) in [
            ("пленелем", "пленель"),
            ("ковальчукові", "ковальчук"),
            ("толстого", "толстой"),
            ("достоевским", "достоевский"),
            ("павла", "павел"),
            ("ахматовой", "ахматова"),
            ("πετρου", "πετροσ"),
            ("플레넬에게는", "플레넬"),
        ] {
            assert!(carries(seen, name), "{seen} of {name}");
        }
        for (seen, name) in [("пленелов", "пленельев"), ("마리아", "마리"), ("бор", "борис"), ("بلينيلي", "بلينيل")]
        {
            assert!(!carries(seen, name), "{seen} of {name}");
        }
    }

    #[test]
    fn latin_terms_are_inflected() {
        for (seen, word) in [("contrats", "contrat"), ("cities", "city"), ("journaux", "journal"), ("files", "file")] {
            assert!(inflects(seen, word), "{seen} of {word}");
        }
        for (seen, word) in
            [("contraste", "contrat"), ("filter", "file"), ("fill", "file"), ("is", "it"), ("договору", "договор")]
        {
            assert!(!inflects(seen, word), "{seen} of {word}");
        }
    }

    #[test]
    fn prefixes_are_taken_off_one_by_one() {
        assert!(prefixes("וכשדן").eq(["וכשדן", "כשדן", "שדן", "דן"]));
        assert!(prefixes("بالقاهره").any(|bare| bare == "قاهره"));
        assert!(prefixes("Иван").eq(["Иван"]));
    }
}
