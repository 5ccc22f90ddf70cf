//! `--interactive` and the progress bar, on a pseudo-terminal.

use crate::{folder, orthonym};
use rexpect::session::{PtySession, spawn_command};
use std::io::Write;
use std::path::Path;
use std::process::Command;

const PROMPT: &str = "[y/n/a/1-9/e/s/i/u/q/?] ";
const RULES: [&str; 4] = ["--no-builtin", "--select", "text/repeated-word,names/mistransliteration", "--color=never"];
/// How long to wait for what must come, in milliseconds.
const PATIENCE: Option<u64> = Some(60_000);

struct Terminal(PtySession);

impl Terminal {
    fn of(folder: &Path, arguments: &[&str]) -> Terminal {
        let mut command = Command::new(env!("CARGO_BIN_EXE_orthonym"));
        command.args(arguments).current_dir(folder).env("HOME", folder).env("TERM", "dumb");
        Terminal(spawn_command(command, PATIENCE).unwrap())
    }

    fn review(folder: &Path, more: &[&str]) -> Terminal {
        Terminal::of(folder, &[&["check", "--interactive"], &RULES[..], more].concat())
    }

    /// What is shown up to the next question, its number of all included.
    fn question(&mut self) -> String {
        self.0.exp_string(PROMPT).unwrap()
    }

    fn answer(&mut self, line: &str) {
        self.0.send_line(line).unwrap();
    }

    /// Answers each question with one of these.
    fn answer_all(&mut self, answers: &[&str]) {
        for answer in answers {
            self.question();
            self.answer(answer);
        }
    }

    /// What is shown until the end, and the exit status.
    fn end(mut self) -> (String, i32) {
        let shown = self.0.exp_eof().unwrap();
        // `Exited(Pid(7), 1)`; the type has no name here.
        let ended = format!("{:?}", self.0.process().wait().unwrap());
        let status = ended.strip_suffix(')').and_then(|ended| ended.rsplit(", ").next()?.parse().ok());
        (shown, status.unwrap_or_else(|| panic!("{ended}")))
    }
}

fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

const NAMES: &[u8] = b"Mohamed Salah\nMohammad Salih\n";

#[test]
fn a_finding_is_shown_with_its_context_and_numbered_candidates() {
    let dir = folder(&[("a.txt", b"One.\nThen Muhammed Sallah spoke.\n"), ("names.txt", NAMES)]);
    let mut terminal = Terminal::review(dir.path(), &["a.txt", "--dictionary", "names.txt"]);
    let shown = terminal.question();
    assert!(
        shown.contains("a.txt:2:6") && shown.contains("Then Muhammed Sallah spoke.") && shown.ends_with("1/1 "),
        "{shown}"
    );
    let candidates: Vec<&str> = shown.lines().filter_map(|line| line.trim_end().strip_prefix("  ")).collect();
    let numbered: Vec<&&str> = candidates.iter().filter(|line| line.starts_with(['1', '2'])).collect();
    assert_eq!(numbered.len(), 2, "{shown}");
    let second = numbered[1].trim_start_matches(['2', ' ']).to_owned();
    terminal.answer("2");
    assert!(terminal.end().0.contains("1 applied, 0 left"));
    assert_eq!(text(dir.path(), "a.txt"), format!("One.\nThen {second} spoke.\n"));
}

#[test]
fn every_key_does_what_the_help_says() {
    let dir = folder(&[
        ("a.txt", b"our our, new new, it it, the the, it it, my my\n"),
        ("b.txt", b"new new, we we, this this\n"),
        ("c.txt", b"he he\n"),
    ]);
    let mut terminal = Terminal::review(dir.path(), &[]);
    terminal.question();
    terminal.answer("?");
    terminal.0.exp_string("u undo").unwrap();
    // our: refused, then edited; so: ignored always; it: all; the: left; my: undone, then applied.
    terminal.answer_all(&["9"]);
    terminal.0.exp_string("no such candidate").unwrap();
    terminal.answer_all(&["e"]);
    terminal.0.exp_string("text: ").unwrap();
    terminal.answer("ours");
    terminal.answer_all(&["i", "a", "n"]);
    assert!(terminal.question().contains("a.txt:1:42"));
    assert_eq!(
        text(dir.path(), "a.txt"),
        "our our, new new, it it, the the, it it, my my\n",
        "before the end of the file"
    );
    terminal.answer("u");
    assert!(terminal.question().contains("a.txt:1:26"));
    terminal.answer("n");
    terminal.answer_all(&["y"]);
    // b.txt: “new new” is not asked about again; the rest of the file is skipped.
    let shown = terminal.question();
    assert!(shown.contains("b.txt:1:10") && shown.ends_with("1/2 "), "{shown}");
    assert_eq!(text(dir.path(), "a.txt"), "ours, new new, it, the the, it, my\n", "at the end of the file");
    terminal.answer("s");
    terminal.answer_all(&["q"]);
    let (shown, status) = terminal.end();
    assert!(status == 1 && shown.contains("4 applied; the same command goes on from here"), "{shown}");
    assert_eq!(text(dir.path(), "b.txt"), "new new, we we, this this\n");
    assert_eq!(text(dir.path(), "orthonym.toml"), "\n[[ignore]]\ntext = \"new new\"\nreason = \"looked at\"\n");
}

