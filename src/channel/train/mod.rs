//! Learning the weight tables from attested spellings of names in many scripts.
//!
//! Knows the form of such lists (rows of spellings of one name), not where they lie; the command is
//! `examples/train-channel.rs`.

mod em;
mod pairs;
mod reader;

use std::collections::BTreeSet;
use std::fmt::Write as _;

pub use em::{Model, Pair};
pub use pairs::Spellings;

use super::alphabet::{self, Alphabet, EMPTY_SIGN, Script};
use super::compile::Unit;
use super::native::NativeWord;
use super::route::Route;
use crate::text::fold::Word;
use reader::Reader;

/// Replaces the letters of a native word one by one; several readings where romanisers differ.
pub type Romaniser<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// The pairs from which a route is learned: Latin words that share a native form, Latin words with what the script's own
/// table reads from their native form, or with its letters replaced one by one. A typing slip is not learned: it has none.
pub fn pairs_of(route: Route, spellings: &Spellings, romanise: Romaniser) -> Vec<Pair> {
    let written = |script: Script| move |form: &str| NativeWord::new(form).is_some_and(|w| w.script() == script);
    let shared = |script| spellings.shared(written(script));
    let plain = |script| spellings.romanised(written(script), romanise);
    let read = |script| spellings.romanised(written(script), &reader(script, spellings));
    match route {
        Route::Arabic => spellings.shared(|form| written(Script::Arabic)(form) && !persian(form)),
        Route::Persian => spellings.shared(|form| written(Script::Arabic)(form) && persian(form)),
        Route::ReadArabic => read(Script::Arabic),
        Route::Russian => shared(Script::Cyrillic),
        Route::Hebrew => shared(Script::Hebrew),
        Route::Greek => shared(Script::Greek),
        Route::Korean => shared(Script::Hangul),
        Route::Japanese => shared(Script::Kana),
        Route::Chinese => shared(Script::Han),
        Route::PlainArabic => plain(Script::Arabic),
        Route::PlainHebrew => plain(Script::Hebrew),
        Route::PlainRussian => plain(Script::Cyrillic),
        Route::PlainKorean => plain(Script::Hangul),
        Route::PlainJapanese => plain(Script::Kana),
        Route::PlainChinese => plain(Script::Han),
        Route::Typing => Vec::new(),
    }
}

/// Letters that Persian and Urdu write and Arabic does not.
fn persian(form: &str) -> bool {
    form.contains(['پ', 'چ', 'ژ', 'گ', 'ک', 'ی', 'ٹ', 'ڈ', 'ڑ', 'ں', 'ہ', 'ے'])
}

/// Reads native words of one script as the table that is learned for it would.
fn reader(script: Script, spellings: &Spellings) -> impl Fn(&str) -> Vec<String> {
    let reader = Reader::new(Model::learn(Some(script), &spellings.native(script)).units());
    move |form| {
        let word = NativeWord::new(form).filter(|word| word.script() == script);
        word.map(|word| reader.read(word.letters())).into_iter().collect()
    }
}

/// The costs of typing slips, in nats: set by hand, as no list of attested slips is at hand. A letter that is right
/// costs nothing.
pub fn typing() -> Vec<Unit> {
    const NEIGHBOUR: f64 = 5.5;
    const SUBSTITUTED: f64 = 7.0;
    const LOST: f64 = 5.5;
    const ADDED: f64 = 6.5;
    const SWAPPED: f64 = 5.0;
    const DOUBLED: f64 = 4.5;
    let rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let place = |code: u8| {
        let letter = alphabet::letter(None, code)?;
        rows.iter().enumerate().find_map(|(y, row)| Some((row.find(letter)? as i32 * 2 + y as i32, y as i32)))
    };
    let near = |a: u8, b: u8| match (place(a), place(b)) {
        (Some((ax, ay)), Some((bx, by))) => (ax - bx).abs() <= 2 && (ay - by).abs() <= 1,
        _ => false,
    };
    let unit = |intended: &[u8], seen: &[u8], cost| Unit { intended: intended.into(), seen: seen.into(), cost };
    let mut units = Vec::new();
    for mark in [alphabet::START, alphabet::END] {
        units.push(unit(&[mark], &[mark], 0.0));
    }
    for a in alphabet::codes(None) {
        units.extend([unit(&[a], &[a], 0.0), unit(&[a], &[], LOST), unit(&[], &[a], ADDED)]);
        units.extend([unit(&[a], &[a, a], DOUBLED), unit(&[a, a], &[a], DOUBLED)]);
        for b in alphabet::codes(None).filter(|&b| b != a) {
            units.push(unit(&[a], &[b], if near(a, b) { NEIGHBOUR } else { SUBSTITUTED }));
            units.push(unit(&[a, b], &[b, a], SWAPPED));
        }
    }
    units
}

