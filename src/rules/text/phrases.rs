//! Phrases as data, found in running text with small variations. What a phrase means, and where it counts, the rules know.
//!
//! A phrase is found by its longest word, all of them at once; only there its other words are compared. So the cost is
//! that of one pass over the text.

use crate::span::Span;
use crate::text::scan;
use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The phrases of a file: `dictionaries/boilerplate.toml` tells how they are written.
pub struct Phrases {
    phrases: Vec<Phrase>,
    /// Finds what each phrase is found by.
    anchors: AhoCorasick,
    /// The phrase of each anchor.
    owners: Vec<usize>,
}

/// A phrase, or characters that are looked for as they are.
pub struct Phrase {
    pub language: String,
    pub place: Place,
    /// Empty for [`Place::Exact`].
    items: Vec<Item>,
}

/// Where a phrase counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Whole,
    Begins,
    Certain,
    Exact,
}

/// A word of a phrase.
struct Item {
    /// Empty for any words.
    words: Vec<String>,
    optional: bool,
}

/// The most words that a `*` stands for.
const ANY: usize = 4;

/// How far from a hit its sentence may reach.
const REACH: usize = 300;

/// A phrase in a text.
pub struct Hit<'p> {
    pub phrase: &'p Phrase,
    /// The phrase.
    pub span: Span,
    /// The sentence that it stands in.
    pub sentence: Span,
    /// How many words of the sentence stand before it, in it and after it.
    pub words: [usize; 3],
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Lists {
    whole: Vec<String>,
    begins: Vec<String>,
    certain: Vec<String>,
    exact: Vec<String>,
}

impl Phrases {
    /// The phrases of a file's text. It is part of the program, and a test reads it: what is wrong in it is left out.
    pub fn parse(toml: &str) -> Phrases {
        let languages: BTreeMap<String, Lists> = toml::from_str(toml).unwrap_or_default();
        let (mut phrases, mut anchors, mut owners) = (Vec::new(), Vec::new(), Vec::new());
        for (language, lists) in &languages {
            let places = [
                (Place::Whole, &lists.whole),
                (Place::Begins, &lists.begins),
                (Place::Certain, &lists.certain),
                (Place::Exact, &lists.exact),
            ];
            for (place, text) in places.into_iter().flat_map(|(place, list)| list.iter().map(move |text| (place, text)))
            {
                let items = if place == Place::Exact { Vec::new() } else { items(text) };
                let found_by = if place == Place::Exact { vec![text.as_str()] } else { found_by(&items) };
                if found_by.is_empty() {
                    continue;
                }
                for anchor in found_by {
                    owners.push(phrases.len());
                    anchors.push(anchor.to_owned());
                }
                phrases.push(Phrase { language: language.clone(), place, items });
            }
        }
        let anchors = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(&anchors)
            .expect("a few hundred words; the tests build it");
        Phrases { phrases, anchors, owners }
    }

    /// Calls `each` with the phrases in a text, in the order of their anchors. Where it takes one, the rest of that sentence is passed over.
    pub fn find(&self, text: &str, mut each: impl FnMut(Hit<'_>) -> bool) {
        let mut sentence = Sentence::default();
        let mut taken = 0;
        for found in self.anchors.find_overlapping_iter(text) {
            let place = Span::new(found.start(), found.end());
            if place.start < taken {
                continue;
            }
            let phrase = &self.phrases[self.owners[found.pattern().as_usize()]];
            if phrase.place != Place::Exact && goes_on(text, place) {
                continue;
            }
            if !sentence.span.contains(place) {
                sentence = Sentence::around(text, place);
            }
            let hit = match phrase.place {
                Place::Exact => Some(Hit { phrase, span: place, sentence: sentence.span, words: [0, 1, 0] }),
                _ => sentence.find(phrase, place),
            };
            if let Some(hit) = hit {
                let end = if phrase.place == Place::Exact { place.end } else { hit.sentence.end };
                if each(hit) {
                    taken = end;
                }
            }
        }
    }
}

fn items(text: &str) -> Vec<Item> {
    // A phrase's own hyphens part words as those of the text do.
    let separated = text.replace('-', " ");
    let item = |word: &str| {
        let bare = word.trim_matches(['(', ')']);
        let words = if bare == "*" { Vec::new() } else { bare.split('|').map(key).collect() };
        Item { words, optional: word.starts_with('(') }
    };
    separated.split_whitespace().map(item).collect()
}

/// The longest word that a phrase always has, with its alternatives.
fn found_by(items: &[Item]) -> Vec<&str> {
    let sure = items.iter().filter(|item| !item.optional && !item.words.is_empty());
    let words = sure.map(|item| item.words.iter().map(|word| without_other_capitals(word)).collect::<Vec<_>>());
    let shortest = |words: &Vec<&str>| words.iter().map(|word| word.len()).min().unwrap_or(0);
    words.max_by_key(shortest).filter(|words| shortest(words) > 0).unwrap_or_default()
}

/// The part of a word that reads the same with a capital at its start and with either apostrophe.
fn without_other_capitals(word: &str) -> &str {
    let first = word.chars().next().filter(|c| !c.is_ascii()).map_or(0, char::len_utf8);
    word[first..].split('\'').next().unwrap_or_default()
}

/// Whether a word goes on in plain letters before or behind an anchor, which then is no word of a phrase.
fn goes_on(text: &str, anchor: Span) -> bool {
    let is_plain = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_alphanumeric);
    is_plain(anchor.start.checked_sub(1)) || is_plain(Some(anchor.end))
}

