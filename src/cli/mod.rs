//! The command line: arguments in, exit status out. One command, one file.
//!
//! The only part that prints, and the only one that knows of all others.

pub mod args;
mod changed;
mod commands;
mod console;
pub mod dict_args;
mod error;
mod layers;
mod progress;
mod spares;
mod work;

use args::{Args, Command};
use clap::Parser;
use console::Console;
use error::Error;
use std::ffi::OsString;
use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// Nothing is left that `--fail-on` asks about.
    Clean,
    /// Something is.
    Findings,
    /// Something could not be done: usage, configuration, a file.
    Trouble,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(match status {
            Status::Clean => 0,
            Status::Findings => 1,
            Status::Trouble => 2,
        })
    }
}

/// Runs the command line, program name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // Help is asked for and goes to stdout, an error to stderr; a closed pipe is nobody's fault.
            let _ = error.print();
            return if error.use_stderr() { Status::Trouble } else { Status::Clean }.into();
        }
    };
    let console = Console::new(&args.global);
    let result = match &args.command {
        Command::Check(args) => commands::check::run(args, &console),
        Command::Suggest(args) => commands::suggest::run(args, &console),
        Command::Explain(args) => commands::explain::run(args, &console),
        Command::Dict(args) => commands::dict::run(args, &console),
        Command::Rule(args) => commands::rule::run(args, &console),
        Command::Config(args) => commands::config::run(args, &console),
        Command::Init(args) => commands::init::run(args, &console),
        Command::Clean(args) => commands::clean::run(args, &console),
        Command::Server(args) => commands::server::run(args),
        Command::Schema { of } => commands::schema::run(*of, &console),
        Command::Completions(args) => commands::completions::run(args, &console),
        Command::Man => commands::man::run(&console),
    };
    match result {
        Ok(status) => status.into(),
        Err(Error::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => Status::Clean.into(),
        Err(error) => {
            console.error(&error);
            Status::Trouble.into()
        }
    }
}
