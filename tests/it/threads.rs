//! Output never depends on how many threads made it.

use crate::{Run, folder, orthonym};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::path::Path;

/// Files of several formats and sizes, the same in every run.
fn files() -> Vec<(String, Vec<u8>)> {
    let piece = prop::sample::select(vec![
        "so the the fox",
        "Eduy Blenil",
        "thе end",
        " , ",
        "..",
        "\n\n",
        " said ",
        "😀",
        "name",
    ]);
    let text = proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.join(" "));
    let mut runner = TestRunner::deterministic();
    let mut text = || text.new_tree(&mut runner).unwrap().current();
    let names = (0..60).map(|number| format!("{}/{number}.{}", number % 7, ["txt", "md", "html", "srt"][number % 4]));
    let mut files: Vec<(String, Vec<u8>)> = names.map(|name| (name, text().into_bytes())).collect();
    files.push(("3/latin1.txt".to_owned(), b"caf\xe9".to_vec()));
    files.push(("4/binary.txt".to_owned(), b"a\0b".to_vec()));
    files.push(("5/broken.po".to_owned(), b"msgid \"a\"\nmsgstr \"the the\n".to_vec()));
    files
}

fn check(folder: &Path, threads: &str, arguments: &[&str]) -> (String, String, i32) {
    let common = ["check", "--no-cache", "--extend-select", "text,names", "-j", threads];
    let Run { stdout, stderr, status } = orthonym(folder, &[&common, arguments].concat());
    (stdout, stderr, status)
}

#[test]
fn one_thread_and_eight_say_the_same() {
    let files = files();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let dir = folder(&files);
    for arguments in [
        &["--output-format", "full"][..],
        &["--output-format", "json"],
        &["--output-format", "sarif"],
        &["--statistics"],
        &["--diff", "--unsafe-fixes"],
    ] {
        let one = check(dir.path(), "1", arguments);
        assert!(one.0.len() > 1000 || arguments == ["--statistics"], "{one:?}");
        assert_eq!(one, check(dir.path(), "8", arguments), "{arguments:?}");
    }
}

#[test]
fn one_thread_and_eight_fix_the_same() {
    let files = files();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (one, eight) = (folder(&files), folder(&files));
    let fix = ["--fix", "--unsafe-fixes", "--show-fixes"];
    assert_eq!(check(one.path(), "1", &fix), check(eight.path(), "8", &fix));
    let read = |dir: &Path, name: &str| std::fs::read(dir.join(name)).unwrap();
    let changed = files.iter().filter(|(name, bytes)| read(one.path(), name) != *bytes).count();
    assert!(changed > 30, "{changed}");
    assert!(files.iter().all(|(name, _)| read(one.path(), name) == read(eight.path(), name)));
}
