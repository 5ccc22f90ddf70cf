//! `orthonym dict import`: other people's files into a dictionary in TOML.

use crate::cli::console::Console;
use crate::cli::dict_args::DictImportArgs;
use crate::cli::progress::Progress;
use crate::cli::{Error, Status};
use crate::curation::toml;
use crate::dictionary::Entry;
use crate::files;
use crate::import::{self, ImportError, Options, Report};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

pub fn run(args: &DictImportArgs, console: &Console) -> Result<Status, Error> {
    let options = Options {
        languages: args.language.clone(),
        classes: args.class.clone(),
        min_sitelinks: args.min_sitelinks,
        columns: args.column.clone(),
        kind: args.kind,
        licence: args.licence.clone(),
    };
    let mut input = open(&args.file, console.quiet)?;
    let mut read = |out: &mut dyn Write| -> Result<Report, ImportError> {
        let mut text = String::new();
        let mut write = |entry: Entry| {
            text.clear();
            toml::write(&entry, &mut text);
            text.push('\n');
            out.write_all(text.as_bytes())
        };
        import::import(args.from, &options, &mut *input, &mut write)
    };
    let result = match &args.output {
        None => {
            let mut out = console.stdout();
            let report = read(&mut out);
            out.flush()?;
            report
        }
        Some(path) => {
            let mut result = Err(ImportError::Format(String::new()));
            let put = files::put_whole(path, |out| {
                result = read(out);
                // What is half imported does not take the place of what was there.
                if result.is_ok() { Ok(()) } else { Err(io::ErrorKind::Other.into()) }
            });
            match (put, result) {
                (Err(source), Ok(_)) => return Err(Error::OutputFile { path: path.clone(), source }),
                (_, result) => result,
            }
        }
    };
    drop(input);
    match result {
        Ok(report) => {
            tell(&report, console);
            Ok(Status::Clean)
        }
        Err(ImportError::Write(error)) => Err(Error::Output(error)),
        Err(source) => Err(Error::Import { path: args.file.clone(), source }),
    }
}

fn tell(report: &Report, console: &Console) {
    console.note(&format!("{} entries", report.entries));
    for (reason, (count, first)) in &report.skipped {
        console.note(&format!("skipped {count}: {reason} (first: {first})"));
    }
}

/// The file, unpacked as it is read; the bar follows the bytes on disk.
fn open(path: &Path, quiet: bool) -> Result<Box<dyn BufRead>, Error> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let cannot = |source| Error::Input { path: path.to_owned(), source };
    let file = File::open(path).map_err(cannot)?;
    let total = file.metadata().map_err(cannot)?.len();
    let counted =
        BufReader::with_capacity(1 << 16, Counted { file, done: 0, bar: Progress::new("importing", total, quiet) });
    let unpacked: Box<dyn Read> = match path.extension().and_then(|extension| extension.to_str()) {
        Some("gz") => Box::new(flate2::bufread::MultiGzDecoder::new(counted)),
        Some("bz2") => Box::new(bzip2::bufread::MultiBzDecoder::new(counted)),
        _ => return Ok(Box::new(counted)),
    };
    Ok(Box::new(BufReader::with_capacity(1 << 16, unpacked)))
}

struct Counted {
    file: File,
    done: u64,
    bar: Progress,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.done += read as u64;
        self.bar.at(self.done);
        Ok(read)
    }
}
