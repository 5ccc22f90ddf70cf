//! Findings that are known: kept in a file, so that only new ones count.
//!
//! An entry is a hash of rule, text and ordinal, by path and rule: it survives every change of the text around it, and tells nobody
//! which names were found.

use crate::diagnostic::Diagnostic;
use crate::files::{absolute, shown};
use crate::fingerprint;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use thiserror::Error;

const VERSION: u32 = 1;

#[derive(Debug, Error)]
pub enum BaselineError {
    #[error("cannot read the baseline {}; `--write-baseline` writes one", shown(path))]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{} is no baseline of this version of orthonym; `--write-baseline` writes it anew", shown(path))]
    Foreign { path: PathBuf, source: Option<serde_json::Error> },
    #[error("cannot write the baseline {}", shown(path))]
    Write { path: PathBuf, source: std::io::Error },
}

/// The known findings of all files.
#[derive(Debug)]
pub struct Baseline {
    path: PathBuf,
    entries: Entries,
    /// Those that were found again or anew.
    met: Entries,
    /// Files that were looked at.
    seen: BTreeSet<String>,
}

/// Path, relative to the baseline's folder → rule → hashes.
type Entries = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    files: Entries,
}

impl Baseline {
    /// A baseline without entries, to be written to `path`.
    pub fn empty(path: &Path) -> Baseline {
        Baseline { path: absolute(path), entries: Entries::new(), met: Entries::new(), seen: BTreeSet::new() }
    }

    /// # Errors
    /// The file cannot be read, or is no baseline.
    pub fn read(path: &Path) -> Result<Baseline, BaselineError> {
        let text =
            std::fs::read_to_string(path).map_err(|source| BaselineError::Read { path: path.to_owned(), source })?;
        let foreign = |source| BaselineError::Foreign { path: path.to_owned(), source };
        let stored: Stored = serde_json::from_str(&text).map_err(|error| foreign(Some(error)))?;
        if stored.version != VERSION {
            return Err(foreign(None));
        }
        Ok(Baseline { entries: stored.files, ..Baseline::empty(path) })
    }

    /// Looks at the findings of a file, all of them, and takes out those that are known.
    pub fn leave_new(&mut self, file: &Path, found: &mut Vec<Diagnostic>) {
        self.seen.insert(self.key(file));
        let mut fingerprints = fingerprint::of("", found.iter()).into_iter();
        found.retain(|finding| {
            fingerprints.next().is_none_or(|fingerprint| !self.knows(file, finding.rule, &fingerprint))
        });
    }

    /// Takes out of a file's findings, all of them, those that are known; keeps no account of it.
    pub fn leave_unknown(&self, file: &Path, found: &mut Vec<Diagnostic>) {
        let Some(rules) = self.entries.get(&self.key(file)) else { return };
        let mut fingerprints = fingerprint::of("", found.iter()).into_iter();
        found.retain(|finding| {
            let known = rules.get(finding.rule);
            fingerprints.next().is_none_or(|fingerprint| !known.is_some_and(|hashes| hashes.contains(&fingerprint)))
        });
    }

