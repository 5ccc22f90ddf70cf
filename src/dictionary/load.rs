//! Reading dictionaries as people write them: TOML (the full model), TSV and CSV (a header, then a name a line), text (a name a line).

use super::columns;
use super::entry::Entry;
use crate::span::Span;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a dictionary cannot be used.
#[derive(Debug, Error)]
pub enum LoadError {
    #[error("cannot read the dictionary {}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{}:{line}:{column}: {message}", path.display())]
    Syntax { path: PathBuf, line: usize, column: usize, message: String },
    #[error("{}: not a dictionary that orthonym reads; use .toml, .tsv, .csv, .txt or a file made by `orthonym dict compile`", path.display())]
    UnknownFormat { path: PathBuf },
    #[error("{}: not a usable compiled dictionary", path.display())]
    Compiled { path: PathBuf, source: super::compiled::OpenError },
}

/// An entry and where it stands in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    pub entry: Entry,
    /// Bytes of the file.
    pub span: Span,
}

/// The text of a dictionary that is no compiled one.
///
/// # Errors
/// The bytes are no UTF-8; the message says where.
pub fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, LoadError> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(&error.as_bytes()[..valid]);
        let message =
            "invalid UTF-8; convert the file to UTF-8, or compile the dictionary anew with `orthonym dict compile`";
        syntax_error(path, &text, valid, message.to_owned())
    })
}

/// Reads a dictionary's text; its form is told by the path's extension.
///
/// # Errors
/// A syntax error or an unknown extension; the message says where and what was expected.
pub fn parse(path: &Path, text: &str) -> Result<Vec<Located>, LoadError> {
    let text_without_bom = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shift = text.len() - text_without_bom.len();
    let mut entries = match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("toml") => parse_toml(path, text_without_bom),
        Some("tsv") => columns::parse_tsv(path, text_without_bom),
        Some("csv") => columns::parse_csv(path, text_without_bom),
        Some("txt") => Ok(parse_txt(text_without_bom)),
        _ => Err(LoadError::UnknownFormat { path: path.to_owned() }),
    }?;
    for located in &mut entries {
        located.span = located.span.shifted(shift);
    }
    Ok(entries)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TomlFile {
    #[serde(default)]
    name: Vec<toml::Spanned<Entry>>,
}

fn parse_toml(path: &Path, text: &str) -> Result<Vec<Located>, LoadError> {
    let file: TomlFile = toml::from_str(text).map_err(|error| {
        syntax_error(path, text, error.span().map_or(0, |span| span.start), error.message().to_owned())
    })?;
    let mut entries = Vec::with_capacity(file.name.len());
    for spanned in file.name {
        let span = Span::from(spanned.span());
        let entry = spanned.into_inner();
        if entry.name.trim().is_empty() {
            return Err(syntax_error(path, text, span.start, "`name` is empty".to_owned()));
        }
        entries.push(Located { entry, span });
    }
    Ok(entries)
}

fn parse_txt(text: &str) -> Vec<Located> {
    lines(text)
        .filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(line, start)| Located {
            entry: Entry { name: line.trim().to_owned(), ..Entry::default() },
            span: Span::new(start, start + line.len()),
        })
        .collect()
}

/// The lines of a text without their endings, each with the byte it starts at.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (line.trim_end_matches(['\n', '\r']), start)
    })
}

pub(super) fn syntax_error(path: &Path, text: &str, offset: usize, message: String) -> LoadError {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    LoadError::Syntax { path: path.to_owned(), line, column, message: message.replace('\n', "; ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(name: &str, text: &str) -> String {
        parse(Path::new(name), text).unwrap_err().to_string()
    }

    #[test]
    fn toml_entries_know_their_place() {
        let text = "# people\n[[name]]\nname = \"Edwy Plenel\"\nnative = { ar = \"إدوي بلينيل\" }\naccepted = [\"E. Plenel\", { form = \"Plenel\", style = [\"ap\"] }]\n";
        let entries = parse(Path::new("a.toml"), text).unwrap();
        assert_eq!(entries[0].span.start, 9);
        assert_eq!(entries[0].entry.accepted[1].style, ["ap"]);
        assert_eq!(entries[0].entry.id(), "edwy-plenel");
    }

    #[test]
    fn errors_say_where_and_what_was_expected() {
        assert!(error("a.toml", "[[name]]\nname = Edwy\n").starts_with("a.toml:2:8: "));
        let unknown = error("a.toml", "[[name]]\nname = \"E\"\nroles = []\n");
        assert!(unknown.starts_with("a.toml:3:1: unknown field `roles`") && unknown.contains("`role`"), "{unknown}");
        assert_eq!(error("a.tsv", "native\nx\n"), "a.tsv:1:1: the header has no column `name`");
        assert!(error("a.tsv", "name\tkind\nX\tfruit\n").starts_with("a.tsv:2:1: unknown kind \"fruit\""));
        assert!(error("a.doc", "").contains("use .toml, .tsv, .csv, .txt"));
    }

    #[test]
    fn tsv_and_txt() {
        let entries =
            parse(Path::new("a.tsv"), "name\tnative\taliases\r\nEdwy Plenel\tar:إدوي بلينيل\tE. P.|Plenel\r\n")
                .unwrap();
        assert_eq!(entries[0].entry.native["ar"], super::super::entry::OneOrMany::One("إدوي بلينيل".to_owned()));
        assert_eq!(entries[0].entry.accepted.len(), 2);
        assert_eq!(parse(Path::new("a.txt"), "\u{feff}# names\nA B\n\nC D").unwrap().len(), 2);
    }
}
