//! Importing: what other people's files know of names, entry by entry. One format, one file.
//!
//! Everything streams: memory holds one entry at a time, whatever the file's size, but for GeoNames, whose lines are in no
//! useful order. What is not taken is counted with a reason: nothing is skipped silently.

mod columns;
mod draft;
mod ftm;
mod geonames;
mod jrc;
mod paranames;
mod rigour;
pub mod tbx;
mod wikidata;

use crate::dictionary::{Entry, Kind};
use std::collections::BTreeMap;
use std::io::{self, BufRead};
use thiserror::Error;

/// A format of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Comma-separated values; --column tells which column is what
    Csv,
    /// A Wikidata JSON dump: an entity a line
    Wikidata,
    /// OpenSanctions and other FollowTheMoney entities: JSON lines
    Ftm,
    /// JRC-Names: id, type, language, name
    Jrc,
    /// GeoNames alternateNamesV2.txt
    Geonames,
    /// ParaNames: wikidata_id, eng, label, language, type
    Paranames,
    /// A TermBase eXchange glossary
    Tbx,
    /// rigour's person_names.txt: form, form => id
    Rigour,
}

/// What is taken, and what is said of where it is from.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Languages of native forms; all where there is none.
    pub languages: Vec<String>,
    /// Wikidata classes (P31); all where there is none.
    pub classes: Vec<String>,
    /// The fewest Wikipedias and the like that have a page.
    pub min_sitelinks: usize,
    /// Field → the column of a .csv.
    pub columns: Vec<(String, String)>,
    /// What bears the names, where the file does not say.
    pub kind: Kind,
    /// Put behind every source; the format's own where it is empty.
    pub licence: String,
}

#[derive(Debug, Error)]
pub enum ImportError {
    #[error("cannot read on")]
    Read(#[source] io::Error),
    #[error("cannot write")]
    Write(#[source] io::Error),
    #[error("{0}")]
    Format(String),
}

/// What was taken and what was not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    pub entries: usize,
    /// Reason → how often, and the first place.
    pub skipped: BTreeMap<&'static str, (usize, String)>,
}

/// Where entries go, and where it is told what did not become one.
struct Sink<'s> {
    write: &'s mut dyn FnMut(Entry) -> io::Result<()>,
    report: Report,
}

impl Sink<'_> {
    fn entry(&mut self, entry: Entry) -> Result<(), ImportError> {
        self.report.entries += 1;
        (self.write)(entry).map_err(ImportError::Write)
    }

    fn skip(&mut self, reason: &'static str, place: impl std::fmt::Display) {
        let (count, _) = self.report.skipped.entry(reason).or_insert_with(|| (0, place.to_string()));
        *count += 1;
    }
}

/// Imports a file; each entry goes to `write` as it is read.
///
/// # Errors
/// The input cannot be read or is not of the format at all, or `write` fails. A bad line is skipped and reported.
pub fn import(
    format: Format,
    options: &Options,
    input: &mut dyn BufRead,
    write: &mut dyn FnMut(Entry) -> io::Result<()>,
) -> Result<Report, ImportError> {
    let mut sink = Sink { write, report: Report::default() };
    match format {
        Format::Csv => columns::import(options, input, &mut sink),
        Format::Wikidata => wikidata::import(options, input, &mut sink),
        Format::Ftm => ftm::import(options, input, &mut sink),
        Format::Jrc => jrc::import(options, input, &mut sink),
        Format::Geonames => geonames::import(options, input, &mut sink),
        Format::Paranames => paranames::import(options, input, &mut sink),
        Format::Tbx => tbx::import(options, input, &mut sink),
        Format::Rigour => rigour::import(options, input, &mut sink),
    }?;
    Ok(sink.report)
}

/// The longest line that is read; a longer one is skipped, so that a file without line breaks is no danger.
const LONGEST_LINE: usize = 64 << 20;

/// Calls `each` with every line and its number, from 1; lines that are no UTF-8 or too long are skipped.
fn for_each_line(
    input: &mut dyn BufRead,
    sink: &mut Sink<'_>,
    mut each: impl FnMut(&str, usize, &mut Sink<'_>) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let mut is_long = false;
        loop {
            let buffer = input.fill_buf().map_err(ImportError::Read)?;
            let end = memchr::memchr(b'\n', buffer).map_or(buffer.len(), |at| at + 1);
            is_long |= line.len() + end > LONGEST_LINE;
            if !is_long {
                line.extend_from_slice(&buffer[..end]);
            }
            let is_done = end == 0 || buffer[end - 1] == b'\n';
            let was_end = end == 0;
            input.consume(end);
            if was_end && line.is_empty() && !is_long {
                return Ok(());
            }
            if is_done {
                break;
            }
        }
        match std::str::from_utf8(&line) {
            _ if is_long => sink.skip("the line is too long", format_args!("line {number}")),
            Err(_) => sink.skip("the line is no UTF-8", format_args!("line {number}")),
            Ok(text) => each(text.trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}'), number, sink)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
