//! Which files are checked.

use crate::cli::Error;
use crate::cli::args::CheckArgs;
use crate::cli::console::Console;
use crate::cli::profiles::Profiles;
use crate::config::Layer;
use crate::files::{self, Target, WalkOptions, absolute, shown};
use std::path::Path;

/// A file to check, and the number of the linter that it is checked with.
pub struct Job {
    pub target: Target,
    pub linter: usize,
}

/// The files to check, and whether there was trouble finding them. `layer` is what holds for the run.
pub fn find(
    args: &CheckArgs,
    layer: &Layer,
    profiles: &mut Profiles<'_>,
    console: &Console,
) -> Result<(Vec<Job>, bool), Error> {
    let is = |set: &Option<crate::config::Set<bool>>, default| set.as_ref().map_or(default, |set| set.value);
    let options = WalkOptions {
        include: layer.included()?,
        exclude: layer.excluded(&absolute(Path::new("")))?,
        force_exclude: is(&layer.force_exclude, false),
        respect_gitignore: is(&layer.respect_gitignore, true),
        format: args.files.format,
        with_data: !args.files.columns.is_empty() || !args.files.text_field.is_empty(),
    };
    let walked = files::walk(&args.paths, &options);
    for error in &walked.errors {
        console.error(error);
    }
    for folder in &walked.barren {
        let message =
            "no files to check in {}: none has a name that tells a known format (files given by name are read anyway)";
        console.warning(&message.replace("{}", &shown(folder)));
    }
    let mut jobs = Vec::with_capacity(walked.targets.len());
    for target in walked.targets {
        let linter = profiles.of_file(&target.path)?;
        jobs.push(Job { target, linter });
    }
    Ok((jobs, !walked.errors.is_empty()))
}
