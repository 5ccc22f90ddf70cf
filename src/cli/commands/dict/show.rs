//! `orthonym dict show`: what a dictionary knows of a name.

use crate::cli::console::Console;
use crate::cli::dict_args::DictShowArgs;
use crate::cli::{Error, Status};
use crate::curation::{self, toml};
use crate::dictionary::{Dictionary, EntryRef};
use crate::names::query;
use crate::names::rank::Ranker;
use std::io::Write;

pub fn run(args: &DictShowArgs, console: &Console) -> Result<Status, Error> {
    let dictionary = args.dictionaries.open(console)?;
    let mut text = String::new();
    let mut is_missing = false;
    for id in &args.ids {
        let found = find(&dictionary, id);
        if found.is_empty() {
            is_missing = true;
            console.error(&Error::Usage(unknown(&dictionary, id)));
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

/// The entry of that id, or those of which it is a right name.
pub fn find(dictionary: &Dictionary, name: &str) -> Vec<EntryRef> {
    if let Some(entry) = dictionary.find_id(name) {
        return vec![entry];
    }
    let ranker = Ranker::new(dictionary);
    let mut found = Vec::new();
    for exact in ranker.exact(&query::words(name)) {
        if exact.kind.is_right() && !found.contains(&exact.entry) {
            found.push(exact.entry);
        }
    }
    found
}

/// What is said of a name that no dictionary has.
pub fn unknown(dictionary: &Dictionary, name: &str) -> String {
    let mut ranker = Ranker::new(dictionary);
    let near = crate::names::answer::answer(&mut ranker, name, 1);
    let near = near.candidates.first().map(|choice| format!("; did you mean {} ({})?", choice.text, choice.entry));
    format!("no dictionary has the id or name “{name}”{}", near.unwrap_or_default())
}
