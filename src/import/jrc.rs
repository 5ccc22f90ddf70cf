//! JRC-Names `entities`: id, type, language, Name+With+Plus; the lines of an id stand together. Variants are attested somewhere,
//! which makes none of them right: the first Latin one names the entry, native ones are taken, the other Latin ones are not.

use super::draft::{Draft, is_latin};
use super::{ImportError, Options, Sink, for_each_line};
use crate::dictionary::Kind;
use std::io::BufRead;

const LICENCE: &str = "© European Union, JRC-Names";

pub fn import(options: &Options, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), ImportError> {
    let mut open: Option<(String, Draft)> = None;
    for_each_line(input, sink, |line, number, sink| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, kind, language, name] = cells[..] else {
            if !line.trim().is_empty() && !line.starts_with('#') {
                sink.skip("the line has not four cells", format_args!("line {number}"));
            }
            return Ok(());
        };
        if id == "0" || name.trim().is_empty() {
            sink.skip("id 0 and nameless rows are no entities", format_args!("line {number}"));
            return Ok(());
        }
        if open.as_ref().is_none_or(|(current, _)| current != id) {
            close(options, open.take(), sink)?;
            let mut draft = Draft::new(options);
            draft.entry.id = format!("jrc-{id}");
            draft.entry.kind = if kind == "O" { Kind::Organisation } else { Kind::Person };
            open = Some((id.to_owned(), draft));
        }
        let Some((_, draft)) = &mut open else { return Ok(()) };
        let name = name.replace('+', " ");
        // “u”: the same in all languages.
        let language = if language == "u" { "" } else { language };
        if !is_latin(&name) {
            draft.native(options, language, &name);
        } else if draft.entry.name.is_empty() {
            draft.name(options, language, &name);
        } else {
            sink.skip("a variant is attested, which makes it no right form", format_args!("line {number}: {name}"));
        }
        Ok(())
    })?;
    close(options, open, sink)
}

fn close(options: &Options, open: Option<(String, Draft)>, sink: &mut Sink<'_>) -> Result<(), ImportError> {
    match open {
        Some((id, draft)) => draft.finish(options, format!("JRC-Names {id}"), LICENCE, sink),
        None => Ok(()),
    }
}
