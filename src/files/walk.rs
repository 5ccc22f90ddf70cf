//! From the paths that a user gives to the files that are read, in an order that depends on nothing else.

use super::{FileError, PathSet, absolute};
use crate::document::Format;
use ignore::WalkBuilder;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// What is left out of folders unless `--exclude` says otherwise, beside hidden files.
pub const DEFAULT_EXCLUDE: &[&str] = &["node_modules"];

/// Which files of a folder are read.
#[derive(Clone, Debug)]
pub struct WalkOptions {
    /// What is read of a folder, in place of the files whose format is known.
    pub include: Option<PathSet>,
    pub exclude: PathSet,
    /// Whether the patterns hold for paths given by name, too.
    pub force_exclude: bool,
    pub respect_gitignore: bool,
    /// The format of all files; where there is none their names tell.
    pub format: Option<Format>,
    /// Whether folders are searched for data files as well ([`Format::needs_fields`]).
    pub with_data: bool,
}

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    pub path: PathBuf,
    pub format: Format,
}

/// What the paths led to.
#[derive(Debug, Default)]
pub struct Walked {
    /// In the order of the paths given; in a folder by name. No file twice.
    pub targets: Vec<Target>,
    pub errors: Vec<FileError>,
    /// Folders without a file to read.
    pub barren: Vec<PathBuf>,
}

/// Follows the paths: a file given by name is read whatever its name says, a folder is searched for files of known formats.
/// Symbolic links are followed where they are given, not where they are met.
/// Paths that lead nowhere are in [`Walked::errors`].
pub fn walk(paths: &[PathBuf], options: &WalkOptions) -> Walked {
    let mut walked = Walked::default();
    let mut seen = HashSet::new();
    for path in paths {
        if options.force_exclude && options.exclude.contains(&absolute(path)) {
            continue;
        }
        match std::fs::metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                walked.errors.push(FileError::Missing(path.clone()));
            }
            Err(source) => walked.errors.push(FileError::Read { path: path.clone(), source }),
            Ok(metadata) if metadata.is_dir() => {
                let before = walked.targets.len();
                let known = walk_folder(path, options, &mut walked, &mut seen);
                if walked.targets.len() == before && !known {
                    walked.barren.push(path.clone());
                }
            }
            Ok(metadata) if metadata.is_file() || is_pipe(&metadata) => {
                let format = options.format.or_else(|| Format::of_path(path)).unwrap_or(Format::Plain);
                if seen.insert(normal(path)) {
                    walked.targets.push(Target { path: path.clone(), format });
                }
            }
            Ok(_) => walked.errors.push(FileError::Special(path.clone())),
        }
    }
    walked
}

/// Adds the files of a folder; tells whether there are any, be they new or not, or any trouble.
fn walk_folder(folder: &Path, options: &WalkOptions, walked: &mut Walked, seen: &mut HashSet<PathBuf>) -> bool {
    let mut any = false;
    let exclude = options.exclude.clone();
    let entries = WalkBuilder::new(folder)
        .standard_filters(options.respect_gitignore)
        .hidden(true)
        .require_git(false)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            entry.depth() == 0 || !exclude.matches(&absolute(entry.path()), is_folder)
        })
        .build();
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                any = true;
                walked.errors.push(trouble(folder, error));
                continue;
            }
        };
        let told = Format::of_path(entry.path());
        let told = match &options.include {
            Some(include) if include.contains(&absolute(entry.path())) => told.or(Some(Format::Plain)),
            Some(_) => None,
            None => told.filter(|told| !told.needs_fields() || options.with_data),
        };
        let Some(told) = told else { continue };
        let format = options.format.unwrap_or(told);
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            any = true;
            let path = if folder == Path::new(".") { normal(entry.path()) } else { entry.into_path() };
            if seen.insert(normal(&path)) {
                walked.targets.push(Target { path, format });
            }
        }
    }
    any
}

