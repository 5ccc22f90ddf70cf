//! Adding to a project's configuration file: what stands in it stays as it is.

use super::find::Config;
use super::show::toml;
use crate::files::{self, absolute, shown};
use std::path::{Path, PathBuf};
use thiserror::Error;
use toml_edit::{Array, DocumentMut, Item};

/// Why a configuration was not changed.
#[derive(Debug, Error)]
pub enum WriteError {
    #[error("cannot read {}", shown(path))]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{} is no TOML that could be added to", shown(path))]
    Broken { path: PathBuf, source: Option<toml_edit::TomlError> },
    #[error("cannot write {}", shown(path))]
    Write { path: PathBuf, source: std::io::Error },
}

/// An `[[ignore]]` table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ignored<'a> {
    /// A pattern relative to the configuration's folder.
    pub path: Option<String>,
    pub rule: Option<&'a str>,
    pub text: Option<&'a str>,
}

/// The file that is added to: the one that the configuration was read from where it is ours alone, else `orthonym.toml` in `folder`.
pub fn own_file(config: &Config, folder: &Path) -> PathBuf {
    let is_ours = |path: &&PathBuf| path.ends_with(".orthonym.toml") || path.ends_with("orthonym.toml");
    let file = config.file.as_ref().filter(is_ours).map(|path| absolute(path));
    file.unwrap_or_else(|| absolute(folder).join("orthonym.toml"))
}

/// Appends `[[ignore]]` tables.
///
/// # Errors
/// The file cannot be read or written; it is then as it was.
pub fn ignore(path: &Path, tables: &[Ignored<'_>]) -> Result<(), WriteError> {
    let mut text = read(path)?;
    for Ignored { path, rule, text: found } in tables {
        text.push_str(if text.is_empty() || text.ends_with('\n') { "\n[[ignore]]\n" } else { "\n\n[[ignore]]\n" });
        let said = [("path", path.as_deref()), ("rule", *rule), ("text", *found), ("reason", Some("looked at"))];
        for (key, value) in said {
            if let Some(value) = value {
                text += &format!("{key} = {}\n", toml::string(value));
            }
        }
    }
    write(path, &text)
}

/// Adds a dictionary, given from the root, to the list of dictionaries.
///
/// # Errors
/// The file cannot be read or written, or its list is none; it is then as it was.
pub fn add_dictionary(path: &Path, dictionary: &Path) -> Result<(), WriteError> {
    let broken = |source| WriteError::Broken { path: path.to_owned(), source };
    let mut document: DocumentMut = read(path)?.parse().map_err(|error| broken(Some(error)))?;
    let folder = path.parent().unwrap_or(Path::new("/"));
    let name = shown(dictionary.strip_prefix(folder).unwrap_or(dictionary));
    let list = document.entry("dictionaries").or_insert(Item::Value(Array::new().into()));
    list.as_array_mut().ok_or_else(|| broken(None))?.push(name);
    write(path, &document.to_string())
}

fn read(path: &Path) -> Result<String, WriteError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(source) => Err(WriteError::Read { path: path.to_owned(), source }),
    }
}

fn write(path: &Path, text: &str) -> Result<(), WriteError> {
    files::put_whole(path, |out| out.write_all(text.as_bytes()))
        .map_err(|source| WriteError::Write { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("orthonym.toml");
        std::fs::write(&path, "# ours\ndictionaries = [\"a.toml\"] # the first\n").unwrap();
        add_dictionary(&path, &folder.path().join("own/b.toml")).unwrap();
        ignore(&path, &[Ignored { rule: Some("names/acronym"), text: Some("A \"b\""), path: None }]).unwrap();
        let after = std::fs::read_to_string(&path).unwrap();
        assert_eq!(
            after,
            "# ours\ndictionaries = [\"a.toml\", \"own/b.toml\"] # the first\n\n[[ignore]]\nrule = \"names/acronym\"\n\
             text = 'A \"b\"'\nreason = \"looked at\"\n"
        );
        std::fs::write(&path, "dictionaries = 1\n").unwrap();
        assert!(matches!(add_dictionary(&path, Path::new("/c.toml")), Err(WriteError::Broken { .. })));
    }
}
