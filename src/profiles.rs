//! What each file is linted with: its configuration, made into a linter once and shared by all files that have the same.
//!
//! The command line and the language server both go by this, so that they cannot disagree on a file.

use crate::config::{Config, ConfigError, Finder, Layer, Origin, Set};
use crate::dictionaries;
use crate::dictionary::{Dictionary, LoadError};
use crate::document::ReadOptions;
use crate::files::{absolute, relative, shown};
use crate::glossary::{Glossary, GlossaryError};
use crate::lint::{Linter, Settings};
use crate::lock::{self, LockError};
use crate::rules::{self, Rule, Selection};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thiserror::Error;

/// Why a file has no linter.
#[derive(Debug, Error)]
pub enum ProfileError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Dictionary(#[from] LoadError),
    #[error("{origin}: cannot read {what} {}", shown(path))]
    Missing { origin: Origin, what: &'static str, path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Glossary(#[from] GlossaryError),
    #[error(transparent)]
    Lock(#[from] LockError),
    #[error(
        "{origin}: “{text}” cannot be settled: no dictionary in force has an entry `{entry}`; \
         `orthonym suggest` tells the ids of entries"
    )]
    Unsettled { origin: Origin, text: String, entry: String },
}

/// The linters of a run.
pub struct Profiles {
    finder: Finder,
    /// `--select` and the like: over the configuration of every file.
    selection: Selection,
    /// How files are read, but for their language.
    read: ReadOptions,
    linters: Vec<Arc<Linter>>,
    warnings: Vec<String>,
    /// By configuration file and overrides.
    known: HashMap<(Option<PathBuf>, Vec<usize>), usize>,
    dictionaries: HashMap<Lexicon, Arc<Dictionary>>,
    /// By their files and the language that they translate to.
    glossaries: HashMap<(Vec<PathBuf>, String), Arc<Glossary>>,
}

/// What a dictionary is made of.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Lexicon {
    /// What the dictionaries are held to.
    lock: Option<PathBuf>,
    builtin: bool,
    files: Vec<PathBuf>,
    forget: Vec<String>,
    settle: Vec<(String, String)>,
}

impl Profiles {
    pub fn new(finder: Finder, selection: Selection, read: ReadOptions) -> Profiles {
        Profiles {
            finder,
            selection,
            read,
            linters: Vec::new(),
            warnings: Vec::new(),
            known: HashMap::new(),
            dictionaries: HashMap::new(),
            glossaries: HashMap::new(),
        }
    }

    /// The linters made so far.
    pub fn linters(&self) -> &[Arc<Linter>] {
        &self.linters
    }

    /// What was found odd in configurations since this was last asked, one line each.
    pub fn take_warnings(&mut self) -> Vec<String> {
        std::mem::take(&mut self.warnings)
    }

    /// The rules that some file is checked with, in the order of the documentation.
    pub fn rules(&self) -> Vec<&'static Rule> {
        let runs = |rule: &&'static Rule| {
            self.linters.iter().any(|linter| linter.settings().rules.iter().any(|(own, _)| own.name == rule.name))
        };
        rules::all().iter().copied().filter(runs).collect()
    }

    /// Whether a file, given from the root, was read for what is linted with: a configuration, a dictionary or a glossary.
    pub fn reads(&self, path: &Path) -> bool {
        let is_it = |read: &PathBuf| absolute(read) == path;
        self.finder.files().any(is_it)
            || self.dictionaries.keys().any(|lexicon| lexicon.files.iter().any(is_it))
            || self.glossaries.keys().any(|(files, _)| files.iter().any(is_it))
    }

    /// The configuration for a file.
    ///
    /// # Errors
    /// It is wrong.
    pub fn config_of(&mut self, path: &Path) -> Result<Arc<Config>, ConfigError> {
        self.finder.of_file(&absolute(path))
    }

    /// The configuration for a folder.
    ///
    /// # Errors
    /// It is wrong.
    pub fn config_of_folder(&mut self, folder: &Path) -> Result<Arc<Config>, ConfigError> {
        self.finder.of_folder(folder)
    }

    /// The linter for a file, by number.
    ///
    /// # Errors
    /// The file's configuration is wrong, or one of its dictionaries or glossaries.
    pub fn of_file(&mut self, path: &Path) -> Result<usize, ProfileError> {
        let path = absolute(path);
        let config = self.finder.of_file(&path)?;
        let overrides = config.overrides_of(&path)?;
        let key = (config.file.clone(), overrides);
        if let Some(&known) = self.known.get(&key) {
            return Ok(known);
        }
        let linter = self.linter(&config, &key.1)?;
        self.linters.push(Arc::new(linter));
        self.known.insert(key, self.linters.len() - 1);
        Ok(self.linters.len() - 1)
    }

    fn linter(&mut self, config: &Config, overrides: &[usize]) -> Result<Linter, ProfileError> {
        let layer = config.with(overrides);
        let dictionary = self.dictionary(config, &layer)?;
        let mut settings = settings(&layer, &self.selection, &self.read)?;
        settings.glossary = self.glossary(&layer, &settings.target_language)?;
        self.warnings.extend(layer.style.as_ref().and_then(|style| unknown_style(style, &dictionary)));
        Ok(Linter::new(dictionary, settings))
    }

    fn glossary(&mut self, layer: &Layer, target_language: &str) -> Result<Arc<Glossary>, ProfileError> {
        all_there("the glossary", &layer.glossaries)?;
        let files: Vec<PathBuf> = layer.glossaries.iter().map(|set| set.value.clone()).collect();
        let key = (files, target_language.to_owned());
        if let Some(known) = self.glossaries.get(&key) {
            return Ok(Arc::clone(known));
        }
        let glossary = Arc::new(Glossary::open(key.0.iter().map(PathBuf::as_path), target_language)?);
        self.glossaries.insert(key, Arc::clone(&glossary));
        Ok(glossary)
    }

    fn dictionary(&mut self, config: &Config, layer: &Layer) -> Result<Arc<Dictionary>, ProfileError> {
        let lexicon = Lexicon::of(config, layer);
        if let Some(known) = self.dictionaries.get(&lexicon) {
            return Ok(Arc::clone(known));
        }
        let dictionary = Arc::new(open(&lexicon, layer, &mut self.warnings)?);
        self.dictionaries.insert(lexicon, Arc::clone(&dictionary));
        Ok(dictionary)
    }
}

