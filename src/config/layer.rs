//! A configuration as it was said: every value with where it was said, and how one lies over another.

use crate::diagnostic::Severity;
use crate::emit::OutputFormat;
use crate::files::shown;
use crate::rules::Selector;
use std::fmt;
use std::path::PathBuf;

/// Where a value was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    #[default]
    Default,
    File {
        path: PathBuf,
        line: usize,
    },
    /// A flag, or a whole `--config KEY=VALUE`.
    Argument(String),
    Environment(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::File { path, line } => write!(f, "{}:{line}", shown(path)),
            Origin::Argument(argument) => f.write_str(argument),
            Origin::Environment(name) => write!(f, "${name}"),
        }
    }
}

/// A value and where it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set<T> {
    pub value: T,
    pub origin: Origin,
}

impl<T> Set<T> {
    pub fn new(value: T, origin: Origin) -> Set<T> {
        Set { value, origin }
    }

    /// A value from the command line.
    pub fn flag(value: T, flag: &str) -> Set<T> {
        Set { value, origin: Origin::Argument(flag.to_owned()) }
    }
}

/// Patterns as in a .gitignore, and the folder that they are relative to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patterns {
    pub base: PathBuf,
    pub patterns: Vec<String>,
}

/// What a configuration says of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Off,
    /// At its own severity.
    On,
    At(Severity),
}

impl Level {
    pub const NAMES: [&'static str; 5] = ["off", "on", "info", "warning", "error"];

    pub fn parse(name: &str) -> Option<Level> {
        Some(match name {
            "off" => Level::Off,
            "on" => Level::On,
            "info" => Level::At(Severity::Info),
            "warning" => Level::At(Severity::Warning),
            "error" => Level::At(Severity::Error),
            _ => return None,
        })
    }
}

/// A name that is settled: what the text says, and the id of the entry that it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    pub text: String,
    pub entry: String,
}

/// Findings that are not reported. What is not given matches all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoreTable {
    pub path: Option<Patterns>,
    pub rule: Option<Selector>,
    pub text: Option<String>,
    pub reason: Option<String>,
}

/// Values for some of the paths.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    pub paths: Patterns,
    pub layer: Layer,
}

/// All that a configuration can say. What is not said is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    pub include: Option<Set<Patterns>>,
    pub exclude: Option<Set<Patterns>>,
    pub extend_exclude: Vec<Set<Patterns>>,
    pub force_exclude: Option<Set<bool>>,
    pub respect_gitignore: Option<Set<bool>>,
    pub source_language: Option<Set<String>>,
    pub target_language: Option<Set<String>>,
    pub style: Option<Set<String>>,
    pub min_confidence: Option<Set<f32>>,
    pub builtin: Option<Set<bool>>,
    pub locked: Option<Set<bool>>,
    pub dictionaries: Vec<Set<PathBuf>>,
    pub glossaries: Vec<Set<PathBuf>>,
    pub forget: Vec<Set<String>>,
    pub settle: Vec<Set<Settled>>,
    pub rules: Vec<Set<(Selector, Level)>>,
    pub ignores: Vec<Set<IgnoreTable>>,
    pub overrides: Vec<Set<Override>>,
    pub output_format: Option<Set<OutputFormat>>,
    pub output_file: Option<Set<PathBuf>>,
    pub fail_on: Option<Set<Severity>>,
    pub baseline: Option<Set<PathBuf>>,
    pub cache_dir: Option<Set<PathBuf>>,
}

impl Layer {
    /// This layer with `above` laid over it: single values are replaced, lists and tables added to. `exclude` and `include`
    /// count as single values.
    #[must_use]
    pub fn under(mut self, above: &Layer) -> Layer {
        fn replace<T: Clone>(below: &mut Option<Set<T>>, above: &Option<Set<T>>) {
            if above.is_some() {
                below.clone_from(above);
            }
        }
        if above.exclude.is_some() {
            self.extend_exclude.clear();
        }
        replace(&mut self.include, &above.include);
        replace(&mut self.exclude, &above.exclude);
        replace(&mut self.force_exclude, &above.force_exclude);
        replace(&mut self.respect_gitignore, &above.respect_gitignore);
        replace(&mut self.source_language, &above.source_language);
        replace(&mut self.target_language, &above.target_language);
        replace(&mut self.style, &above.style);
        replace(&mut self.min_confidence, &above.min_confidence);
        replace(&mut self.builtin, &above.builtin);
        replace(&mut self.locked, &above.locked);
        replace(&mut self.output_format, &above.output_format);
        replace(&mut self.output_file, &above.output_file);
        replace(&mut self.fail_on, &above.fail_on);
        replace(&mut self.baseline, &above.baseline);
        replace(&mut self.cache_dir, &above.cache_dir);
        self.extend_exclude.extend_from_slice(&above.extend_exclude);
        self.dictionaries.extend_from_slice(&above.dictionaries);
        self.glossaries.extend_from_slice(&above.glossaries);
        self.forget.extend_from_slice(&above.forget);
        self.settle.extend_from_slice(&above.settle);
        self.rules.extend_from_slice(&above.rules);
        self.ignores.extend_from_slice(&above.ignores);
        self.overrides.extend_from_slice(&above.overrides);
        self
    }
}