/// The list of attested spellings as text, under a header of comment lines: [`super::spellings::parse`] reads it.
pub fn list(header: &str, pairs: &BTreeSet<(Word, Word)>) -> String {
    let mut text: String = header.lines().map(|line| format!("# {line}\n")).collect();
    let mut last = None;
    for (word, other) in pairs {
        let _ = match last == Some(word) {
            true => write!(text, " {other}"),
            false => write!(text, "{}{word}\t{other}", if last.is_some() { "\n" } else { "" }),
        };
        last = Some(word);
    }
    text.push('\n');
    text
}

/// A table as text: sorted, with 2 decimals, under a header of comment lines.
pub fn table(alphabet: Alphabet, header: &str, units: &[Unit]) -> String {
    let side = |alphabet: Alphabet, codes: &[u8]| match codes {
        [] => EMPTY_SIGN.to_owned(),
        _ => codes.iter().filter_map(|&code| alphabet::letter(alphabet, code)).collect(),
    };
    let lines = |unit: &Unit| (side(alphabet, &unit.intended), side(None, &unit.seen), unit.cost);
    let mut sorted: Vec<(String, String, f64)> = units.iter().map(lines).collect();
    sorted.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    let mut text: String = header.lines().map(|line| format!("# {line}\n")).collect();
    for (intended, seen, cost) in sorted {
        let _ = writeln!(text, "{intended}\t{seen}\t{cost:.2}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::compile;
    use super::*;

    /// Names as an imagined list spells them: what is p in one language is b in another.
    const ROWS: &str = "\
        paris, baris, باريس => Q1\npeter, beter, بيتر => Q2\npablo, bablo, بابلو => Q3\npavel, bavel, بافل => Q4\n\
        simon, سيمون => Q5\nsaid, saeed, سعيد => Q6\nkarim, kareem, كريم => Q7\nsalim, saleem, سليم => Q8\n\
        amin, ameen, أمين => Q9\nhakim, hakeem, حكيم => Q13\nnadim, nadeem, نديم => Q14\nwasim, waseem, وسيم => Q15\n\
        rashid, rasheed, رشيد => Q10\nnot a word, ليس كلمة => Q11\nlonely => Q12\n";

    fn cost(units: &[Unit], intended: &str, seen: &str) -> Option<f64> {
        let codes = |text: &str| text.chars().filter_map(|c| alphabet::code(None, c)).collect::<Vec<_>>();
        units.iter().find(|u| u.intended == codes(intended) && u.seen == codes(seen)).map(|u| u.cost)
    }

    #[test]
    fn what_alternates_is_learned() {
        let pairs = pairs_of(Route::Arabic, &Spellings::read(ROWS), &|_| Vec::new());
        let units = Model::learn(None, &pairs).units();
        assert!(cost(&units, "p", "b") < cost(&units, "k", "b"));
        assert!(cost(&units, "i", "ee").is_some());
        assert!(cost(&units, "^", "^").is_some());
        let total: f64 = units.iter().map(|unit| (-unit.cost).exp()).sum();
        assert!(total <= 1.0 + 1e-9);
    }

    #[test]
    fn learning_twice_gives_the_same_table_which_reads_back() {
        let learn = || {
            let units = Model::learn(Some(Script::Arabic), &Spellings::read(ROWS).native(Script::Arabic)).units();
            table(Some(Script::Arabic), "A header.\nTwo lines.", &units)
        };
        let text = learn();
        assert_eq!(text, learn());
        let units = compile::parse(Some(Script::Arabic), &text).unwrap();
        assert_eq!(text, table(Some(Script::Arabic), "A header.\nTwo lines.", &units));
    }

    #[test]
    fn spellings_share_a_native_form_and_half_of_their_letters() {
        let rows = "khaled, khalid, خالد => Q1\nkhalied, halit, خالد => Q2\nlee, li, yi, 李 => Q3\nmarch, 三月 => Q4\nsangwol, 三月 => Q5\n";
        let text = list("A header.", &Spellings::read(rows).attested());
        assert_eq!(text, "# A header.\nhalit\tkhaled khalid khalied\nkhaled\tkhalid khalied\nkhalid\tkhalied\n");
        assert_eq!(super::super::spellings::parse(&text).unwrap().len(), 6);
    }

    #[test]
    fn a_broken_line_is_told() {
        assert_eq!(compile::parse(None, "# fine\na\tb\t1.5\na\tb\n").unwrap_err(), "line 3: no unit: \"a\\tb\"");
        assert!(compile::parse(None, "abcd\tb\t1.5\n").is_err());
        assert!(compile::parse(None, "a\tb\tNaN\n").is_err());
        assert!(compile::parse(None, "-\t-\t1\n").is_err());
    }

    #[test]
    fn romanised_letters_are_paired_with_the_attested_word() {
        let pairs = Spellings::read(ROWS).romanised(|_| true, &|form| vec![any_ascii::any_ascii(form)]);
        assert!(!pairs.is_empty());
        assert!(pairs.iter().all(|pair| pair.weight <= 1.0));
    }
}