    /// Takes these findings as all that is known of a file.
    pub fn set<'d>(&mut self, file: &Path, found: impl IntoIterator<Item = &'d Diagnostic> + Clone) {
        let mut rules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (finding, fingerprint) in found.clone().into_iter().zip(fingerprint::of("", found)) {
            rules.entry(finding.rule.to_owned()).or_default().insert(fingerprint);
        }
        self.entries.insert(self.key(file), rules);
    }

    /// Whether a finding is known. It counts as met either way.
    fn knows(&mut self, file: &Path, rule: &str, fingerprint: &str) -> bool {
        let key = self.key(file);
        let hashes = self.met.entry(key.clone()).or_default().entry(rule.to_owned()).or_default();
        hashes.insert(fingerprint.to_owned());
        let known = self.entries.get(&key).and_then(|rules| rules.get(rule));
        known.is_some_and(|hashes| hashes.contains(fingerprint))
    }

    /// Counts the entries that were not met again in the files looked at, and those of files that are gone; of rules that ran.
    pub fn stale(&self, ran: &[&str]) -> usize {
        self.entries
            .iter()
            .flat_map(|(file, rules)| {
                rules.iter().flat_map(move |(rule, hashes)| hashes.iter().map(move |hash| (file, rule, hash)))
            })
            .filter(|(file, rule, hash)| self.is_stale(file, rule, hash, ran))
            .count()
    }

    fn is_stale(&self, file: &str, rule: &str, hash: &str, ran: &[&str]) -> bool {
        if !self.seen.contains(file) {
            return !self.folder().join(file).exists();
        }
        let met = self.met.get(file).and_then(|rules| rules.get(rule));
        ran.contains(&rule) && !met.is_some_and(|hashes| hashes.contains(hash))
    }

    /// Drops the stale entries.
    pub fn prune(&mut self, ran: &[&str]) {
        let mut kept = Entries::new();
        for (file, rules) in &self.entries {
            for (rule, hashes) in rules {
                for hash in hashes.iter().filter(|hash| !self.is_stale(file, rule, hash, ran)) {
                    kept.entry(file.clone()).or_default().entry(rule.clone()).or_default().insert(hash.clone());
                }
            }
        }
        self.entries = kept;
    }

    /// Takes what was met as what is known; tells how many findings that are.
    pub fn accept(&mut self) -> usize {
        self.entries = std::mem::take(&mut self.met);
        self.entries.values().flat_map(BTreeMap::values).map(BTreeSet::len).sum()
    }

    /// # Errors
    /// The file cannot be written; it is then as it was.
    pub fn write(&self) -> Result<(), BaselineError> {
        let stored = Stored { version: VERSION, files: self.entries.clone() };
        let failed = |source| BaselineError::Write { path: self.path.clone(), source };
        let mut bytes = serde_json::to_vec_pretty(&stored).map_err(|error| failed(error.into()))?;
        bytes.push(b'\n');
        crate::files::put_whole(&self.path, |out| out.write_all(&bytes)).map_err(failed)
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("/"))
    }

    fn key(&self, file: &Path) -> String {
        let file = absolute(file);
        shown(file.strip_prefix(self.folder()).unwrap_or(&file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_accepted_is_known_and_what_is_gone_is_stale() {
        let folder = tempfile::tempdir().unwrap();
        let (path, file) = (folder.path().join("b.json"), folder.path().join("a.txt"));
        std::fs::write(&file, "").unwrap();
        let mut baseline = Baseline::empty(&path);
        baseline.leave_new(&file, &mut Vec::new());
        assert!(!baseline.knows(&file, "g/r", "1") && !baseline.knows(&file, "g/r", "2"));
        assert_eq!(baseline.accept(), 2);
        baseline.write().unwrap();

        let mut baseline = Baseline::read(&path).unwrap();
        assert_eq!(baseline.stale(&["g/r"]), 0, "a file that is not looked at");
        baseline.leave_new(&file, &mut Vec::new());
        assert!(baseline.knows(&file, "g/r", "2") && !baseline.knows(&file, "g/r", "3"));
        assert_eq!((baseline.stale(&["g/r"]), baseline.stale(&[])), (1, 0));
        baseline.prune(&["g/r"]);
        assert_eq!(baseline.stale(&["g/r"]), 0);
        std::fs::remove_file(&file).unwrap();
        assert_eq!(Baseline::read(&path).unwrap().stale(&[]), 2, "a file that is gone");
    }

    #[test]
    fn a_file_of_another_kind_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.json");
        assert!(matches!(Baseline::read(&path), Err(BaselineError::Read { .. })));
        for text in ["{}", "{\"version\":2,\"files\":{}}", "[]", "x"] {
            std::fs::write(&path, text).unwrap();
            assert!(matches!(Baseline::read(&path), Err(BaselineError::Foreign { .. })), "{text}");
        }
    }
}
