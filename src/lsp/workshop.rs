//! Linters at work: what each document is linted with, and what was found in it last. Made anew when a configuration or a dictionary
//! changes, and after a panic.

use super::documents::Document;
use super::keystroke::{self, Change};
use super::names::{self, Name};
use crate::baseline::Baseline;
use crate::config::{Config, ConfigError, Finder, is_configuration};
use crate::dictionary::Dictionary;
use crate::document::{Format, ReadOptions};
use crate::files::{self, FileError, PathSet, Target, WalkOptions};
use crate::lint::{Linter, Report, Stopped, Worker};
use crate::profiles::{ProfileError, Profiles};
use crate::rules::Selection;
use crate::source::Source;
use once_cell::unsync::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use thiserror::Error;

/// Why a document is not linted.
#[derive(Debug, Error)]
pub enum WorkshopError {
    #[error(transparent)]
    Profile(#[from] ProfileError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Baseline(#[from] crate::baseline::BaselineError),
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Holds linters where workers can borrow them: put in one after the other, taken out together.
#[derive(Default)]
pub struct Shelf(OnceCell<Box<(Arc<Linter>, Shelf)>>);

impl Shelf {
    fn put(&self, linter: Arc<Linter>) -> &Linter {
        match self.0.get() {
            Some(taken) => taken.1.put(linter),
            None => &self.0.get_or_init(|| Box::new((linter, Shelf::default()))).0,
        }
    }
}

/// The linters of a configuration, at work.
pub struct Workshop<'s> {
    shelf: &'s Shelf,
    profiles: Profiles,
    /// By number of the profile.
    workers: HashMap<usize, (&'s Linter, Worker<'s>)>,
    /// By path.
    places: HashMap<PathBuf, Rc<Place>>,
    baselines: HashMap<PathBuf, Rc<Baseline>>,
    /// By address.
    lints: HashMap<String, Rc<Lint>>,
    folders: Vec<PathBuf>,
    /// Becomes true where the work at hand is of no use any more.
    stop: &'s AtomicBool,
}

/// What holds for a path.
pub struct Place {
    profile: usize,
    /// It is left out of folders, and so of the editor.
    is_excluded: bool,
    baseline: Option<Rc<Baseline>>,
}

/// What is known of a document as it stood at one time.
pub struct Lint {
    pub source: Rc<Source>,
    pub report: Report,
    /// Whether all of it was linted, and not just what changed.
    is_whole: bool,
    names: OnceCell<Vec<Name>>,
}

impl<'s> Workshop<'s> {
    /// `folders` are those of the workspace; the first is where a document without a file counts as lying.
    pub fn new(
        shelf: &'s Shelf,
        finder: Finder,
        selection: Selection,
        folders: Vec<PathBuf>,
        stop: &'s AtomicBool,
    ) -> Workshop<'s> {
        Workshop {
            shelf,
            profiles: Profiles::new(finder, selection, ReadOptions::default()),
            workers: HashMap::new(),
            places: HashMap::new(),
            baselines: HashMap::new(),
            lints: HashMap::new(),
            folders,
            stop,
        }
    }

    /// What is odd about the configurations read since this was last asked.
    pub fn take_warnings(&mut self) -> Vec<String> {
        self.profiles.take_warnings()
    }

    /// The configuration in force for a file.
    ///
    /// # Errors
    /// The configuration is wrong.
    pub fn config_of(&mut self, path: &Path) -> Result<Arc<Config>, WorkshopError> {
        Ok(self.profiles.config_of(path)?)
    }

    /// The findings of a document as it stands; the same as before where it has not changed. In a long text that was changed they
    /// are those of the sentence that changed, and of the rest as it was found before, until it is settled.
    ///
    /// # Errors
    /// The configuration is wrong, or a dictionary; or the work was stopped.
    pub fn lint(&mut self, document: &Document) -> Result<Rc<Lint>, WorkshopError> {
        let before = self.lints.get(&document.uri.0).cloned();
        let Some(before) = before else { return self.whole(document) };
        if Rc::ptr_eq(&before.source, &document.source) {
            return Ok(before);
        }
        let text = document.source.text();
        let is_long = text.len() > keystroke::LONG;
        let Some(change) = is_long.then(|| Change::between(before.source.text(), text)).flatten() else {
            return self.whole(document);
        };
        let source = &document.source;
        let around =
            self.linted(source, |worker, stop| worker.lint_around(change.new, source, document.format, stop))?;
        Ok(self.keep(document, change.merged(&before.report, around), false))
    }

    /// The findings of a document as it stands, all of it linted at once, as on the command line.
    ///
    /// # Errors
    /// As [`Workshop::lint`].
    pub fn whole(&mut self, document: &Document) -> Result<Rc<Lint>, WorkshopError> {
        let known = self.lints.get(&document.uri.0);
        if let Some(lint) = known.filter(|lint| lint.is_whole && Rc::ptr_eq(&lint.source, &document.source)) {
            return Ok(Rc::clone(lint));
        }
        let report = self.report(&document.source, document.format)?;
        Ok(self.keep(document, report, true))
    }

    fn keep(&mut self, document: &Document, report: Report, is_whole: bool) -> Rc<Lint> {
        let source = Rc::clone(&document.source);
        let lint = Rc::new(Lint { source, report, is_whole, names: OnceCell::new() });
        self.lints.insert(document.uri.0.clone(), Rc::clone(&lint));
        lint
    }

    /// Whether there are documents of which not all was linted since they changed.
    pub fn is_unsettled(&self) -> bool {
        self.lints.values().any(|lint| !lint.is_whole)
    }

