//! What each file is linted with: its configuration, made into a linter once and shared by all files that have the same.

use super::Error;
use super::args::DictionaryArgs;
use super::console::Console;
use crate::config::{Config, ConfigError, Finder, Layer, Origin, Set};
use crate::dictionaries;
use crate::dictionary::Dictionary;
use crate::document::ReadOptions;
use crate::emit::RuleInfo;
use crate::files::absolute;
use crate::lint::{Linter, Settings};
use crate::rules::{self, Rule, Selection};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The linters of a run.
pub struct Profiles<'c> {
    finder: Finder,
    /// `--select` and the like: over the configuration of every file.
    selection: Selection,
    /// How files are read, but for their language.
    read: ReadOptions,
    console: &'c Console,
    linters: Vec<Linter>,
    /// By configuration file and overrides.
    known: HashMap<(Option<PathBuf>, Vec<usize>), usize>,
    dictionaries: HashMap<Lexicon, Arc<Dictionary>>,
}

/// What a dictionary is made of.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Lexicon {
    builtin: bool,
    files: Vec<PathBuf>,
    forget: Vec<String>,
    settle: Vec<(String, String)>,
}

impl<'c> Profiles<'c> {
    pub fn new(finder: Finder, selection: Selection, read: ReadOptions, console: &'c Console) -> Profiles<'c> {
        Profiles {
            finder,
            selection,
            read,
            console,
            linters: Vec::new(),
            known: HashMap::new(),
            dictionaries: HashMap::new(),
        }
    }

    pub fn linters(&self) -> &[Linter] {
        &self.linters
    }

    /// The rules that some file is checked with, in the order of the documentation.
    pub fn rules(&self) -> Vec<RuleInfo> {
        let runs = |rule: &&&'static Rule| {
            self.linters.iter().any(|linter| linter.settings().rules.iter().any(|(own, _)| own.name == rule.name))
        };
        let info = |rule: &&'static Rule| RuleInfo {
            name: rule.name,
            summary: rule.summary,
            documentation: rule.documentation,
            severity: rule.severity,
            mqm: rule.mqm,
        };
        rules::all().iter().filter(runs).map(info).collect()
    }

    /// The linter for a file, by number.
    ///
    /// # Errors
    /// The file's configuration is wrong, or one of its dictionaries.
    pub fn of_file(&mut self, path: &Path) -> Result<usize, Error> {
        let path = absolute(path);
        let config = self.finder.of_file(&path)?;
        let overrides = config.overrides_of(&path)?;
        let key = (config.file.clone(), overrides);
        if let Some(&known) = self.known.get(&key) {
            return Ok(known);
        }
        let linter = self.linter(&config, &key.1)?;
        self.linters.push(linter);
        self.known.insert(key, self.linters.len() - 1);
        Ok(self.linters.len() - 1)
    }

    fn linter(&mut self, config: &Config, overrides: &[usize]) -> Result<Linter, Error> {
        let layer = config.with(overrides);
        let dictionary = self.dictionary(&layer)?;
        Ok(Linter::new(dictionary, settings(&layer, &self.selection, &self.read)?))
    }

    fn dictionary(&mut self, layer: &Layer) -> Result<Arc<Dictionary>, Error> {
        let lexicon = Lexicon::of(layer);
        if let Some(known) = self.dictionaries.get(&lexicon) {
            return Ok(Arc::clone(known));
        }
        let dictionary = Arc::new(open(&lexicon, layer, self.console)?);
        self.dictionaries.insert(lexicon, Arc::clone(&dictionary));
        Ok(dictionary)
    }
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
    })
}

impl Lexicon {
    fn of(layer: &Layer) -> Lexicon {
        Lexicon {
            builtin: layer.builtin.as_ref().is_none_or(|set| set.value),
            files: layer.dictionaries.iter().map(|set| set.value.clone()).collect(),
            forget: layer.forget.iter().map(|set| set.value.clone()).collect(),
            settle: layer.settle.iter().map(|set| (set.value.text.clone(), set.value.entry.clone())).collect(),
        }
    }
}

impl DictionaryArgs {
    /// The dictionary in force where we are: of the configuration and the flags.
    ///
    /// # Errors
    /// The configuration is wrong, or a dictionary cannot be used.
    pub fn open(&self, console: &Console) -> Result<Dictionary, Error> {
        let mut finder = Finder::new(&self.config.request(self.layer()))?;
        let config = finder.of_folder(Path::new(""))?;
        open(&Lexicon::of(&config.layer), &config.layer, console)
    }
}

fn open(lexicon: &Lexicon, layer: &Layer, console: &Console) -> Result<Dictionary, Error> {
    let here = absolute(Path::new(""));
    let files = lexicon.files.iter().map(|file| file.strip_prefix(&here).unwrap_or(file));
    let mut dictionary = dictionaries::stack(lexicon.builtin, files)?;
    for (id, set) in lexicon.forget.iter().zip(&layer.forget) {
        if !dictionary.forget(id) {
            // No error: a newer dictionary may have dropped it.
            console.warning(&format!("{}: no entry `{id}` to forget", set.origin));
        }
    }
    let pairs: Vec<(&str, &str)> = lexicon.settle.iter().map(|(text, id)| (text.as_str(), id.as_str())).collect();
    match dictionaries::settle(&mut dictionary, &pairs) {
        Ok(()) => Ok(dictionary),
        Err(index) => {
            let (text, id) = pairs[index];
            let origin: &Origin = &layer.settle[index].origin;
            Err(Error::Usage(format!(
                "{origin}: “{text}” cannot be settled: no dictionary in force has an entry `{id}`; \
                 `orthonym suggest` tells the ids of entries"
            )))
        }
    }
}
