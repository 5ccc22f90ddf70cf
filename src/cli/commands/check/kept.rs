//! The cache of a run. Nothing that is wrong with it keeps a file from being checked.

use crate::cache::Cache;
use crate::cli::args::CheckArgs;
use crate::cli::console::Console;
use crate::config::Config;
use crate::files::{relative, shown};

/// The cache, where one is wanted and can be used.
pub fn open(args: &CheckArgs, config: &Config, console: &Console) -> Option<Cache> {
    if args.cache.no_cache {
        return None;
    }
    match Cache::open(&relative(&config.cache_dir())) {
        Ok(cache) => Some(cache),
        Err(error) => {
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
            console.note(&format!("no results are kept: {error}{cause}"));
            None
        }
    }
}

/// Tells what happened to the results.
pub fn close(cache: Option<&Cache>, console: &Console) {
    let Some(cache) = cache else { return };
    let usage = cache.usage();
    let counted = |count: usize| if count == 1 { "1 result".to_owned() } else { format!("{count} results") };
    console.detail(&format!("{} from the cache, {} new", counted(usage.hits), usage.misses));
    if usage.damaged > 0 {
        console.note(&format!("{} in the cache could not be read, made anew", counted(usage.damaged)));
    }
    if let Some(why) = cache.refusal() {
        let (what, place) = (counted(usage.unwritten), shown(cache.folder()));
        console.note(&format!(
            "{what} could not be kept in the cache {place}: {why}; --cache-dir puts it elsewhere, --no-cache does without"
        ));
    }
}
