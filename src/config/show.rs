//! Values of a configuration written as TOML.

use super::layer::{IgnoreTable, Level, Origin, Patterns, Set, Settled};
use crate::diagnostic::Severity;
use crate::emit::OutputFormat;
use crate::files::{relative, shown};
use crate::rules::Selector;
use clap::ValueEnum;
use std::path::PathBuf;

/// A value, or an item of a list or table, as TOML, and where it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub toml: String,
    pub origin: Origin,
}

/// A value that can be written as TOML.
pub trait Toml {
    /// For a list its items, without brackets; for a table the lines of one entry.
    fn toml(&self) -> String;
}

pub(super) fn one<T: Toml>(set: &Option<Set<T>>) -> Vec<Shown> {
    set.iter().map(shown_set).collect()
}

pub(super) fn items<T: Toml>(sets: &[Set<T>]) -> Vec<Shown> {
    sets.iter().map(shown_set).collect()
}

fn shown_set<T: Toml>(set: &Set<T>) -> Shown {
    Shown { toml: set.value.toml(), origin: set.origin.clone() }
}

pub mod toml {
    /// A text in quotes.
    pub fn string(text: &str) -> String {
        ::toml::Value::String(text.to_owned()).to_string()
    }

    /// A key, in quotes where it needs them.
    pub fn key(name: &str) -> String {
        let is_bare = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if !name.is_empty() && name.bytes().all(is_bare) { name.to_owned() } else { string(name) }
    }
}

impl Toml for bool {
    fn toml(&self) -> String {
        self.to_string()
    }
}

impl Toml for f32 {
    fn toml(&self) -> String {
        format!("{self:?}")
    }
}

impl Toml for String {
    fn toml(&self) -> String {
        toml::string(self)
    }
}

impl Toml for PathBuf {
    fn toml(&self) -> String {
        toml::string(&shown(&relative(self)))
    }
}

impl Toml for Patterns {
    fn toml(&self) -> String {
        self.patterns.iter().map(|pattern| toml::string(pattern)).collect::<Vec<_>>().join(", ")
    }
}

impl Toml for Severity {
    fn toml(&self) -> String {
        toml::string(&self.to_string())
    }
}

impl Toml for OutputFormat {
    fn toml(&self) -> String {
        toml::string(self.to_possible_value().as_ref().map_or("", |value| value.get_name()))
    }
}

impl Toml for Settled {
    fn toml(&self) -> String {
        format!("{} = {}", toml::key(&self.text), toml::string(&self.entry))
    }
}

impl Toml for (Selector, Level) {
    fn toml(&self) -> String {
        let level = match self.1 {
            Level::Off => "off".to_owned(),
            Level::On => "on".to_owned(),
            Level::At(severity) => severity.to_string(),
        };
        format!("{} = {}", toml::key(&self.0.to_string()), toml::string(&level))
    }
}

impl Toml for IgnoreTable {
    fn toml(&self) -> String {
        let mut lines = Vec::new();
        if let Some(path) = &self.path {
            lines.push(format!("path = [{}]", path.toml()));
        }
        if let Some(rule) = &self.rule {
            lines.push(format!("rule = {}", toml::string(&rule.to_string())));
        }
        lines.extend(self.text.iter().map(|text| format!("text = {}", toml::string(text))));
        lines.extend(self.reason.iter().map(|reason| format!("reason = {}", toml::string(reason))));
        lines.join("\n")
    }
}
