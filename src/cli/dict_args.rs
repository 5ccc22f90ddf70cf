//! What can be said behind `orthonym dict`.

use super::args::OutputArgs;
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
