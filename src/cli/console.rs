//! Where output goes: findings to stdout or a file, everything else to stderr, with colours where they are wanted.

use super::Error;
use super::args::{ColorChoice, GlobalArgs};
use crate::emit::WriteColor;
use crate::emit::display::safe;
use codespan_reporting::term::termcolor::{Ansi, NoColor};
use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::Path;

/// The terminal, and how much it is told.
#[derive(Clone, Copy)]
pub struct Console {
    color: ColorChoice,
    pub quiet: bool,
    pub verbose: bool,
}

impl Console {
    pub fn new(args: &GlobalArgs) -> Console {
        Console { color: args.color, quiet: args.quiet, verbose: args.verbose }
    }

    /// Standard output, buffered: flush it.
    pub fn stdout(&self) -> Box<dyn WriteColor> {
        self.colored(std::io::stdout().is_terminal(), std::io::stdout())
    }

    /// Standard error, buffered: flush it.
    pub fn stderr(&self) -> Box<dyn WriteColor> {
        self.colored(std::io::stderr().is_terminal(), std::io::stderr())
    }

    /// A file, in colour only where it is asked for outright.
    ///
    /// # Errors
    /// The file cannot be created.
    pub fn file(&self, path: &Path) -> Result<Box<dyn WriteColor>, Error> {
        let file = File::create(path).map_err(|source| Error::OutputFile { path: path.to_owned(), source })?;
        let force = self.color == ColorChoice::Always;
        Ok(if force { Box::new(Ansi::new(BufWriter::new(file))) } else { Box::new(NoColor::new(BufWriter::new(file))) })
    }

    fn colored(&self, is_terminal: bool, out: impl Write + 'static) -> Box<dyn WriteColor> {
        let out = BufWriter::new(out);
        if wants_color(self.color, is_terminal, |name| std::env::var(name).ok()) {
            Box::new(Ansi::new(out))
        } else {
            Box::new(NoColor::new(out))
        }
    }

    /// Tells of something that went wrong, with all that led to it.
    pub fn error(&self, error: &dyn std::error::Error) {
        let mut message = format!("error: {}", safe(&error.to_string()));
        let mut cause = error.source();
        while let Some(error) = cause {
            message += &format!("\n  caused by: {}", safe(&error.to_string()));
            cause = error.source();
        }
        say(&message);
    }

    pub fn warning(&self, message: &str) {
        if !self.quiet {
            say(&format!("warning: {}", safe(message)));
        }
    }

    pub fn note(&self, message: &str) {
        if !self.quiet {
            say(&format!("note: {}", safe(message)));
        }
    }

    /// Tells what only `--verbose` asks for.
    pub fn detail(&self, message: &str) {
        if self.verbose {
            say(&safe(message));
        }
    }
}

/// One write a message, so that two processes do not mix theirs. Where nobody listens there is nobody to tell.
fn say(message: &str) {
    let _ = std::io::stderr().write_all(format!("{message}\n").as_bytes());
}

/// After <https://no-color.org> and <https://bixense.com/clicolors>.
fn wants_color(choice: ColorChoice, is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if is_set("NO_COLOR") => false,
        ColorChoice::Auto if is_set("CLICOLOR_FORCE") && variable("CLICOLOR_FORCE").as_deref() != Some("0") => true,
        ColorChoice::Auto => is_terminal && variable("TERM").as_deref() != Some("dumb"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_follows_the_flag_then_the_environment_then_the_terminal() {
        let wants = |choice, is_terminal, set: &[(&str, &str)]| {
            wants_color(choice, is_terminal, |name| {
                set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            })
        };
        use ColorChoice::*;
        assert!(wants(Auto, true, &[]));
        assert!(!wants(Auto, false, &[]));
        assert!(!wants(Auto, true, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
        assert!(wants(Auto, true, &[("NO_COLOR", "")]));
        assert!(wants(Auto, false, &[("CLICOLOR_FORCE", "1")]));
        assert!(!wants(Auto, false, &[("CLICOLOR_FORCE", "0")]));
        assert!(wants(Always, false, &[("NO_COLOR", "1")]));
        assert!(!wants(Never, true, &[("CLICOLOR_FORCE", "1")]));
    }
}
