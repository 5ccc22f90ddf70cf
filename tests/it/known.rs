//! Only what is new: baselines, changed lines, lists of files; and what is told of fixes.

use crate::{Run, folder, orthonym, with_input};
use std::path::Path;

fn check(folder: &Path, arguments: &[&str]) -> Run {
    let common =
        ["check", "--no-builtin", "--isolated", "--select", "text/repeated-word", "--output-format", "concise"];
    orthonym(folder, &[&common[..], arguments].concat())
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

#[test]
fn a_baseline_hides_what_it_knows_wherever_it_moves() {
    let dir = folder(&[("in/a.txt", b"the the\nfine\nthe the\n"), ("b.txt", b"it it\n")]);
    let written = check(dir.path(), &["--baseline", "known.json", "--write-baseline"]);
    assert_eq!((written.status, written.stdout.as_str()), (0, ""));
    assert!(written.stderr.contains("note: 3 findings are known from now on"), "{}", written.stderr);
    let stored = std::fs::read_to_string(dir.path().join("known.json")).unwrap();
    assert!(stored.contains("\"in/a.txt\"") && !stored.contains("the the"), "{stored}");

    let with = |arguments: &[&str]| check(dir.path(), &[&["-q", "--baseline", "known.json"], arguments].concat());
    assert_eq!((with(&[]).status, with(&[]).stdout.as_str()), (0, ""));
    write(dir.path(), "in/a.txt", "new new\n\nthe the\nfine\nthe the\nthe the\n");
    let new = with(&[]);
    assert_eq!(new.status, 1);
    let places: Vec<&str> = new.stdout.lines().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(places, ["in/a.txt:1:1", "in/a.txt:6:1"]);
    // From another folder it is the same baseline.
    let inside = check(&dir.path().join("in"), &["-q", "--baseline", "../known.json"]);
    assert_eq!(inside.stdout.lines().count(), 2);
}

#[test]
fn stale_entries_are_told_and_pruned() {
    let dir = folder(&[("a.txt", b"the the\nit it\n"), ("b.txt", b"so the the\n")]);
    check(dir.path(), &["--baseline", "known.json", "--write-baseline"]);
    write(dir.path(), "a.txt", "the the\n");
    std::fs::remove_file(dir.path().join("b.txt")).unwrap();
    let told = check(dir.path(), &["--baseline", "known.json"]);
    assert!(told.status == 0 && told.stderr.contains("2 entries of the baseline are found no more"), "{}", told.stderr);
    check(dir.path(), &["--baseline", "known.json", "--prune-baseline"]);
    let after = check(dir.path(), &["--baseline", "known.json"]);
    assert_eq!((after.status, after.stderr.as_str()), (0, ""));
    let missing = check(dir.path(), &["--baseline", "none.json"]);
    assert!(missing.status == 2 && missing.stderr.contains("cannot read the baseline none.json"), "{}", missing.stderr);
}

#[test]
fn one_is_told_as_one() {
    let dir = folder(&[("a.txt", b"the the\n")]);
    let told = |more: &[&str]| check(dir.path(), &[&["--baseline", "known.json"], more].concat()).stderr;
    assert_eq!(told(&["--write-baseline"]), "note: 1 finding is known from now on\n");
    write(dir.path(), "a.txt", "the\n");
    assert_eq!(told(&[]), "note: 1 entry of the baseline is found no more; --prune-baseline drops it\n");
    assert_eq!(told(&["--prune-baseline"]), "note: 1 stale entry is dropped from the baseline\n");
}

#[test]
fn since_a_revision_only_changed_lines_count() {
    let dir = folder(&[("a.txt", b"the the\nfine\nit it\n"), ("é b.txt", b"the the\n")]);
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=n", "-c", "user.email=e", "-c", "commit.gpgsign=false"];
        let run = std::process::Command::new("git").args(identity).args(arguments).current_dir(dir.path()).output();
        run.is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "-q"]) {
        return; // no git here
    }
    assert!(git(&["add", "."]) && git(&["commit", "-q", "-m", "x"]));
    let since = || check(dir.path(), &["-q", "--since", "HEAD"]);
    assert_eq!((since().status, since().stdout.as_str()), (0, ""));
    write(dir.path(), "a.txt", "the the\nfine\nour our\nit it\n");
    write(dir.path(), "é b.txt", "the the\nthe the\n");
    write(dir.path(), "new.txt", "we we\n");
    let run = since();
    let places: Vec<&str> = run.stdout.lines().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(places, ["a.txt:3:1", "new.txt:1:1", "é b.txt:2:1"], "{}", run.stderr);
    let wrong = check(dir.path(), &["--since", "nowhere"]);
    assert!(wrong.status == 2 && wrong.stderr.contains("git says: "), "{}", wrong.stderr);
}

#[test]
fn a_list_names_files() {
    let dir = folder(&[
        ("a.txt", b"the the\n"),
        ("b c.txt", b"it it\n"),
        ("d.txt", b"we we\n"),
        ("list", b"b c.txt\r\na.txt\n"),
    ]);
    let from_file = check(dir.path(), &["-q", "--file-list", "list"]);
    assert!(
        from_file.stdout.starts_with("b c.txt:1:1") && from_file.stdout.lines().count() == 2,
        "{}",
        from_file.stdout
    );
    let arguments = ["check", "-q", "--isolated", "--no-builtin", "--output-format", "concise", "--file-list", "-"];
    assert_eq!(with_input(dir.path(), &arguments, b"d.txt\0a.txt\0").stdout.lines().count(), 2);
    assert_eq!(check(dir.path(), &["--file-list", "none"]).status, 2);
}

#[test]
fn fixes_are_listed_and_what_is_left_can_go_unsaid() {
    let dir = folder(&[("a.txt", b"so the the\n")]);
    let run = check(dir.path(), &["--fix-only", "--show-fixes"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, "1 file checked: 1 fixed, nothing left\n"));
    assert_eq!(run.stderr, "note: fixed a.txt:1:4: text/repeated-word: “the the” → “the”\n");
}

#[test]
fn findings_are_decided_one_at_a_time() {
    let dir = folder(&[("a.txt", b"the the, it it, our our\n"), ("b.txt", b"it it, my my\n")]);
    let arguments = ["check", "--interactive", "--select", "text/repeated-word", "--no-builtin"];
    let run = with_input(dir.path(), &arguments, b"?\ny\ni\n9\nu\ni\ne\nour\ny\n");
    assert_eq!((run.status, run.stderr.contains("3 applied, 0 left")), (0, true), "{}", run.stderr);
    assert_eq!(std::fs::read(dir.path().join("a.txt")).unwrap(), b"the, it it, our\n");
    assert_eq!(std::fs::read(dir.path().join("b.txt")).unwrap(), b"it it, my\n");
    let config = std::fs::read_to_string(dir.path().join("orthonym.toml")).unwrap();
    assert!(config.contains("[[ignore]]\ntext = \"it it\"\n"), "{config}");
    // Resumed, it asks about nothing that was decided.
    let again = with_input(dir.path(), &arguments, b"");
    assert_eq!((again.status, again.stdout.as_str()), (0, ""), "{}", again.stderr);
}