#[test]
fn a_review_that_was_broken_off_goes_on_where_it_was() {
    let dir = folder(&[("a.txt", b"our our, it it, it it, we we\n"), ("b.txt", b"new new\n")]);
    let mut terminal = Terminal::review(dir.path(), &[]);
    terminal.answer_all(&["y", "n", "q"]);
    terminal.end();
    assert_eq!(text(dir.path(), "a.txt"), "our, it it, it it, we we\n");

    let mut terminal = Terminal::review(dir.path(), &[]);
    let shown = terminal.question();
    assert!(shown.contains("a.txt:1:13") && shown.ends_with("1/2 "), "{shown}");
    terminal.answer("n");
    terminal.answer_all(&["y", "n"]);
    let (shown, status) = terminal.end();
    assert!(status == 1 && shown.contains("1 applied, 3 left"), "{shown}");
    assert_eq!(text(dir.path(), "a.txt"), "our, it it, it it, we\n");

    // It came to its end: the next one begins anew.
    let mut terminal = Terminal::review(dir.path(), &[]);
    assert!(terminal.question().ends_with("1/2 "));
}

#[test]
fn an_interrupt_writes_nothing_of_the_file_that_it_is_in() {
    if crate::without_interrupts() {
        return;
    }
    let dir = folder(&[("a.txt", b"our our\n"), ("b.txt", b"it it, new new\n")]);
    let mut terminal = Terminal::review(dir.path(), &[]);
    terminal.answer_all(&["y", "y"]);
    terminal.question();
    terminal.0.send_control('c').unwrap();
    terminal.0.exp_eof().unwrap();
    assert_eq!((text(dir.path(), "a.txt"), text(dir.path(), "b.txt")), ("our\n".into(), "it it, new new\n".into()));
}

#[test]
fn the_end_of_the_input_is_a_wish_to_quit() {
    let dir = folder(&[("a.txt", b"our our, it it\n")]);
    let mut terminal = Terminal::review(dir.path(), &[]);
    terminal.answer_all(&["y"]);
    terminal.question();
    terminal.0.send_control('d').unwrap();
    let (shown, status) = terminal.end();
    assert!(status == 1 && shown.contains("1 applied;"), "{shown}");
    assert_eq!(text(dir.path(), "a.txt"), "our, it it\n");
}

#[test]
fn a_file_that_changes_or_goes_meanwhile_is_left_and_the_others_are_gone_through() {
    let dir = folder(&[("a.txt", b"our our\n"), ("b.txt", b"it it\n"), ("c.txt", b"new new\n"), ("d.txt", b"x\0")]);
    let mut terminal = Terminal::review(dir.path(), &[]);
    terminal.question();
    std::fs::write(dir.path().join("a.txt"), "our our, and more\n").unwrap();
    std::fs::remove_file(dir.path().join("b.txt")).unwrap();
    terminal.answer("y");
    let told = terminal.question();
    terminal.answer("y");
    let (shown, status) = terminal.end();
    let shown = told + &shown;
    assert_eq!(status, 2, "{shown}");
    assert!(shown.contains("a.txt changed on disk") && shown.contains("cannot read b.txt"), "{shown}");
    assert!(shown.contains("d.txt is skipped: a binary file"), "{shown}");
    assert_eq!((text(dir.path(), "a.txt"), text(dir.path(), "c.txt")), ("our our, and more\n".into(), "new\n".into()));
    assert!(!dir.path().join("b.txt").exists());
}

#[test]
fn what_is_long_in_coming_has_a_bar_on_a_terminal_alone() {
    let dir = folder(&[("a.txt", b"the the\n")]);
    let pipe = dir.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let slowly = || {
        let pipe = pipe.clone();
        std::thread::spawn(move || {
            let mut pipe = std::fs::OpenOptions::new().write(true).open(pipe).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(1500));
            pipe.write_all(b"it it\n").unwrap();
        })
    };
    let arguments = ["check", "a.txt", "pipe", "--no-cache", "--no-builtin", "-o", "found.txt"];
    let writing = slowly();
    let (shown, status) = Terminal::of(dir.path(), &arguments).end();
    writing.join().unwrap();
    assert_eq!(status, 1, "{shown}");
    // Drawn, and nothing of it is left.
    assert!(shown.contains("checking [") && shown.ends_with("\r\u{1b}[2K"), "{shown:?}");
    let writing = slowly();
    assert_eq!(orthonym(dir.path(), &arguments).stderr, "");
    writing.join().unwrap();
}
