//! A lock on dictionaries: the hashes of those that findings rest on, kept in a file, so that none of them changes unasked.
//!
//! `orthonym dict lock` writes it beside the configuration, and `--locked` holds a run to it. What is hashed are the bytes of a
//! file, so that `sha256sum` tells the same; of the built-in dictionary its compiled form.

use crate::dictionaries;
use crate::files::{self, absolute, shown};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};
use thiserror::Error;

/// The name that a lock goes by.
pub const FILE: &str = "orthonym.lock";

const VERSION: u32 = 1;
const HEAD: &str = "# The dictionaries that findings rest on; --locked holds a run to them.\n\
                    # Written by `orthonym dict lock`: run it again to take in what has changed.\n";

#[derive(Debug, Error)]
pub enum LockError {
    #[error("cannot read the lock {}; `orthonym dict lock` writes one", shown(path))]
    Read { path: PathBuf, source: io::Error },
    #[error("{} is no lock of this version of orthonym; `orthonym dict lock` writes it anew", shown(path))]
    Foreign { path: PathBuf, source: Option<Box<toml::de::Error>> },
    #[error("cannot write the lock {}", shown(path))]
    Write { path: PathBuf, source: io::Error },
    #[error("cannot read the dictionary {}", shown(path))]
    Dictionary { path: PathBuf, source: io::Error },
    #[error("{} does not hold: {}; `orthonym dict lock` takes it in", shown(path), changes.join("; "))]
    Broken { path: PathBuf, changes: Vec<String> },
}

/// The hashes of dictionaries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    version: u32,
    /// The built-in dictionary, where it is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    builtin: Option<Builtin>,
    /// Path, relative to the lock and with slashes → SHA-256 in hexadecimal.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    files: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Builtin {
    /// The version of orthonym that it came with: for people, the hash decides.
    orthonym: String,
    sha256: String,
}

impl Lock {
    /// The lock of these dictionaries as they are now, to stand in `folder`.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn of<'p>(
        folder: &Path,
        with_builtin: bool,
        files: impl IntoIterator<Item = &'p Path>,
    ) -> Result<Lock, LockError> {
        let builtin = with_builtin.then(|| Builtin {
            orthonym: env!("CARGO_PKG_VERSION").to_owned(),
            sha256: hex(Sha256::digest(dictionaries::builtin().bytes()).as_slice()),
        });
        let mut hashes = BTreeMap::new();
        for file in files {
            let failed = |source| LockError::Dictionary { path: file.to_owned(), source };
            let bytes = std::fs::read(file).map_err(failed)?;
            hashes.insert(key(folder, file), hex(Sha256::digest(bytes).as_slice()));
        }
        Ok(Lock { version: VERSION, builtin, files: hashes })
    }

    /// # Errors
    /// The file cannot be read, or is no lock.
    pub fn read(path: &Path) -> Result<Lock, LockError> {
        let text = std::fs::read_to_string(path).map_err(|source| LockError::Read { path: path.to_owned(), source })?;
        let foreign = |source| LockError::Foreign { path: path.to_owned(), source };
        let lock: Lock = toml::from_str(&text).map_err(|error| foreign(Some(Box::new(error))))?;
        if lock.version == VERSION { Ok(lock) } else { Err(foreign(None)) }
    }

    /// # Errors
    /// The file cannot be written; what was there is as it was.
    pub fn write(&self, path: &Path) -> Result<(), LockError> {
        let failed = |source| LockError::Write { path: path.to_owned(), source };
        let text = toml::to_string(self).map_err(|error| failed(io::Error::other(error)))?;
        files::put_whole(path, |out| out.write_all(HEAD.as_bytes()).and_then(|()| out.write_all(text.as_bytes())))
            .map_err(failed)
    }

    /// How many dictionaries are locked.
    pub fn len(&self) -> usize {
        self.files.len() + usize::from(self.builtin.is_some())
    }

    /// Whether no dictionary is locked.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What of `used` is not as it is locked here, one clause each. What is locked and not used does no harm.
    pub fn changes(&self, used: &Lock) -> Vec<String> {
        let mut changes = Vec::new();
        match (&self.builtin, &used.builtin) {
            (Some(locked), Some(now)) if locked.sha256 != now.sha256 => changes.push(format!(
                "the built-in dictionary of orthonym {} is not that of {}, which is locked",
                now.orthonym, locked.orthonym
            )),
            (None, Some(_)) => changes.push("the built-in dictionary is not locked".to_owned()),
            _ => {}
        }
        for (file, hash) in &used.files {
            match self.files.get(file) {
                None => changes.push(format!("{file} is not locked")),
                Some(locked) if locked != hash => changes.push(format!("{file} has changed")),
                Some(_) => {}
            }
        }
        changes
    }
}

