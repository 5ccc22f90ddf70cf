//! `orthonym suggest`: the dictionary's entries for names given by themselves.

use crate::cli::args::{SuggestArgs, SuggestFormat};
use crate::cli::console::Console;
use crate::cli::spares::Spares;
use crate::cli::{Error, Status};
use crate::emit::display::safe;
use crate::names::answer::{Answer, answer};
use crate::names::rank::Ranker;
use rayon::prelude::*;
use std::io::{self, BufRead, BufReader, Write};

/// The most lines that are weighed before the first is answered.
const BATCH: usize = 1024;

pub fn run(args: &SuggestArgs, console: &Console) -> Result<Status, Error> {
    let dictionary = args.dictionaries.open(console)?;
    let mut out = console.stdout();
    if args.names != ["-"] {
        if args.names.iter().any(|name| name == "-") {
            return Err(Error::Usage("`-` (standard input) cannot be mixed with names; run twice".to_owned()));
        }
        let mut ranker = Ranker::new(&dictionary);
        for name in &args.names {
            write(&answer(&mut ranker, name, args.limit), args.output_format, &mut out)?;
        }
        out.flush()?;
        return Ok(Status::Clean);
    }
    let rankers = Spares::default();
    let mut input = BufReader::with_capacity(1 << 16, io::stdin().lock());
    loop {
        let names = batch(&mut input).map_err(Error::Stdin)?;
        if names.is_empty() {
            break;
        }
        let work = |name: &String| rankers.with(|| Ranker::new(&dictionary), |ranker| answer(ranker, name, args.limit));
        let answers: Vec<Answer> = names.par_iter().map(work).collect();
        for answer in &answers {
            write(answer, args.output_format, &mut out)?;
        }
        // Nothing more lies ready: whoever asks may be waiting for the answer before asking again.
        if input.buffer().is_empty() {
            out.flush()?;
        }
    }
    out.flush()?;
    Ok(Status::Clean)
}

/// The next lines: one that is waited for, then those that are there already. What is no UTF-8 is read as U+FFFD.
fn batch(input: &mut BufReader<impl io::Read>) -> io::Result<Vec<String>> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    while lines.is_empty() || (lines.len() < BATCH && memchr::memchr(b'\n', input.buffer()).is_some()) {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let text = String::from_utf8_lossy(&line);
        lines.push(text.trim_end_matches(['\n', '\r']).to_owned());
    }
    Ok(lines)
}

fn write(answer: &Answer, format: SuggestFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        SuggestFormat::JsonLines => {
            serde_json::to_writer(&mut *out, answer)?;
            out.write_all(b"\n")
        }
        SuggestFormat::Text => {
            let choices = answer.candidates.iter();
            let choices = choices.map(|c| format!("{} ({}, {:.0} %)", safe(&c.text), c.entry, c.confidence * 100.0));
            let choices = choices.collect::<Vec<_>>().join("\t");
            writeln!(out, "{}\t{}\t{choices}", safe(&answer.query), crate::explain::word(answer.verdict))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_name_blank_ones_and_the_last_included() {
        let mut input = BufReader::new("Eduy Blenil\r\n\nOmar\nlast".as_bytes());
        let mut names = Vec::new();
        loop {
            match batch(&mut input).unwrap() {
                lines if lines.is_empty() => break,
                lines => names.extend(lines),
            }
        }
        assert_eq!(names, ["Eduy Blenil", "", "Omar", "last"]);
    }
}
