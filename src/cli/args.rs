//! What can be said on the command line.

use super::dict_args::DictArgs;
use crate::config;
use crate::diagnostic::Severity;
use crate::document::{Format, ReadOptions};
use crate::emit::OutputFormat;
use crate::rules::{Selection, Selector};
use crate::source::Encoding;
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Find names garbled by machine translation, say what they should be, and fix them.
#[derive(Debug, Parser)]
#[command(name = "orthonym", version, max_term_width = 100)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: GlobalArgs,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Check(Box<CheckArgs>),
    Suggest(SuggestArgs),
    Explain(ExplainArgs),
    Dict(DictArgs),
    Rule(RuleArgs),
    Config(ConfigCommandArgs),
    Init(InitArgs),
    Server(ServerArgs),
    Clean(CleanArgs),
    /// Print a JSON Schema: of the configuration, or of the findings that json and json-lines write
    Schema {
        #[arg(value_enum, default_value_t, value_name = "OF")]
        of: SchemaOf,
    },
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
}

#[derive(Debug, clap::Args)]
pub struct GlobalArgs {
    /// When to use colours; auto honours NO_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
    /// Print findings and errors, nothing else
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// List the files that are read and the time that each takes
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// What a JSON Schema is printed of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    #[default]
    Config,
    /// The array of json; a line of json-lines is one of its items
    Findings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// Lint files
///
/// Exit status: 0 if nothing at or above --fail-on is left, 1 if something is, 2 if something could not be done.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Files and folders, or - for standard input
    #[arg(default_value = ".", value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Apply the fixes that are safe
    #[arg(long, conflicts_with = "diff", help_heading = "Fixing")]
    pub fix: bool,
    /// With --fix or --diff: apply the fixes that are not safe, too
    #[arg(long, help_heading = "Fixing")]
    pub unsafe_fixes: bool,
    /// Print what --fix would change as a unified diff and write nothing; exit status 1 if there is a difference
    #[arg(long, conflicts_with = "statistics", help_heading = "Fixing")]
    pub diff: bool,
    /// Apply fixes, and report nothing of what is left
    #[arg(long, conflicts_with_all = ["diff", "statistics"], help_heading = "Fixing")]
    pub fix_only: bool,
    /// Decide about each finding; a file is written when all of its findings are decided
    #[arg(long, conflicts_with_all = NOT_INTERACTIVE, help_heading = "Fixing")]
    pub interactive: bool,
    /// List the fixes that were applied
    #[arg(long, help_heading = "Fixing")]
    pub show_fixes: bool,

    /// Check again whenever a file changes
    #[arg(long, conflicts_with_all = ["fix", "fix_only", "diff", "interactive", "write_baseline", "prune_baseline"])]
    pub watch: bool,

    #[command(flatten)]
    pub rules: RuleSelectionArgs,
    #[command(flatten)]
    pub dictionaries: DictionaryArgs,
    #[command(flatten)]
    pub files: FileArgs,
    #[command(flatten)]
    pub known: KnownArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub cache: CacheArgs,
}

/// Where results are kept from run to run.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Cache")]
pub struct CacheArgs {
    /// Lint every file anew, and keep no results
    #[arg(long)]
    pub no_cache: bool,
    /// Where results are kept from run to run [default: .orthonym-cache beside the configuration] [env: ORTHONYM_CACHE_DIR=]
    #[arg(long, value_name = "FOLDER")]
    pub cache_dir: Option<PathBuf>,
}

/// What is not to be told again.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Known findings")]
pub struct KnownArgs {
    /// Report what this file does not know
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write all findings to the baseline [default: orthonym-baseline.json]
    #[arg(long, conflicts_with_all = ["prune_baseline", "fix", "fix_only", "diff"])]
    pub write_baseline: bool,
    /// Drop from the baseline what is not found any more
    #[arg(long)]
    pub prune_baseline: bool,
    /// Report what lies on lines that changed since a revision, as git says
    #[arg(long, value_name = "REVISION", conflicts_with_all = ["write_baseline", "prune_baseline", "fix", "fix_only", "diff"])]
    pub since: Option<String>,
}

