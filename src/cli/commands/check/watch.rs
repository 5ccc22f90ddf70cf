//! `--watch`: check again whenever something changed. What did not change comes from the cache.
//!
//! Looks at the files again and again, rather than being told by the system: that sees new files, files that an editor replaces, and
//! folders of other machines alike.

use super::targets;
use crate::cli::args::CheckArgs;
use crate::cli::console::Console;
use crate::cli::{Error, Status};
use crate::config::Finder;
use crate::files::{relative, shown};
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

/// The least time between two looks; and how many times as long as a look takes it is at least.
const REST: Duration = Duration::from_millis(400);
const REST_PER_LOOK: u32 = 20;

/// Checks until nobody reads what is found. Each time everything is shown, on a terminal in place of what was there.
///
/// # Errors
/// The output cannot be written. What else goes wrong is told, and may be right the next time.
pub fn run(args: &CheckArgs, console: &Console) -> Result<Status, Error> {
    if args.paths.iter().any(|path| path == Path::new("-")) || args.files.file_list.as_deref() == Some(Path::new("-")) {
        return Err(Error::Usage("--watch goes with files, not with standard input".to_owned()));
    }
    loop {
        // What changes during the check is seen afterwards.
        let seen = look(args);
        match super::once(args, console) {
            Ok((_, true)) => {}
            Ok((status, false)) => return Ok(status),
            Err(error @ Error::Output(_)) => return Err(error),
            Err(error) => console.error(&error),
        }
        console.note("waiting for changes; Ctrl-C ends");
        let changed = wait(args, &seen);
        if io::stdout().is_terminal() {
            io::stdout().write_all(b"\x1b[H\x1b[2J\x1b[3J")?;
        }
        let others = if changed.len() > 1 { format!(" and {} more", changed.len() - 1) } else { String::new() };
        if let Some(first) = changed.first() {
            console.note(&format!("{}{others} changed", shown(&relative(first))));
        }
    }
}

/// Files, and what tells that they changed. A file that is not there has nothing.
type Seen = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

/// The files that a check reads. While the configuration is wrong they are not known.
fn look(args: &CheckArgs) -> Seen {
    let files = || -> Result<Vec<PathBuf>, Error> {
        let config = Finder::new(&args.dictionaries.config.request(args.layer()))?.of_folder(Path::new(""))?;
        let targets = targets::walk(args, &config.layer)?.targets.into_iter().map(|target| target.path);
        let dictionaries = config.layer.dictionaries.iter().map(|set| set.value.clone());
        Ok(targets.chain(dictionaries).chain(config.file.clone()).collect())
    };
    let stamp = |path: &Path| {
        let metadata = path.metadata().ok()?;
        Some((metadata.modified().ok()?, metadata.len()))
    };
    files().unwrap_or_default().into_iter().map(|path| (path.clone(), stamp(&path))).collect()
}

/// Waits until the files are not those that were seen; tells which ones.
fn wait(args: &CheckArgs, seen: &Seen) -> Vec<PathBuf> {
    loop {
        let begun = Instant::now();
        let now = look(args);
        let differs = |path: &&PathBuf| now.get(*path) != seen.get(*path);
        let gone = seen.keys().filter(|path| !now.contains_key(*path));
        let changed: Vec<PathBuf> = now.keys().filter(differs).chain(gone).cloned().collect();
        if !changed.is_empty() {
            return changed;
        }
        sleep(REST.max(begun.elapsed() * REST_PER_LOOK));
    }
}
