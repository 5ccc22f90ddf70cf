//! `orthonym check`: lint files, show what is found, fix it where asked.

use crate::cli::args::CheckArgs;
use crate::cli::console::Console;
use crate::cli::work::{self, Action, Done, Linted, Outcome};
use crate::cli::{Error, Status};
use crate::diagnostic::Applicability;
use crate::document::Format;
use crate::emit::{Emitter, FileFindings, Tally, WriteColor};
use crate::files::{self, DEFAULT_EXCLUDE, FileError, Target, WalkOptions, shown};
use crate::fix::Fixed;
use crate::lint::{Linter, Settings};
use crate::source::{DecodeError, Source};
use rayon::prelude::*;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Files that are linted before the first of them is shown, for each thread: enough to keep all busy, few enough to hold in
/// memory.
const BATCH_PER_THREAD: usize = 16;

pub fn run(args: &CheckArgs, console: &Console) -> Result<Status, Error> {
    let action = action(args)?;
    let from_stdin = reads_stdin(args)?;
    let linter = Linter::new(args.dictionaries.open()?, settings(args));
    let targets = if from_stdin { None } else { Some(walk(args, console)?) };
    let out = match &args.output.output_file {
        Some(path) => console.file(path)?,
        // Standard output is where the fixed text goes.
        None if from_stdin && matches!(action, Action::Fix(_)) => console.stderr(),
        None => console.stdout(),
    };
    let emitter = if args.output.statistics {
        args.output.output_format.statistics()
    } else {
        args.output.output_format.emitter(!console.quiet)
    };
    let mut run = Run { console, action, emitter, out, tally: Tally::default(), trouble: false, differs: false };
    let shown = match targets {
        None => check_stdin(&linter, args, &mut run)?,
        Some((targets, trouble)) => {
            run.trouble = trouble;
            check_files(&linter, &targets, args.files.jobs, &mut run)?
        }
    };
    match shown.and_then(|()| run.finish()) {
        // Whoever reads has seen enough. What was found until then still counts.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        result => result?,
    }
    Ok(run.status(args))
}

fn action(args: &CheckArgs) -> Result<Action, Error> {
    let level = if args.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
    match (args.fix, args.diff) {
        (true, _) => Ok(Action::Fix(level)),
        (_, true) => Ok(Action::Diff(level)),
        _ if args.unsafe_fixes => Err(Error::Usage("--unsafe-fixes goes with --fix or --diff".to_owned())),
        _ => Ok(Action::Report),
    }
}

fn reads_stdin(args: &CheckArgs) -> Result<bool, Error> {
    let from_stdin = args.paths.iter().any(|path| path == Path::new("-"));
    if from_stdin && args.paths.len() > 1 {
        return Err(Error::Usage("`-` (standard input) cannot be checked together with files; run twice".to_owned()));
    }
    if !from_stdin && args.files.stdin_filename.is_some() {
        return Err(Error::Usage("--stdin-filename goes with the path `-` (standard input)".to_owned()));
    }
    Ok(from_stdin)
}

fn settings(args: &CheckArgs) -> Settings {
    let defaults = Settings::default();
    let rules = args.rules.selection().rules();
    Settings {
        rules: rules.into_iter().map(|rule| (rule, rule.severity)).collect(),
        min_confidence: args.rules.min_confidence.unwrap_or(defaults.min_confidence),
        source_language: args.dictionaries.source_language.clone(),
        target_language: args.dictionaries.target_language.clone(),
        ..defaults
    }
}

/// The files to check, and whether there was trouble finding them.
fn walk(args: &CheckArgs, console: &Console) -> Result<(Vec<Target>, bool), Error> {
    let files = &args.files;
    let defaults = || DEFAULT_EXCLUDE.iter().map(|&pattern| pattern.to_owned()).collect();
    let mut exclude = if files.exclude.is_empty() { defaults() } else { files.exclude.clone() };
    exclude.extend_from_slice(&files.extend_exclude);
    let options =
        WalkOptions { exclude, force_exclude: files.force_exclude, respect_gitignore: !files.no_respect_gitignore };
    let walked = files::walk(&args.paths, &options)?;
    for error in &walked.errors {
        console.error(error);
    }
    for folder in &walked.barren {
        let looked_for: Vec<String> = Format::extensions().map(|extension| format!("*.{extension}")).collect();
        console.warning(&format!("no files to check in {} (looked for {})", shown(folder), looked_for.join(", ")));
    }
    Ok((walked.targets, !walked.errors.is_empty()))
}

