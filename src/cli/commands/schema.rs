//! `orthonym schema`: the JSON Schema of the configuration.

use crate::cli::console::Console;
use crate::cli::{Error, Status};
use crate::config::schema;
use std::io::Write;

pub fn run(console: &Console) -> Result<Status, Error> {
    let mut out = console.stdout();
    writeln!(out, "{:#}", schema::schema())?;
    out.flush()?;
    Ok(Status::Clean)
}