/// Holds dictionaries to the lock at `path`.
///
/// # Errors
/// There is no lock, a dictionary cannot be read, or one is not as it is locked.
pub fn hold<'p>(path: &Path, with_builtin: bool, files: impl IntoIterator<Item = &'p Path>) -> Result<(), LockError> {
    let used = Lock::of(path.parent().unwrap_or(Path::new("")), with_builtin, files)?;
    let changes = Lock::read(path)?.changes(&used);
    if changes.is_empty() { Ok(()) } else { Err(LockError::Broken { path: path.to_owned(), changes }) }
}

/// The path from the folder to the file, with slashes on every system; absolute where no way leads there.
fn key(folder: &Path, file: &Path) -> String {
    let (folder, file) = (absolute(folder), absolute(file));
    let common = folder.components().zip(file.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return file.to_string_lossy().into_owned();
    }
    let up = folder.components().skip(common).map(|_| Component::ParentDir);
    let steps: Vec<_> = up.chain(file.components().skip(common)).collect();
    steps.iter().map(|step| step.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_it_was_written_and_tells_what_changed() {
        let folder = tempfile::tempdir().unwrap();
        let (names, path) = (folder.path().join("names.txt"), folder.path().join(FILE));
        std::fs::write(&names, "Ann Lee\n").unwrap();
        let lock = Lock::of(folder.path(), true, [names.as_path()]).unwrap();
        lock.write(&path).unwrap();
        assert_eq!((Lock::read(&path).unwrap(), lock.len()), (lock.clone(), 2));
        assert!(hold(&path, true, [names.as_path()]).is_ok() && hold(&path, false, []).is_ok());
        std::fs::write(&names, "Ann Leigh\n").unwrap();
        let message = hold(&path, true, [names.as_path()]).unwrap_err().to_string();
        assert!(message.contains("names.txt has changed"), "{message}");
        let older = Builtin { orthonym: "0.0.1".into(), sha256: "00".into() };
        let changes = Lock { builtin: Some(older), ..lock.clone() }.changes(&lock);
        assert!(changes.len() == 1 && changes[0].contains("not that of 0.0.1"), "{changes:?}");
        assert_eq!(Lock { builtin: None, files: BTreeMap::new(), ..lock.clone() }.changes(&lock).len(), 2);
    }

    #[test]
    fn what_is_no_lock_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        assert!(matches!(Lock::read(&path), Err(LockError::Read { .. })));
        for text in ["version = 2\n", "version = 1\nfile = {}\n", "= ="] {
            std::fs::write(&path, text).unwrap();
            assert!(matches!(Lock::read(&path), Err(LockError::Foreign { .. })), "{text}");
        }
    }

    #[test]
    fn paths_are_told_from_the_lock() {
        assert_eq!(key(Path::new("/a/b"), Path::new("/a/b/c/d.txt")), "c/d.txt");
        assert_eq!(key(Path::new("/a/b"), Path::new("/a/c.txt")), "../c.txt");
    }
}
