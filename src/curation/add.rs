//! Adding to a dictionary that somebody keeps by hand: its comments and order stay.

use super::{entry as unpacked, toml};
use crate::dictionary::{Dictionary, Entry, EntryRef, Kind, LoadError, load};
use crate::files::{self, FileError, shown};
use crate::names::answer;
use crate::names::rank::Ranker;
use crate::text::fold::same_letters_and_accents;
use std::path::{Path, PathBuf};
use thiserror::Error;
use toml_edit::{Array, DocumentMut, Item, Table, value};

/// Why nothing was added.
#[derive(Debug, Error)]
pub enum AddError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error("{} is no .toml file: --to takes one", shown(.0))]
    NotToml(PathBuf),
    #[error("“{name}” is a right name of {of} already")]
    RightAlready { name: String, of: String },
    #[error("no dictionary has the id or name “{name}”{}", near.as_ref().map_or(String::new(), |near| format!("; did you mean {near}?")))]
    Unknown { name: String, near: Option<String> },
    #[error("“{name}” is a name of several; give one of the ids {}", ids.join(", "))]
    Several { name: String, ids: Vec<String> },
    #[error("{}: {message}", shown(path))]
    Broken { path: PathBuf, message: String },
    #[error("cannot write {}", shown(path))]
    Write { path: PathBuf, source: std::io::Error },
}

/// What is added.
#[derive(Clone, Copy, Debug, Default)]
pub struct Addition<'a> {
    /// A right name; with `is`, a wrong one.
    pub name: &'a str,
    /// What `name` should be: a right name or an id.
    pub is: Option<&'a str>,
    /// With `is`: `name` is right as well.
    pub accepted: bool,
    /// What bears a name that no dictionary has.
    pub kind: Kind,
    /// How other languages write it: language and form.
    pub native: &'a [(String, String)],
    /// Where it can be checked.
    pub source: Option<&'a str>,
}

/// Adds to the dictionary in a file, which is made if it is not there; `dictionary` is the one in force. Returns the entry that was
/// added to.
///
/// # Errors
/// The file cannot be read or written, or the addition makes no sense; the file is then as it was.
pub fn add(path: &Path, dictionary: &Dictionary, args: &Addition<'_>) -> Result<Entry, AddError> {
    let text = if path.exists() { files::read(path)?.0.text().to_owned() } else { String::new() };
    let own = load::parse(path, &text)?;
    if path.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("toml")) {
        return Err(AddError::NotToml(path.to_owned()));
    }
    let own = own.into_iter().map(|located| located.entry);
    let (entry, is_own) = match args.is {
        Some(is) => intended(is, own, dictionary)?,
        None => {
            let same = |entry: &Entry| entry.forms().any(|(form, kind, _)| kind.is_right() && form == args.name);
            match own.into_iter().find(same) {
                Some(entry) => (entry, true),
                None => (Entry { name: args.name.to_owned(), kind: args.kind, ..Entry::default() }, false),
            }
        }
    };
    let is_right = |(form, kind): (&str, crate::dictionary::FormKind)| {
        kind.is_right() && same_letters_and_accents(form, args.name) && !args.accepted
    };
    if args.is.is_some() && entry.forms().any(|(form, kind, _)| is_right((form, kind))) {
        return Err(AddError::RightAlready { name: args.name.to_owned(), of: entry.name });
    }
    let new = changed(path, text, &entry, is_own, args)?;
    files::put_whole(path, |out| out.write_all(new.as_bytes()))
        .map_err(|source| AddError::Write { path: path.to_owned(), source })?;
    Ok(entry)
}

/// The entry of that id, or those of which it is a right name.
pub fn find(dictionary: &Dictionary, name: &str) -> Vec<EntryRef> {
    if let Some(entry) = dictionary.find_id(name) {
        return vec![entry];
    }
    let ranker = Ranker::new(dictionary);
    let mut found = Vec::new();
    for exact in ranker.exact(&answer::words(&ranker, name)) {
        if exact.kind.is_right() && !found.contains(&exact.entry) {
            found.push(exact.entry);
        }
    }
    found
}

/// What is said of a name that no dictionary has.
pub fn unknown(dictionary: &Dictionary, name: &str) -> AddError {
    let mut ranker = Ranker::new(dictionary);
    let near = answer::answer(&mut ranker, name, 1);
    let near = near.candidates.first().map(|choice| format!("{} ({})", choice.text, choice.entry));
    AddError::Unknown { name: name.to_owned(), near }
}

