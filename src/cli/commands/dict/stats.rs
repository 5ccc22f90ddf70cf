//! `orthonym dict stats`: what dictionaries hold.

use crate::cli::console::Console;
use crate::cli::dict_args::{DictStatsArgs, StatsFormat};
use crate::cli::{Error, Status};
use crate::curation::Stats;
use crate::dictionaries;
use crate::emit::display::safe;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::PathBuf;

pub fn run(args: &DictStatsArgs, console: &Console) -> Result<Status, Error> {
    let files = dictionaries::files(&args.paths)?;
    let dictionary = dictionaries::stack(args.paths.is_empty(), files.iter().map(PathBuf::as_path))?;
    let stats = Stats::of(&dictionary);
    let mut out = console.stdout();
    match args.output_format {
        StatsFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &stats).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        StatsFormat::Text => write_text(&stats, &mut out)?,
    }
    out.flush()?;
    Ok(Status::Clean)
}

fn write_text(stats: &Stats, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} entries, {} native forms", stats.entries, stats.native_forms)?;
    table(out, "kind", stats.by_kind.iter().map(|(kind, &count)| (kind, count)))?;
    table(out, "form", stats.forms.iter().map(|(form, &count)| (form, count)))?;
    table(out, "script of native forms", stats.by_script.iter().map(|(script, &count)| (script, count)))?;
    table(out, "source", stats.by_source.iter().map(|(source, &count)| (safe(source), count)))?;
    writeln!(out, "\nentries with a native form, by language")?;
    let mut languages: Vec<_> = stats.by_language.iter().collect();
    languages.sort_by_key(|(_, coverage)| std::cmp::Reverse(coverage.entries));
    for (language, coverage) in languages {
        let language = if language.is_empty() { "not given" } else { language };
        writeln!(out, "  {:>7}  {:>5.1} %  {}", coverage.entries, coverage.share * 100.0, safe(language))?;
    }
    Ok(())
}

/// The counts, most first.
fn table(out: &mut dyn Write, title: &str, rows: impl Iterator<Item = (impl Display, usize)>) -> io::Result<()> {
    writeln!(out, "\nby {title}")?;
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    rows.into_iter().try_for_each(|(name, count)| writeln!(out, "  {count:>7}  {name}"))
}