    /// Lints all of a document of which not all was linted since it changed; tells whether something else is found.
    ///
    /// # Errors
    /// As [`Workshop::lint`].
    pub fn settle(&mut self, document: &Document) -> Result<bool, WorkshopError> {
        match self.lints.get(&document.uri.0).cloned().filter(|lint| !lint.is_whole) {
            None => Ok(false),
            Some(before) => Ok(self.whole(document)?.report.diagnostics != before.report.diagnostics),
        }
    }

    /// The findings of a source, but for those of a path that is left out and those that the baseline knows.
    ///
    /// # Errors
    /// As [`Workshop::lint`].
    pub fn report(&mut self, source: &Source, format: Format) -> Result<Report, WorkshopError> {
        self.linted(source, |worker, stop| worker.lint_until(source, format, stop))
    }

    fn linted(
        &mut self,
        source: &Source,
        lint: impl FnOnce(&mut Worker<'s>, &AtomicBool) -> Result<Report, Stopped>,
    ) -> Result<Report, WorkshopError> {
        let place = self.place(source.path())?;
        if place.is_excluded {
            return Ok(Report::default());
        }
        let stop = self.stop;
        let mut report = lint(self.worker(place.profile).1, stop)?;
        if let Some(baseline) = &place.baseline {
            baseline.leave_unknown(source.path(), &mut report.diagnostics);
        }
        Ok(report)
    }

    /// Reads a file as the command line does.
    ///
    /// # Errors
    /// It cannot be read, or as [`Workshop::lint`].
    pub fn open(&mut self, target: &Target) -> Result<Source, WorkshopError> {
        let place = self.place(&target.path)?;
        Ok(files::open(target, self.worker(place.profile).1.read_options())?.0)
    }

    /// Becomes true where the work at hand is of no use any more.
    pub fn stop(&self) -> &'s AtomicBool {
        self.stop
    }

    /// The linter of a document, and its worker.
    ///
    /// # Errors
    /// As [`Workshop::lint`].
    pub fn bench(&mut self, document: &Document) -> Result<(&'s Linter, &mut Worker<'s>), WorkshopError> {
        let place = self.place(document.source.path())?;
        let (linter, worker) = self.worker(place.profile);
        Ok((linter, worker))
    }

    /// The dictionary that a document is held against.
    ///
    /// # Errors
    /// As [`Workshop::lint`].
    pub fn dictionary(&mut self, document: &Document) -> Result<&'s Dictionary, WorkshopError> {
        Ok(self.bench(document)?.0.dictionary())
    }

    /// The names of a document as it was linted.
    ///
    /// # Errors
    /// As [`Workshop::lint`].
    pub fn names<'l>(&mut self, document: &Document, lint: &'l Lint) -> Result<&'l [Name], WorkshopError> {
        let stop = self.stop;
        let (_, worker) = self.bench(document)?;
        Ok(lint.names.get_or_try_init(|| worker.names(&lint.source, document.format, stop, names::located))?)
    }

    /// How a folder of the workspace is searched, as the command line does.
    ///
    /// # Errors
    /// The configuration is wrong.
    pub fn walk_options(&mut self, folder: &Path) -> Result<WalkOptions, WorkshopError> {
        Ok(self.profiles.config_of_folder(folder)?.layer.walk_options(folder)?)
    }

    /// Whether a file is part of what is linted with: a configuration, a dictionary, a baseline.
    pub fn depends_on(&self, path: &Path) -> bool {
        is_configuration(path) || self.profiles.reads(path) || self.baselines.keys().any(|baseline| baseline == path)
    }

    /// Forgets a document that was closed.
    pub fn forget(&mut self, uri: &str) {
        self.lints.remove(uri);
    }

    /// The folder of the workspace that a path lies in; the first where it lies in none.
    pub fn folder_of(&self, path: &Path) -> &Path {
        let nearest = self.folders.iter().filter(|folder| path.starts_with(folder));
        let nearest = nearest.max_by_key(|folder| folder.as_os_str().len());
        nearest.or(self.folders.first()).map_or(Path::new("/"), PathBuf::as_path)
    }

    fn worker(&mut self, profile: usize) -> (&'s Linter, &mut Worker<'s>) {
        let (shelf, linters) = (self.shelf, self.profiles.linters());
        let entry = self.workers.entry(profile).or_insert_with(|| {
            let linter = shelf.put(Arc::clone(&linters[profile]));
            (linter, linter.worker())
        });
        (entry.0, &mut entry.1)
    }

    fn place(&mut self, path: &Path) -> Result<Rc<Place>, WorkshopError> {
        if let Some(place) = self.places.get(path) {
            return Ok(Rc::clone(place));
        }
        let folder = self.folder_of(path).to_owned();
        // What holds for a run as a whole is what holds for the folder that it would be started in.
        let config = self.profiles.config_of_folder(&folder)?;
        let is_excluded = PathSet::contains(&config.layer.excluded(&folder)?, path);
        let baseline = match &config.layer.baseline {
            Some(set) => Some(self.baseline(&set.value)?),
            None => None,
        };
        let place = Rc::new(Place { profile: self.profiles.of_file(path)?, is_excluded, baseline });
        self.places.insert(path.to_owned(), Rc::clone(&place));
        Ok(place)
    }

    fn baseline(&mut self, path: &Path) -> Result<Rc<Baseline>, WorkshopError> {
        if let Some(known) = self.baselines.get(path) {
            return Ok(Rc::clone(known));
        }
        let read = Rc::new(Baseline::read(path)?);
        self.baselines.insert(path.to_owned(), Rc::clone(&read));
        Ok(read)
    }
}
