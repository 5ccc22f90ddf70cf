//! `orthonym check`: lint files, show what is found, fix it where asked.

mod interactive;
mod kept;
mod known;
mod run;
mod session;
mod stdin;
mod targets;
mod watch;

use crate::cache::Cache;
use crate::cli::args::CheckArgs;
use crate::cli::changed::Changed;
use crate::cli::console::Console;
use crate::cli::progress::Progress;
use crate::cli::spares::Spares;
use crate::cli::work::{self, Action, Done};
use crate::cli::{Error, Status};
use crate::config::Finder;
use crate::diagnostic::{Applicability, Severity};
use crate::emit::{OutputFormat, RuleInfo, Tally};
use crate::files::relative;
use crate::lint::{Linter, Worker};
use crate::profiles::Profiles;
use crate::rules::Rule;
use rayon::prelude::*;
use run::{Reports, Run};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use targets::Job;

/// Files that are linted before the first of them is shown, for each thread: enough to keep all busy, few enough to hold in
/// memory.
const BATCH_PER_THREAD: usize = 16;

pub fn run(args: &CheckArgs, console: &Console) -> Result<Status, Error> {
    match args.watch {
        true => watch::run(args, console),
        false => Ok(once(args, console)?.0),
    }
}

/// Checks everything once; tells as well whether there is still somebody who reads what is found.
fn once(args: &CheckArgs, console: &Console) -> Result<(Status, bool), Error> {
    let action = action(args)?;
    let from_stdin = reads_stdin(args)?;
    let mut finder = Finder::new(&args.dictionaries.config.request(args.layer()))?;
    // What holds for the run as a whole is what holds where it is started.
    let config = finder.of_folder(Path::new(""))?;
    let layer = &config.layer;
    let mut profiles = Profiles::new(finder, args.rules.selection(), args.files.read_options());
    let changed = args.known.since.as_deref().map(Changed::since).transpose()?;
    let input = match from_stdin {
        true => {
            let path = stdin_path(args);
            let linter = profiles.of_file(&path);
            profiles.take_warnings().iter().for_each(|warning| console.warning(warning));
            Input::Stdin(linter?, path)
        }
        false => {
            let (mut jobs, trouble) = targets::find(args, layer, &mut profiles, console)?;
            if let Some(changed) = &changed {
                jobs.retain(|job| changed.has_file(&job.target.path));
            }
            Input::Files(jobs, trouble)
        }
    };
    if args.interactive {
        return match &input {
            Input::Files(jobs, _) => {
                let (baseline, cache) = (known::open(args, layer)?, kept::open(args, &config, console));
                let linters = profiles.linters();
                Ok((interactive::run(linters, jobs, &config, baseline, cache.as_ref(), console)?, true))
            }
            Input::Stdin(..) => Err(Error::Usage("--interactive goes with files, not with standard input".to_owned())),
        };
    }
    let out = match &layer.output_file {
        Some(path) => console.file(&relative(&path.value))?,
        // Standard output is where the fixed text goes.
        None if from_stdin && matches!(action, Action::Fix(_)) => console.stderr(),
        None => console.stdout(),
    };
    let format = layer.output_format.as_ref().map_or(OutputFormat::default(), |set| set.value);
    let emitter = match args.output.statistics {
        true => format.statistics(),
        false => format.emitter(!console.quiet, &rule_infos(&profiles)),
    };
    let writes_baseline = args.known.write_baseline;
    let reports =
        Reports { findings: !args.fix_only && !writes_baseline, end: !writes_baseline, fixes: args.show_fixes };
    let mut run = Run {
        console,
        action,
        emitter,
        out,
        tally: Tally::default(),
        trouble: false,
        differs: false,
        reports,
        baseline: known::open(args, layer)?,
        changed,
    };
    let shown = match input {
        Input::Stdin(linter, path) => stdin::check(&profiles.linters()[linter], path, args.files.format, &mut run)?,
        Input::Files(jobs, trouble) => {
            run.trouble = trouble;
            let cache = kept::open(args, &config, console);
            let shown = check_files(profiles.linters(), &jobs, args.files.jobs, cache.as_ref(), args.watch, &mut run)?;
            kept::close(cache.as_ref(), console);
            shown
        }
    };
    let is_read = match shown.and_then(|()| run.finish()) {
        // Whoever reads has seen enough. What was found until then still counts.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => false,
        result => {
            result?;
            true
        }
    };
    known::close(args, &mut run, &profiles)?;
    let fail_on = layer.fail_on.as_ref().map_or(Severity::Warning, |set| set.value);
    Ok((run.status((!args.output.exit_zero).then_some(fail_on)), is_read))
}