/// A word as phrases are compared by.
fn key(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    letters(word).collect()
}

/// Whether a word of a text is one that [`key`] was made of.
fn says(word: &str, key: &str) -> bool {
    if word.is_ascii() {
        return word.eq_ignore_ascii_case(key);
    }
    letters(word).eq(key.chars())
}

/// The letters of a word in lower case, with one kind of apostrophe.
fn letters(word: &str) -> impl Iterator<Item = char> + '_ {
    word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase)
}

/// A sentence and its words.
#[derive(Default)]
struct Sentence<'t> {
    span: Span,
    words: Vec<(Span, &'t str)>,
}

impl<'t> Sentence<'t> {
    /// The sentence around a place: at most a line, and no further than [`REACH`].
    fn around(text: &'t str, place: Span) -> Sentence<'t> {
        let left = text.ceil_char_boundary(place.start.saturating_sub(REACH));
        let right = text.floor_char_boundary(place.end + REACH);
        let start = last_end(&text[left..place.start]).map_or(left, |at| left + at);
        let end = first_end(&text[place.end..right]).map_or(right, |at| place.end + at);
        let span = super::surroundings::trimmed(text, Span::new(start, end));
        let inside = &text[span.range()];
        let words = scan::tokens(inside).map(|t| (t.span.shifted(span.start), t.text(inside))).collect();
        Sentence { span, words }
    }

    fn find<'p>(&self, phrase: &'p Phrase, place: Span) -> Option<Hit<'p>> {
        let at = self.words.partition_point(|(span, _)| span.end <= place.start);
        let reach = phrase.items.len() * (ANY + 1);
        (at.saturating_sub(reach)..=at).find_map(|start| {
            let end = matched(&phrase.items, &self.words[start..]).map(|length| start + length)?;
            let (first, last) = (self.words.get(start)?.0, self.words.get(end.checked_sub(1)?)?.0);
            (start..end).contains(&at).then(|| Hit {
                phrase,
                span: first.hull(last),
                sentence: self.span,
                words: [start, end - start, self.words.len() - end],
            })
        })
    }
}

/// How many words the phrase takes, if they begin with it.
fn matched(items: &[Item], words: &[(Span, &str)]) -> Option<usize> {
    let Some((item, rest)) = items.split_first() else { return Some(0) };
    if item.words.is_empty() {
        let least = usize::from(!item.optional);
        return (least..=ANY.min(words.len())).find_map(|taken| Some(taken + matched(rest, &words[taken..])?));
    }
    let here = words.first().filter(|(_, word)| item.words.iter().any(|key| says(word, key)));
    let with = here.and_then(|_| Some(1 + matched(rest, &words[1..])?));
    with.or_else(|| if item.optional { matched(rest, words) } else { None })
}

/// Behind the last end of a sentence or line in a stretch.
fn last_end(stretch: &str) -> Option<usize> {
    let ends =
        |&(at, c): &(usize, char)| c == '\n' || is_stop(c) && stretch[at + c.len_utf8()..].starts_with([' ', '”', '"']);
    stretch.char_indices().rev().find(ends).map(|(at, c)| at + c.len_utf8())
}

/// Behind the first end of a sentence in a stretch; before a line break.
fn first_end(stretch: &str) -> Option<usize> {
    stretch.char_indices().find_map(|(at, c)| {
        let next = at + c.len_utf8();
        match c {
            '\n' => Some(at),
            _ if is_stop(c) && (next == stretch.len() || stretch[next..].starts_with([' ', '\n', '”', '"'])) => {
                Some(next)
            }
            _ => None,
        }
    })
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '؟' | '。' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &str, text: &str) -> Vec<String> {
        let phrases = Phrases::parse(&format!("[en]\nwhole = [{phrases}]"));
        let mut found = Vec::new();
        phrases.find(text, |hit| {
            found.push(text[hit.span.range()].to_owned());
            true
        });
        found
    }

    #[test]
    fn words_may_vary_as_the_phrase_says() {
        let phrase = "\"follow (us|me) on (*) channel|page now\"";
        assert_eq!(found(phrase, "Follow on channel now!"), ["Follow on channel now"]);
        assert_eq!(found(phrase, "You: FOLLOW us on our own page, now"), ["FOLLOW us on our own page, now"]);
        assert!(found(phrase, "Follow them on channel now").is_empty());
        assert!(found(phrase, "Follow us on. Channel now").is_empty());
    }

    #[test]
    fn apostrophes_and_capitals_beyond_ascii_do_not_matter() {
        assert_eq!(found("\"don't go\"", "DON’T GO"), ["DON’T GO"]);
        assert_eq!(found("\"читайте также\"", "Читайте также"), ["Читайте также"]);
    }

    #[test]
    fn every_phrase_of_the_files_is_read() {
        for file in [
            include_str!("../../../dictionaries/boilerplate.toml"),
            include_str!("../../../dictionaries/refusals.toml"),
        ] {
            let languages: BTreeMap<String, Lists> = toml::from_str(file).unwrap();
            let count = |l: &Lists| l.whole.len() + l.begins.len() + l.certain.len() + l.exact.len();
            assert_eq!(Phrases::parse(file).phrases.len(), languages.values().map(count).sum::<usize>());
        }
    }
}
