//! The program as its users meet it: the binary, its output, its exit status; and what must hold for any text.

mod article;
mod cache;
mod check;
mod ci;
mod config;
mod dict;
mod documents;
mod faults;
mod fix;
mod formats;
mod glossary;
mod html;
mod import;
mod integrations;
mod known;
mod layering;
mod pairs;
mod readme;
mod reports;
mod rule;
mod schema;
mod snapshot;
mod suppress;
#[cfg(unix)]
mod terminal;
mod threads;
mod watch;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Whether this process was begun without interrupts, as what a shell runs in the background is; its children then have none.
/// Told on Linux alone.
#[cfg(unix)]
fn without_interrupts() -> bool {
    const SIGINT: u64 = 1 << (2 - 1);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let is_ignored = ignored.is_some_and(|set| u64::from_str_radix(set.trim(), 16).unwrap() & SIGINT != 0);
    if is_ignored {
        eprintln!("skipped: interrupts are ignored here");
    }
    is_ignored
}

/// Runs the binary in `folder`.
fn orthonym(folder: &Path, arguments: &[&str]) -> Run {
    with_input(folder, arguments, b"")
}

/// Runs the binary in `folder` with `input` on its standard input.
fn with_input(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    with_environment(folder, arguments, input, &[])
}

/// The same with variables of the environment.
fn with_environment(folder: &Path, arguments: &[&str], input: &[u8], environment: &[(&str, &str)]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_orthonym"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .env("HOME", folder)
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("ORTHONYM_CACHE_DIR")
        .env_remove("ORTHONYM_CONFIG")
        .env_remove("ORTHONYM_OUTPUT_FORMAT")
        .env_remove("ORTHONYM_OUTPUT_FILE")
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may end before it has read all, or anything.
    let _ = child.stdin.take().unwrap().write_all(input);
    Run::from(child.wait_with_output().unwrap())
}

#[derive(Debug)]
struct Run {
    stdout: String,
    stderr: String,
    status: i32,
}

impl From<Output> for Run {
    fn from(output: Output) -> Run {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { stdout: text(output.stdout), stderr: text(output.stderr), status: output.status.code().unwrap_or(-1) }
    }
}

/// A folder with files in it.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}
