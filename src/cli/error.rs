//! What ends a run early.

use crate::baseline::BaselineError;
use crate::cache::CacheError;
use crate::config::ConfigError;
use crate::config::write::WriteError;
use crate::curation::add::AddError;
use crate::dictionary::LoadError;
use crate::files::FileError;
use crate::import::ImportError;
use crate::lock::LockError;
use crate::lsp::ServerError;
use crate::profiles::ProfileError;
use std::path::PathBuf;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum Error {
    #[error("{0}")]
    Usage(String),
    #[error(transparent)]
    Dictionary(#[from] LoadError),
    #[error(transparent)]
    Add(#[from] AddError),
    #[error(transparent)]
    ConfigFile(#[from] WriteError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Profile(#[from] ProfileError),
    #[error(transparent)]
    Server(#[from] ServerError),
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    #[error(transparent)]
    Cache(#[from] CacheError),
    #[error(transparent)]
    Lock(#[from] LockError),
    #[error(transparent)]
    File(#[from] FileError),
    #[error("cannot read standard input")]
    Stdin(#[source] std::io::Error),
    #[error("cannot write the output")]
    Output(#[from] std::io::Error),
    #[error("cannot write the output file {}", crate::files::shown(path))]
    OutputFile { path: PathBuf, source: std::io::Error },
    #[error("cannot read {}", crate::files::shown(path))]
    Input { path: PathBuf, source: std::io::Error },
    #[error("cannot read the list of files {}", crate::files::shown(path))]
    FileList { path: PathBuf, source: std::io::Error },
    #[error("cannot import {}", crate::files::shown(path))]
    Import { path: PathBuf, source: ImportError },
    #[error("cannot start {jobs} threads; give fewer with --jobs")]
    Threads { jobs: usize, source: rayon::ThreadPoolBuildError },
}
