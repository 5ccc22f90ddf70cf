//! `orthonym dict lock`: what the dictionaries in force are now, written down for `--locked`.

use crate::cli::console::Console;
use crate::cli::dict_args::DictLockArgs;
use crate::cli::{Error, Status};
use crate::config::{Finder, Layer};
use crate::files::shown;
use crate::lock::{Lock, LockError};
use crate::profiles;
use std::path::Path;

pub fn run(args: &DictLockArgs, console: &Console) -> Result<Status, Error> {
    let flags = args.dictionaries.layer();
    let config = Finder::new(&args.dictionaries.config.request(flags))?.of_folder(Path::new(""))?;
    // Paths with values of their own may be linted with dictionaries of their own.
    let layers = || std::iter::once(&config.layer).chain(config.layer.overrides.iter().map(|set| &set.value.layer));
    let with_builtin = config.layer.builtin.is_none() || layers().any(uses_builtin);
    let files = layers().flat_map(|layer| &layer.dictionaries).map(|set| set.value.as_path());
    let path = profiles::lock_of(&config);
    let lock = Lock::of(path.parent().unwrap_or(Path::new("")), with_builtin, files)?;
    match Lock::read(&path) {
        Ok(before) => before.changes(&lock).iter().for_each(|change| console.note(change)),
        Err(LockError::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => console.warning(&error.to_string()),
    }
    lock.write(&path)?;
    let noun = if lock.len() == 1 { "dictionary" } else { "dictionaries" };
    console.note(&format!("{} {noun} locked: {}", lock.len(), shown(&path)));
    Ok(Status::Clean)
}

fn uses_builtin(layer: &Layer) -> bool {
    layer.builtin.as_ref().is_some_and(|set| set.value)
}
