//! `orthonym config`: what is in force for a path, and where each value was said. What it prints is a configuration itself.

use crate::cli::args::ConfigCommandArgs;
use crate::cli::console::Console;
use crate::cli::{Error, Status};
use crate::config::keys::{self, Key, Kind};
use crate::config::show::{Shown, Toml};
use crate::config::{Finder, Layer, Level};
use crate::files::{absolute, shown};
use crate::rules::Selector;
use std::io::{self, Write};

pub fn run(args: &ConfigCommandArgs, console: &Console) -> Result<Status, Error> {
    let mut finder = Finder::new(&args.config.request(Layer::default()))?;
    let path = absolute(&args.path);
    let config = if path.is_dir() { finder.of_folder(&path)? } else { finder.of_file(&path)? };
    let layer = config.with(&config.overrides_of(&path)?);
    let mut out = console.stdout();
    let file = config.file.as_deref().map_or_else(|| "no configuration file".to_owned(), shown);
    writeln!(out, "# {}: {file}", shown(&args.path))?;
    let (tables, values): (Vec<&Key>, Vec<&Key>) = keys::all().iter().partition(|key| key.kind.is_table());
    for key in values {
        write_value(key, &(key.show)(&layer), &mut out)?;
    }
    for key in tables {
        write_table(key, &layer, &mut out)?;
    }
    out.flush()?;
    Ok(Status::Clean)
}

fn write_value(key: &Key, shown: &[Shown], out: &mut impl Write) -> io::Result<()> {
    let name = key.name;
    match (key.kind, shown) {
        (Kind::Texts, []) if key.name == "exclude" => writeln!(out, "{name} = {}  # default", key.default),
        (Kind::Flag | Kind::Probability | Kind::Choice(_), []) => writeln!(out, "{name} = {}  # default", key.default),
        (_, []) => writeln!(out, "# {name} is not set"),
        (Kind::Texts, [Shown { toml, origin }]) => writeln!(out, "{name} = [{toml}]  # {origin}"),
        (Kind::Texts, items) => {
            writeln!(out, "{name} = [")?;
            for Shown { toml, origin } in items {
                writeln!(out, "  {toml},  # {origin}")?;
            }
            writeln!(out, "]")
        }
        (_, [Shown { toml, origin }, ..]) => writeln!(out, "{name} = {toml}  # {origin}"),
    }
}

fn write_table(key: &Key, layer: &Layer, out: &mut impl Write) -> io::Result<()> {
    match key.kind {
        // Overrides are laid over the values already; rules are shown as what they come to.
        Kind::Overrides => Ok(()),
        Kind::Levels => {
            writeln!(out, "\n[{}]", key.name)?;
            for (rule, set) in layer.levels() {
                let level = set.value.map_or(Level::Off, Level::At);
                writeln!(out, "{}  # {}", (Selector::Rule(rule.name), level).toml(), set.origin)?;
            }
            Ok(())
        }
        _ => {
            let shown = (key.show)(layer);
            if matches!(key.kind, Kind::Settled) && !shown.is_empty() {
                writeln!(out, "\n[{}]", key.name)?;
            }
            for Shown { toml, origin } in shown {
                match key.kind {
                    Kind::Settled => writeln!(out, "{toml}  # {origin}")?,
                    _ => writeln!(out, "\n[[{}]]  # {origin}\n{toml}", key.name)?,
                }
            }
            Ok(())
        }
    }
}
