//! rigour's `person_names.txt`: `form, form, … => Q123`, name parts across scripts, all in lower case, without languages.

use super::draft::{Draft, is_latin};
use super::{ImportError, Options, Sink, for_each_line};
use std::io::BufRead;

pub fn import(options: &Options, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), ImportError> {
    for_each_line(input, sink, |line, number, sink| {
        if line.trim().is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let Some((forms, id)) = line.rsplit_once("=>") else {
            sink.skip("the line has no `=>`", format_args!("line {number}"));
            return Ok(());
        };
        let id = id.trim();
        let mut draft = Draft::new(options);
        for form in forms.split(',').map(str::trim).filter(|form| !form.is_empty()) {
            if is_latin(form) { draft.name(options, "", &capitalised(form)) } else { draft.native(options, "", form) }
        }
        draft.entry.id = format!("name-{}", id.to_lowercase());
        draft.entry.same_as = Some(id.to_owned());
        draft.finish(options, format!("rigour person_names: {id}"), "MIT", sink)
    })
}

fn capitalised(form: &str) -> String {
    let mut is_start = true;
    let upper = |c: char| {
        let starts = std::mem::replace(&mut is_start, !c.is_alphabetic() && c != '\'');
        if starts { c.to_uppercase().collect::<String>() } else { c.to_string() }
    };
    form.chars().map(upper).collect()
}
