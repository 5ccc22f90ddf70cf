//! Explaining a name given by itself: what it is taken for and why, laid out so that a person can argue with it. What `orthonym
//! explain` prints and editors show.

use crate::channel::{Channel, Route};
use crate::dictionary::{Dictionary, EntryRef, FormKind};
use crate::emit::display::safe;
use crate::names::answer::{Weighed, weigh};
use crate::names::decide::{Model, Verdict};
use crate::names::explain::{Explanation, explain};
use crate::names::features::Features;
use crate::names::rank::{Candidate, Ranker};
use crate::names::score::Step;
use crate::text::fold::Word;
use std::io::{self, Write};

/// How many entries are shown where nobody says otherwise.
pub const CANDIDATES: usize = 5;

/// The explanation of a name, with at most `limit` entries. `language` is the one that the text is known to come from, if any.
pub fn explained(dictionary: &Dictionary, name: &str, language: Option<&str>, limit: usize) -> String {
    let mut ranker = Ranker::new(dictionary);
    let weighed = weigh(&mut ranker, name);
    let mut out = Vec::new();
    let mut report = Report { ranker: &ranker, weighed: &weighed, out: &mut out };
    match report.all(name, language, limit) {
        Ok(()) => String::from_utf8_lossy(&out).into_owned(),
        Err(error) => unreachable!("memory can be written to: {error}"),
    }
}

/// A verdict in a word.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Known => "known",
        Verdict::Garbled => "garbled",
        Verdict::Ambiguous => "ambiguous",
        Verdict::Unknown => "unknown",
    }
}

struct Report<'r, 'd> {
    ranker: &'r Ranker<'d>,
    weighed: &'r Weighed,
    out: &'r mut dyn Write,
}

