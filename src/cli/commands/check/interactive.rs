//! `--interactive`: one finding at a time, in a plain terminal. A file is written when all of its findings are decided.

use super::targets::Job;
use crate::baseline::Baseline;
use crate::cli::console::Console;
use crate::cli::{Error, Status};
use crate::config::Config;
use crate::config::write::{self, Ignored};
use crate::edits::Edits;
use crate::emit::{FileFindings, OutputFormat};
use crate::files::{self, shown};
use crate::lint::Linter;
use crate::review::{Answer, Review};
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::sync::Arc;

const HELP: &str = "y apply the first · n leave · a apply wherever it is the same · 1-9 apply that one · e write it yourself · \
                    s skip the file · i ignore always · u undo · q quit";

/// Asks about every finding of every file.
///
/// # Errors
/// A file cannot be written, or nobody can be asked.
pub fn run(
    linters: &[Arc<Linter>],
    jobs: &[Job],
    config: &Config,
    mut baseline: Option<Baseline>,
    console: &Console,
) -> Result<Status, Error> {
    let mut input = io::stdin().lock();
    let mut workers: Vec<_> = linters.iter().map(|linter| linter.worker()).collect();
    let mut ignored: Vec<String> = Vec::new();
    let (mut written, mut left) = (0, 0);
    for job in jobs {
        let path = &job.target.path;
        let (source, stamp) = files::open(&job.target, workers[job.linter].read_options())?;
        let mut found = workers[job.linter].lint(&source, job.target.format).diagnostics;
        if let Some(baseline) = &mut baseline {
            baseline.leave_new(path, &mut found);
        }
        found.retain(|finding| !ignored.contains(&finding.text));
        let mut review = Review::new(&found);
        while let Some(finding) = review.current() {
            let mut out = console.stdout();
            let name = shown(path);
            let file = FileFindings { path: &name, source: &source, diagnostics: std::slice::from_ref(finding) };
            OutputFormat::Full.emitter(false, &[]).file(file, &mut out)?;
            for (index, suggestion) in finding.suggestions.iter().take(9).enumerate() {
                writeln!(out, "  {}  {}", index + 1, crate::emit::display::safe(&suggestion.text))?;
            }
            let (number, of) = review.progress();
            write!(out, "{number}/{of} [y/n/a/1-9/e/s/i/u/q/?] ")?;
            out.flush()?;
            drop(out);
            match ask(&mut input)? {
                Some(answer) => {
                    if let Err(refusal) = review.answer(&answer) {
                        console.note(refusal.message());
                    }
                }
                None => console.note(HELP),
            }
        }
        let has_quit = review.has_quit();
        let (chosen, to_ignore) = review.finish();
        let mut edits = Edits::of(&source);
        let applied = chosen.iter().filter(|one| edits.add(one).is_ok()).count();
        if !edits.is_empty() {
            files::replace(path, stamp, |bytes| edits.splice(bytes))?;
        }
        written += applied;
        let forgiven = found.iter().filter(|finding| to_ignore.contains(&finding.text)).count();
        left += found.len().saturating_sub(applied + forgiven);
        remember(&to_ignore, config, console)?;
        ignored.extend(to_ignore);
        if has_quit {
            break;
        }
    }
    console.note(&format!("{written} applied, {left} left"));
    Ok(if left > 0 { Status::Findings } else { Status::Clean })
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
