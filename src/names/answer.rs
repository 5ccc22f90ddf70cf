//! The answer to a name given by itself: what it is, and the entries that it may have been. What `orthonym suggest` prints.

use super::decide::{Decision, Verdict, decide};
use super::query::{self, QueryWord};
use super::rank::{Candidate, Ranker, Ranking};
use crate::dictionary::EntryRef;
use serde::Serialize;

/// What a name is, and the entries that it may have been, best first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    pub query: String,
    pub verdict: Verdict,
    pub candidates: Vec<Choice>,
}

/// An entry that a name may have been.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// The entry's preferred name.
    pub text: String,
    /// Its id.
    pub entry: String,
    /// Calibrated probability that it is meant.
    pub confidence: f32,
}

/// A name weighed: its words, its ranking with the matched entry first where it is known, the decision.
pub struct Weighed {
    pub words: Vec<QueryWord>,
    pub ranking: Ranking,
    pub decision: Decision,
}

/// The words of a name given by itself: as they are written where the dictionary has them so, else without possessive endings.
pub fn words(ranker: &Ranker<'_>, name: &str) -> Vec<QueryWord> {
    let written = query::words_as_written(name);
    if ranker.exact(&written).is_empty() { query::words(name) } else { written }
}

/// Weighs a name. A text without words, or with too many, is unknown and has no candidates.
pub fn weigh(ranker: &mut Ranker<'_>, name: &str) -> Weighed {
    let words = words(ranker, name);
    let mut ranking = ranker.rank(&words);
    let decision = decide(ranker, &words, &ranking);
    if decision.verdict == Verdict::Known {
        let is_exact = |candidate: &Candidate| ranking.exact.iter().any(|e| e.entry == candidate.entry);
        ranking.candidates.sort_by_key(|candidate| !is_exact(candidate));
    }
    Weighed { words, ranking, decision }
}

impl Weighed {
    /// The entries, best first, each with its probability; at most `limit`.
    pub fn choices(&self, limit: usize) -> Vec<(EntryRef, f32)> {
        let best = self.ranking.candidates.first().map_or(0.0, Candidate::standing);
        let sure = self.decision.probability;
        let mut choices: Vec<(EntryRef, f32)> = Vec::with_capacity(limit);
        if self.decision.verdict == Verdict::Known {
            // Ranking stops at a number of candidates; what reads exactly so is never left out.
            for exact in self.ranking.exact.iter().filter(|exact| exact.kind.is_right()) {
                if choices.iter().all(|&(entry, _)| entry != exact.entry) {
                    choices.push((exact.entry, 0.0));
                }
            }
            let share = sure / choices.len() as f32;
            choices.iter_mut().for_each(|(_, confidence)| *confidence = share);
        }
        for candidate in &self.ranking.candidates {
            if choices.iter().all(|&(entry, _)| entry != candidate.entry) {
                choices.push((candidate.entry, sure * (candidate.standing() - best).min(0.0).exp()));
            }
        }
        choices.truncate(limit);
        choices
    }
}

/// Answers a name given by itself.
pub fn answer(ranker: &mut Ranker<'_>, name: &str, limit: usize) -> Answer {
    let weighed = weigh(ranker, name);
    let choice = |(entry, confidence): (EntryRef, f32)| {
        let view = ranker.view(entry);
        Choice { text: view.name(entry.index).to_owned(), entry: view.id(entry.index).into_owned(), confidence }
    };
    let candidates = weighed.choices(limit).into_iter().map(choice).collect();
    Answer { query: name.to_owned(), verdict: weighed.decision.verdict, candidates }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::{Compiled, Dictionary, compile, load};
    use std::path::Path;

    fn dictionary(names: &str) -> Dictionary {
        let entries = load::parse(Path::new("names.txt"), names).unwrap();
        let mut dictionary = Dictionary::empty();
        dictionary.push(Compiled::open(compile(entries.iter().map(|located| &located.entry))).unwrap());
        dictionary
    }

    #[test]
    fn a_known_name_comes_first_and_is_certain() {
        let dictionary = dictionary("Edwy Plenel\nEdwy Plenelli\nAngela Merkel");
        let answer = answer(&mut Ranker::new(&dictionary), "edwy plenel", 5);
        assert_eq!(answer.verdict, Verdict::Known);
        assert_eq!((answer.candidates[0].text.as_str(), answer.candidates[0].confidence), ("Edwy Plenel", 1.0));
    }

    #[test]
    fn a_possessive_ending_belongs_to_the_name_where_the_dictionary_has_it() {
        let dictionary = dictionary("McDonald's\nPeople's Daily\nEdwy Plenel");
        for (asked, name) in
            [("McDonald’s", "McDonald's"), ("People's Daily", "People's Daily"), ("Edwy Plenel's", "Edwy Plenel")]
        {
            let answer = answer(&mut Ranker::new(&dictionary), asked, 5);
            assert_eq!((answer.verdict, answer.candidates[0].text.as_str()), (Verdict::Known, name));
        }
    }

    #[test]
    fn nothing_is_unknown_and_has_no_candidates() {
        let dictionary = dictionary("Edwy Plenel");
        for name in ["", "  ", "…", "a b c d e f g h i j k"] {
            let answer = answer(&mut Ranker::new(&dictionary), name, 5);
            assert_eq!((answer.verdict, answer.candidates.len()), (Verdict::Unknown, 0), "{name:?}");
        }
    }

    #[test]
    fn words_run_together_and_words_changed_throughout_are_found() {
        let dictionary = dictionary(
            "Marie-France Garaud\nYingluck Shinawatra\nMarian Garland\nJohn Chinnery\nLina Castellano\nCasey Yano",
        );
        let mut ranker = Ranker::new(&dictionary);
        for (query, name) in [
            ("Marifrance Garo", "Marie-France Garaud"),
            ("Jinglak Chinnawat", "Yingluck Shinawatra"),
            ("Caste Llano", "Lina Castellano"),
        ] {
            assert_eq!(answer(&mut ranker, query, 1).candidates[0].text, name);
        }
    }

    #[test]
    fn of_single_words_the_attested_spelling_comes_first_and_the_one_that_keeps_the_consonants() {
        let dictionary = dictionary("Khaled\nKhalil\nHalide\nDmitri\nDemetrio\nGalina\nCarina");
        let mut ranker = Ranker::new(&dictionary);
        for (query, name) in [("Khalid", "Khaled"), ("Dimitri", "Dmitri"), ("Karina", "Carina")] {
            assert_eq!(answer(&mut ranker, query, 1).candidates[0].text, name, "{query}");
        }
    }
}
