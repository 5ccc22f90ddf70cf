//! Files: finding them, reading them, and writing them so that a crash leaves the old one or the new one.
//!
//! Knows nothing of what is in them.

mod package;
mod paths;
mod walk;
mod write;

pub use package::{Package, PackageError};
pub use paths::{PathSet, absolute, lexical, matcher, relative};
pub use walk::{DEFAULT_EXCLUDE, Target, WalkOptions, Walked, walk};
pub use write::{TEMPORARY, put_whole, replace, temporary_in};

use crate::document::{self, ReadOptions};
use crate::source::{DecodeError, Source};
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// What can go wrong with a file.
#[derive(Debug, Error)]
pub enum FileError {
    #[error("{} does not exist", shown(.0))]
    Missing(PathBuf),
    #[error("{} is neither a file nor a folder", shown(.0))]
    Special(PathBuf),
    #[error("cannot read {}", shown(path))]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot look into {}; make it readable, or leave it out with --exclude", shown(path))]
    Walk { path: PathBuf, source: std::io::Error },
    #[error("`{pattern}` is not a pattern for paths")]
    Pattern { pattern: String, source: ignore::Error },
    #[error("cannot read {}", shown(path))]
    Decode { path: PathBuf, source: DecodeError },
    #[error("cannot read {}", shown(path))]
    Package { path: PathBuf, source: PackageError },
    #[error("{} changed on disk while it was being checked and is left as it is; run again", shown(.0))]
    Changed(PathBuf),
    #[error("{} is read-only and is left as it is; make it writable to fix it", shown(.0))]
    ReadOnly(PathBuf),
    #[error("cannot write {}, which is left as it is", shown(path))]
    Write { path: PathBuf, source: std::io::Error },
}

/// A path as it is shown: with `/`, and with U+FFFD for what is no text.
pub fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    if path.is_empty() {
        return ".".to_owned();
    }
    if std::path::MAIN_SEPARATOR == '/' { path.into_owned() } else { path.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// Tells the bytes of a file from other bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    length: usize,
    hash: u64,
}

impl Stamp {
    pub fn of(bytes: &[u8]) -> Stamp {
        let mut hasher = rustc_hash::FxHasher::default();
        hasher.write(bytes);
        Stamp { length: bytes.len(), hash: hasher.finish() }
    }
}

/// Reads a file's bytes.
///
/// # Errors
/// It cannot be read.
pub fn bytes(path: &Path) -> Result<(Vec<u8>, Stamp), FileError> {
    let bytes = std::fs::read(path).map_err(|source| FileError::Read { path: path.to_owned(), source })?;
    let stamp = Stamp::of(&bytes);
    Ok((bytes, stamp))
}

/// Reads a file of a known format and decodes it in the encoding that it declares.
///
/// # Errors
/// It cannot be read, or is no text in an encoding that we read.
pub fn open(target: &Target, options: &ReadOptions) -> Result<(Source, Stamp), FileError> {
    let path = &target.path;
    let (bytes, stamp) = bytes(path)?;
    let decoded = document::decode(path, bytes, Some(target.format), options);
    let (source, _) = decoded.map_err(|source| FileError::Decode { path: path.clone(), source })?;
    Ok((source, stamp))
}

/// Reads and decodes a file that declares nothing.
///
/// # Errors
/// It cannot be read, or is no text in an encoding that we read.
pub fn read(path: &Path) -> Result<(Source, Stamp), FileError> {
    let (bytes, stamp) = bytes(path)?;
    let source = Source::decode(path, bytes).map_err(|source| FileError::Decode { path: path.to_owned(), source })?;
    Ok((source, stamp))
}
