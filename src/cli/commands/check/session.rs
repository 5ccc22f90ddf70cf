//! Which findings somebody went through and left, so that a review that was broken off goes on where it was.

use crate::baseline::Baseline;
use crate::cache::Cache;
use crate::cli::Error;
use crate::diagnostic::Diagnostic;
use std::path::{Path, PathBuf};

/// A review in progress. Kept in the cache: without one, a review that is broken off begins anew.
pub struct Session {
    path: Option<PathBuf>,
    left: Baseline,
}

impl Session {
    pub fn open(cache: Option<&Cache>) -> Session {
        let path = cache.map(|cache| cache.folder().join("review.json"));
        let kept = path.as_deref().and_then(|path| Baseline::read(path).ok());
        let left = kept.unwrap_or_else(|| Baseline::empty(path.as_deref().unwrap_or(Path::new(""))));
        Session { path, left }
    }

    /// Takes out of a file's findings, all of them, those that were left before.
    pub fn leave_open(&mut self, file: &Path, found: &mut Vec<Diagnostic>) {
        self.left.leave_new(file, found);
    }

    /// Keeps what was left of a file up to where somebody came, in its order.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep<'d>(
        &mut self,
        file: &Path,
        left: impl IntoIterator<Item = &'d Diagnostic> + Clone,
    ) -> Result<(), Error> {
        self.left.set(file, left);
        if self.path.is_some() {
            self.left.write()?;
        }
        Ok(())
    }

    /// Forgets it all: the next review begins anew.
    pub fn end(self) {
        // Where it was never written there is nothing to delete.
        let _ = self.path.map(std::fs::remove_file);
    }
}
