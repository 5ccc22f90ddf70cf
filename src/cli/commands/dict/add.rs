//! `orthonym dict add`: a name or a misspelling into a dictionary of one's own, whose comments and order stay.

use crate::cli::console::Console;
use crate::cli::dict_args::DictAddArgs;
use crate::cli::{Error, Status};
use crate::curation::add::{Addition, add};
use crate::files::shown;

pub fn run(args: &DictAddArgs, console: &Console) -> Result<Status, Error> {
    let dictionary = args.dictionaries.open(console)?;
    let addition = Addition {
        name: &args.name,
        is: args.is.as_deref(),
        accepted: args.accepted,
        kind: args.kind,
        native: &args.native,
        source: args.source.as_deref(),
    };
    let entry = add(&args.to, &dictionary, &addition)?;
    console.note(&match &args.is {
        Some(_) => format!("“{}” → {} ({}): {}", args.name, entry.name, entry.id(), shown(&args.to)),
        None => format!("{} ({}): {}", entry.name, entry.id(), shown(&args.to)),
    });
    Ok(Status::Clean)
}
