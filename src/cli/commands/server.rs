//! `orthonym server`: the language server.

use crate::cli::args::ServerArgs;
use crate::cli::{Error, Status};
use crate::lsp::{self, Options};

pub fn run(args: &ServerArgs) -> Result<Status, Error> {
    let request = args.dictionaries.config.request(args.layer());
    lsp::run_stdio(&Options { request, selection: args.rules.selection() })?;
    Ok(Status::Clean)
}
