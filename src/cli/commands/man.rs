//! `orthonym man`: the manual, each command's page after the one before.

use crate::cli::args::Args;
use crate::cli::console::Console;
use crate::cli::{Error, Status};
use clap::{Command, CommandFactory};
use std::io::Write;

pub fn run(console: &Console) -> Result<Status, Error> {
    let mut command = Args::command();
    command.build();
    let mut pages = Vec::new();
    render(&command, &mut pages)?;
    let mut out = console.stdout();
    out.write_all(ascii(&String::from_utf8_lossy(&pages)).as_bytes())?;
    out.flush()?;
    Ok(Status::Clean)
}

/// Roff is read as ASCII, or as whatever the locale says: other characters stand by their numbers, for groff and for mandoc.
fn ascii(pages: &str) -> String {
    let mut text = String::with_capacity(pages.len());
    for character in pages.chars() {
        if character.is_ascii() {
            text.push(character);
        } else {
            text.push_str(&format!("\\[u{:04X}]", u32::from(character)));
        }
    }
    text
}

/// The page of a command, then those of the commands under it.
fn render(command: &Command, pages: &mut Vec<u8>) -> std::io::Result<()> {
    clap_mangen::Man::new(command.clone()).render(pages)?;
    let mut inner = command.get_subcommands().filter(|inner| inner.get_name() != "help");
    inner.try_for_each(|inner| render(inner, pages))
}
