//! How a name stands in a sentence: Russian cases, Arabic prefixes and spelling. Written apart from the program, which it measures.

/// A name in a Russian case: `nom`, `gen`, `dat`, `ins` or `pre`; word by word.
pub fn russian(name: &str, case: &str) -> String {
    let decline = |word: &str| {
        let Some(at) = ["nom", "gen", "dat", "ins", "pre"].iter().position(|known| *known == case) else {
            return word.to_owned();
        };
        const ADJECTIVE: [&str; 5] = ["ий", "ого", "ому", "им", "ом"];
        const POSSESSIVE: [&str; 5] = ["", "а", "у", "ым", "е"];
        const HARD: [&str; 5] = ["", "а", "у", "ом", "е"];
        const SOFT: [&str; 5] = ["ь", "я", "ю", "ем", "е"];
        const SHORT: [&str; 5] = ["й", "я", "ю", "ем", "е"];
        const A: [&str; 5] = ["а", "ы", "е", "ой", "е"];
        const YA: [&str; 5] = ["я", "и", "е", "ей", "е"];
        let endings = match word {
            // Particles: Ла, Ди.
            w if w.chars().count() < 3 => return word.to_owned(),
            w if w.ends_with("ский") || w.ends_with("цкий") => ADJECTIVE,
            w if w.ends_with("ов") || w.ends_with("ев") || w.ends_with("ин") => POSSESSIVE,
            w if w.ends_with('й') => SHORT,
            w if w.ends_with('ь') => SOFT,
            w if w.ends_with('а') => A,
            w if w.ends_with('я') => YA,
            w if w.ends_with(['о', 'е', 'ё', 'и', 'у', 'ю', 'ы', 'э']) => return word.to_owned(),
            _ => HARD,
        };
        let stem = word.strip_suffix(endings[0]).unwrap_or(word);
        format!("{stem}{}", endings[at])
    };
    name.split(' ').map(decline).collect::<Vec<_>>().join(" ")
}

/// A name as careless Arabic writes it: no hamza on its alifs, ه for ة and ى for ي at the end of a word.
pub fn careless_arabic(name: &str) -> String {
    let bare = name.replace(['أ', 'إ', 'آ'], "ا");
    let word = |word: &str| match word {
        w if w.ends_with('ة') => format!("{}ه", &w[..w.len() - 'ة'.len_utf8()]),
        w if w.ends_with('ي') => format!("{}ى", &w[..w.len() - 'ي'.len_utf8()]),
        w => w.to_owned(),
    };
    bare.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A sentence with the name put in its place.
pub fn sentence(pattern: &str, native: &str) -> String {
    if let Some((before, rest)) = pattern.split_once("{~}") {
        return format!("{before}{}{rest}", careless_arabic(native));
    }
    for case in ["nom", "gen", "dat", "ins", "pre"] {
        if let Some((before, rest)) = pattern.split_once(&format!("{{{case}}}")) {
            return format!("{before}{}{rest}", russian(native, case));
        }
    }
    // ل before the article is written لل.
    match native.strip_prefix("ال") {
        Some(rest) if pattern.contains("ل{}") => pattern.replace("{}", &format!("ل{rest}")),
        _ => pattern.replace("{}", native),
    }
}
