//! What can be said behind `orthonym dict`.

use super::args::{DictionaryArgs, OutputArgs};
use crate::dictionary::Kind;
use crate::import;
use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

/// Check, count, compile and edit dictionaries
#[derive(Debug, clap::Args)]
pub struct DictArgs {
    #[command(subcommand)]
    pub command: DictCommand,
}

#[derive(Debug, Subcommand)]
pub enum DictCommand {
    Check(DictCheckArgs),
    Stats(DictStatsArgs),
    Compile(DictCompileArgs),
    Show(DictShowArgs),
    Export(DictExportArgs),
    Add(DictAddArgs),
    Import(DictImportArgs),
    Lock(DictLockArgs),
    /// Print the JSON Schema of dictionaries in TOML
    Schema,
}

/// Find what is wrong with entries: duplicates, forms that two entries claim, native forms that hardly read as the name
#[derive(Debug, clap::Args)]
pub struct DictCheckArgs {
    /// Dictionaries (.toml, .tsv, .txt), or folders of .toml files; they are checked together
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Do not take the built-in dictionary's ids for known
    #[arg(long)]
    pub no_builtin: bool,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Count entries by kind, script, language and source
#[derive(Debug, clap::Args)]
pub struct DictStatsArgs {
    /// Dictionaries, or folders of .toml files [default: the built-in dictionary]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How the counts are shown
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub output_format: StatsFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatsFormat {
    Text,
    Json,
}

/// Compile dictionaries into one file that needs no loading: it is mapped and used where it lies
#[derive(Debug, clap::Args)]
pub struct DictCompileArgs {
    /// Dictionaries (.toml, .tsv, .csv, .txt), or folders of .toml files; of entries with one id the last stands
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The compiled file
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

/// Print entries as TOML
#[derive(Debug, clap::Args)]
pub struct DictShowArgs {
    /// Ids, or right names
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
    #[command(flatten)]
    pub dictionaries: DictionaryArgs,
}

/// Print all entries of the dictionaries, one above the other as a run uses them
#[derive(Debug, clap::Args)]
pub struct DictExportArgs {
    /// How they are written
    #[arg(long, value_name = "FORMAT", default_value = "toml")]
    pub output_format: ExportFormat,
    #[command(flatten)]
    pub dictionaries: DictionaryArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// The full model
    Toml,
    /// A header, then an entry a line
    Tsv,
}

/// Write a name, or a misspelling of one, into a dictionary of your own
///
/// orthonym dict add "Eduy Blenil" --is "Edwy Plenel" settles that the one is always the other. An entry of another dictionary is
/// copied into yours, where it takes the other's place.
#[derive(Debug, clap::Args)]
pub struct DictAddArgs {
    /// A right name; with --is, a wrong one
    #[arg(value_name = "NAME")]
    pub name: String,
    /// What NAME should be: a right name, or an id
    #[arg(long, value_name = "NAME")]
    pub is: Option<String>,
    /// With --is: NAME is right as well
    #[arg(long, requires = "is")]
    pub accepted: bool,
    /// What bears a name that no dictionary has
    #[arg(long, value_name = "KIND", default_value = "person", value_parser = kind)]
    pub kind: Kind,
    /// How another language writes it: ar=إدوي بلينيل
    #[arg(long, value_name = "LANGUAGE=FORM", value_parser = native)]
    pub native: Vec<(String, String)>,
    /// Where it can be checked
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
    /// Your dictionary; it is made if it is not there
    #[arg(long, value_name = "FILE", default_value = "names.toml")]
    pub to: PathBuf,
    #[command(flatten)]
    pub dictionaries: DictionaryArgs,
}

/// Make a dictionary of what other people's files know
///
/// It streams: memory does not grow with the file (but for geonames). What is not taken is reported with a reason.
#[derive(Debug, clap::Args)]
pub struct DictImportArgs {
    /// The file, packed as .gz or .bz2 or not, or - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What the file is
    #[arg(long, value_name = "FORMAT")]
    pub from: import::Format,
    /// The dictionary in TOML that is written [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Take native forms of these languages only
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',')]
    pub language: Vec<String>,
    /// wikidata: take instances of these classes only (Q5: people)
    #[arg(long, value_name = "Q", value_delimiter = ',')]
    pub class: Vec<String>,
    /// wikidata: the fewest sitelinks
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub min_sitelinks: usize,
    /// csv: which column is what: name=Full name, native.ar=Arabic, accepted=AKA, kind=…, role=…, id=…, source=…
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = pair)]
    pub column: Vec<(String, String)>,
    /// What bears the names, where the file does not say
    #[arg(long, value_name = "KIND", default_value = "person", value_parser = kind)]
    pub kind: Kind,
    /// The licence that is recorded with every source, in place of the format's own
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub licence: String,
}

/// Write down the hashes of the dictionaries in force, for --locked to hold later runs to
///
/// orthonym.lock is written beside the configuration, or where you are if there is none. Run it again to take in what has changed.
#[derive(Debug, clap::Args)]
pub struct DictLockArgs {
    #[command(flatten)]
    pub dictionaries: DictionaryArgs,
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, column)) if !field.is_empty() && !column.is_empty() => Ok((field.into(), column.into())),
        _ => Err("expected a field and a column, such as name=Full name".to_owned()),
    }
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::parse(text).ok_or_else(|| format!("expected one of {}", Kind::ALL.map(Kind::name).join(", ")))
}

fn native(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((language, form)) if !language.is_empty() && !form.is_empty() => Ok((language.into(), form.into())),
        _ => Err("expected a language and a form, such as ru=Эдви Пленель".to_owned()),
    }
}
