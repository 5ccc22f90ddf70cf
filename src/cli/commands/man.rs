//! `orthonym man`: the manual, each command's page after the one before.

use crate::cli::args::Args;
use crate::cli::console::Console;
use crate::cli::{Error, Status};
use clap::CommandFactory;
use std::io::Write;

pub fn run(console: &Console) -> Result<Status, Error> {
    let mut command = Args::command();
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        clap_mangen::Man::new(inner.clone()).render(&mut page)?;
    }
    let mut out = console.stdout();
    out.write_all(&page)?;
    out.flush()?;
    Ok(Status::Clean)
}
