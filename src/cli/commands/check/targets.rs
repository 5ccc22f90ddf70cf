//! Which files are checked.

use crate::cli::Error;
use crate::cli::args::CheckArgs;
use crate::cli::console::Console;
use crate::config::Layer;
use crate::files::{self, Target, WalkOptions, Walked, absolute, shown};
use crate::profiles::Profiles;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A file to check, and the number of the linter that it is checked with.
pub struct Job {
    pub target: Target,
    pub linter: usize,
}

/// The files to check, and whether there was trouble finding them. `layer` is what holds for the run.
pub fn find(
    args: &CheckArgs,
    layer: &Layer,
    profiles: &mut Profiles,
    console: &Console,
) -> Result<(Vec<Job>, bool), Error> {
    let walked = walk(args, layer)?;
    for error in &walked.errors {
        console.error(error);
    }
    for folder in &walked.barren {
        let message =
            "no files to check in {}: none has a name that tells a known format (files given by name are read anyway)";
        console.warning(&message.replace("{}", &shown(folder)));
    }
    let mut jobs = Vec::with_capacity(walked.targets.len());
    for target in walked.targets {
        let linter = profiles.of_file(&target.path);
        profiles.take_warnings().iter().for_each(|warning| console.warning(warning));
        jobs.push(Job { target, linter: linter? });
    }
    Ok((jobs, !walked.errors.is_empty()))
}

/// What the paths lead to.
pub fn walk(args: &CheckArgs, layer: &Layer) -> Result<Walked, Error> {
    let options = WalkOptions {
        format: args.files.format,
        with_data: !args.files.columns.is_empty() || !args.files.text_field.is_empty(),
        ..layer.walk_options(&absolute(Path::new("")))?
    };
    let listed = args.files.file_list.as_deref().map(read_list).transpose()?;
    Ok(files::walk(listed.as_ref().unwrap_or(&args.paths), &options))
}

fn read_list(list: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut bytes = Vec::new();
    if list == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(Error::Stdin)?;
    } else {
        bytes = std::fs::read(list).map_err(|source| Error::FileList { path: list.to_owned(), source })?;
    }
    Ok(listed(&bytes))
}

/// The paths that a list names: with NUL between, or one a line.
fn listed(text: &[u8]) -> Vec<PathBuf> {
    let separator = if text.contains(&0) { 0 } else { b'\n' };
    let trim = |line: &[u8]| match separator {
        0 => line.to_vec(),
        _ => line.strip_suffix(b"\r").unwrap_or(line).to_vec(),
    };
    text.split(|byte| *byte == separator).map(trim).filter(|line| !line.is_empty()).map(path_of).collect()
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}
