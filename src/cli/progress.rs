//! A bar that tells how far a long piece of work is. On a terminal only, and not before a second has gone by.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

const WIDTH: usize = 30;

pub struct Progress {
    what: &'static str,
    /// 0 where the end is not known.
    total: u64,
    is_shown: bool,
    next: Instant,
    has_drawn: bool,
}

impl Progress {
    pub fn new(what: &'static str, total: u64, quiet: bool) -> Progress {
        let is_shown = !quiet && std::io::stderr().is_terminal();
        Progress { what, total, is_shown, next: Instant::now() + Duration::from_secs(1), has_drawn: false }
    }

    /// Tells how much of the total is done. Cheap: it draws ten times a second at most.
    pub fn at(&mut self, done: u64) {
        if !self.is_shown || Instant::now() < self.next {
            return;
        }
        self.next = Instant::now() + Duration::from_millis(100);
        self.has_drawn = true;
        let line = match self.total {
            0 => format!("\r{} {done}", self.what),
            total => {
                let share = (done.min(total) as f64 / total as f64).clamp(0.0, 1.0);
                let full = (share * WIDTH as f64) as usize;
                format!("\r{} [{:WIDTH$}] {:3.0} %", self.what, "#".repeat(full), share * 100.0)
            }
        };
        let _ = std::io::stderr().write_all(line.as_bytes());
    }

    /// Wipes the bar out; the next [`Progress::at`] draws it again.
    pub fn wipe(&mut self) {
        if std::mem::take(&mut self.has_drawn) {
            let _ = std::io::stderr().write_all(b"\r\x1b[2K");
        }
    }

    /// Whether there is anybody to see it.
    pub fn is_shown(&self) -> bool {
        self.is_shown
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.wipe();
    }
}
