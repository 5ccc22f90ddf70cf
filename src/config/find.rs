//! Which configuration is in force for a path: the nearest one above it, what that extends, what the command line adds.

use super::error::ConfigError;
use super::layer::Layer;
use super::read::{self, From, Input, Read};
use crate::files::{absolute, lexical};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files that may hold a configuration, the first one first, and the table in them that does.
const FILES: &[(&str, &[&str])] = &[
    (".orthonym.toml", &[]),
    ("orthonym.toml", &[]),
    ("pyproject.toml", &["tool", "orthonym"]),
    ("Cargo.toml", &["package", "metadata", "orthonym"]),
];

/// Whether a file's name is that of one that may hold a configuration.
pub fn is_configuration(path: &Path) -> bool {
    FILES.iter().any(|(name, _)| path.file_name().is_some_and(|own| own == *name))
}

/// Variables of the environment, and the keys that they set.
const VARIABLES: &[(&str, &str)] = &[
    ("ORTHONYM_OUTPUT_FORMAT", "output-format"),
    ("ORTHONYM_OUTPUT_FILE", "output-file"),
    ("ORTHONYM_CACHE_DIR", "cache-dir"),
];

/// What the command line and the environment ask for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// This file for all paths, in place of the nearest one.
    pub file: Option<PathBuf>,
    /// `KEY=VALUE`, in order.
    pub values: Vec<String>,
    /// No files at all.
    pub isolated: bool,
    /// What flags say; over everything else.
    pub flags: Layer,
}

/// The configuration of a folder.
#[derive(Debug, PartialEq)]
pub struct Config {
    /// The file it was read from; `None` where there is none.
    pub file: Option<PathBuf>,
    /// What the file says, with what it extends under it and the command line over it.
    pub layer: Layer,
}

/// Finds the configuration of paths, and remembers it by folder.
pub struct Finder {
    folders: HashMap<PathBuf, Option<Arc<Config>>>,
    /// Holds for every path, whatever lies near it.
    forced: Option<Arc<Config>>,
    /// Where there is no file for a path.
    otherwise: Arc<Config>,
    above: Layer,
    here: PathBuf,
}

impl Finder {
    /// # Errors
    /// The command line's values or the user's own configuration are wrong.
    pub fn new(request: &Request) -> Result<Finder, ConfigError> {
        let here = absolute(Path::new(""));
        let mut above = Layer::default();
        for &(variable, key) in VARIABLES {
            if let Some(value) = std::env::var(variable).ok().filter(|value| !value.is_empty()) {
                let text = format!("{key} = {}", super::show::toml::string(&value));
                let input = Input { text: &text, base: &here, from: From::Environment(variable) };
                above = above.under(&read::read(input, &[])?.map(|read| read.layer).unwrap_or_default());
            }
        }
        for value in &request.values {
            above = above.under(&argument(value, &here)?);
        }
        above = above.under(&request.flags);
        let mut finder = Finder {
            folders: HashMap::new(),
            forced: None,
            otherwise: Arc::new(Config { file: None, layer: above.clone() }),
            above,
            here,
        };
        if request.isolated {
            finder.forced = Some(Arc::clone(&finder.otherwise));
        } else if let Some(file) = &request.file {
            let path = absolute(file);
            path.metadata().map_err(|source| ConfigError::Read { path: file.clone(), source })?;
            let config = finder.load(&path)?.ok_or_else(|| ConfigError::NoTable(file.clone()))?;
            finder.forced = Some(config);
        } else if let Some(config) = user_files().iter().find_map(|path| finder.load(path).transpose()) {
            finder.otherwise = config?;
        }
        Ok(finder)
    }

    /// The configuration for files in a folder.
    ///
    /// # Errors
    /// The nearest file cannot be read or is wrong.
    pub fn of_folder(&mut self, folder: &Path) -> Result<Arc<Config>, ConfigError> {
        if let Some(config) = &self.forced {
            return Ok(Arc::clone(config));
        }
        let folder = absolute(folder);
        for folder in folder.ancestors() {
            let config = match self.folders.get(folder) {
                Some(config) => config.clone(),
                None => {
                    let found = FILES.iter().find_map(|(name, _)| self.load(&folder.join(name)).transpose());
                    let found = found.transpose()?;
                    self.folders.insert(folder.to_owned(), found.clone());
                    found
                }
            };
            if let Some(config) = config {
                return Ok(config);
            }
        }
        Ok(Arc::clone(&self.otherwise))
    }

    /// The files that configurations were read from so far; not those that they extend.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        let configs = self.folders.values().flatten().chain(&self.forced).chain([&self.otherwise]);
        configs.filter_map(|config| config.file.as_ref())
    }

    /// The configuration for a file.
    ///
    /// # Errors
    /// As [`Finder::of_folder`].
    pub fn of_file(&mut self, file: &Path) -> Result<Arc<Config>, ConfigError> {
        self.of_folder(file.parent().unwrap_or(Path::new("")))
    }

    /// The configuration that a file holds, if it exists and holds one.
    fn load(&self, path: &Path) -> Result<Option<Arc<Config>>, ConfigError> {
        let Some(layer) = self.load_layer(path, &mut Vec::new())? else { return Ok(None) };
        Ok(Some(Arc::new(Config { file: Some(self.relative(path)), layer: layer.under(&self.above) })))
    }

    fn load_layer(&self, path: &Path, extending: &mut Vec<PathBuf>) -> Result<Option<Layer>, ConfigError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && extending.is_empty() => return Ok(None),
            Err(source) => return Err(ConfigError::Read { path: self.relative(path), source }),
        };
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let table = FILES.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, table)| table);
        let base = path.parent().unwrap_or(Path::new("/"));
        let shown = self.relative(path);
        let Some(Read { layer, extend }) = read::read(Input { text: &text, base, from: From::File(&shown) }, table)?
        else {
            return Ok(None);
        };
        let Some(super::Set { value: extend, origin }) = extend else { return Ok(Some(layer)) };
        extend.metadata().map_err(|source| ConfigError::Extend { origin, path: self.relative(&extend), source })?;
        extending.push(path.to_owned());
        if extending.contains(&extend) {
            return Err(ConfigError::Circle(self.relative(&extend), shown));
        }
        let below = self.load_layer(&extend, extending)?.ok_or_else(|| ConfigError::NoTable(self.relative(&extend)))?;
        Ok(Some(below.under(&layer)))
    }

    /// As it is shown: relative to the working directory where it lies below.
    fn relative(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.here).unwrap_or(path).to_owned()
    }
}

/// `KEY=VALUE` as a layer. A value that is no TOML is taken as text.
fn argument(argument: &str, here: &Path) -> Result<Layer, ConfigError> {
    let (key, value) = argument.split_once('=').unwrap_or((argument, ""));
    let is_toml = toml::de::DeTable::parse(argument).is_ok();
    let text = if is_toml { argument.to_owned() } else { format!("{key}={}", super::show::toml::string(value.trim())) };
    let input = Input { text: &text, base: here, from: From::Argument(argument) };
    Ok(read::read(input, &[])?.map(|read| read.layer).unwrap_or_default())
}

/// The user's own configuration: `orthonym/orthonym.toml` in the folder that the system has for such.
fn user_files() -> Vec<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let mut folders = Vec::new();
    folders.extend(variable("XDG_CONFIG_HOME"));
    folders.extend(variable("APPDATA"));
    if let Some(home) = variable("HOME") {
        folders.push(home.join(".config"));
        folders.push(home.join("Library/Application Support"));
    }
    folders.into_iter().map(|folder| lexical(&folder.join("orthonym/orthonym.toml"))).collect()
}
