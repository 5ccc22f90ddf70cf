//! From TOML to a [`Layer`]: every value is checked where it stands, so that an error can say where.

use super::error::{ConfigError, Place, did_you_mean};
use super::keys::{self, Key};
use super::layer::{Layer, Origin, Patterns, Set};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A text of TOML that is being read.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    pub text: &'a str,
    /// The folder that paths in it are relative to.
    pub base: &'a Path,
    pub from: From<'a>,
}

#[derive(Clone, Copy)]
pub enum From<'a> {
    File(&'a Path),
    /// `--config KEY=VALUE`, as it was given.
    Argument(&'a str),
    Environment(&'static str),
}

/// A value in its place.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    input: Input<'a>,
    /// What it is called in messages: `rules.names`.
    name: &'a str,
    value: &'a Spanned<DeValue<'a>>,
}

/// The table of a file that is ours, if it has one, and its `extend`.
pub struct Read {
    pub layer: Layer,
    pub extend: Option<Set<PathBuf>>,
}

/// Reads a text; in one of several tools' files only the table at `table`, if there is one.
///
/// # Errors
/// A syntax error, an unknown key, a value that its key does not take.
pub fn read(input: Input<'_>, table: &[&str]) -> Result<Option<Read>, ConfigError> {
    let parsed = DeTable::parse(input.text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        input.error(at, error.message().to_owned())
    })?;
    let mut ours: &DeTable<'_> = parsed.get_ref();
    for part in table {
        let inner = ours.iter().find(|(key, _)| key.get_ref() == part).map(|(_, value)| value);
        match inner.and_then(|value| value.get_ref().as_table()) {
            Some(inner) => ours = inner,
            None => return Ok(None),
        }
    }
    let mut read = Read { layer: Layer::default(), extend: None };
    for (key, value) in ours {
        let node = Node { input, name: key.get_ref(), value };
        if node.name == "extend" {
            read.extend = Some(node.path()?);
            continue;
        }
        let known = keys::find(node.name);
        let known = known.ok_or_else(|| unknown(input, key.span().start, node.name, "extend", |_| true))?;
        (known.read)(&mut read.layer, node)?;
    }
    Ok(Some(read))
}

/// `beside` is what may stand there and is no [`Key`].
fn unknown(input: Input<'_>, at: usize, name: &str, beside: &str, wanted: fn(&Key) -> bool) -> ConfigError {
    let known = keys::all().iter().filter(|key| wanted(key)).map(|key| key.name);
    let hint = match name {
        // What other linters have.
        "select" | "extend-select" | "extend-ignore" => "; [rules] turns rules on and off".to_owned(),
        _ => did_you_mean(name, known.chain([beside])),
    };
    input.error(at, format!("unknown key `{name}`{hint} (`orthonym schema` lists them all)"))
}

impl<'a> Input<'a> {
    fn error(&self, at: usize, message: String) -> ConfigError {
        let place = match self.from {
            From::Argument(argument) => Place::Argument(format!("--config {argument}")),
            From::Environment(name) => Place::Argument(format!("${name}")),
            From::File(path) => {
                let before = self.text.get(..at).unwrap_or(self.text);
                let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
                let line = 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count();
                let column = 1 + before[line_start..].chars().count();
                Place::File { path: path.to_owned(), line, column }
            }
        };
        ConfigError::Wrong { place, message }
    }

    fn origin(&self, at: usize) -> Origin {
        match self.from {
            From::Argument(argument) => Origin::Argument(format!("--config {argument}")),
            From::Environment(name) => Origin::Environment(name),
            From::File(path) => {
                let before = self.text.get(..at).unwrap_or(self.text);
                Origin::File { path: path.to_owned(), line: 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count() }
            }
        }
    }

    fn resolve(&self, path: &str) -> PathBuf {
        crate::files::lexical(&self.base.join(path))
    }
}

impl<'a> Node<'a> {
    pub fn error(&self, message: impl Into<String>) -> ConfigError {
        self.input.error(self.value.span().start, message.into())
    }

    pub fn set<T>(&self, value: T) -> Set<T> {
        Set::new(value, self.input.origin(self.value.span().start))
    }

    fn wants<T>(&self, what: &str) -> Result<T, ConfigError> {
        Err(self.error(format!("`{}` is {what}", self.name)))
    }

    pub fn flag(&self) -> Result<Set<bool>, ConfigError> {
        match self.value.get_ref().as_bool() {
            Some(flag) => Ok(self.set(flag)),
            None => self.wants("true or false"),
        }
    }

