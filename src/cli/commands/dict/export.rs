//! `orthonym dict export`: all entries as text.

use crate::cli::console::Console;
use crate::cli::dict_args::{DictExportArgs, ExportFormat};
use crate::cli::{Error, Status};
use crate::curation::{self, toml};
use crate::dictionary::{Entry, EntryRef};
use std::io::Write;

pub fn run(args: &DictExportArgs, console: &Console) -> Result<Status, Error> {
    let dictionary = args.dictionaries.open(console)?;
    let mut out = console.stdout();
    if args.output_format == ExportFormat::Tsv {
        writeln!(out, "id\tname\tkind\tnative\taliases\trole\tsource")?;
    }
    let mut text = String::new();
    for (layer, view) in dictionary.views().iter().enumerate() {
        for index in 0..view.entry_count() {
            if dictionary.is_hidden(EntryRef { layer: layer as u16, index }) {
                continue;
            }
            text.clear();
            let entry = curation::entry(view, index);
            match args.output_format {
                ExportFormat::Toml => {
                    toml::write(&entry, &mut text);
                    text.push('\n');
                }
                ExportFormat::Tsv => text = row(&entry),
            }
            out.write_all(text.as_bytes())?;
        }
    }
    out.flush()?;
    Ok(Status::Clean)
}

/// A line of cells; what a .tsv has no column for is left out.
fn row(entry: &Entry) -> String {
    let natives = entry.native.iter().flat_map(|(language, forms)| {
        forms.iter().map(move |form| if language.is_empty() { form.to_owned() } else { format!("{language}:{form}") })
    });
    let natives = natives.collect::<Vec<_>>().join("|");
    let aliases: Vec<&str> =
        entry.accepted.iter().map(|a| a.form.as_str()).chain(entry.short.iter().map(String::as_str)).collect();
    let cells = [
        entry.id(),
        entry.name.clone(),
        entry.kind.name().to_owned(),
        natives,
        aliases.join("|"),
        entry.role.join("|"),
        entry.source.clone(),
    ];
    cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).join("\t") + "\n"
}
