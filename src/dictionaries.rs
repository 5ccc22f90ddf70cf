//! Where dictionaries come from: the built-in one, and the files that a user names.

use crate::dictionary::{self, Compiled, Dictionary, LoadError, load};
use crate::mmap;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

static BUILTIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.bin"));

/// The dictionary that orthonym brings. Opening it costs nothing: it was compiled at build time.
pub fn builtin() -> Compiled {
    match Compiled::open(BUILTIN) {
        Ok(compiled) => compiled,
        Err(error) => unreachable!("the build script wrote it for this very version: {error}"),
    }
}

/// Opens a dictionary file: a compiled one is mapped, others are read and compiled in memory.
///
/// # Errors
/// A file that cannot be read, is of an unknown format, or has a syntax error, with the place.
pub fn open(path: &Path) -> Result<Compiled, LoadError> {
    let io = |source| LoadError::Io { path: path.to_owned(), source };
    if is_compiled(path).map_err(io)? {
        let map = mmap::map(path).map_err(io)?;
        return Compiled::open(map).map_err(|source| LoadError::Compiled { path: path.to_owned(), source });
    }
    let text = load::decode(path, std::fs::read(path).map_err(io)?)?;
    let entries = load::parse(path, &text)?;
    let compiled = dictionary::compile(entries.iter().map(|located| &located.entry));
    Compiled::open(compiled).map_err(|source| LoadError::Compiled { path: path.to_owned(), source })
}

/// The dictionaries of a run, one above the other: the built-in one unless it is not wanted, then the files in order.
///
/// # Errors
/// The first file that cannot be used.
pub fn stack<'p>(with_builtin: bool, files: impl IntoIterator<Item = &'p Path>) -> Result<Dictionary, LoadError> {
    let mut dictionary = Dictionary::empty();
    if with_builtin {
        dictionary.push(builtin());
    }
    for file in files {
        dictionary.push(open(file)?);
    }
    Ok(dictionary)
}

/// Settles names: each text becomes a wrong form of the entry of that id, so that it is found for certain.
///
/// # Errors
/// The index of the first pair whose id no entry has.
pub fn settle(dictionary: &mut Dictionary, pairs: &[(&str, &str)]) -> Result<(), usize> {
    let mut amended: BTreeMap<&str, dictionary::Entry> = BTreeMap::new();
    for (index, &(text, id)) in pairs.iter().enumerate() {
        if !amended.contains_key(id) {
            let found = dictionary.find_id(id).ok_or(index)?;
            amended.insert(id, dictionary.views()[usize::from(found.layer)].entry(found.index));
        }
        if let Some(entry) = amended.get_mut(id) {
            entry.wrong.push(text.to_owned());
        }
    }
    if amended.is_empty() {
        return Ok(());
    }
    match Compiled::open(dictionary::compile(amended.values())) {
        Ok(compiled) => dictionary.push(compiled),
        Err(error) => unreachable!("it was compiled just now: {error}"),
    }
    Ok(())
}

/// The files meant by paths: a file is itself, a folder the .toml files in it that hold entries, at any depth,
/// in order.
///
/// # Errors
/// A path that does not exist, or a folder that cannot be read.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, LoadError> {
    let mut files = Vec::new();
    for path in paths {
        gather(path, true, &mut files).map_err(|source| LoadError::Io { path: path.clone(), source })?;
    }
    Ok(files)
}

fn gather(path: &Path, is_named: bool, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        let mut inside = std::fs::read_dir(path)?.map(|item| Ok(item?.path())).collect::<std::io::Result<Vec<_>>>()?;
        inside.sort();
        return inside.iter().try_for_each(|path| gather(path, false, files));
    }
    let is_toml = path.extension().is_some_and(|extension| extension == "toml");
    if is_named || (is_toml && std::fs::read_to_string(path)?.lines().any(|line| line.starts_with("[[name]]"))) {
        path.metadata()?;
        files.push(path.to_owned());
    }
    Ok(())
}

/// Whether the file begins as a compiled dictionary does.
fn is_compiled(path: &Path) -> std::io::Result<bool> {
    use std::io::Read;
    let mut start = [0; dictionary::layout::MAGIC.len()];
    let mut file = std::fs::File::open(path)?;
    let read = file.read(&mut start)?;
    Ok(&start[..read] == dictionary::layout::MAGIC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_dictionary_is_whole() {
        builtin().verify().unwrap();
        assert!(builtin().view().entry_count() >= 300);
    }

    #[test]
    fn a_compiled_file_is_mapped_and_serves_like_its_source() {
        let folder = tempfile::tempdir().unwrap();
        let (text, binary) = (folder.path().join("a.txt"), folder.path().join("a.odict"));
        std::fs::write(&text, "Edwy Plenel\n").unwrap();
        std::fs::write(&binary, open(&text).unwrap().bytes()).unwrap();
        assert_eq!(open(&binary).unwrap().view().name(0), "Edwy Plenel");
    }

    #[test]
    fn what_is_settled_is_a_wrong_form_and_what_is_forgotten_is_gone() {
        let mut dictionary = stack(true, []).unwrap();
        settle(&mut dictionary, &[("Edvy Blainel", "edwy-plenel")]).unwrap();
        let found = dictionary.find_id("edwy-plenel").unwrap();
        let entry = dictionary.views()[usize::from(found.layer)].entry(found.index);
        assert!(entry.wrong.contains(&"Edvy Blainel".to_owned()));
        assert_eq!(settle(&mut dictionary, &[("x", "no-such-entry")]), Err(0));
        assert!(dictionary.forget("edwy-plenel") && dictionary.find_id("edwy-plenel").is_none());
        assert!(!dictionary.forget("no-such-entry"));
    }

    #[test]
    fn an_entry_hides_the_one_of_the_same_id_below() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        std::fs::write(&path, "[[name]]\nid = \"edwy-plenel\"\nname = \"Edwy PLENEL\"\n").unwrap();
        let dictionary = stack(true, [path.as_path()]).unwrap();
        let mine = dictionary.find_id("edwy-plenel").unwrap();
        assert_eq!(dictionary.views()[usize::from(mine.layer)].name(mine.index), "Edwy PLENEL");
    }
}
