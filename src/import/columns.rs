//! CSV with a column map: `name=Full name`, `native.ar=Arabic`, `accepted=Also known as`, `kind`, `role`, `id`, `source`.
//! Cells with several values have `|` or `;` between.

use super::draft::Draft;
use super::{ImportError, Options, Sink};
use crate::dictionary::Kind;
use std::io::BufRead;

const FIELDS: &str = "name, accepted, kind, role, id, source or native.LANGUAGE";

pub fn import(options: &Options, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), ImportError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let header = reader.headers().map_err(|error| ImportError::Format(error.to_string()))?.clone();
    let mut columns: Vec<(String, usize)> = Vec::new();
    for (field, column) in &options.columns {
        let is_field = ["name", "accepted", "kind", "role", "id", "source"].contains(&field.as_str());
        if !is_field && !field.starts_with("native.") {
            return Err(ImportError::Format(format!("--column {field}={column}: no such field; expected {FIELDS}")));
        }
        let Some(at) = header.iter().position(|name| name.trim() == column) else {
            let known: Vec<&str> = header.iter().collect();
            return Err(ImportError::Format(format!("no column “{column}”; there are {}", known.join(", "))));
        };
        columns.push((field.clone(), at));
    }
    if columns.is_empty() {
        columns = header.iter().enumerate().map(|(at, name)| (name.trim().to_owned(), at)).collect();
    }
    if columns.iter().all(|(field, _)| field != "name") {
        return Err(ImportError::Format("which column holds the name? Say --column name=COLUMN".to_owned()));
    }
    for (row, record) in reader.records().enumerate() {
        let place = format!("row {}", row + 2);
        match record {
            Err(error) => sink.skip("the row is no CSV", format_args!("{place}: {error}")),
            Ok(record) => self::row(options, &columns, &record, place, sink)?,
        }
    }
    Ok(())
}

fn row(
    options: &Options,
    columns: &[(String, usize)],
    record: &csv::StringRecord,
    place: String,
    sink: &mut Sink<'_>,
) -> Result<(), ImportError> {
    let mut draft = Draft::new(options);
    let mut source = place.clone();
    for (field, at) in columns {
        let cell = record.get(*at).unwrap_or_default().trim();
        let list = || cell.split(['|', ';']).map(str::trim).filter(|value| !value.is_empty());
        match field.as_str() {
            _ if cell.is_empty() => {}
            "name" => draft.name(options, "", cell),
            "accepted" => list().for_each(|form| draft.other(options, "", form)),
            "role" => draft.entry.role = list().map(str::to_lowercase).collect(),
            "id" => draft.entry.id = cell.to_owned(),
            "source" => source = cell.to_owned(),
            "kind" => match Kind::parse(&cell.to_lowercase()) {
                Some(kind) => draft.entry.kind = kind,
                None => sink.skip("the kind is unknown; the row is taken without", format_args!("{place}: {cell}")),
            },
            other => {
                if let Some(language) = other.strip_prefix("native.") {
                    list().for_each(|form| draft.native(options, language, form));
                }
            }
        }
    }
    draft.finish(options, source, "", sink)
}
