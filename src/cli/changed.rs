//! The lines that git says changed since a revision.

use super::Error;
use crate::files::absolute;
use crate::source::Source;
use crate::span::Span;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Changed lines by file; a file that git does not know yet is changed as a whole.
#[derive(Debug, Default)]
pub struct Changed {
    files: HashMap<PathBuf, Vec<RangeInclusive<usize>>>,
}

impl Changed {
    /// Asks git, in the working directory.
    ///
    /// # Errors
    /// There is no git, no repository, or no such revision.
    pub fn since(revision: &str) -> Result<Changed, Error> {
        if revision.starts_with('-') {
            return Err(Error::Usage(format!("--since takes a revision, not `{revision}`")));
        }
        let root = git(&["rev-parse", "--show-toplevel"])?;
        let root = PathBuf::from(root.trim_end_matches(['\n', '\r']));
        let diff = git(&[
            "-c",
            "core.quotepath=false",
            "diff",
            "--unified=0",
            "--no-color",
            "--no-ext-diff",
            "--no-renames",
            "--src-prefix=a/",
            "--dst-prefix=b/",
            revision,
            "--",
        ])?;
        let mut changed = Changed { files: parse(&diff, &root) };
        let untracked = git(&["ls-files", "--others", "--exclude-standard", "-z", "--full-name", "--", ":/"])?;
        for path in untracked.split('\0').filter(|path| !path.is_empty()) {
            changed.files.insert(root.join(path), vec![1..=usize::MAX]);
        }
        Ok(changed)
    }

    /// Whether anything in the file changed.
    pub fn has_file(&self, path: &Path) -> bool {
        self.lines(path).is_some()
    }

    /// Whether a line of the span changed.
    pub fn has_span(&self, path: &Path, source: &Source, span: Span) -> bool {
        let (first, last) = (source.position(span.start).line, source.position(span.end).line);
        self.lines(path).is_some_and(|lines| lines.iter().any(|lines| *lines.start() <= last && first <= *lines.end()))
    }

    fn lines(&self, path: &Path) -> Option<&Vec<RangeInclusive<usize>>> {
        let path = absolute(path);
        self.files.get(&path).or_else(|| self.files.get(&path.canonicalize().ok()?))
    }
}

fn git(arguments: &[&str]) -> Result<String, Error> {
    let output = Command::new("git").args(arguments).output();
    let output = output.map_err(|error| Error::Usage(format!("--since needs git, which cannot be run: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or("nothing").trim();
        return Err(Error::Usage(format!(
            "--since needs a git repository that has the revision (in CI, fetch the whole history); git says: {said}"
        )));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The changed lines of a diff without context.
fn parse(diff: &str, root: &Path) -> HashMap<PathBuf, Vec<RangeInclusive<usize>>> {
    let mut files: HashMap<PathBuf, Vec<RangeInclusive<usize>>> = HashMap::new();
    let mut path = None;
    // Lines of the hunk still to come: they may look like headers.
    let mut left = 0;
    for line in diff.lines() {
        if left > 0 && line.starts_with(['+', '-']) {
            left -= 1;
        } else if let Some(name) = line.strip_prefix("+++ ") {
            let name = unquoted(name.trim_end_matches('\t'));
            path = name.strip_prefix("b/").map(|name| root.join(name));
        } else if let Some(hunk) = line.strip_prefix("@@ ") {
            let range = |part: &str| {
                let (start, count) = part[1..].split_once(',').unwrap_or((&part[1..], "1"));
                Some((start.parse::<usize>().ok()?, count.parse::<usize>().ok()?))
            };
            let mut parts = hunk.split(' ');
            let (old, new) = (parts.next().and_then(range), parts.next().and_then(range));
            left = old.map_or(0, |old| old.1) + new.map_or(0, |new| new.1);
            if let (Some(path), Some((start, count @ 1..))) = (&path, new) {
                files.entry(path.clone()).or_default().push(start..=start + count - 1);
            }
        }
    }
    files
}

/// A name as git quotes it where it holds quotes, backslashes or control characters.
fn unquoted(name: &str) -> String {
    let Some(inner) = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) else { return name.to_owned() };
    let mut bytes = Vec::new();
    let mut rest = inner.bytes();
    while let Some(byte) = rest.next() {
        match (byte, byte == b'\\') {
            (_, true) => match rest.next() {
                Some(b't') => bytes.push(b'\t'),
                Some(b'n') => bytes.push(b'\n'),
                Some(b'r') => bytes.push(b'\r'),
                Some(first @ b'0'..=b'3') => {
                    let digits = [first, rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                    bytes.push(digits.iter().fold(0, |value, digit| value * 8 + (digit & 7)));
                }
                other => bytes.extend(other),
            },
            (byte, false) => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_tell_lines() {
        let diff = "--- a/x\n+++ b/x y.txt\t\n@@ -1,2 +1,0 @@\n-a\n--- b\n@@ -5 +3,2 @@ f\n-c\n+++ d\n+e\n+++ \"b/\\303\\251\\\".txt\"\n@@ -0,0 +1 @@\n+f\n";
        let files = parse(diff, Path::new("/r"));
        assert_eq!(files[Path::new("/r/x y.txt")], [3..=4]);
        assert_eq!(files[Path::new("/r/é\".txt")], [1..=1]);
        assert_eq!(files.len(), 2);
    }
}
