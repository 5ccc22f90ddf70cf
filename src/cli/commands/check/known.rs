//! The baseline of a run: read before, written after.

use super::run::Run;
use crate::baseline::Baseline;
use crate::cli::Error;
use crate::cli::args::CheckArgs;
use crate::config::Layer;
use crate::files::relative;
use crate::profiles::Profiles;
use std::path::PathBuf;

const DEFAULT: &str = "orthonym-baseline.json";

/// The baseline that the run is held against, if there is one.
pub fn open(args: &CheckArgs, layer: &Layer) -> Result<Option<Baseline>, Error> {
    let path = layer.baseline.as_ref().map(|set| relative(&set.value));
    if args.known.write_baseline {
        return Ok(Some(Baseline::empty(&path.unwrap_or_else(|| PathBuf::from(DEFAULT)))));
    }
    if path.is_none() && args.known.prune_baseline {
        return Err(Error::Usage("--prune-baseline needs to know which: give --baseline FILE".to_owned()));
    }
    Ok(path.map(|path| Baseline::read(&path)).transpose()?)
}

/// Writes what is to be written, and tells of entries that are of no use any more.
pub fn close(args: &CheckArgs, run: &mut Run<'_>, profiles: &Profiles) -> Result<(), Error> {
    let Some(baseline) = &mut run.baseline else { return Ok(()) };
    if args.known.write_baseline {
        let count = baseline.accept();
        baseline.write()?;
        run.console.note(&format!("{} known from now on", counted(count, "finding is", "findings are")));
        return Ok(());
    }
    let rules = profiles.rules();
    let ran: Vec<&str> = rules.iter().map(|rule| rule.name).collect();
    let stale = baseline.stale(&ran);
    if args.known.prune_baseline {
        baseline.prune(&ran);
        baseline.write()?;
        run.console
            .note(&format!("{} dropped from the baseline", counted(stale, "stale entry is", "stale entries are")));
    } else if stale > 0 {
        let entries = counted(stale, "entry of the baseline is", "entries of the baseline are");
        run.console.note(&format!(
            "{entries} found no more; --prune-baseline drops {}",
            if stale == 1 { "it" } else { "them" }
        ));
    }
    Ok(())
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
