//! Explaining: the trip that a name made, in words. The alignment that won the score is the explanation.

use super::query::QueryWord;
use super::rank::{Candidate, Ranker};
use super::score::{FLOOR, Step, native_words};
use crate::channel::{Channel, NativeWord, Route};
use crate::text::fold::Word;
use crate::text::scan;

static REASONS: &str = include_str!("reasons.tsv");

/// How a name became what the text says.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The route that explains it best.
    pub route: Route,
    /// The words that changed, in order.
    pub trips: Vec<Trip>,
}

/// What became of a word.
#[derive(Clone, Debug, PartialEq)]
pub struct Trip {
    /// As the entry has it.
    pub intended: String,
    /// As the language in between writes it, where the entry knows.
    pub native: Option<String>,
    /// As the text has it.
    pub seen: String,
    /// What changed on the way.
    pub changes: Vec<Change>,
}

/// A change of letters.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Letters of the intended word; empty where letters were added.
    pub intended: String,
    /// Letters of the word seen; empty where letters were lost.
    pub seen: String,
    /// Negative log-probability of the change, in nats.
    pub cost: f32,
    pub reason: Option<&'static str>,
}

/// Explains how a candidate became the words of a span. `language` is the one that the text is known to come from, if any.
pub fn explain(ranker: &Ranker<'_>, words: &[QueryWord], candidate: &Candidate, language: Option<&str>) -> Explanation {
    let route = route(ranker, words, candidate, language);
    let view = *ranker.view(candidate.entry);
    let text = view.form_text(candidate.matched.form);
    let form: Vec<&str> = scan::tokens(text).map(|token| token.text(text)).collect();
    let native: Vec<&str> = match route.language().and_then(|code| native_in(&view, candidate, code)) {
        Some(native) => native_words(native).collect(),
        None => Vec::new(),
    };
    let mut trips = Vec::new();
    for step in &candidate.matched.steps {
        let Step::Pair { form: at, form_words, span, span_words } = *step else { continue };
        let index = |i: usize| (at + i + candidate.matched.rotation) % form.len().max(1);
        let part = |list: &[&str], count: usize| -> Option<String> {
            (0..count).map(|i| list.get(index(i)).copied()).collect::<Option<Vec<_>>>().map(|words| words.join(" "))
        };
        let Some(intended) = part(&form, form_words) else { continue };
        let seen: Vec<&str> = words[span..span + span_words].iter().map(|w| w.text.as_str()).collect();
        let seen = seen.join(" ");
        let (Some(from), Some(to)) = (Word::fold(&intended), Word::fold(&seen)) else { continue };
        if from == to {
            continue;
        }
        let native = if native.len() == form.len() { part(&native, form_words) } else { None };
        let changes = changes(route, &from, &to);
        trips.push(Trip { intended, native, seen, changes });
    }
    Explanation { route, trips }
}

impl Explanation {
    /// One line for each word: `via Arabic: Plenel → بلينيل → Blenil, p → b: Arabic has no p`.
    pub fn lines(&self) -> Vec<String> {
        self.trips.iter().map(|trip| self.line(trip)).collect()
    }

    fn line(&self, trip: &Trip) -> String {
        let mut line = match self.route.language() {
            Some(_) => format!("via {}: {}", self.route.name(), trip.intended),
            None => format!("a typing slip: {}", trip.intended),
        };
        for stop in trip.native.iter().chain([&trip.seen]) {
            line.push_str(" → ");
            line.push_str(stop);
        }
        let told: Vec<&Change> = trip.changes.iter().filter(|change| change.reason.is_some()).collect();
        let told = if told.is_empty() { trip.changes.iter().collect() } else { told };
        for change in told.into_iter().take(3) {
            match (change.intended.as_str(), change.seen.as_str()) {
                ("", seen) => line.push_str(&format!(", {seen} added")),
                (intended, "") => line.push_str(&format!(", {intended} lost")),
                (intended, seen) => line.push_str(&format!(", {intended} → {seen}")),
            }
            if let Some(reason) = change.reason {
                line.push_str(": ");
                line.push_str(reason);
            }
        }
        line
    }
}

/// The route that explains the span best: the text's own language if it is known, else one that the entry has a native form for and
/// that scores nearly as well as the best, else the best.
fn route(ranker: &Ranker<'_>, words: &[QueryWord], candidate: &Candidate, language: Option<&str>) -> Route {
    let lanes = &candidate.matched.lanes;
    let of_language = |code: &str| {
        let routes = Route::ALL.into_iter().filter(|r| r.language() == Some(code));
        routes.max_by(|&a, &b| lanes[a as usize].total_cmp(&lanes[b as usize]))
    };
    if let Some(route) = language.and_then(of_language) {
        return route;
    }
    let best = Route::ALL[candidate.matched.best_lane()];
    let view = ranker.view(candidate.entry);
    let natives = view.natives(candidate.entry.index).filter_map(|(code, native)| {
        let route = of_language(code)?;
        let score = native_score(native, words)?;
        Some((route, score.max(lanes[route as usize])))
    });
    match natives.max_by(|a, b| a.1.total_cmp(&b.1)) {
        Some((route, score)) if score > lanes[best as usize] - 3.0 => attested(route),
        _ => attested(best),
    }
}

/// The route through a script in general rather than letter by letter: what a reader wants to hear of.
fn attested(route: Route) -> Route {
    Route::ALL.into_iter().find(|r| r.language() == route.language()).unwrap_or(route)
}

fn native_score(native: &str, words: &[QueryWord]) -> Option<f32> {
    let parts: Vec<&str> = native_words(native).collect();
    (parts.len() == words.len()).then_some(())?;
    parts.iter().zip(words).try_fold(0.0, |sum, (part, word)| {
        Some(sum + Channel::builtin().score_native(&NativeWord::new(part)?, &word.word?, FLOOR)?)
    })
}

fn native_in<'d>(view: &crate::dictionary::View<'d>, candidate: &Candidate, code: &str) -> Option<&'d str> {
    view.natives(candidate.entry.index).find(|(language, _)| *language == code).map(|(_, native)| native)
}

/// The units of the alignment in which the letters differ.
fn changes(route: Route, from: &Word, to: &Word) -> Vec<Change> {
    let Some(units) = Channel::builtin().align(route, from, to) else { return Vec::new() };
    let letters = |word: &Word, range: std::ops::Range<usize>| -> String {
        let letters = word.letters().get(range).unwrap_or_default();
        letters.iter().map(|l| (l - 1 + b'a') as char).collect()
    };
    units
        .into_iter()
        .filter_map(|unit| {
            let (intended, seen) = (letters(from, unit.intended), letters(to, unit.seen));
            let reason = reason(route.language(), &intended, &seen);
            (intended != seen).then_some(Change { intended, seen, cost: unit.cost, reason })
        })
        .collect()
}

fn reason(language: Option<&str>, intended: &str, seen: &str) -> Option<&'static str> {
    REASONS.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let mut cells = line.split('\t');
        let matches = cells.next() == language && cells.next() == Some(intended) && cells.next() == Some(seen);
        matches.then(|| cells.next()).flatten()
    })
}
