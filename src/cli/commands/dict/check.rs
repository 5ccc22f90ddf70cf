//! `orthonym dict check`: what is wrong with entries, shown as `orthonym check` shows its findings.

use crate::cli::console::Console;
use crate::cli::dict_args::DictCheckArgs;
use crate::cli::{Error, Status};
use crate::curation::{self, Collection};
use crate::diagnostic::Severity;
use crate::dictionaries;
use crate::emit::{FileFindings, Tally};
use crate::files::{self, shown};
use std::io::{self, Write};

pub fn run(args: &DictCheckArgs, console: &Console) -> Result<Status, Error> {
    let paths = dictionaries::files(&args.paths)?;
    if paths.is_empty() {
        let folders: Vec<String> = args.paths.iter().map(|path| shown(path)).collect();
        return Err(Error::Usage(format!("no .toml files in {}; name a dictionary's file", folders.join(", "))));
    }
    let sources = paths.iter().map(|path| Ok(files::read(path)?.0)).collect::<Result<Vec<_>, Error>>()?;
    let collection = Collection::parse(sources)?;
    let builtin = dictionaries::builtin();
    let found = curation::check(&collection, |id| !args.no_builtin && builtin.view().find_id(id).is_some());

    let output = &args.output;
    let mut out = match &output.output_file {
        Some(path) => console.file(path)?,
        None => console.stdout(),
    };
    let mut emitter = if output.statistics {
        output.output_format.unwrap_or_default().statistics()
    } else {
        output.output_format.unwrap_or_default().emitter(!console.quiet, &[])
    };
    let mut tally = Tally::default();
    let mut show = || -> io::Result<()> {
        for (file, diagnostics) in collection.files.iter().zip(&found) {
            tally.files += 1;
            diagnostics.iter().for_each(|diagnostic| tally.add(diagnostic));
            let path = shown(file.source.path());
            emitter.file(FileFindings { path: &path, source: &file.source, diagnostics }, &mut out)?;
        }
        emitter.finish(&tally, &mut out)?;
        out.flush()
    };
    match show() {
        // Whoever reads has seen enough. What was found still counts.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        result => result?,
    }
    let is_left =
        found.iter().flatten().any(|diagnostic| diagnostic.severity >= output.fail_on.unwrap_or(Severity::Warning));
    Ok(if is_left && !output.exit_zero { Status::Findings } else { Status::Clean })
}
