//! `orthonym check`: files, fixing, exit status, bad input. One rule that needs no dictionary is enough here.

use crate::{Run, folder, orthonym, with_input};
use std::path::Path;

const TEXT_RULES: [&str; 6] =
    ["--no-builtin", "--isolated", "--select", "text/repeated-word", "--output-format", "concise"];
const FINDING: &str = "warning[text/repeated-word]: “the” stands here more than once\n";

fn check(folder: &Path, arguments: &[&str]) -> Run {
    orthonym(folder, &[&["check"], &TEXT_RULES[..], arguments].concat())
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap()
}

#[test]
fn the_exit_status_tells_what_is_left() {
    let dir = folder(&[("bad.txt", b"the the fox\n"), ("good.txt", b"the fox\n")]);
    let status = |arguments: &[&str]| check(dir.path(), arguments).status;
    assert_eq!(status(&["good.txt"]), 0);
    assert_eq!(status(&["bad.txt", "good.txt"]), 1);
    assert_eq!(status(&["bad.txt", "--fail-on", "error"]), 0);
    assert_eq!(status(&["bad.txt", "--exit-zero"]), 0);
    assert_eq!(status(&["missing.txt", "--exit-zero"]), 2);
    assert_eq!(status(&["bad.txt", "--min-confidence", "0.99"]), 0);
}

#[test]
fn usage_errors_say_what_is_wrong() {
    let dir = folder(&[("a.txt", b""), ("latin1.txt", b"Ann\nRen\xe9 Roy\n")]);
    for (arguments, message) in [
        (&["a.txt", "--fix", "--diff"][..], "cannot be used with"),
        (&["a.txt", "--unsafe-fixes"], "goes with --fix or --diff"),
        (&["a.txt", "-"], "standard input"),
        (&["a.txt", "--stdin-filename", "b.txt"], "goes with the path `-`"),
        (&["a.txt", "--ignore", "names/acronim"], "did you mean `names/acronym`?"),
        (&["a.txt", "--min-confidence", "7"], "a number from 0 to 1"),
        (&["a.txt", "--source-language", "arabic"], "an ISO 639 code"),
        (&["a.txt", "--target-language", "12"], "an ISO 639 code"),
        (&["a.txt", "--exclude", "a{"], "not a pattern"),
        (&["a.txt", "--dictionary", "none.toml"], "cannot read the dictionary none.toml\n  caused by: "),
        (&["a.txt", "--dictionary", "latin1.txt"], "latin1.txt:2:4: invalid UTF-8; convert the file"),
        (&["--file-list", "none.txt"], "cannot read the list of files none.txt\n  caused by: "),
        (&["a.txt", "--since", "main"], "--since needs a git repository that has the revision"),
        (&["a.txt", "-o", "none/x"], "cannot write the output file none/x\n  caused by: "),
        (&["a.txt", "-o", "."], "cannot write the output file .\n  caused by: "),
    ] {
        let run = check(dir.path(), arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.starts_with("error: ") && run.stderr.contains(message), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn output_is_in_the_order_of_the_paths_whatever_the_threads() {
    let names: Vec<String> = (0..150).map(|i| format!("{:03}.txt", (i * 37) % 150)).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"so the the\n"[..])).collect();
    let dir = folder(&files);
    let one = check(dir.path(), &["-j", "1", "-q"]);
    let eight = check(dir.path(), &["-j", "8", "-q"]);
    assert_eq!(one.stdout, eight.stdout);
    let expected: String = (0..150).map(|i| format!("{i:03}.txt:1:4: {FINDING}")).collect();
    assert_eq!(one.stdout, expected);
    let given = check(dir.path(), &["-q", "007.txt", "./003.txt", "007.txt", "."]).stdout;
    let begins = format!("007.txt:1:4: {FINDING}./003.txt:1:4: {FINDING}000.txt:1:4: {FINDING}");
    assert!(given.starts_with(&begins) && given.lines().count() == 150, "{given}");
}

#[test]
fn bad_files_are_told_and_the_others_are_still_checked() {
    let dir = folder(&[
        ("a.txt", b"the the\n"),
        ("binary.txt", b"PK\x03\0"),
        ("empty.txt", b""),
        ("latin1.txt", b"one\ncaf\xe9\n"),
        ("none/a.rs", b"the the"),
    ]);
    let run = check(dir.path(), &["missing.txt", ".", "none"]);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.stdout,
        format!("a.txt:1:1: {FINDING}2 files checked: 1 finding (1 warning); 1 fixable with --fix\n")
    );
    let stderr: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(
        stderr,
        [
            "error: missing.txt does not exist",
            "warning: no files to check in none: none has a name that tells a known format (files given by name are read anyway)",
            "note: binary.txt is skipped: a binary file (NUL byte at 3)",
            "error: cannot read latin1.txt",
            "  caused by: invalid UTF-8 at byte 7 (line 2); convert the file to UTF-8, or say what it is with --encoding",
        ]
    );
    assert_eq!(check(dir.path(), &["binary.txt", "empty.txt", "none"]).status, 0);
    assert_eq!(check(dir.path(), &["none/a.rs"]).status, 1);
}

