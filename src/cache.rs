//! Results kept from run to run, so that what has not changed is not linted again.
//!
//! A result is a function of the file's text and name, the settings, the dictionaries and the program; a hash of all these is its
//! key, and the name of the one file that holds it. So nothing is ever out of date, and two runs at once write different
//! files, or the same bytes. What is damaged is made anew.

use crate::diagnostic::{Diagnostic, Related, Severity, Suggestion};
use crate::document::{Format, Problem};
use crate::files::{TEMPORARY, shown, temporary_in};
use crate::lint::{Report, Settings, Worker};
use crate::rules;
use crate::source::Source;
use crate::span::Span;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};
use thiserror::Error;

/// Tells a cache of ours from any other folder. The first line is that of <https://bford.info/cachedir/>, which backups heed.
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# Results of orthonym. May be deleted at any time.\n";
const TAG_FILE: &str = "CACHEDIR.TAG";
const IGNORE_FILE: &str = ".gitignore";
/// How long a result is kept, and how often those that are older are looked for.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
const SWEPT: Duration = Duration::from_secs(24 * 3600);
/// Texts of fewer bytes are linted anew each time: that is done sooner than a file is written and read.
const WORTH_KEEPING: usize = 1024;

#[derive(Debug, Error)]
pub enum CacheError {
    #[error("{} is no cache of orthonym, and is left alone", shown(.0))]
    Foreign(PathBuf),
    #[error("the cache {} cannot be used", shown(path))]
    Io { path: PathBuf, source: io::Error },
}

/// A folder of results. Shared by all threads of a run.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// What tells this build of the program from others.
    program: String,
    hits: AtomicUsize,
    misses: AtomicUsize,
    damaged: AtomicUsize,
    unwritten: AtomicUsize,
    /// Why the first of them could not be kept.
    refusal: OnceLock<io::Error>,
}

/// What happened to the results of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    pub hits: usize,
    pub misses: usize,
    /// Of the misses, those that were there and could not be used.
    pub damaged: usize,
    /// Of the misses, those that could not be kept.
    pub unwritten: usize,
}

impl Cache {
    /// Opens the cache in a folder, which is made where there is none.
    ///
    /// # Errors
    /// The folder holds something else, or cannot be used.
    pub fn open(folder: &Path) -> Result<Cache, CacheError> {
        let failed = |source| CacheError::Io { path: folder.to_owned(), source };
        if exists(folder)? {
            sweep(folder, SystemTime::now()).map_err(failed)?;
        } else {
            create(folder).map_err(failed)?;
        }
        Ok(Cache {
            folder: folder.to_owned(),
            program: program(),
            hits: AtomicUsize::default(),
            misses: AtomicUsize::default(),
            damaged: AtomicUsize::default(),
            unwritten: AtomicUsize::default(),
            refusal: OnceLock::new(),
        })
    }

    /// Deletes the cache in a folder; tells whether there was one.
    ///
    /// # Errors
    /// The folder holds something else, or cannot be deleted.
    pub fn remove(folder: &Path) -> Result<bool, CacheError> {
        let there = exists(folder)?;
        if there {
            std::fs::remove_dir_all(folder).map_err(|source| CacheError::Io { path: folder.to_owned(), source })?;
        }
        Ok(there)
    }

