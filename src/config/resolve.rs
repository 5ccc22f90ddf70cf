//! What a configuration comes to for one path: overrides laid over it, rules switched on and off, patterns made ready.

use super::error::ConfigError;
use super::find::Config;
use super::layer::{IgnoreTable, Layer, Level, Origin, Patterns, Set};
use crate::diagnostic::Severity;
use crate::files::{DEFAULT_EXCLUDE, PathSet, WalkOptions, absolute, matcher};
use crate::rules::{self, Exactness, Rule, Selector};
use crate::suppress::Ignore;
use std::path::{Path, PathBuf};

impl Config {
    /// The overrides that hold for a file, by number. The path is absolute.
    ///
    /// # Errors
    /// A pattern that is none.
    pub fn overrides_of(&self, path: &Path) -> Result<Vec<usize>, ConfigError> {
        let mut found = Vec::new();
        for (index, set) in self.layer.overrides.iter().enumerate() {
            if path_set([(&set.value.paths, &set.origin)])?.contains(path) {
                found.push(index);
            }
        }
        Ok(found)
    }

    /// Where results are kept from run to run: as it is said, or else beside the configuration of the project that we are in.
    pub fn cache_dir(&self) -> PathBuf {
        if let Some(set) = &self.layer.cache_dir {
            return set.value.clone();
        }
        let here = absolute(Path::new(""));
        let project = self.file.as_deref().map(absolute).and_then(|file| file.parent().map(Path::to_owned));
        project.filter(|project| here.starts_with(project)).unwrap_or(here).join(".orthonym-cache")
    }

    /// The values with those overrides over them; the command line stays on top.
    pub fn with(&self, overrides: &[usize]) -> Layer {
        let mut layer = self.layer.clone();
        for &index in overrides {
            layer = layer.under(&self.layer.overrides[index].value.layer);
        }
        layer.under_scalars_of(&self.layer, |origin| matches!(origin, Origin::Argument(_)))
    }
}

impl Layer {
    /// Puts back the single values that a more important layer had set.
    fn under_scalars_of(mut self, other: &Layer, is_important: fn(&Origin) -> bool) -> Layer {
        fn keep<T: Clone>(here: &mut Option<Set<T>>, there: &Option<Set<T>>, is_important: fn(&Origin) -> bool) {
            if there.as_ref().is_some_and(|set| is_important(&set.origin)) {
                here.clone_from(there);
            }
        }
        keep(&mut self.source_language, &other.source_language, is_important);
        keep(&mut self.target_language, &other.target_language, is_important);
        keep(&mut self.style, &other.style, is_important);
        keep(&mut self.min_confidence, &other.min_confidence, is_important);
        keep(&mut self.builtin, &other.builtin, is_important);
        self
    }

    /// What is left out of folders.
    ///
    /// # Errors
    /// A pattern that is none.
    pub fn excluded(&self, here: &Path) -> Result<PathSet, ConfigError> {
        let default = Patterns {
            base: here.to_owned(),
            patterns: DEFAULT_EXCLUDE.iter().map(|&pattern| pattern.to_owned()).collect(),
        };
        let base = match &self.exclude {
            Some(set) => (&set.value, &set.origin),
            None => (&default, &Origin::Default),
        };
        path_set(std::iter::once(base).chain(self.extend_exclude.iter().map(|set| (&set.value, &set.origin))))
    }

    /// What is read of folders, where that is said.
    ///
    /// # Errors
    /// A pattern that is none.
    pub fn included(&self) -> Result<Option<PathSet>, ConfigError> {
        self.include.as_ref().map(|set| path_set([(&set.value, &set.origin)])).transpose()
    }

    /// How folders are searched. `here` is what patterns that are nobody's are relative to.
    ///
    /// # Errors
    /// A pattern that is none.
    pub fn walk_options(&self, here: &Path) -> Result<WalkOptions, ConfigError> {
        let is = |set: &Option<Set<bool>>, default| set.as_ref().map_or(default, |set| set.value);
        Ok(WalkOptions {
            include: self.included()?,
            exclude: self.excluded(here)?,
            force_exclude: is(&self.force_exclude, false),
            respect_gitignore: is(&self.respect_gitignore, true),
            format: None,
            with_data: false,
        })
    }

    /// The `[[ignore]]` tables, ready for use.
    ///
    /// # Errors
    /// A pattern that is none.
    pub fn ignored(&self) -> Result<Vec<Ignore>, ConfigError> {
        let ready = |set: &Set<IgnoreTable>| {
            let IgnoreTable { path, rule, text, .. } = &set.value;
            let paths = path.as_ref().map(|path| path_set([(path, &set.origin)])).transpose()?;
            Ok(Ignore { paths, rule: rule.clone(), text: text.clone() })
        };
        self.ignores.iter().map(ready).collect()
    }

    /// Whether a rule runs, and at which severity; with where that was said.
    ///
    /// The more exact name wins, and of two equals the later one. A group, and a severity for all, switch nothing on that is
    /// off by default.
    pub fn level(&self, rule: &Rule) -> Set<Option<Severity>> {
        let mut on: (Option<Exactness>, bool, &Origin) = (None, rule.on_by_default, &Origin::Default);
        let mut severity: Option<(Exactness, &Origin)> = None;
        for set in &self.rules {
            let (selector, level) = &set.value;
            let Some(exactness) = selector.exactness(rule) else { continue };
            let switches_on = match (selector, level) {
                (_, Level::Off) => false,
                (Selector::Rule(_), _) | (Selector::All, Level::On) => true,
                _ => rule.on_by_default,
            };
            if Some(exactness) >= on.0 {
                on = (Some(exactness), switches_on, &set.origin);
            }
            if matches!(level, Level::At(_)) && Some(exactness) >= severity.map(|(exactness, _)| exactness) {
                severity = Some((exactness, &set.origin));
            }
        }
        match on.1 {
            true => {
                let origin = severity.map_or(on.2, |(_, origin)| origin);
                Set::new(Some(self.severity_of(rule).unwrap_or(rule.severity)), origin.clone())
            }
            false => Set::new(None, on.2.clone()),
        }
    }

    /// The severity that a rule's findings would have, where it is said, whether the rule runs or not.
    pub fn severity_of(&self, rule: &Rule) -> Option<Severity> {
        let given = self.rules.iter().filter_map(|set| match set.value.1 {
            Level::At(severity) => Some((set.value.0.exactness(rule)?, severity)),
            _ => None,
        });
        given.reduce(|a, b| if b.0 >= a.0 { b } else { a }).map(|(_, severity)| severity)
    }

    /// Every rule with what is said of it.
    pub fn levels(&self) -> Vec<(&'static Rule, Set<Option<Severity>>)> {
        rules::all().iter().map(|rule| (*rule, self.level(rule))).collect()
    }
}

pub(super) fn path_set<'p>(
    patterns: impl IntoIterator<Item = (&'p Patterns, &'p Origin)>,
) -> Result<PathSet, ConfigError> {
    let mut set = PathSet::default();
    for (Patterns { base, patterns }, origin) in patterns {
        set.add(base, patterns).map_err(|_| wrong_pattern(patterns, origin))?;
    }
    Ok(set)
}

/// The first of the patterns that is none, as an error.
fn wrong_pattern(patterns: &[String], origin: &Origin) -> ConfigError {
    let is_wrong = |pattern: &&String| matcher(Path::new(""), std::slice::from_ref(*pattern)).is_err();
    let pattern = patterns.iter().find(is_wrong).cloned().unwrap_or_default();
    ConfigError::Pattern { pattern, origin: origin.clone() }
}