#[test]
fn fix_changes_its_places_and_no_other_byte() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let dir = folder(&[
        ("crlf.txt", b"\xef\xbb\xbfOne\r\nthe the fox \rso so"),
        ("utf16.txt", &utf16("\u{feff}😀 it it\r\nx")),
    ]);
    let diff = check(dir.path(), &["--diff"]);
    assert_eq!((diff.status, read(dir.path(), "utf16.txt")), (1, utf16("\u{feff}😀 it it\r\nx")));
    assert!(
        diff.stdout.contains("-the the fox \rso so\n\\ No newline at end of file\n+the fox \rso so\n"),
        "{}",
        diff.stdout
    );

    let run = check(dir.path(), &["--fix"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, "2 files checked: 2 fixed, nothing left\n"));
    assert_eq!(read(dir.path(), "crlf.txt"), b"\xef\xbb\xbfOne\r\nthe fox \rso so");
    assert_eq!(read(dir.path(), "utf16.txt"), utf16("\u{feff}😀 it\r\nx"));
    assert_eq!(check(dir.path(), &["--diff"]).stdout, "");
}

#[test]
fn a_diff_is_one_that_git_applies() {
    let text: String = (0..40).map(|i| if i % 15 == 3 { format!("{i} the the\n") } else { format!("{i}\n") }).collect();
    let dir = folder(&[("a b.txt", text.as_bytes())]);
    let diff = check(dir.path(), &["--diff"]).stdout;
    let Ok(mut git) = std::process::Command::new("git")
        .args(["apply", "-p0", "-"])
        .current_dir(dir.path())
        .stdin(std::process::Stdio::piped())
        .spawn()
    else {
        return; // no git here
    };
    std::io::Write::write_all(&mut git.stdin.take().unwrap(), diff.as_bytes()).unwrap();
    assert!(git.wait().unwrap().success());
    assert_eq!(read(dir.path(), "a b.txt"), text.replace("the the", "the").as_bytes());
}

#[test]
fn a_read_only_file_is_left_alone() {
    let dir = folder(&[("a.txt", b"the the\n")]);
    let path = dir.path().join("a.txt");
    let mut permissions = path.metadata().unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let run = check(dir.path(), &["--fix"]);
    assert_eq!((run.status, read(dir.path(), "a.txt")), (2, b"the the\n".to_vec()));
    assert!(run.stderr.contains("a.txt is read-only and is left as it is"), "{}", run.stderr);
    assert!(run.stdout.contains(FINDING));
}

#[test]
fn standard_input_is_linted_and_fixed_to_standard_output() {
    let dir = folder(&[]);
    let arguments = |more: &[&'static str]| [&["check", "-"], &TEXT_RULES[..], more].concat();
    let run = with_input(dir.path(), &arguments(&["-q"]), b"the the fox");
    assert_eq!((run.status, run.stdout), (1, format!("<stdin>:1:1: {FINDING}")));
    let run = with_input(dir.path(), &arguments(&["--fix"]), b"the the fox");
    assert_eq!((run.status, run.stdout.as_str()), (0, "the fox"));
    assert_eq!(run.stderr, "1 file checked: 1 fixed, nothing left\n");
}

#[test]
fn output_can_go_to_a_file() {
    let dir = folder(&[("a.txt", b"the the\n")]);
    let run = check(dir.path(), &["-o", "found.txt", "-q"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert_eq!(read(dir.path(), "found.txt"), format!("a.txt:1:1: {FINDING}").as_bytes());
}

#[cfg(unix)]
#[test]
fn odd_paths_do_no_harm() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let dir = folder(&[("a/a.txt", b"the the\n"), ("b\x1b[31m.txt", b"the the\n")]);
    std::os::unix::fs::symlink("..", dir.path().join("a/up")).unwrap();
    std::os::unix::fs::symlink("self", dir.path().join("self")).unwrap();
    std::fs::write(dir.path().join(OsStr::from_bytes(b"c\xff.txt")), "the the\n").unwrap();
    let run = check(dir.path(), &["-q"]);
    let expected = ["a/a.txt", "b\\u{1b}[31m.txt", "c\u{fffd}.txt"].map(|path| format!("{path}:1:1: {FINDING}"));
    assert_eq!((run.status, run.stdout), (1, expected.concat()));
    assert_eq!(check(dir.path(), &["self"]).status, 2);
    assert_eq!(check(dir.path(), &["--fix", "-q"]).status, 0);
    assert_eq!(std::fs::read(dir.path().join(OsStr::from_bytes(b"c\xff.txt"))).unwrap(), b"the\n");
}

#[test]
fn a_closed_pipe_ends_the_output_quietly() {
    let dir = folder(&[("a.txt", "so the the ".repeat(20_000).as_bytes())]);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_orthonym"))
        .args([&["check", "a.txt"], &TEXT_RULES[..]].concat())
        .current_dir(dir.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), &b""[..]));
}

#[test]
fn without_a_terminal_the_answers_are_read_from_standard_input_and_that_is_told() {
    let dir = folder(&[("a.txt", b"the the\n"), ("b.txt", b"it it\n")]);
    let review = [&["check", "--interactive"], &TEXT_RULES[..4]].concat();
    let told =
        "note: standard input is no terminal: one answer a line is read from it; --fix applies what is safe unasked\n";
    let run = with_input(dir.path(), &review, b"y\n");
    assert_eq!((run.status, read(dir.path(), "a.txt")), (1, b"the\n".to_vec()));
    assert_eq!(run.stderr, format!("{told}note: 1 applied; the same command goes on from here\n"));
    assert_eq!(with_input(dir.path(), &review, b"").status, 1);
    assert_eq!(with_input(dir.path(), &review, b"y\n").status, 0);
}
