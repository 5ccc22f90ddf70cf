//! `--watch` checks again when something changed, and ends when nobody reads any more or at an interrupt.

use crate::{folder, orthonym};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const COMMON: [&str; 7] =
    ["check", "--watch", "--no-builtin", "--select", "text/repeated-word", "--output-format", "concise"];

struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn of(folder: &Path) -> Watch {
        let mut child = Command::new(env!("CARGO_BIN_EXE_orthonym"))
            .args(COMMON)
            .current_dir(folder)
            .env("HOME", folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let (out, told) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let other = sender.clone();
        std::thread::spawn(move || BufReader::new(out).lines().for_each(|line| drop(sender.send(line.unwrap()))));
        std::thread::spawn(move || BufReader::new(told).lines().for_each(|line| drop(other.send(line.unwrap()))));
        Watch { child, lines }
    }

    /// Waits for a line that holds this.
    fn until(&self, part: &str) -> String {
        let mut seen = Vec::new();
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("{part}: {seen:#?}"));
            if line.contains(part) {
                return line;
            }
            seen.push(line);
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_changed_is_checked_again() {
    let dir = folder(&[("a.txt", b"fine\n"), ("in/b.txt", b"fine\n")]);
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    let watch = Watch::of(dir.path());
    watch.until("waiting for changes");
    write("a.txt", "it is the the\n");
    watch.until("a.txt changed");
    watch.until("a.txt:1:7");
    // A new file, and one that an editor puts in another's place.
    write("new.txt", "new new\n");
    watch.until("new.txt:1:1");
    write("in/.b.tmp", "we we\n");
    std::fs::rename(dir.path().join("in/.b.tmp"), dir.path().join("in/b.txt")).unwrap();
    watch.until("in/b.txt:1:1");
    // A configuration that is wrong is told, and once it is right it holds.
    write("orthonym.toml", "stile = 1");
    watch.until("unknown key `stile`");
    write("orthonym.toml", "min-confidence = 0.99");
    watch.until("3 files checked: nothing found");
    std::fs::remove_file(dir.path().join("new.txt")).unwrap();
    watch.until("2 files checked: nothing found");
}

#[test]
fn without_a_terminal_the_screen_is_not_cleared() {
    let dir = folder(&[("a.txt", b"the the\n")]);
    let watch = Watch::of(dir.path());
    watch.until("waiting for changes");
    std::fs::write(dir.path().join("a.txt"), "so the the\n").unwrap();
    assert!(watch.until("a.txt:1:4").starts_with("a.txt:1:4"));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it() {
    if crate::without_interrupts() {
        return;
    }
    let dir = folder(&[("a.txt", b"the the\n")]);
    let mut watch = Watch::of(dir.path());
    watch.until("waiting for changes");
    assert!(Command::new("kill").args(["-INT", &watch.child.id().to_string()]).status().unwrap().success());
    assert!(!watch.child.wait().unwrap().success());
}

#[test]
fn it_goes_with_files_that_it_does_not_write() {
    let dir = folder(&[("a.txt", b"")]);
    for more in [&["--fix"][..], &["--diff"], &["--interactive"], &["-"], &["--file-list", "-"]] {
        let run = orthonym(dir.path(), &[&["check", "--watch"], more].concat());
        assert_eq!(run.status, 2, "{more:?}");
    }
}