impl<'r> Report<'r, '_> {
    fn all(&mut self, name: &str, language: Option<&str>, limit: usize) -> io::Result<()> {
        self.verdict(name)?;
        self.hypotheses()?;
        self.candidates(limit)?;
        self.trip(language)?;
        self.evidence()
    }

    fn verdict(&mut self, name: &str) -> io::Result<()> {
        let decision = &self.weighed.decision;
        let verdict = word(decision.verdict);
        writeln!(self.out, "“{}” is {verdict} ({:.1} %)", safe(name), decision.probability * 100.0)?;
        if self.weighed.words.is_empty() {
            writeln!(self.out, "  it has no words, or too many for a name")?;
        }
        Ok(())
    }

    /// What the name may be, each with the log-probability of the name under it; nearer to 0 is likelier.
    fn hypotheses(&mut self) -> io::Result<()> {
        let Weighed { ranking, words, .. } = self.weighed;
        if words.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "\nHypotheses (log-probability of the name under each, in nats)")?;
        match ranking.exact.first() {
            Some(exact) => {
                let (text, is) = (self.form(exact.entry, exact.form), form_kind(exact.kind));
                writeln!(self.out, "  known      0.0  it reads as {text}, {is}")?;
            }
            None => writeln!(self.out, "  known        –  no form of an entry reads so")?,
        }
        match self.garbled() {
            Some(best) => {
                let text = self.form(best.entry, best.matched.form);
                writeln!(self.out, "  garbled {:>6.1}  it was {text}", best.log_prob)?;
            }
            None => writeln!(self.out, "  garbled      –  no entry is near")?,
        }
        writeln!(self.out, "  unknown {:>6.1}  it is the right name of somebody else", ranking.null)
    }

    /// The entry that the name may have been before it was garbled.
    fn garbled(&self) -> Option<&'r Candidate> {
        self.weighed.ranking.candidates.first()
    }

    fn form(&self, entry: EntryRef, form: u32) -> String {
        let view = self.ranker.view(entry);
        let (text, name) = (view.form_text(form), view.name(entry.index));
        let id = view.id(entry.index);
        if text == name {
            format!("“{}” ({id})", safe(text))
        } else {
            format!("“{}”, a form of “{}” ({id})", safe(text), safe(name))
        }
    }

    fn candidates(&mut self, limit: usize) -> io::Result<()> {
        let choices = self.weighed.choices(limit);
        if choices.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "\nCandidates (probability, log-probability)")?;
        for (entry, confidence) in choices {
            let view = self.ranker.view(entry);
            let found = self.weighed.ranking.candidates.iter().find(|candidate| candidate.entry == entry);
            let log = found.map_or("–".to_owned(), |found| match found.leaning {
                0.0 => format!("{:.1}", found.log_prob),
                leaning => format!("{:.1}{leaning:+.1}", found.log_prob),
            });
            let roles: Vec<&str> = view.roles(entry.index).collect();
            let (name, id, roles) = (safe(view.name(entry.index)), view.id(entry.index), roles.join(", "));
            let roles = if roles.is_empty() { view.kind(entry.index).name().to_owned() } else { roles };
            writeln!(self.out, "  {:>5.1} %  {log:>6}  {name} ({id}): {}", confidence * 100.0, safe(&roles))?;
        }
        Ok(())
    }

    /// How the best candidate became the name, letter by letter.
    fn trip(&mut self, language: Option<&str>) -> io::Result<()> {
        let Some(best) = self.garbled() else { return Ok(()) };
        let words = &self.weighed.words;
        let explanation = explain(self.ranker, words, best, language);
        writeln!(self.out, "\nThe trip ({})", explanation.route.name())?;
        for line in explanation.lines() {
            writeln!(self.out, "  {}", safe(&line))?;
        }
        for step in &best.matched.steps {
            match *step {
                Step::SkippedForm { .. } => writeln!(self.out, "  a word of the entry was left out")?,
                Step::SkippedSpan { span } => writeln!(self.out, "  “{}” was added", safe(&words[span].text))?,
                Step::Pair { .. } => {}
            }
        }
        if best.matched.rotation > 0 {
            writeln!(self.out, "  the family name changed places")?;
        }
        self.alignments(&explanation)?;
        writeln!(self.out, "\nRoutes (log-probability of the name by each)")?;
        let mut routes: Vec<(&str, f32)> =
            Route::ALL.iter().map(|&route| (route.name(), best.matched.lanes[route as usize])).collect();
        routes.extend(best.matched.native.map(|native| ("its native form", native)));
        routes.sort_by(|a, b| b.1.total_cmp(&a.1));
        for (name, log) in routes.into_iter().take(5) {
            writeln!(self.out, "  {log:>6.1}  {name}")?;
        }
        Ok(())
    }

    /// The units that a word was taken apart into, with the cost of each.
    fn alignments(&mut self, explanation: &Explanation) -> io::Result<()> {
        for trip in &explanation.trips {
            let (Some(from), Some(to)) = (Word::fold(&trip.intended), Word::fold(&trip.seen)) else { continue };
            let Some(units) = Channel::builtin().align(explanation.route, &from, &to) else { continue };
            let (from, to) = (from.to_string(), to.to_string());
            let side = |text: &str| if text.is_empty() { "∅".to_owned() } else { text.to_owned() };
            let mut rows = [String::from("    "), String::from("    "), String::from("    ")];
            for unit in &units {
                let cost = format!("{:.1}", unit.cost);
                let cells = [side(&from[unit.intended.clone()]), side(&to[unit.seen.clone()]), cost];
                let width = cells.iter().map(|cell| cell.chars().count()).max().unwrap_or(0) + 2;
                rows.iter_mut().zip(&cells).for_each(|(row, cell)| row.push_str(&format!("{cell:<width$}")));
            }
            let total: f32 = units.iter().map(|unit| unit.cost).sum();
            writeln!(self.out, "  alignment, with the cost of each unit in nats ({total:.1} in all)")?;
            for row in rows {
                writeln!(self.out, "{}", row.trim_end())?;
            }
        }
        Ok(())
    }

    /// The decision's sum: each feature, its value, its weight, and what it adds to the log-odds.
    fn evidence(&mut self) -> io::Result<()> {
        let Some(features) = &self.weighed.decision.features else { return Ok(()) };
        let model = Model::builtin();
        writeln!(self.out, "\nEvidence (what each feature adds to the log-odds of “garbled”)")?;
        writeln!(self.out, "  {:>7}  {:20} {:>7}   {:>7}", "adds", "feature", "value", "weight")?;
        writeln!(self.out, "  {:>+7.2}  bias", model.bias)?;
        let mut rows: Vec<(&str, f32, f32)> = Features::NAMES
            .iter()
            .zip(features.values())
            .zip(&model.weights)
            .map(|((&name, value), &weight)| (name, value, weight))
            .filter(|(_, value, weight)| value * weight != 0.0)
            .collect();
        rows.sort_by(|a, b| (b.1 * b.2).abs().total_cmp(&(a.1 * a.2).abs()));
        for (name, value, weight) in rows {
            writeln!(self.out, "  {:>+7.2}  {name:20} {value:>7.2} × {weight:>7.2}", value * weight)?;
        }
        let odds = model.log_odds(features);
        let percent = model.probability(features) * 100.0;
        let (slope, offset) = (model.slope, model.offset);
        writeln!(self.out, "  {odds:>+7.2}  in all; called garbled from 0 on")?;
        writeln!(self.out, "  calibrated, {slope:.2} × {odds:.2} {offset:+.2}: {percent:.1} %")
    }
}

fn form_kind(kind: FormKind) -> &'static str {
    match kind {
        FormKind::Name => "its preferred name",
        FormKind::Accepted => "which is right as well",
        FormKind::Short => "a short form that is right",
        FormKind::Calque => "a translation of the name: no right form",
        FormKind::Wrong => "a misspelling: no right form",
    }
}