/// What makes no sense where somebody is asked about each finding.
const NOT_INTERACTIVE: [&str; 10] = [
    "fix",
    "fix_only",
    "diff",
    "unsafe_fixes",
    "output_format",
    "output_file",
    "statistics",
    "write_baseline",
    "prune_baseline",
    "since",
];

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Rules")]
pub struct RuleSelectionArgs {
    /// Run these rules, in place of those that are on by default: names/acronym, names, all
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<Selector>,
    /// Run these rules as well
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub extend_select: Vec<Selector>,
    /// Do not run these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<Selector>,
    /// Report findings at least this sure, 0 to 1 [default: 0.5]
    #[arg(long, value_name = "P", value_parser = probability)]
    pub min_confidence: Option<f32>,
    /// Hold translations to this glossary as well: .tsv, .csv, .tbx
    #[arg(long, value_name = "FILE")]
    pub glossary: Vec<PathBuf>,
}

impl RuleSelectionArgs {
    pub fn selection(&self) -> Selection {
        Selection { select: self.select.clone(), extend: self.extend_select.clone(), ignore: self.ignore.clone() }
    }
}

/// The dictionary and the languages: what every command that weighs names takes.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Dictionaries")]
pub struct DictionaryArgs {
    /// Use this dictionary as well: .toml, .tsv, .csv, .txt, or compiled
    #[arg(long, value_name = "FILE")]
    pub dictionary: Vec<PathBuf>,
    /// Do without the built-in dictionary
    #[arg(long)]
    pub no_builtin: bool,
    /// Stop if a dictionary is not as orthonym.lock says, which `orthonym dict lock` writes
    #[arg(long)]
    pub locked: bool,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// The language that the text was translated from, as an ISO 639 code
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    pub source_language: Option<String>,
    /// The language of the text, as an ISO 639 code; rules that do not serve it do not run [default: en]
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    pub target_language: Option<String>,
}

/// Which configuration holds.
#[derive(Debug, clap::Args)]
pub struct ConfigArgs {
    /// Use this configuration file in place of the nearest one, or set one value of it [env: ORTHONYM_CONFIG=]
    #[arg(long, value_name = "PATH|KEY=VALUE", help_heading = "Configuration")]
    pub config: Vec<String>,
    /// Ignore all configuration files
    #[arg(long, help_heading = "Configuration")]
    pub isolated: bool,
}

/// Print what is in force for a path, and where each value comes from
#[derive(Debug, clap::Args)]
pub struct ConfigCommandArgs {
    #[arg(default_value = ".", value_name = "PATH")]
    pub path: PathBuf,
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// Serve an editor: the language server, on standard input and output
#[derive(Debug, clap::Args)]
pub struct ServerArgs {
    #[command(flatten)]
    pub rules: RuleSelectionArgs,
    #[command(flatten)]
    pub dictionaries: DictionaryArgs,
}

/// Write a configuration file with every key in it, commented out
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// Where to write it
    #[arg(default_value = "orthonym.toml", value_name = "FILE")]
    pub file: PathBuf,
}

