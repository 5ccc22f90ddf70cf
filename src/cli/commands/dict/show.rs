//! `orthonym dict show`: what a dictionary knows of a name.

use crate::cli::console::Console;
use crate::cli::dict_args::DictShowArgs;
use crate::cli::{Error, Status};
use crate::curation::add::{find, unknown};
use crate::curation::{self, toml};
use std::io::Write;

pub fn run(args: &DictShowArgs, console: &Console) -> Result<Status, Error> {
    let dictionary = args.dictionaries.open(console)?;
    let mut text = String::new();
    let mut is_missing = false;
    for id in &args.ids {
        let found = find(&dictionary, id);
        if found.is_empty() {
            is_missing = true;
            console.error(&unknown(&dictionary, id));
        }
        for entry in found {
            if !text.is_empty() {
                text.push('\n');
            }
            toml::write(&curation::entry(&dictionary.views()[usize::from(entry.layer)], entry.index), &mut text);
        }
    }
    let mut out = console.stdout();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(if is_missing { Status::Trouble } else { Status::Clean })
}
