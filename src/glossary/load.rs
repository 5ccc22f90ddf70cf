//! Reading glossaries: TSV, CSV and TBX.

use super::Term;
use crate::import::{ImportError, tbx};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a glossary cannot be used.
#[derive(Debug, Error)]
pub enum GlossaryError {
    #[error("cannot read the glossary {}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{}:{line}: {message}", path.display())]
    Syntax { path: PathBuf, line: usize, message: String },
    #[error("cannot read the glossary {}", path.display())]
    Tbx { path: PathBuf, source: ImportError },
    #[error("{}: not a glossary that orthonym reads; use .tsv, .csv or .tbx", path.display())]
    UnknownFormat { path: PathBuf },
}

const COLUMNS: [&str; 4] = ["source", "target", "forbidden", "note"];

/// Reads a file's terms behind those that are there.
pub(super) fn file(path: &Path, target_language: &str, terms: &mut Vec<Term>) -> Result<(), GlossaryError> {
    let extension = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    let separator = match extension.as_deref() {
        Some("tsv") => b'\t',
        Some("csv") => b',',
        Some("tbx") => return concepts(path, target_language, terms),
        _ => return Err(GlossaryError::UnknownFormat { path: path.to_owned() }),
    };
    let text = std::fs::read_to_string(path).map_err(|source| GlossaryError::Io { path: path.to_owned(), source })?;
    let wrong = |line, message| GlossaryError::Syntax { path: path.to_owned(), line, message };
    rows(text.strip_prefix('\u{feff}').unwrap_or(&text), separator, terms)
        .map_err(|(line, message)| wrong(line, message))
}

/// Reads lines of cells; an error is a line and what is wrong with it.
pub(super) fn rows(text: &str, separator: u8, terms: &mut Vec<Term>) -> Result<(), (usize, String)> {
    let mut reader = csv::ReaderBuilder::new();
    reader.delimiter(separator).quoting(separator == b',').flexible(true).trim(csv::Trim::All);
    let mut reader = reader.from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| (1, error.to_string()))?.clone();
    let column = |name: &str| header.iter().position(|column| column == name);
    if let Some(unknown) = header.iter().find(|column| !COLUMNS.contains(column)) {
        return Err((1, format!("unknown column {unknown:?} in the header; expected one of {}", COLUMNS.join(", "))));
    }
    let Some(source) = column("source") else { return Err((1, "the header has no column `source`".to_owned())) };
    let (target, forbidden) = (column("target"), column("forbidden"));
    for row in reader.records() {
        let line = |row: &csv::StringRecord| row.position().map_or(1, |at| at.line() as usize);
        let row = row.map_err(|error| (error.position().map_or(1, |at| at.line() as usize), error.to_string()))?;
        let list = |at: Option<usize>| -> Vec<String> {
            let cell = at.and_then(|at| row.get(at)).unwrap_or_default();
            cell.split('|').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let term = Term {
            source: row.get(source).unwrap_or_default().to_owned(),
            targets: list(target),
            forbidden: list(forbidden),
        };
        if term.source.is_empty() {
            return Err((line(&row), "no source in this line".to_owned()));
        }
        if term.targets.is_empty() && term.forbidden.is_empty() {
            return Err((line(&row), "neither a target nor a forbidden one in this line".to_owned()));
        }
        terms.push(term);
    }
    Ok(())
}

fn concepts(path: &Path, target_language: &str, terms: &mut Vec<Term>) -> Result<(), GlossaryError> {
    let file = std::fs::File::open(path).map_err(|source| GlossaryError::Io { path: path.to_owned(), source })?;
    let mut input = std::io::BufReader::new(file);
    let take = |concept: tbx::Concept| {
        let is_target = |language: &str| language.split(['-', '_']).next() == Some(target_language);
        let (ours, theirs): (Vec<_>, Vec<_>) =
            concept.terms.into_iter().partition(|(language, ..)| is_target(language));
        let ours_that_are = |right: bool| -> Vec<String> {
            ours.iter().filter(|(.., is_right)| *is_right == right).map(|(_, term, _)| term.clone()).collect()
        };
        for (_, source, _) in theirs.iter().filter(|(_, source, _)| !source.trim().is_empty() && !ours.is_empty()) {
            let source = source.clone();
            terms.push(Term { source, targets: ours_that_are(true), forbidden: ours_that_are(false) });
        }
        Ok(())
    };
    tbx::read(&mut input, take).map_err(|source| GlossaryError::Tbx { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_ways_to_say_it_are_parted_by_bars_and_errors_say_the_line() {
        let mut terms = Vec::new();
        rows("source\ttarget\tforbidden\nfichier\tfile | \"doc\"\tarchive\n", b'\t', &mut terms).unwrap();
        assert_eq!(terms[0].targets, ["file", "\"doc\""]);
        assert_eq!(terms[0].forbidden, ["archive"]);
        rows("source,target\n\"un, deux\",\"one, two\"\n", b',', &mut terms).unwrap();
        assert_eq!(terms[1].source, "un, deux");
        assert_eq!(rows("source\ttarget\nx\ty\n\ty\n", b'\t', &mut terms).unwrap_err().0, 3);
        assert_eq!(rows("source\ttarget\nx\t\n", b'\t', &mut terms).unwrap_err().0, 2);
        assert!(rows("quelle\n", b'\t', &mut terms).unwrap_err().1.contains("source, target, forbidden, note"));
    }

    #[test]
    fn of_a_tbx_file_deprecated_terms_are_forbidden() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tbx");
        let text = "<tbx><text><body><termEntry id=\"1\"><langSet xml:lang=\"fr\"><tig><term>disque dur</term></tig></langSet>\
            <langSet xml:lang=\"en-GB\"><tig><term>hard disk</term></tig><tig><term>fixed disk</term>\
            <termNote type=\"administrativeStatus\">deprecatedTerm-admn-sts</termNote></tig></langSet></termEntry></body></text></tbx>";
        std::fs::write(&path, text).unwrap();
        let mut terms = Vec::new();
        file(&path, "en", &mut terms).unwrap();
        let list = |text: &str| vec![text.to_owned()];
        let term = Term { source: "disque dur".to_owned(), targets: list("hard disk"), forbidden: list("fixed disk") };
        assert_eq!(terms, [term]);
    }
}
