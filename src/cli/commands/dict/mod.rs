//! `orthonym dict`: everything about dictionaries. One subcommand, one file.

mod check;
mod stats;

use crate::cli::console::Console;
use crate::cli::dict_args::{DictArgs, DictCommand};
use crate::cli::{Error, Status};

pub fn run(args: &DictArgs, console: &Console) -> Result<Status, Error> {
    match &args.command {
        DictCommand::Check(args) => check::run(args, console),
        DictCommand::Stats(args) => stats::run(args, console),
    }
}
