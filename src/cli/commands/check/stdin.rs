//! `check -`: standard input, whole or, where it is JSON Lines, as it comes.

use super::run::Run;
use crate::cli::Error;
use crate::cli::work::{self, Action, Done, Fixes, Outcome};
use crate::document::{self, Format};
use crate::files::{FileError, shown};
use crate::lint::{Linter, Worker};
use crate::source::{DecodeError, Origin};
use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The longest line of a stream that is read, in bytes.
const MAX_LINE: usize = 1 << 26;

/// Lints standard input, which goes by the name `path`. The inner error is one of the output.
///
/// # Errors
/// Standard input cannot be read, or not as this format.
pub fn check(
    linter: &Linter,
    path: PathBuf,
    format: Option<Format>,
    run: &mut Run<'_>,
) -> Result<io::Result<()>, Error> {
    let mut worker = linter.worker();
    match format.or_else(|| Format::of_path(&path)) {
        Some(Format::Docx) => Err(Error::Usage("DOCX is read from files, not from standard input".to_owned())),
        Some(Format::JsonLines) => lines(&mut worker, &path, run),
        told => {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map_err(Error::Stdin)?;
            Ok(part(&mut worker, &path, bytes, told, Origin::default(), run))
        }
    }
}

/// Each line as it comes, by itself: what is found in it is shown before the next is read.
fn lines(worker: &mut Worker<'_>, path: &Path, run: &mut Run<'_>) -> Result<io::Result<()>, Error> {
    let mut input = io::stdin().lock();
    let mut origin = Origin::default();
    loop {
        let mut line = Vec::new();
        let length = (&mut input).take(MAX_LINE as u64).read_until(b'\n', &mut line).map_err(Error::Stdin)?;
        if length == 0 {
            // One file, however many lines.
            run.tally.files = 1;
            return Ok(Ok(()));
        }
        if length == MAX_LINE && line.last() != Some(&b'\n') {
            let message = format!(
                "line {} is longer than {} MB; it and what follows is not read",
                origin.line + 1,
                MAX_LINE >> 20
            );
            return Err(Error::Stdin(io::Error::new(io::ErrorKind::FileTooLarge, message)));
        }
        let shown = part(worker, path, line, Some(Format::JsonLines), origin, run).and_then(|()| run.out.flush());
        if shown.is_err() {
            return Ok(shown);
        }
        origin = Origin { byte: origin.byte + length, line: origin.line + 1 };
    }
}

/// Lints a part of the input, writes it out fixed where that is asked, and shows what is found.
fn part(
    worker: &mut Worker<'_>,
    path: &Path,
    bytes: Vec<u8>,
    format: Option<Format>,
    origin: Origin,
    run: &mut Run<'_>,
) -> io::Result<()> {
    let begun = Instant::now();
    let name = shown(path);
    // What cannot be read goes through as it came.
    let mut fixed = bytes.clone();
    let outcome = match document::decode(path, bytes, format, worker.read_options()) {
        Err(error @ DecodeError::Binary { .. }) => Outcome::Binary(error),
        Err(source) => Outcome::Failed(FileError::Decode { path: path.to_owned(), source }),
        Ok((source, format)) => {
            let write = |fixes: &Fixes| {
                fixed = fixes.apply(&fixed);
                Ok(())
            };
            Outcome::Linted(Box::new(work::text(worker, &name, source.starting_at(origin), format, run.action, write)))
        }
    };
    if matches!(run.action, Action::Fix(_)) {
        let mut stdout = io::stdout().lock();
        stdout.write_all(&fixed)?;
        stdout.flush()?;
    }
    run.show(Done { file: path.to_owned(), path: name, outcome, took: begun.elapsed() })
}
