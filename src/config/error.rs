//! What is wrong with a configuration, and where.

use crate::files::shown;
use std::fmt;
use std::path::PathBuf;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum ConfigError {
    /// A value that is not what its key asks for, an unknown key, a syntax error.
    #[error("{place}: {message}")]
    Wrong { place: Place, message: String },
    #[error("cannot read the configuration {}", shown(path))]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{origin}: cannot read the configuration {} to extend", shown(path))]
    Extend { origin: super::Origin, path: PathBuf, source: std::io::Error },
    #[error("{} holds no configuration: a pyproject.toml needs [tool.orthonym], a Cargo.toml [package.metadata.orthonym]", shown(.0))]
    NoTable(PathBuf),
    #[error("{} extends itself, by way of {}", shown(.0), shown(.1))]
    Circle(PathBuf, PathBuf),
    #[error("`{pattern}` is not a pattern for paths ({origin})")]
    Pattern { pattern: String, origin: super::Origin },
}

/// A place in a configuration, as people look it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    File { path: PathBuf, line: usize, column: usize },
    Argument(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File { path, line, column } => write!(f, "{}:{line}:{column}", shown(path)),
            Place::Argument(argument) => write!(f, "{argument}"),
        }
    }
}

/// `; did you mean …?` where one of the known names is like the one given.
pub(super) fn did_you_mean<'n>(given: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(given, name);
    let best = known.into_iter().map(|name| (likeness(name), name)).max_by(|a, b| a.0.total_cmp(&b.0));
    match best.filter(|(likeness, _)| *likeness >= 0.5) {
        Some((_, name)) => format!("; did you mean `{name}`?"),
        None => String::new(),
    }
}