/// What kept a walk through `folder` from going on, and where.
fn trouble(folder: &Path, error: ignore::Error) -> FileError {
    let mut inner = &error;
    let path = loop {
        match inner {
            ignore::Error::WithDepth { err, .. } => inner = err,
            ignore::Error::WithPath { path, .. } => break path.as_path(),
            _ => break folder,
        }
    };
    let path = normal(path);
    // Its own words say the path again.
    let kind = error.io_error().map(std::io::Error::kind);
    FileError::Walk { path, source: kind.map_or_else(|| std::io::Error::other(error), std::io::Error::from) }
}

/// The path without `.` components: the same file, the same path, as far as names tell.
fn normal(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != std::path::Component::CurDir).collect()
}

#[cfg(unix)]
fn is_pipe(metadata: &std::fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&metadata.file_type())
}

#[cfg(not(unix))]
fn is_pipe(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(walked: &Walked, root: &Path) -> Vec<String> {
        walked.targets.iter().map(|t| super::super::shown(t.path.strip_prefix(root).unwrap())).collect()
    }

    fn options(exclude: &[&str]) -> WalkOptions {
        let patterns: Vec<String> = exclude.iter().map(|&pattern| pattern.to_owned()).collect();
        let mut exclude = PathSet::default();
        exclude.add(Path::new(""), &patterns).unwrap();
        WalkOptions {
            include: None,
            exclude,
            force_exclude: false,
            respect_gitignore: true,
            format: None,
            with_data: false,
        }
    }

    #[test]
    fn folders_are_searched_in_order_and_named_files_are_always_read() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["b.txt", "a/z.TXT", "a/ignored.txt", "c.rs", ".hidden.txt", "out/x.txt"] {
            std::fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            std::fs::write(root.join(name), "").unwrap();
        }
        std::fs::write(root.join(".gitignore"), "ignored.txt\n").unwrap();
        let walked = walk(&[root.join("c.rs"), root.to_owned(), root.join("b.txt")], &options(&["out"]));
        assert_eq!(names(&walked, root), ["c.rs", "a/z.TXT", "b.txt"]);

        let everything = WalkOptions { respect_gitignore: false, ..options(&[]) };
        let walked = walk(&[root.to_owned()], &everything);
        assert_eq!(names(&walked, root), ["a/ignored.txt", "a/z.TXT", "b.txt", "out/x.txt"]);
    }

    #[test]
    fn a_named_file_is_excluded_only_by_force() {
        let folder = tempfile::tempdir().unwrap();
        let named = folder.path().join("out").join("x.txt");
        std::fs::create_dir(named.parent().unwrap()).unwrap();
        std::fs::write(&named, "").unwrap();
        assert_eq!(walk(std::slice::from_ref(&named), &options(&["out"])).targets.len(), 1);
        let forced = WalkOptions { force_exclude: true, ..options(&["out"]) };
        assert_eq!(walk(std::slice::from_ref(&named), &forced).targets.len(), 0);
    }

    #[test]
    fn paths_that_lead_nowhere_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing.txt");
        let walked = walk(&[missing.clone(), folder.path().to_owned()], &options(&[]));
        assert!(matches!(&walked.errors[..], [FileError::Missing(path)] if *path == missing));
        assert_eq!(walked.barren, [folder.path()]);
        assert!(matches!(PathSet::default().add(Path::new(""), &["a{".to_owned()]), Err(FileError::Pattern { .. })));
    }

    #[test]
    fn a_folder_that_cannot_be_looked_into_is_told_by_its_own_name() {
        let denied = ignore::Error::Io(std::io::ErrorKind::PermissionDenied.into());
        let named = ignore::Error::WithPath { path: PathBuf::from("./a/b"), err: Box::new(denied) };
        let error = trouble(Path::new("."), ignore::Error::WithDepth { depth: 1, err: Box::new(named) });
        assert_eq!(error.to_string(), "cannot look into a/b; make it readable, or leave it out with --exclude");
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "permission denied");
    }
}