    pub fn probability(&self) -> Result<Set<f32>, ConfigError> {
        let number = match self.value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        match number.filter(|number: &f32| (0.0..=1.0).contains(number)) {
            Some(number) => Ok(self.set(number)),
            None => self.wants("a number from 0 to 1"),
        }
    }

    pub fn is_text(&self) -> bool {
        self.value.get_ref().is_str()
    }

    fn str(&self) -> Result<&'a str, ConfigError> {
        match self.value.get_ref().as_str() {
            Some(text) => Ok(text),
            None => self.wants("a text in quotes"),
        }
    }

    pub fn text(&self) -> Result<Set<String>, ConfigError> {
        Ok(self.set(self.str()?.to_owned()))
    }

    pub fn language(&self) -> Result<Set<String>, ConfigError> {
        match language(self.str()?) {
            Some(code) => Ok(self.set(code)),
            None => self.wants("the ISO 639 code of a language, such as \"ar\""),
        }
    }

    pub fn path(&self) -> Result<Set<PathBuf>, ConfigError> {
        Ok(self.set(self.input.resolve(self.str()?)))
    }

    /// One of the names that a type has.
    pub fn choice<T>(&self, parse: fn(&str) -> Option<T>, names: &[&str]) -> Result<Set<T>, ConfigError> {
        let name = self.str()?;
        match parse(name) {
            Some(value) => Ok(self.set(value)),
            None => self.wants(&format!("one of {}{}", names.join(", "), did_you_mean(name, names.iter().copied()))),
        }
    }

    pub fn parsed<T: FromStr<Err: std::fmt::Display>>(&self) -> Result<Set<T>, ConfigError> {
        self.str()?.parse().map(|value| self.set(value)).map_err(|error: T::Err| self.error(error.to_string()))
    }

    /// The items of a list; one value stands for a list of one.
    pub fn items(&self) -> Vec<Node<'a>> {
        match self.value.get_ref().as_array() {
            Some(items) => items.iter().map(|value| Node { value, ..*self }).collect(),
            None => vec![*self],
        }
    }

    pub fn texts(&self) -> Result<Vec<Set<String>>, ConfigError> {
        self.items().iter().map(Node::text).collect()
    }

    pub fn paths(&self) -> Result<Vec<Set<PathBuf>>, ConfigError> {
        self.items().iter().map(Node::path).collect()
    }

    pub fn patterns(&self) -> Result<Set<Patterns>, ConfigError> {
        let patterns = self.texts()?.into_iter().map(|set| set.value).collect();
        let patterns = Patterns { base: self.input.base.to_owned(), patterns };
        let set = self.set(patterns);
        crate::files::matcher(&set.value.base, &set.value.patterns).map_err(|error| self.error(error.to_string()))?;
        Ok(set)
    }

    /// The values of a table with their keys, each a node; in the order of the file.
    pub fn entries(&self) -> Result<Vec<(Node<'a>, &'a str)>, ConfigError> {
        let Some(table) = self.value.get_ref().as_table() else { return self.wants("a table") };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        Ok(entries
            .into_iter()
            .map(|(key, value)| (Node { name: key.get_ref(), value, ..*self }, &**key.get_ref()))
            .collect())
    }

    /// An error at the key of an entry of this table.
    pub fn key_error(&self, name: &str, message: String) -> ConfigError {
        let table = self.value.get_ref().as_table();
        let key = table.and_then(|table| table.keys().find(|key| key.get_ref() == name));
        self.input.error(key.map_or(0, |key| key.span().start), message)
    }

    /// Reads the keys of this table that may stand in an override; `paths` is left to the caller.
    pub fn overriding(&self) -> Result<Layer, ConfigError> {
        let Some(table) = self.value.get_ref().as_table() else { return self.wants("tables, written [[overrides]]") };
        let mut layer = Layer::default();
        for (key, value) in table {
            let name: &str = key.get_ref();
            match keys::find(name) {
                _ if name == "paths" => {}
                Some(known) if known.for_paths => (known.read)(&mut layer, Node { name, value, ..*self })?,
                Some(_) => {
                    let message = format!("`{name}` holds for a whole run and cannot stand in [[overrides]]");
                    return Err(self.key_error(name, message));
                }
                None => return Err(unknown(self.input, key.span().start, name, "paths", |key| key.for_paths)),
            }
        }
        Ok(layer)
    }
}

/// The language of a code such as `ar`, `ara` or `pt-BR`: its first part, in lower case.
pub fn language(code: &str) -> Option<String> {
    let primary = code.split(['-', '_']).next().unwrap_or_default();
    let is_code = matches!(primary.len(), 2..=3) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    is_code.then(|| primary.to_ascii_lowercase())
}