    /// What [`Worker::lint`] yields, from the cache where it is there. Of short texts nothing is kept.
    pub fn lint(&self, worker: &mut Worker<'_>, source: &Source, format: Format) -> Report {
        if source.text().len() < WORTH_KEEPING {
            return worker.lint(source, format);
        }
        let key = self.key(worker, source, format);
        if let Some(report) = self.get(&key, source) {
            self.hits.fetch_add(1, Ordering::Relaxed);
            return report;
        }
        self.misses.fetch_add(1, Ordering::Relaxed);
        let report = worker.lint(source, format);
        if let Err(error) = self.put(&key, &report) {
            self.unwritten.fetch_add(1, Ordering::Relaxed);
            // One reason will do.
            let _ = self.refusal.set(error);
        }
        report
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn usage(&self) -> Usage {
        let count = |counter: &AtomicUsize| counter.load(Ordering::Relaxed);
        Usage {
            hits: count(&self.hits),
            misses: count(&self.misses),
            damaged: count(&self.damaged),
            unwritten: count(&self.unwritten),
        }
    }

    /// Why a result could not be kept.
    pub fn refusal(&self) -> Option<&io::Error> {
        self.refusal.get()
    }

    fn key(&self, worker: &Worker<'_>, source: &Source, format: Format) -> String {
        // Named one by one, so that none is forgotten.
        let Settings { rules, min_confidence, style, source_language, ignores, glossary, read, target_language } =
            worker.linter().settings();
        let rules: Vec<(&str, Severity)> = rules.iter().map(|(rule, severity)| (rule.name, *severity)).collect();
        let ignores = ignores.iter().filter(|ignore| ignore.is_about(source));
        let ignores: Vec<_> = ignores.map(|ignore| (&ignore.rule, &ignore.text)).collect();
        let settings = (rules, min_confidence, style, source_language, ignores, glossary, read, target_language);
        let dictionary = worker.linter().dictionary().identity();
        let given = format!("{:?}", (&self.program, source.path(), source.encoding(), format, settings, dictionary));
        let mut hash = Sha256::new();
        hash.update((given.len() as u64).to_le_bytes());
        hash.update(given);
        hash.update(source.text());
        hex(&hash.finalize())
    }

    fn get(&self, key: &str, source: &Source) -> Option<Report> {
        let text = match std::fs::read_to_string(self.folder.join(key)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(_) => String::new(),
        };
        let whole = text.split_once('\n').filter(|(sum, body)| *sum == checksum(key, body));
        let report = whole.and_then(|(_, body)| serde_json::from_str::<Stored>(body).ok()?.report());
        let report = report.filter(|report| fits(report, source));
        if report.is_none() {
            self.damaged.fetch_add(1, Ordering::Relaxed);
        }
        report
    }

    fn put(&self, key: &str, report: &Report) -> io::Result<()> {
        let body = serde_json::to_string(report)?;
        put(&self.folder, key, &format!("{}\n{body}", checksum(key, &body)))
    }
}

/// Whether there is a cache in the folder. One that another run is just making is not there yet.
fn exists(folder: &Path) -> Result<bool, CacheError> {
    let failed = |source| CacheError::Io { path: folder.to_owned(), source };
    if std::fs::read(folder.join(TAG_FILE)).is_ok_and(|tag| tag == TAG.as_bytes()) {
        return Ok(true);
    }
    let inside = match folder.read_dir() {
        Ok(inside) => inside,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(source) => return Err(failed(source)),
    };
    for item in inside {
        let name = item.map_err(failed)?.file_name();
        if name != IGNORE_FILE && !name.to_string_lossy().starts_with(TEMPORARY) {
            return Err(CacheError::Foreign(folder.to_owned()));
        }
    }
    Ok(false)
}

fn create(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    put(folder, IGNORE_FILE, "*\n")?;
    put(folder, TAG_FILE, TAG)
}

/// Writes a file of the folder, whole or not at all. It is not forced to the disk: what a power failure cuts short is known by
/// its checksum.
fn put(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let mut file = temporary_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(folder.join(name))?;
    Ok(())
}

/// Deletes old results, where that was not done within the day.
fn sweep(folder: &Path, now: SystemTime) -> io::Result<()> {
    let age = |path: &Path| now.duration_since(path.metadata()?.modified()?).map_err(io::Error::other);
    let is_older = |path: &Path, limit| age(path).is_ok_and(|age| age > limit);
    if !is_older(&folder.join(TAG_FILE), SWEPT) {
        return Ok(());
    }
    File::options().append(true).open(folder.join(TAG_FILE))?.set_modified(now)?;
    for item in folder.read_dir()? {
        let path = item?.path();
        if path.file_name() != Some(IGNORE_FILE.as_ref()) && is_older(&path, KEPT) {
            // Another run may have been faster.
            let _ = std::fs::remove_file(path);
        }
    }
    Ok(())
}

/// The version, and which file the program is: one that was built anew may find other things.
fn program() -> String {
    let file = std::env::current_exe().and_then(|path| path.metadata());
    let stamp = file.and_then(|file| Ok((file.len(), file.modified()?)));
    format!("{} {:?}", env!("CARGO_PKG_VERSION"), stamp.ok())
}

fn checksum(key: &str, body: &str) -> String {
    hex(&Sha256::new().chain_update(key).chain_update(body).finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether all places of a report lie in the text.
fn fits(report: &Report, source: &Source) -> bool {
    let diagnostics = report.diagnostics.iter().flat_map(|diagnostic| {
        let edits = diagnostic.suggestions.iter().flat_map(|suggestion| suggestion.edits.iter().map(|edit| edit.span));
        edits.chain(diagnostic.related.iter().map(|related| related.span)).chain([diagnostic.span])
    });
    let mut spans = diagnostics.chain(report.problems.iter().map(|problem| problem.span));
    spans.all(|span| source.text().get(span.range()).is_some())
}

/// A report as it is read back: what serialising [`Report`] writes.
#[derive(Deserialize)]
struct Stored {
    diagnostics: Vec<StoredDiagnostic>,
    problems: Vec<Problem>,
}

#[derive(Deserialize)]
struct StoredDiagnostic {
    rule: String,
    severity: Severity,
    span: Span,
    text: String,
    message: String,
    confidence: f32,
    suggestions: Vec<Suggestion>,
    notes: Vec<String>,
    related: Vec<Related>,
}

impl Stored {
    /// The report; `None` where it names a rule that there is not.
    fn report(self) -> Option<Report> {
        let diagnostics = self.diagnostics.into_iter().map(StoredDiagnostic::diagnostic).collect::<Option<_>>()?;
        Some(Report { diagnostics, problems: self.problems })
    }
}

impl StoredDiagnostic {
    fn diagnostic(self) -> Option<Diagnostic> {
        let StoredDiagnostic { rule, severity, span, text, message, confidence, suggestions, notes, related } = self;
        let rule = rules::find(&rule)?.name;
        Some(Diagnostic { rule, severity, span, text, message, confidence, suggestions, notes, related })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionaries;
    use crate::dictionary::Dictionary;
    use crate::lint::Linter;
    use crate::suppress::Ignore;
    use proptest::prelude::*;

    fn source(text: &str) -> Source {
        Source::new("a.md", text)
    }

    /// The key of a text, with the settings changed.
    fn key(cache: &Cache, text: &str, change: impl FnOnce(&mut Settings)) -> String {
        let mut settings = Settings::default();
        change(&mut settings);
        cache.key(&Linter::new(Dictionary::empty(), settings).worker(), &source(text), Format::Plain)
    }

    /// A text with findings that have suggestions, notes and related places; long enough to be kept.
    fn text() -> String {
        let text = "The the Der Shbigel magazine told AFB news agency 😀 so so. It it was our our.";
        format!("{text:\n<width$}", width = WORTH_KEEPING)
    }

    #[test]
    fn what_is_kept_is_what_was_found() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(&folder.path().join("cache")).unwrap();
        let linter = Linter::new(dictionaries::stack(true, []).unwrap(), Settings::default());
        let fresh = linter.worker().lint(&source(&text()), Format::Plain);
        assert!(fresh.diagnostics.len() >= 3);
        for _ in 0..2 {
            assert_eq!(cache.lint(&mut linter.worker(), &source(&text()), Format::Plain), fresh);
        }
        assert_eq!(cache.usage(), Usage { hits: 1, misses: 1, ..Usage::default() });
    }

    #[test]
    fn of_short_texts_nothing_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path()).unwrap();
        let linter = Linter::new(Dictionary::empty(), Settings::default());
        let (before, short) = (folder.path().read_dir().unwrap().count(), source("the the"));
        let report = cache.lint(&mut linter.worker(), &short, Format::Plain);
        assert_eq!(report, linter.worker().lint(&short, Format::Plain));
        assert_eq!((cache.usage(), folder.path().read_dir().unwrap().count()), (Usage::default(), before));
    }

    #[test]
    fn what_a_result_depends_on_is_in_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path()).unwrap();
        let plain = key(&cache, "a", |_| {});
        assert_eq!(plain, key(&cache, "a", |_| {}));
        let ignore = |path: &str| {
            let mut paths = crate::files::PathSet::default();
            paths.add(&crate::files::absolute(Path::new("")), &[path.to_owned()]).unwrap();
            Ignore { paths: Some(paths), rule: None, text: Some("x".to_owned()) }
        };
        let term = crate::glossary::Term { source: "a".to_owned(), ..crate::glossary::Term::default() };
        let glossary = std::sync::Arc::new(crate::glossary::Glossary::of(vec![term]));
        // A table about other files changes nothing.
        assert_eq!(plain, key(&cache, "a", |settings| settings.ignores.push(ignore("b.md"))));
        let others = [
            key(&cache, "b", |_| {}),
            key(&cache, "a", |settings| settings.ignores.push(ignore("a.md"))),
            key(&cache, "a", |settings| settings.min_confidence = 0.6),
            key(&cache, "a", |settings| settings.glossary = glossary.clone()),
            key(&cache, "a", |settings| settings.style = Some("ap".to_owned())),
            key(&cache, "a", |settings| settings.source_language = Some("ar".to_owned())),
            key(&cache, "a", |settings| settings.target_language = "de".to_owned()),
            key(&cache, "a", |settings| settings.read.text_fields.push("x".to_owned())),
            key(&cache, "a", |settings| settings.rules[0].1 = Severity::Info),
            key(&cache, "a", |settings| settings.rules.truncate(1)),
        ];
        assert!(!others.contains(&plain));
        let with = |dictionary, source: &Source, format| {
            cache.key(&Linter::new(dictionary, Settings::default()).worker(), source, format)
        };
        assert_ne!(plain, with(dictionaries::stack(true, []).unwrap(), &source("a"), Format::Plain));
        assert_ne!(plain, with(Dictionary::empty(), &source("a"), Format::Markdown));
        assert_ne!(plain, with(Dictionary::empty(), &Source::new("b.md", "a"), Format::Plain));
    }

    #[test]
    fn what_is_damaged_or_lies_outside_the_text_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path()).unwrap();
        let linter = Linter::new(Dictionary::empty(), Settings::default());
        let lint = || cache.lint(&mut linter.worker(), &source(&text()), Format::Plain);
        let fresh = lint();
        let kept = folder.path().join(cache.key(&linter.worker(), &source(&text()), Format::Plain));
        let whole = std::fs::read(&kept).unwrap();
        let key = kept.file_name().unwrap().to_str().unwrap();
        let body = "{\"diagnostics\":[],\"problems\":[{\"span\":{\"start\":5,\"end\":9999},\"message\":\"\"}]}";
        let outside = format!("{}\n{body}", checksum(key, body));
        let halves = [&whole[..whole.len() / 2], &whole[..10], b"", b"\xff\xff", outside.as_bytes()];
        for (index, bytes) in halves.into_iter().enumerate() {
            std::fs::write(&kept, bytes).unwrap();
            assert_eq!(lint(), fresh);
            assert_eq!((cache.usage().damaged, std::fs::read(&kept).unwrap()), (index + 1, whole.clone()));
        }
    }

    #[test]
    fn a_folder_of_somebody_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("letter.txt"), "Dear").unwrap();
        assert!(matches!(Cache::open(folder.path()), Err(CacheError::Foreign(_))));
        assert!(matches!(Cache::remove(folder.path()), Err(CacheError::Foreign(_))));
        assert!(matches!(Cache::open(&folder.path().join("letter.txt")), Err(CacheError::Io { .. })));
        let ours = folder.path().join("a/b");
        assert!(!Cache::remove(&ours).unwrap());
        Cache::open(&ours).unwrap();
        Cache::open(&ours).unwrap();
        assert!(Cache::remove(&ours).unwrap() && !ours.exists());
        assert_eq!(std::fs::read(folder.path().join("letter.txt")).unwrap(), b"Dear");
    }

    #[test]
    fn results_are_dropped_when_they_are_old() {
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().join("0123");
        Cache::open(folder.path()).unwrap();
        std::fs::write(&kept, "").unwrap();
        sweep(folder.path(), SystemTime::now() + KEPT - SWEPT).unwrap();
        assert!(kept.exists());
        let later = SystemTime::now() + KEPT + SWEPT;
        sweep(folder.path(), later).unwrap();
        assert!(!kept.exists() && exists(folder.path()).unwrap());
    }

    proptest! {
        #[test]
        fn every_confidence_comes_back_as_it_was(bits in 0..=1f32.to_bits()) {
            let confidence = f32::from_bits(bits);
            let read: f32 = serde_json::from_str(&serde_json::to_string(&confidence).unwrap()).unwrap();
            prop_assert_eq!(read.to_bits(), bits);
        }
    }
}