/// The entry that is meant, and whether it stands in one's own dictionary.
fn intended(name: &str, own: impl Iterator<Item = Entry>, dictionary: &Dictionary) -> Result<(Entry, bool), AddError> {
    let matches =
        |entry: &Entry| entry.id() == name || entry.forms().any(|(form, kind, _)| kind.is_right() && form == name);
    let mut own: Vec<Entry> = own.filter(matches).collect();
    if let (Some(entry), true) = (own.pop(), own.is_empty()) {
        return Ok((entry, true));
    }
    match find(dictionary, name)[..] {
        [] => Err(unknown(dictionary, name)),
        [entry] => Ok((unpacked(&dictionary.views()[usize::from(entry.layer)], entry.index), false)),
        ref several => {
            let views = dictionary.views();
            let ids: Vec<_> = several.iter().map(|e| views[usize::from(e.layer)].id(e.index).into_owned()).collect();
            Err(AddError::Several { name: name.to_owned(), ids })
        }
    }
}

/// The text of one's own dictionary with the change in it.
fn changed(
    path: &Path,
    mut text: String,
    entry: &Entry,
    is_own: bool,
    args: &Addition<'_>,
) -> Result<String, AddError> {
    if !is_own {
        if !text.is_empty() {
            text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
        }
        toml::write(entry, &mut text);
    }
    let broken = |message: &str| AddError::Broken { path: path.to_owned(), message: message.to_owned() };
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| broken(error.message()))?;
    let tables = document["name"].as_array_of_tables_mut();
    let is_it = |table: &Table| {
        let read = |key| table.get(key).and_then(Item::as_str);
        read("id").map_or_else(|| read("name") == Some(&entry.name), |id| id == entry.id())
    };
    let Some(table) = tables.into_iter().flat_map(|tables| tables.iter_mut()).find(|table| is_it(table)) else {
        return Err(broken("the entries are not written as [[name]] tables"));
    };
    if args.is.is_some() {
        push(table, if args.accepted { "accepted" } else { "wrong" }, args.name);
    }
    for (language, form) in args.native {
        let natives = table.entry("native").or_insert(value(toml_edit::InlineTable::new()));
        natives[language] = value(form);
    }
    if let Some(source) = args.source {
        table["source"] = value(source);
    }
    Ok(document.to_string())
}

/// Appends to a list unless it is there.
fn push(table: &mut Table, key: &str, text: &str) {
    let list = table.entry(key).or_insert(value(Array::new()));
    if let Some(list) = list.as_array_mut()
        && !list.iter().any(|item| item.as_str() == Some(text))
    {
        list.push(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn comments_and_order_stay() {
        let before = "# ours\n[[name]]\nname = \"Edwy Plenel\" # him\nwrong = [\n  \"A\", # seen 2024\n]\n\n# end\n";
        let entry = Entry { name: "Edwy Plenel".into(), ..Entry::default() };
        let args = Addition { name: "Eduy Blenil", is: Some("Edwy Plenel"), ..Addition::default() };
        let after = changed(Path::new("n.toml"), before.to_owned(), &entry, true, &args).unwrap();
        assert!(after.starts_with("# ours\n[[name]]\nname = \"Edwy Plenel\" # him\nwrong = [\n  \"A\""), "{after}");
        assert!(
            after.contains("# seen 2024") && after.ends_with("# end\n") && after.contains("\"Eduy Blenil\""),
            "{after}"
        );
        assert_eq!(changed(Path::new("n.toml"), after.clone(), &entry, true, &args).unwrap(), after);
    }

    #[test]
    fn a_new_entry_is_written_whole() {
        let entry = Entry { name: "Ann Lee".into(), ..Entry::default() };
        let native = [("ar".to_owned(), "آن لي".to_owned())];
        let args = Addition { name: "Ann Lee", native: &native, source: Some("our files"), ..Addition::default() };
        let after = changed(Path::new("n.toml"), String::new(), &entry, false, &args).unwrap();
        let whole = "[[name]]\nid = \"ann-lee\"\nname = \"Ann Lee\"\nkind = \"person\"\nnative = { ar = \"آن لي\" }\nsource = \"our files\"\n";
        assert_eq!(after, whole);
    }
}
