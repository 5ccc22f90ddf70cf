//! `orthonym dict compile`: dictionaries into one file that is mapped and used where it lies.

use crate::cli::console::Console;
use crate::cli::dict_args::DictCompileArgs;
use crate::cli::progress::Progress;
use crate::cli::{Error, Status};
use crate::dictionaries;
use crate::dictionary::{self, Compiled, load};
use crate::files::{self, shown};

pub fn run(args: &DictCompileArgs, console: &Console) -> Result<Status, Error> {
    let paths = dictionaries::files(&args.paths)?;
    let mut progress = Progress::new("compiling", paths.len() as u64 + 1, console.quiet);
    let mut entries = Vec::new();
    for (done, path) in paths.iter().enumerate() {
        progress.at(done as u64);
        let (source, _) = files::read(path)?;
        entries.extend(load::parse(path, source.text())?.into_iter().map(|located| located.entry));
    }
    progress.at(paths.len() as u64);
    let bytes = dictionary::compile(&entries);
    files::put_whole(&args.output, |out| out.write_all(&bytes))
        .map_err(|source| Error::OutputFile { path: args.output.clone(), source })?;
    drop(progress);
    let count = Compiled::open(bytes.clone()).map_or(0, |compiled| compiled.view().entry_count());
    console.note(&format!("{count} entries, {} kB: {}", bytes.len().div_ceil(1000), shown(&args.output)));
    Ok(Status::Clean)
}
