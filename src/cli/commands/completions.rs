//! `orthonym completions`: what a shell needs to complete our command line.

use crate::cli::args::{Args, CompletionsArgs};
use crate::cli::console::Console;
use crate::cli::{Error, Status};
use clap::CommandFactory;
use std::io::Write;

pub fn run(args: &CompletionsArgs, console: &Console) -> Result<Status, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "orthonym", &mut script);
    let mut out = console.stdout();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Status::Clean)
}
