//! `orthonym init`: a configuration file to begin with.

use crate::cli::args::InitArgs;
use crate::cli::console::Console;
use crate::cli::{Error, Status};
use crate::config::template;
use crate::files::shown;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

pub fn run(args: &InitArgs, console: &Console) -> Result<Status, Error> {
    let path = &args.file;
    let created = OpenOptions::new().write(true).create_new(true).open(path);
    match created.and_then(|mut file| file.write_all(template::template().as_bytes())) {
        Ok(()) => {
            console.note(&format!("wrote {}", shown(path)));
            Ok(Status::Clean)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(Error::Usage(format!("{} is there already and is left as it is", shown(path))))
        }
        Err(source) => Err(Error::OutputFile { path: path.clone(), source }),
    }
}
