//! `--interactive`: one finding at a time, in a plain terminal. A file is written when all of its findings are decided.

use super::session::Session;
use super::targets::Job;
use crate::baseline::Baseline;
use crate::cache::Cache;
use crate::cli::console::Console;
use crate::cli::{Error, Status};
use crate::config::Config;
use crate::config::write::{self, Ignored};
use crate::diagnostic::Diagnostic;
use crate::edits::Edits;
use crate::emit::{FileFindings, OutputFormat};
use crate::files::{self, FileError, Stamp, shown};
use crate::lint::Linter;
use crate::review::{Answer, Decided, Review};
use crate::source::{DecodeError, Source};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

const HELP: &str = "y apply the first · n leave · a apply wherever it is the same · 1-9 apply that one · e write it yourself · \
                    s skip the file · i ignore always · u undo · q quit";

/// Asks about every finding of every file.
///
/// # Errors
/// Nobody can be asked, or what was decided cannot be written down.
pub fn run(
    linters: &[Arc<Linter>],
    jobs: &[Job],
    config: &Config,
    mut baseline: Option<Baseline>,
    cache: Option<&Cache>,
    console: &Console,
) -> Result<Status, Error> {
    let mut input = io::stdin().lock();
    if !input.is_terminal() {
        console.note(
            "standard input is no terminal: one answer a line is read from it; --fix applies what is safe unasked",
        );
    }
    let mut workers: Vec<_> = linters.iter().map(|linter| linter.worker()).collect();
    let mut session = Session::open(cache);
    let mut ignored: Vec<String> = Vec::new();
    let mut sum = Sum::default();
    for job in jobs {
        let path = &job.target.path;
        let (source, stamp) = match files::open(&job.target, workers[job.linter].read_options()) {
            Ok(read) => read,
            Err(FileError::Decode { source: error @ DecodeError::Binary { .. }, .. }) => {
                console.note(&format!("{} is skipped: {error}", shown(path)));
                continue;
            }
            Err(error) => {
                console.error(&error);
                sum.trouble = true;
                continue;
            }
        };
        let mut found = workers[job.linter].lint(&source, job.target.format).diagnostics;
        if let Some(baseline) = &mut baseline {
            baseline.leave_new(path, &mut found);
        }
        found.retain(|finding| !ignored.contains(&finding.text));
        let mut open = found.clone();
        session.leave_open(path, &mut open);
        let mut review = Review::new(&open);
        ask_about(&mut review, &shown(path), &source, &mut input, console)?;
        let has_quit = review.has_quit();
        let decided = review.finish();
        let written = apply(path, stamp, &source, &decided);
        if let Err(error) = &written {
            console.error(error);
            sum.trouble = true;
        }
        remember(&decided.ignored, config, console)?;
        let is_left = |finding: &&Diagnostic| {
            let index = open.iter().position(|other| other == *finding);
            let is_fixed = written.is_ok() && index.is_some_and(|index| decided.edits[index].is_some());
            !is_fixed && !decided.ignored.contains(&finding.text)
        };
        let left: Vec<&Diagnostic> = found.iter().filter(is_left).collect();
        sum.left += left.len();
        sum.applied += written.unwrap_or_default();
        let end = open.get(decided.reached).map(Diagnostic::sort_key);
        let gone_through = left.iter().copied().filter(|finding| end.is_none_or(|end| finding.sort_key() < end));
        session.keep(path, gone_through)?;
        ignored.extend(decided.ignored);
        if has_quit {
            console.note(&format!("{} applied; the same command goes on from here", sum.applied));
            return Ok(sum.status());
        }
    }
    session.end();
    console.note(&format!("{} applied, {} left", sum.applied, sum.left));
    Ok(sum.status())
}

/// What came of it so far.
#[derive(Default)]
struct Sum {
    applied: usize,
    left: usize,
    trouble: bool,
}

impl Sum {
    fn status(&self) -> Status {
        match (self.trouble, self.left) {
            (true, _) => Status::Trouble,
            (false, 0) => Status::Clean,
            (false, _) => Status::Findings,
        }
    }
}

/// Asks until all findings of a file are decided.
fn ask_about(
    review: &mut Review<'_>,
    name: &str,
    source: &Source,
    input: &mut impl BufRead,
    console: &Console,
) -> Result<(), Error> {
    while let Some(finding) = review.current() {
        let mut out = console.stdout();
        let file = FileFindings { path: name, source, diagnostics: std::slice::from_ref(finding) };
        OutputFormat::Full.emitter(false, &[]).file(file, &mut out)?;
        for (index, suggestion) in finding.suggestions.iter().take(9).enumerate() {
            writeln!(out, "  {}  {}", index + 1, crate::emit::display::safe(&suggestion.text))?;
        }
        let (number, of) = review.progress();
        write!(out, "{number}/{of} [y/n/a/1-9/e/s/i/u/q/?] ")?;
        out.flush()?;
        drop(out);
        match ask(input)? {
            Some(answer) => {
                if let Err(refusal) = review.answer(&answer) {
                    console.note(refusal.message());
                }
            }
            None => console.note(HELP),
        }
    }
    Ok(())
}

/// Writes what was chosen; tells how many findings that is.
fn apply(path: &Path, stamp: Stamp, source: &Source, decided: &Decided) -> Result<usize, FileError> {
    let mut edits = Edits::of(source);
    let applied = decided.edits.iter().flatten().filter(|one| edits.add(one).is_ok()).count();
    if !edits.is_empty() {
        files::replace(path, stamp, |bytes| edits.splice(bytes))?;
    }
    Ok(applied)
}

/// One answer; the end of the input is a wish to quit, what is no answer a wish for help.
fn ask(input: &mut impl BufRead) -> Result<Option<Answer>, Error> {
    let mut line = String::new();
    let mut next = |line: &mut String| {
        line.clear();
        input.read_line(line).map_err(Error::Stdin)
    };
    if next(&mut line)? == 0 {
        return Ok(Some(Answer::Quit));
    }
    Ok(Some(match line.trim() {
        "y" => Answer::Yes,
        "n" => Answer::No,
        "a" => Answer::All,
        "s" => Answer::Skip,
        "i" => Answer::Ignore,
        "u" => Answer::Undo,
        "q" => Answer::Quit,
        "e" => {
            print!("text: ");
            io::stdout().flush()?;
            if next(&mut line)? == 0 {
                return Ok(Some(Answer::Quit));
            }
            Answer::Edit(line.trim_end_matches(['\n', '\r']).to_owned())
        }
        number => match number.parse() {
            Ok(number @ 1..=9) => Answer::Candidate(number),
            _ => return Ok(None),
        },
    }))
}

/// Adds texts to the configuration as `[[ignore]]` tables.
fn remember(texts: &[String], config: &Config, console: &Console) -> Result<(), Error> {
    if texts.is_empty() {
        return Ok(());
    }
    let path = write::own_file(config, Path::new(""));
    let tables: Vec<Ignored> = texts.iter().map(|text| Ignored { text: Some(text), ..Ignored::default() }).collect();
    write::ignore(&path, &tables)?;
    console.note(&format!("ignored from now on, in {}", shown(&files::relative(&path))));
    Ok(())
}
