//! ParaNames: a header with wikidata_id, eng, label, language, type; the lines of an id stand together.

use super::draft::Draft;
use super::{ImportError, Options, Sink, for_each_line};
use crate::dictionary::Kind;
use std::io::BufRead;

const COLUMNS: [&str; 5] = ["wikidata_id", "eng", "label", "language", "type"];

pub fn import(options: &Options, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), ImportError> {
    let mut places: Option<[usize; 5]> = None;
    let mut open: Option<(String, Draft)> = None;
    for_each_line(input, sink, |line, number, sink| {
        let cells: Vec<&str> = line.split('\t').collect();
        let Some(columns) = places else {
            let find = |name: &&str| cells.iter().position(|cell| cell.trim() == *name);
            let found: Option<Vec<usize>> = COLUMNS.iter().map(find).collect();
            places = found.and_then(|found| found.try_into().ok());
            return match places {
                Some(_) => Ok(()),
                None => Err(ImportError::Format(format!("the header lacks one of {}", COLUMNS.join(", ")))),
            };
        };
        let cell = |column: usize| cells.get(columns[column]).copied().unwrap_or_default().trim();
        let (id, english, label, language, kind) = (cell(0), cell(1), cell(2), cell(3), cell(4));
        if id.is_empty() || english.is_empty() {
            sink.skip("the line has no id or no English name", format_args!("line {number}"));
            return Ok(());
        }
        if open.as_ref().is_none_or(|(current, _)| current != id) {
            close(options, open.take(), sink)?;
            let mut draft = Draft::new(options);
            draft.entry.id = id.to_lowercase();
            draft.entry.same_as = Some(id.to_owned());
            draft.entry.kind = match kind {
                "ORG" => Kind::Organisation,
                "LOC" => Kind::Place,
                _ => Kind::Person,
            };
            draft.name(options, "en", english);
            open = Some((id.to_owned(), draft));
        }
        if let Some((_, draft)) = &mut open {
            draft.native(options, language, label);
        }
        Ok(())
    })?;
    close(options, open, sink)
}

fn close(options: &Options, open: Option<(String, Draft)>, sink: &mut Sink<'_>) -> Result<(), ImportError> {
    match open {
        Some((id, draft)) => draft.finish(options, format!("ParaNames {id}"), "CC BY 4.0", sink),
        None => Ok(()),
    }
}