/// No error: a form of that style may be added to a dictionary later.
fn unknown_style(style: &Set<String>, dictionary: &Dictionary) -> Option<String> {
    let known = dictionary.styles();
    let Set { value: style, origin } = style;
    (!known.contains(style.as_str())).then(|| match known.is_empty() {
        true => format!("{origin}: no dictionary in force has forms of a style, so none of “{style}”"),
        false => {
            let known: Vec<&str> = known.into_iter().collect();
            format!("{origin}: no dictionary in force has forms of the style “{style}”, but of {}", known.join(", "))
        }
    })
}

/// What a layer says of linting, with the command line's choice of rules.
fn settings(layer: &Layer, selection: &Selection, read: &ReadOptions) -> Result<Settings, ConfigError> {
    let defaults = Settings::default();
    let text = |set: &Option<Set<String>>| set.as_ref().map(|set| set.value.clone());
    let level = |(rule, level): (&'static crate::rules::Rule, Set<Option<crate::diagnostic::Severity>>)| {
        let is_on = selection.has(rule, level.value.is_some());
        is_on.then(|| (rule, level.value.or(layer.severity_of(rule)).unwrap_or(rule.severity)))
    };
    let target_language = text(&layer.target_language).unwrap_or(defaults.target_language);
    Ok(Settings {
        rules: layer.levels().into_iter().filter_map(level).collect(),
        min_confidence: layer.min_confidence.as_ref().map_or(defaults.min_confidence, |set| set.value),
        style: text(&layer.style),
        source_language: text(&layer.source_language),
        read: ReadOptions { target_language: target_language.clone(), ..read.clone() },
        target_language,
        ignores: layer.ignored()?,
        glossary: defaults.glossary,
    })
}

impl Lexicon {
    fn of(config: &Config, layer: &Layer) -> Lexicon {
        let is_locked = layer.locked.as_ref().is_some_and(|set| set.value);
        Lexicon {
            lock: is_locked.then(|| lock_of(config)),
            builtin: layer.builtin.as_ref().is_none_or(|set| set.value),
            files: layer.dictionaries.iter().map(|set| set.value.clone()).collect(),
            forget: layer.forget.iter().map(|set| set.value.clone()).collect(),
            settle: layer.settle.iter().map(|set| (set.value.text.clone(), set.value.entry.clone())).collect(),
        }
    }
}

/// Where the lock of a configuration's dictionaries stands: beside it, or in the working directory.
pub fn lock_of(config: &Config) -> PathBuf {
    config.file.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).join(lock::FILE)
}

/// The dictionary that a configuration asks for, but for its overrides. What is odd about it goes to `warnings`.
///
/// # Errors
/// A dictionary cannot be used, or a name cannot be settled.
pub fn dictionary(config: &Config, warnings: &mut Vec<String>) -> Result<Dictionary, ProfileError> {
    open(&Lexicon::of(config, &config.layer), &config.layer, warnings)
}

/// Fails with the place that names a file which is not there.
fn all_there(what: &'static str, files: &[Set<PathBuf>]) -> Result<(), ProfileError> {
    for Set { value: file, origin } in files {
        let missing = |source| ProfileError::Missing { origin: origin.clone(), what, path: relative(file), source };
        file.metadata().map_err(missing)?;
    }
    Ok(())
}

fn open(lexicon: &Lexicon, layer: &Layer, warnings: &mut Vec<String>) -> Result<Dictionary, ProfileError> {
    let here = absolute(Path::new(""));
    let files = lexicon.files.iter().map(|file| file.strip_prefix(&here).unwrap_or(file));
    all_there("the dictionary", &layer.dictionaries)?;
    if let Some(lock) = &lexicon.lock {
        lock::hold(lock, lexicon.builtin, lexicon.files.iter().map(PathBuf::as_path))?;
    }
    let mut dictionary = dictionaries::stack(lexicon.builtin, files)?;
    for (id, set) in lexicon.forget.iter().zip(&layer.forget) {
        if !dictionary.forget(id) {
            // No error: a newer dictionary may have dropped it.
            warnings.push(format!("{}: no entry `{id}` to forget", set.origin));
        }
    }
    let pairs: Vec<(&str, &str)> = lexicon.settle.iter().map(|(text, id)| (text.as_str(), id.as_str())).collect();
    match dictionaries::settle(&mut dictionary, &pairs) {
        Ok(()) => Ok(dictionary),
        Err(index) => {
            let (text, id) = pairs[index];
            let origin = layer.settle[index].origin.clone();
            Err(ProfileError::Unsettled { origin, text: text.to_owned(), entry: id.to_owned() })
        }
    }
}
