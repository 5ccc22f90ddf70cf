//! Flags as a layer of the configuration, and what the command line asks of it.

use super::Error;
use super::args::{CheckArgs, ConfigArgs, DictionaryArgs, FileArgs, OutputArgs, RuleSelectionArgs, ServerArgs};
use super::console::Console;
use crate::config::{Finder, Layer, Patterns, Request, Set};
use crate::dictionary::Dictionary;
use crate::files::absolute;
use crate::profiles;
use std::path::{Path, PathBuf};

impl ConfigArgs {
    /// Which configuration is asked for, with flags over it.
    pub fn request(&self, flags: Layer) -> Request {
        let is_value = |argument: &String| argument.contains('=') && !Path::new(argument).exists();
        let (values, files): (Vec<String>, Vec<String>) = self.config.iter().cloned().partition(is_value);
        let variable = std::env::var_os("ORTHONYM_CONFIG").filter(|value| !value.is_empty()).map(PathBuf::from);
        let file = files.last().map(PathBuf::from).or(variable);
        Request { file, values, isolated: self.isolated, flags }
    }
}

impl CheckArgs {
    /// What the flags say.
    pub fn layer(&self) -> Layer {
        let min_confidence = self.rules.min_confidence.map(|value| Set::flag(value, "--min-confidence"));
        let baseline = self.known.baseline.as_deref().map(|path| Set::flag(absolute(path), "--baseline"));
        let cache_dir = cache_dir_flag(self.cache.cache_dir.as_deref());
        let glossaries = self.rules.glossaries();
        let layer = Layer { min_confidence, glossaries, baseline, cache_dir, ..Layer::default() };
        layer.under(&self.dictionaries.layer()).under(&self.files.layer()).under(&self.output.layer())
    }
}

/// What `--cache-dir` says.
pub fn cache_dir_flag(path: Option<&Path>) -> Option<Set<PathBuf>> {
    path.map(|path| Set::flag(absolute(path), "--cache-dir"))
}

impl ServerArgs {
    /// What the flags say.
    pub fn layer(&self) -> Layer {
        let min_confidence = self.rules.min_confidence.map(|value| Set::flag(value, "--min-confidence"));
        Layer { min_confidence, glossaries: self.rules.glossaries(), ..Layer::default() }
            .under(&self.dictionaries.layer())
    }
}

impl RuleSelectionArgs {
    fn glossaries(&self) -> Vec<Set<PathBuf>> {
        self.glossary.iter().map(|path| Set::flag(absolute(path), "--glossary")).collect()
    }
}

impl DictionaryArgs {
    /// What the flags say.
    pub fn layer(&self) -> Layer {
        let path = |path: &PathBuf| Set::flag(absolute(path), "--dictionary");
        let text = |value: &Option<String>, flag| value.clone().map(|value| Set::flag(value, flag));
        Layer {
            dictionaries: self.dictionary.iter().map(path).collect(),
            locked: self.locked.then(|| Set::flag(true, "--locked")),
            builtin: self.no_builtin.then(|| Set::flag(false, "--no-builtin")),
            source_language: text(&self.source_language, "--source-language"),
            target_language: text(&self.target_language, "--target-language"),
            ..Layer::default()
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
        let mut warnings = Vec::new();
        let dictionary = profiles::dictionary(&config, &mut warnings);
        warnings.iter().for_each(|warning| console.warning(warning));
        Ok(dictionary?)
    }
}

impl FileArgs {
    fn layer(&self) -> Layer {
        let patterns = |patterns: &[String], flag| {
            let set = Patterns { base: absolute(Path::new("")), patterns: patterns.to_vec() };
            (!patterns.is_empty()).then(|| Set::flag(set, flag))
        };
        Layer {
            exclude: patterns(&self.exclude, "--exclude"),
            extend_exclude: patterns(&self.extend_exclude, "--extend-exclude").into_iter().collect(),
            force_exclude: self.force_exclude.then(|| Set::flag(true, "--force-exclude")),
            respect_gitignore: self.no_respect_gitignore.then(|| Set::flag(false, "--no-respect-gitignore")),
            ..Layer::default()
        }
    }
}

impl OutputArgs {
    fn layer(&self) -> Layer {
        Layer {
            output_format: self.output_format.map(|value| Set::flag(value, "--output-format")),
            output_file: self.output_file.as_deref().map(|path| Set::flag(absolute(path), "--output-file")),
            fail_on: self.fail_on.map(|value| Set::flag(value, "--fail-on")),
            ..Layer::default()
        }
    }
}
