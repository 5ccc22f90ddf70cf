//! `orthonym dict`: everything about dictionaries. One subcommand, one file.

mod add;
mod check;
mod compile;
mod export;
mod import;
mod lock;
mod schema;
mod show;
mod stats;

use crate::cli::console::Console;
use crate::cli::dict_args::{DictArgs, DictCommand};
use crate::cli::{Error, Status};

pub fn run(args: &DictArgs, console: &Console) -> Result<Status, Error> {
    match &args.command {
        DictCommand::Check(args) => check::run(args, console),
        DictCommand::Stats(args) => stats::run(args, console),
        DictCommand::Compile(args) => compile::run(args, console),
        DictCommand::Show(args) => show::run(args, console),
        DictCommand::Export(args) => export::run(args, console),
        DictCommand::Add(args) => add::run(args, console),
        DictCommand::Import(args) => import::run(args, console),
        DictCommand::Lock(args) => lock::run(args, console),
        DictCommand::Schema => schema::run(console),
    }
}
