//! `orthonym clean`: delete the results that are kept from run to run.

use crate::cache::Cache;
use crate::cli::args::CleanArgs;
use crate::cli::console::Console;
use crate::cli::layers::cache_dir_flag;
use crate::cli::{Error, Status};
use crate::config::{Finder, Layer};
use crate::files::{relative, shown};
use std::path::Path;

pub fn run(args: &CleanArgs, console: &Console) -> Result<Status, Error> {
    let flags = Layer { cache_dir: cache_dir_flag(args.cache_dir.as_deref()), ..Layer::default() };
    let config = Finder::new(&args.config.request(flags))?.of_folder(Path::new(""))?;
    let folder = relative(&config.cache_dir());
    let name = shown(&folder);
    match Cache::remove(&folder)? {
        true => console.note(&format!("{name} is deleted")),
        false => console.note(&format!("there is no cache in {name}")),
    }
    Ok(Status::Clean)
}
