//! Dictionaries in columns: TSV and CSV, a header and then a name a line.

use super::entry::{Accepted, Entry, Kind};
use super::load::{LoadError, Located, lines, syntax_error};
use crate::span::Span;
use std::path::Path;

/// The columns that there may be.
const COLUMNS: [&str; 7] = ["name", "native", "kind", "aliases", "id", "role", "source"];

/// Reads lines of cells with tabs between; nothing is quoted.
pub fn parse_tsv(path: &Path, text: &str) -> Result<Vec<Located>, LoadError> {
    let mut lines = lines(text);
    let (header, _) = lines.next().unwrap_or_default();
    let columns: Vec<&str> = header.split('\t').map(str::trim).collect();
    check_header(path, text, &columns)?;
    let mut entries = Vec::new();
    for (line, start) in lines {
        if line.trim().is_empty() {
            continue;
        }
        let entry = entry(&columns, line.split('\t')).map_err(|message| syntax_error(path, text, start, message))?;
        entries.push(Located { entry, span: Span::new(start, start + line.len()) });
    }
    Ok(entries)
}

/// Reads comma-separated values as RFC 4180 has them: quoted cells may hold commas, quotes and line breaks.
pub fn parse_csv(path: &Path, text: &str) -> Result<Vec<Located>, LoadError> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut header: Option<Vec<String>> = None;
    let mut entries = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let start = reader.position().byte() as usize;
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(entries),
            Err(error) => return Err(syntax_error(path, text, start, error.to_string())),
        }
        // The reader's place is behind the line before, where blank lines may follow.
        let start = start + text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
        let end = (reader.position().byte() as usize).max(start);
        let Some(columns) = &header else {
            let columns: Vec<String> = record.iter().map(|column| column.trim().to_owned()).collect();
            check_header(path, text, &columns)?;
            header = Some(columns);
            continue;
        };
        let entry = entry(columns, record.iter()).map_err(|message| syntax_error(path, text, start, message))?;
        let end = start + text[start..end].trim_end_matches(['\r', '\n']).len();
        entries.push(Located { entry, span: Span::new(start, end) });
    }
}

fn check_header(path: &Path, text: &str, columns: &[impl AsRef<str>]) -> Result<(), LoadError> {
    for column in columns.iter().map(AsRef::as_ref) {
        if !COLUMNS.contains(&column) {
            let message = format!("unknown column {column:?} in the header; expected one of {}", COLUMNS.join(", "));
            return Err(syntax_error(path, text, 0, message));
        }
    }
    if columns.iter().all(|column| column.as_ref() != "name") {
        return Err(syntax_error(path, text, 0, "the header has no column `name`".to_owned()));
    }
    Ok(())
}

fn entry<'t>(columns: &[impl AsRef<str>], cells: impl Iterator<Item = &'t str>) -> Result<Entry, String> {
    let mut entry = Entry::default();
    for (index, cell) in cells.enumerate() {
        let Some(column) = columns.get(index) else {
            return Err(format!("{} cells, but the header has {} columns", index + 1, columns.len()));
        };
        set_column(&mut entry, column.as_ref(), cell.trim())?;
    }
    if entry.name.is_empty() { Err("no name in this line".to_owned()) } else { Ok(entry) }
}

fn set_column(entry: &mut Entry, column: &str, cell: &str) -> Result<(), String> {
    let list = || cell.split('|').map(str::trim).filter(|item| !item.is_empty());
    if cell.is_empty() {
        return Ok(());
    }
    match column {
        "name" => entry.name = cell.to_owned(),
        "id" => entry.id = cell.to_owned(),
        "source" => entry.source = cell.to_owned(),
        "role" => entry.role = list().map(str::to_owned).collect(),
        "kind" => {
            entry.kind = Kind::parse(cell).ok_or_else(|| {
                format!("unknown kind {cell:?}; expected one of {}", Kind::ALL.map(Kind::name).join(", "))
            })?;
        }
        "aliases" => {
            entry.accepted = list().map(|form| Accepted { form: form.to_owned(), style: Vec::new() }).collect();
        }
        _ => {
            for native in list() {
                let (language, form) = match native.split_once(':') {
                    Some((language, form)) if language.is_ascii() && language.len() <= 3 => (language, form),
                    _ => ("", native),
                };
                entry.add_native(language, form);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_cell_may_hold_commas_and_line_breaks() {
        let text = "name,kind,aliases\n\n\"Lee, Ann\",person,A. Lee|Annie\n\"A\nB\",work,\n";
        let entries = parse_csv(Path::new("a.csv"), text).unwrap();
        assert_eq!(entries[0].entry.name, "Lee, Ann");
        assert_eq!(&text[entries[0].span.range()], "\"Lee, Ann\",person,A. Lee|Annie");
        assert_eq!(entries[0].entry.accepted.len(), 2);
        assert_eq!(entries[1].entry.kind, Kind::Work);
    }

    #[test]
    fn errors_say_the_line() {
        let error = |text| parse_csv(Path::new("a.csv"), text).unwrap_err().to_string();
        assert_eq!(error("name,kind\nA,person\nB,robot\n").split(": ").next(), Some("a.csv:3:1"));
        assert!(error("nom\nA\n").contains("unknown column"));
        assert!(error("name\nA,b\n").contains("2 cells"));
    }
}