fn check_stdin(linter: &Linter, args: &CheckArgs, run: &mut Run<'_>) -> Result<io::Result<()>, Error> {
    let begun = Instant::now();
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(Error::Stdin)?;
    let path = args.files.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("<stdin>"));
    let format = Format::of_path(&path).unwrap_or(Format::Plain);
    let name = shown(&path);
    let mut fixed = bytes.clone();
    let outcome = match Source::decode(&path, bytes) {
        Err(error @ DecodeError::Binary { .. }) => Outcome::Binary(error),
        Err(source) => Outcome::Failed(FileError::Decode { path, source }),
        Ok(source) => {
            let write = |result: &Fixed<'_>| {
                fixed = result.edits.splice(&fixed);
                Ok(())
            };
            Outcome::Linted(Box::new(work::text(&mut linter.worker(), &name, source, format, run.action, write)))
        }
    };
    if matches!(run.action, Action::Fix(_)) {
        // What cannot be read goes through as it came.
        let mut stdout = io::stdout().lock();
        if let Err(error) = stdout.write_all(&fixed).and_then(|()| stdout.flush()) {
            return Ok(Err(error));
        }
    }
    Ok(run.show(Done { path: name, outcome, took: begun.elapsed() }))
}

/// Lints the files, many at a time, and shows them in order.
fn check_files(
    linter: &Linter,
    targets: &[Target],
    jobs: Option<u16>,
    run: &mut Run<'_>,
) -> Result<io::Result<()>, Error> {
    let jobs = jobs.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
    let pool = pool.map_err(|source| Error::Threads { jobs, source })?;
    for batch in targets.chunks(pool.current_num_threads() * BATCH_PER_THREAD) {
        let action = run.action;
        let work =
            || batch.par_iter().map_init(|| linter.worker(), |worker, target| work::file(worker, target, action));
        let done: Vec<Done> = pool.install(|| work().collect());
        for file in done {
            if let Err(error) = run.show(file) {
                return Ok(Err(error));
            }
        }
    }
    Ok(Ok(()))
}

/// A run in progress: what was shown and counted so far.
struct Run<'c> {
    console: &'c Console,
    action: Action,
    emitter: Box<dyn Emitter>,
    out: Box<dyn WriteColor>,
    tally: Tally,
    trouble: bool,
    /// Whether `--diff` showed a difference.
    differs: bool,
}

impl Run<'_> {
    fn show(&mut self, done: Done) -> io::Result<()> {
        let Done { path, outcome, took } = done;
        match outcome {
            Outcome::Failed(error) => {
                self.trouble = true;
                self.console.error(&error);
                Ok(())
            }
            Outcome::Binary(what) => {
                self.console.note(&format!("{path} is skipped: {what}"));
                Ok(())
            }
            Outcome::Linted(linted) => {
                let found = linted.report.diagnostics.len();
                self.console.detail(&format!("{path}: {found} found in {:.1} ms", took.as_secs_f64() * 1e3));
                self.show_linted(&path, &linted)
            }
        }
    }

    fn show_linted(&mut self, path: &str, linted: &Linted) -> io::Result<()> {
        for problem in &linted.report.problems {
            self.trouble = true;
            let place = linted.source.position(problem.span.start);
            self.console.warning(&format!("{path}:{}:{}: {}", place.line, place.column, problem.message));
        }
        for dropped in &linted.dropped {
            self.console.warning(dropped);
        }
        if let Some(error) = &linted.failed {
            self.trouble = true;
            self.console.error(error);
        }
        self.tally.files += 1;
        self.tally.fixed += linted.fixed;
        linted.report.diagnostics.iter().for_each(|diagnostic| self.tally.add(diagnostic));
        if let Action::Diff(_) = self.action {
            self.differs |= !linted.diff.is_empty();
            if !linted.diff.is_empty() && linted.source.encoding().is_utf16() {
                self.console.warning(&format!("{path} is UTF-16: its diff is for reading, patch cannot apply it"));
            }
            return self.out.write_all(linted.diff.as_bytes());
        }
        self.emitter
            .file(FileFindings { path, source: &linted.source, diagnostics: &linted.report.diagnostics }, &mut self.out)
    }

    fn finish(&mut self) -> io::Result<()> {
        if !matches!(self.action, Action::Diff(_)) {
            self.emitter.finish(&self.tally, &mut self.out)?;
        }
        self.out.flush()
    }

    fn status(&self, args: &CheckArgs) -> Status {
        let is_left = match self.action {
            Action::Diff(_) => self.differs,
            _ => self.tally.worst().is_some_and(|severity| severity >= args.output.fail_on),
        };
        match (self.trouble, is_left && !args.output.exit_zero) {
            (true, _) => Status::Trouble,
            (false, true) => Status::Findings,
            (false, false) => Status::Clean,
        }
    }
}