/// What a report tells of the rules that ran.
fn rule_infos(profiles: &Profiles) -> Vec<RuleInfo> {
    let info = |rule: &'static Rule| RuleInfo {
        name: rule.name,
        summary: rule.summary,
        documentation: rule.documentation,
        severity: rule.severity,
        mqm: rule.mqm,
    };
    profiles.rules().into_iter().map(info).collect()
}

/// What is checked, with the numbers of the linters.
enum Input {
    Stdin(usize, PathBuf),
    Files(Vec<Job>, bool),
}

fn stdin_path(args: &CheckArgs) -> PathBuf {
    args.files.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("<stdin>"))
}

fn action(args: &CheckArgs) -> Result<Action, Error> {
    let level = if args.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
    match (args.fix || args.fix_only, args.diff) {
        (true, _) => Ok(Action::Fix(level)),
        (_, true) => Ok(Action::Diff(level)),
        _ if args.unsafe_fixes => Err(Error::Usage("--unsafe-fixes goes with --fix or --diff".to_owned())),
        _ => Ok(Action::Report),
    }
}

fn reads_stdin(args: &CheckArgs) -> Result<bool, Error> {
    let from_stdin = args.paths.iter().any(|path| path == Path::new("-"));
    if from_stdin && args.known.since.is_some() {
        return Err(Error::Usage("--since goes with files, not with standard input".to_owned()));
    }
    if from_stdin && args.paths.len() > 1 {
        return Err(Error::Usage("`-` (standard input) cannot be checked together with files; run twice".to_owned()));
    }
    if !from_stdin && args.files.stdin_filename.is_some() {
        return Err(Error::Usage("--stdin-filename goes with the path `-` (standard input)".to_owned()));
    }
    Ok(from_stdin)
}

/// Lints the files, many at a time, and shows them in order. `keeps_on` tells whether the process goes on when it is done.
fn check_files(
    linters: &[Arc<Linter>],
    jobs: &[Job],
    threads: Option<u16>,
    cache: Option<&Cache>,
    keeps_on: bool,
    run: &mut Run<'_>,
) -> Result<io::Result<()>, Error> {
    let threads = threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|source| Error::Threads { jobs: threads, source })?;
    // What a worker has weighed in one file serves it in the next.
    let workers: Vec<Spares<Worker>> = linters.iter().map(|_| Spares::default()).collect();
    let action = run.action;
    let work = |job: &Job| {
        let make = || linters[job.linter].worker();
        workers[job.linter].with(make, |worker| work::file(worker, &job.target, action, cache))
    };
    let mut progress = Progress::new("checking", jobs.len() as u64, run.console.quiet);
    let mut count = 0;
    for batch in jobs.chunks(pool.current_num_threads() * BATCH_PER_THREAD) {
        let done: Vec<Vec<Done>> = pool.install(|| batch.par_iter().map(work).collect());
        count += batch.len() as u64;
        progress.wipe();
        for file in done.into_iter().flatten() {
            if let Err(error) = run.show(file) {
                return Ok(Err(error));
            }
        }
        // What is found may go to the terminal that the bar is on.
        if progress.is_shown()
            && let Err(error) = run.out.flush()
        {
            return Ok(Err(error));
        }
        progress.at(count);
    }
    if !keeps_on {
        // The process ends soon and gives all back at once; word by word it takes a while.
        std::mem::forget(workers);
    }
    Ok(Ok(()))
}