/// Delete the results that are kept from run to run
#[derive(Debug, clap::Args)]
pub struct CleanArgs {
    /// Where they are kept [default: .orthonym-cache beside the configuration] [env: ORTHONYM_CACHE_DIR=]
    #[arg(long, value_name = "FOLDER")]
    pub cache_dir: Option<PathBuf>,
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// Print the completions of a shell
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    pub shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Files")]
pub struct FileArgs {
    /// The name that standard input goes by; its ending tells the format
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,
    /// Check the files that this file lists, one a line or with NUL between; - for standard input
    #[arg(long, value_name = "FILE")]
    pub file_list: Option<PathBuf>,
    /// Read the files as this format, whatever their names say
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// The columns of CSV and TSV files: target=en,source=ar [default: target, translation or text; source]
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', value_parser = column)]
    pub columns: Vec<(Side, String)>,
    /// Where JSON has the text: a key at any depth, or a pointer with * for any one step
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    pub text_field: Vec<String>,
    /// Where JSON has what the text is a translation of
    #[arg(long, value_name = "FIELD")]
    pub source_field: Option<String>,
    /// The encoding of files that have no byte order mark, whatever they declare: windows-1251, shift_jis, latin1 and so on
    #[arg(long, value_name = "ENCODING", value_parser = encoding)]
    pub encoding: Option<Encoding>,
    /// Leave these out, in place of what is left out by default; patterns as in .gitignore
    #[arg(long, value_name = "PATTERN", value_delimiter = ',')]
    pub exclude: Vec<String>,
    /// Leave these out as well
    #[arg(long, value_name = "PATTERN", value_delimiter = ',')]
    pub extend_exclude: Vec<String>,
    /// Leave them out even where they are given by name
    #[arg(long)]
    pub force_exclude: bool,
    /// Read files that .gitignore and .ignore leave out
    #[arg(long)]
    pub no_respect_gitignore: bool,
    /// Threads to use [default: one a core]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// How findings are shown [default: full] [env: ORTHONYM_OUTPUT_FORMAT=]
    #[arg(long, value_name = "FORMAT")]
    pub output_format: Option<OutputFormat>,
    /// Write the output to a file [env: ORTHONYM_OUTPUT_FILE=]
    #[arg(short, long, value_name = "FILE")]
    pub output_file: Option<PathBuf>,
    /// Count the findings by rule, in place of showing them
    #[arg(long)]
    pub statistics: bool,
    /// The least severity that makes the exit status 1 [default: warning]
    #[arg(long, value_name = "LEVEL")]
    pub fail_on: Option<Severity>,
    /// Exit with 0 even if something is found
    #[arg(long)]
    pub exit_zero: bool,
}

/// Rank the dictionary's entries for names
#[derive(Debug, clap::Args)]
pub struct SuggestArgs {
    /// Names, or - to read one name a line from standard input; each is answered with one line
    #[arg(required = true, value_name = "NAME")]
    pub names: Vec<String>,
    /// The most entries for a name
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub limit: usize,
    /// How they are shown
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub output_format: SuggestFormat,
    #[command(flatten)]
    pub dictionaries: DictionaryArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SuggestFormat {
    /// Name, verdict and entries, with tabs between
    Text,
    /// One object a line
    JsonLines,
}

/// Say what a name is taken for, and why
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// The name; several words need no quotes
    #[arg(required = true, value_name = "NAME")]
    pub name: Vec<String>,
    /// The most entries that are shown
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub limit: usize,
    #[command(flatten)]
    pub dictionaries: DictionaryArgs,
}

/// Print the documentation of a rule; without one, list all
#[derive(Debug, clap::Args)]
pub struct RuleArgs {
    #[arg(value_name = "RULE", conflicts_with = "all")]
    pub rule: Option<String>,
    /// Print the documentation of all rules
    #[arg(long)]
    pub all: bool,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub output_format: RuleFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RuleFormat {
    Text,
    Json,
}

/// A side of a bilingual file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Source,
    Target,
}

impl FileArgs {
    /// How files are read that do not tell it themselves, but for their language.
    pub fn read_options(&self) -> ReadOptions {
        let column = |side| move |(of, name): &(Side, String)| (*of == side).then(|| name.clone());
        let mut text_fields = self.text_field.clone();
        text_fields.extend(self.columns.iter().filter_map(column(Side::Target)));
        let source_field = self.source_field.clone().or(self.columns.iter().find_map(column(Side::Source)));
        ReadOptions { text_fields, source_field, encoding: self.encoding, ..ReadOptions::default() }
    }
}

fn column(text: &str) -> Result<(Side, String), String> {
    match text.split_once('=') {
        Some(("source", name)) => Ok((Side::Source, name.to_owned())),
        Some(("target" | "text", name)) => Ok((Side::Target, name.to_owned())),
        _ => Err("expected source=NAME or target=NAME".to_owned()),
    }
}

fn encoding(label: &str) -> Result<Encoding, String> {
    Encoding::of_label(label).ok_or_else(|| "no encoding of that name is read".to_owned())
}

fn probability(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value),
        _ => Err("expected a number from 0 to 1".to_owned()),
    }
}

fn language(text: &str) -> Result<String, String> {
    config::language(text).ok_or_else(|| "expected an ISO 639 code, such as ar or pt-BR".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Args::command().debug_assert();
    }
}
