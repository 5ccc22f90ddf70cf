//! `orthonym schema`: the JSON Schemas of the configuration and of findings.

use crate::cli::args::SchemaOf;
use crate::cli::console::Console;
use crate::cli::{Error, Status};
use crate::config::schema;
use crate::emit::FINDINGS_SCHEMA;
use std::io::Write;

pub fn run(of: SchemaOf, console: &Console) -> Result<Status, Error> {
    let mut out = console.stdout();
    match of {
        SchemaOf::Config => writeln!(out, "{:#}", schema::schema())?,
        SchemaOf::Findings => out.write_all(FINDINGS_SCHEMA.as_bytes())?,
    }
    out.flush()?;
    Ok(Status::Clean)
}
