//! Which rules run: `--select`, `--ignore` and the like, resolved.

use super::{Rule, all};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// What a user names: everything, a group, or a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    All,
    Group(String),
    Rule(&'static str),
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Selector::All => "all",
            Selector::Group(group) => group,
            Selector::Rule(rule) => rule,
        })
    }
}

/// A name of no rule and no group.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("unknown rule `{name}`{} (`orthonym rule` lists them all)", nearest.as_ref().map_or(String::new(), |nearest| format!("; did you mean `{nearest}`?")))]
pub struct UnknownSelector {
    pub name: String,
    pub nearest: Option<String>,
}

impl FromStr for Selector {
    type Err = UnknownSelector;

    fn from_str(name: &str) -> Result<Selector, UnknownSelector> {
        if name == "all" {
            return Ok(Selector::All);
        }
        if let Some(rule) = super::find(name) {
            return Ok(Selector::Rule(rule.name));
        }
        if all().iter().any(|rule| rule.group() == name) {
            return Ok(Selector::Group(name.to_owned()));
        }
        Err(UnknownSelector { name: name.to_owned(), nearest: nearest(name) })
    }
}

/// The known name that is most like `name`, if one is. A rule's name counts without its group as well.
fn nearest(name: &str) -> Option<String> {
    let names = all().iter().flat_map(|rule| {
        let short = rule.name.rsplit('/').next().unwrap_or(rule.name);
        [(rule.name, rule.name), (short, rule.name), (rule.group(), rule.group())]
    });
    let likeness = |known: &str| strsim::normalized_damerau_levenshtein(name, known);
    let best = names.map(|(known, meant)| (likeness(known), meant)).max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(likeness, _)| *likeness >= 0.5).map(|(_, meant)| meant.to_owned())
}

/// The selectors of a run. The more exact one wins; between equals, ignoring wins.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// In place of the rules that are on by default; empty for those.
    pub select: Vec<Selector>,
    /// Beside the rules selected.
    pub extend: Vec<Selector>,
    pub ignore: Vec<Selector>,
}

impl Selection {
    /// The rules that run, in the order of the documentation.
    ///
    /// A group stands for those of its rules that are on by default; `all` for all.
    pub fn rules(&self) -> Vec<&'static Rule> {
        all().iter().copied().filter(|rule| self.has(rule, rule.on_by_default)).collect()
    }

    /// Whether a rule runs; `is_on` tells whether it is on by default or by configuration.
    pub fn has(&self, rule: &Rule, is_on: bool) -> bool {
        let by_default = (self.select.is_empty() && is_on).then_some(Exactness::All);
        let selectors = self.select.iter().chain(&self.extend);
        let named = selectors.filter_map(|s| s.exactness(rule)).filter(|&e| e != Exactness::Group || is_on);
        let selected = named.max().max(by_default);
        selected > self.ignore.iter().filter_map(|s| s.exactness(rule)).max()
    }
}

/// How exactly a selector names a rule; the more exact counts for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exactness {
    All,
    Group,
    Rule,
}

impl Selector {
    /// How exactly it names the rule, if it does.
    pub fn exactness(&self, rule: &Rule) -> Option<Exactness> {
        match self {
            Selector::All => Some(Exactness::All),
            Selector::Group(group) => (rule.group() == group).then_some(Exactness::Group),
            Selector::Rule(name) => (rule.name == *name).then_some(Exactness::Rule),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selectors(names: &str) -> Vec<Selector> {
        names.split_whitespace().map(|name| name.parse().unwrap()).collect()
    }

    fn rules(select: &str, extend: &str, ignore: &str) -> Vec<&'static str> {
        let selection = Selection { select: selectors(select), extend: selectors(extend), ignore: selectors(ignore) };
        selection.rules().iter().map(|rule| rule.name).collect()
    }

    #[test]
    fn the_more_exact_selector_wins() {
        assert_eq!(rules("names/acronym", "", "names"), ["names/acronym"]);
        assert!(!rules("names", "", "names/acronym").contains(&"names/acronym"));
        assert_eq!(rules("names/acronym", "text/control", "names/acronym"), ["text/control"]);
        assert!(rules("", "", "all").is_empty());
    }

    #[test]
    fn what_is_off_runs_by_name_or_with_all() {
        assert!(!rules("", "", "").contains(&"names/variant"));
        assert!(!rules("names", "", "").contains(&"names/variant"));
        assert!(rules("", "names/variant", "").contains(&"names/variant"));
        assert!(rules("all", "", "text").contains(&"names/variant"));
    }

    #[test]
    fn a_slip_is_answered_with_what_was_meant() {
        let nearest = |name: &str| name.parse::<Selector>().unwrap_err().nearest;
        assert_eq!(nearest("names/acronim").as_deref(), Some("names/acronym"));
        assert_eq!(nearest("repeated-words").as_deref(), Some("text/repeated-word"));
        assert_eq!(nearest("nmaes").as_deref(), Some("names"));
        assert_eq!(nearest("zzz"), None);
    }
}
