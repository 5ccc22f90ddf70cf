//! `orthonym explain`: why a name is known, garbled or unknown.

use crate::cli::args::ExplainArgs;
use crate::cli::console::Console;
use crate::cli::{Error, Status};
use crate::explain::explained;
use std::io::Write;

pub fn run(args: &ExplainArgs, console: &Console) -> Result<Status, Error> {
    let dictionary = args.dictionaries.open(console)?;
    let language = args.dictionaries.source_language.as_deref();
    let text = explained(&dictionary, &args.name.join(" "), language, args.limit);
    let mut out = console.stdout();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Status::Clean)
}
