//! What the engine answers to every name of the data: what the weights are fitted on and what is shown of them.

use crate::data::{self, Row, Setting};
use orthonym::names::decide::AMBIGUOUS_MARGIN;
use orthonym::names::features::Features;
use orthonym::names::query;
use orthonym::names::rank::Ranker;
use std::collections::HashSet;
use std::error::Error;
use std::path::Path;

/// A name that was asked for, and what came.
pub struct Case {
    pub setting: Setting,
    pub query: String,
    pub truth: String,
    /// Its person is in the dictionary: the name is garbled. Else it is a stranger's right name.
    pub inside: bool,
    pub fitted: bool,
    /// The first candidate's name.
    pub first: String,
    /// Where the true name stands among the candidates; `None` where it does not.
    pub rank: Option<usize>,
    /// `None` where there are no candidates.
    pub features: Option<Features>,
}

impl Case {
    /// Whether calling the first candidate garbled is right.
    pub fn is_right(&self) -> bool {
        self.inside && self.rank == Some(0)
    }

    /// Whether two entries lie too close to call one.
    pub fn is_ambiguous(&self) -> bool {
        self.features.is_some_and(|features| features.margin < AMBIGUOUS_MARGIN)
    }
}

/// Asks for every name in every setting; one in three garblings with the large dictionary.
pub fn collect(folder: &Path) -> Result<Vec<Case>, Box<dyn Error>> {
    let rows = data::rows(folder)?;
    let mut cases = Vec::new();
    for setting in Setting::ALL.into_iter().flat_map(|setting| [setting, setting.swapped()]) {
        ask(folder, &rows, setting, &mut cases)?;
    }
    Ok(cases)
}

fn ask(folder: &Path, rows: &[Row], setting: Setting, cases: &mut Vec<Case>) -> Result<(), Box<dyn Error>> {
    let dictionary = data::dictionary(folder, rows, setting)?;
    let mut ranker = Ranker::new(&dictionary);
    let mut asked = HashSet::new();
    for row in rows {
        let inside = !setting.is_stranger(row);
        let query = if inside { &row.garbled } else { &row.truth };
        let left_out = setting.large && !data::hash(&row.garbled, 3).is_multiple_of(3);
        if left_out || !asked.insert((&row.truth, query)) {
            continue;
        }
        let words = query::words(query);
        let ranking = ranker.rank(&words);
        if ranking.exact.iter().any(|exact| exact.kind.is_right()) {
            continue;
        }
        let features = Features::of(&mut ranker, &words, &ranking);
        let name = |at: usize| {
            let entry = ranking.candidates[at].entry;
            ranker.view(entry).name(entry.index)
        };
        let same = |at: &usize| name(*at).to_lowercase() == row.truth.to_lowercase();
        cases.push(Case {
            // The names that have changed places are reported with the others.
            setting: Setting { swapped: false, ..setting },
            query: query.clone(),
            truth: row.truth.clone(),
            inside,
            fitted: data::is_fitted(&row.truth),
            first: if ranking.candidates.is_empty() { String::new() } else { name(0).to_owned() },
            rank: (0..ranking.candidates.len()).find(same),
            features,
        });
    }
    Ok(())
}
