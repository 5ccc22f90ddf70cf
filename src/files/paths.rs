//! Paths as names: made absolute, and matched by patterns.

use super::FileError;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The path from the root, without `.` and `..`; symbolic links are not followed.
pub fn absolute(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    lexical(&here.join(path))
}

/// The path as seen from the working directory, where it lies below.
pub fn relative(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).to_owned()
}

/// The path without `.` and `..`, as far as names tell.
pub fn lexical(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(clean.components().next_back(), Some(Component::Normal(_))) => {
                clean.pop();
            }
            Component::ParentDir if clean.has_root() => {}
            part => clean.push(part),
        }
    }
    clean
}

/// Patterns as in a .gitignore that stands in `base`.
///
/// # Errors
/// A pattern that is none.
pub fn matcher(base: &Path, patterns: &[String]) -> Result<Gitignore, FileError> {
    let failed = |pattern: &str| {
        let pattern = pattern.to_owned();
        move |source| FileError::Pattern { pattern, source }
    };
    let mut builder = GitignoreBuilder::new(base);
    for pattern in patterns {
        builder.add_line(None, pattern).map_err(failed(pattern))?;
    }
    builder.build().map_err(failed(&patterns.join(", ")))
}

/// A set of paths, given by patterns. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct PathSet {
    matchers: Vec<Arc<Gitignore>>,
}

impl PathSet {
    /// Adds what patterns as in a .gitignore that stands in `base` match.
    ///
    /// # Errors
    /// A pattern that is none.
    pub fn add(&mut self, base: &Path, patterns: &[String]) -> Result<(), FileError> {
        self.matchers.push(Arc::new(matcher(base, patterns)?));
        Ok(())
    }

    /// Whether a pattern matches this very path, which is absolute.
    pub fn matches(&self, path: &Path, is_folder: bool) -> bool {
        self.matchers.iter().any(|matcher| matcher.matched(path, is_folder).is_ignore())
    }

    /// Whether a pattern matches the path, which is absolute, or a folder that it lies in.
    pub fn contains(&self, path: &Path) -> bool {
        self.matchers.iter().any(|matcher| {
            let below = |path: &&Path| path.starts_with(matcher.path()) && *path != matcher.path();
            matcher.matched(path, path.is_dir()).is_ignore()
                || path.ancestors().skip(1).take_while(below).any(|folder| matcher.matched(folder, true).is_ignore())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_alone_tell_where_a_path_leads() {
        assert_eq!(lexical(Path::new("/a/./b/../c")), Path::new("/a/c"));
        assert_eq!(lexical(Path::new("/../a")), Path::new("/a"));
        assert_eq!(lexical(Path::new("../a/..")), Path::new(".."));
    }

    #[test]
    fn patterns_are_relative_to_their_folder() {
        let mut set = PathSet::default();
        set.add(Path::new("/p"), &["/out".to_owned(), "*.bak".to_owned()]).unwrap();
        assert!(set.contains(Path::new("/p/out/x/y.txt")));
        assert!(!set.contains(Path::new("/p/in/out/y.txt")));
        assert!(set.contains(Path::new("/p/in/y.bak")));
        assert!(!set.matches(Path::new("/p/out/y.txt"), false));
    }
}
