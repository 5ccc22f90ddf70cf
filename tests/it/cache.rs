//! Results are kept from run to run, and nobody can tell but by the time it takes.

use crate::{Run, folder, orthonym, with_environment};
use std::path::Path;

const ARTICLE: &[u8] = include_bytes!("../articles/press-forum.txt");

/// A text with so many empty lines behind it that its results are worth keeping.
fn long(text: &str) -> Vec<u8> {
    format!("{text}{}", "\n".repeat(1024)).into_bytes()
}

fn check(folder: &Path, arguments: &[&str]) -> Run {
    orthonym(folder, &[&["check"], arguments].concat())
}

/// What a verbose run says of the cache.
fn usage(folder: &Path, arguments: &[&str]) -> String {
    let run = check(folder, &[&["-v"], arguments].concat());
    run.stderr.lines().find(|line| line.contains("from the cache")).unwrap_or("not used").to_owned()
}

#[test]
fn every_format_is_the_same_with_and_without() {
    let dir = folder(&[
        ("article.txt", ARTICLE),
        ("broken.po", &long("msgid \"a\"\nmsgstr \"the the\n")),
        (
            "utf16.txt",
            &format!("\u{feff}😀 it it{}", "\n".repeat(1024))
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<u8>>(),
        ),
    ]);
    for arguments in [
        &["--output-format", "full"][..],
        &["--output-format", "json"],
        &["--output-format", "sarif"],
        &["--diff", "--unsafe-fixes"],
        &["--statistics"],
    ] {
        let plain = check(dir.path(), &[&["--no-cache"], arguments].concat());
        for _ in 0..2 {
            let kept = check(dir.path(), arguments);
            assert_eq!(
                (kept.status, kept.stdout, kept.stderr),
                (plain.status, plain.stdout.clone(), plain.stderr.clone())
            );
        }
    }
    assert_eq!(usage(dir.path(), &[]), "3 results from the cache, 0 new");
    assert_eq!(usage(dir.path(), &["--min-confidence", "0.9"]), "0 results from the cache, 3 new");
}

#[test]
fn what_changed_is_linted_anew() {
    let dir = folder(&[("a.txt", &long("the the\n")), ("b.txt", &long("it it\n")), ("names.toml", b"")]);
    let common = ["--no-builtin", "--dictionary", "names.toml"];
    assert_eq!(usage(dir.path(), &common), "0 results from the cache, 2 new");
    std::fs::write(dir.path().join("a.txt"), long("fine\n")).unwrap();
    assert_eq!(usage(dir.path(), &common), "1 result from the cache, 1 new");
    std::fs::write(dir.path().join("names.toml"), "[[name]]\nname = \"Ann Lee\"\n").unwrap();
    assert_eq!(usage(dir.path(), &common), "0 results from the cache, 2 new");
    check(dir.path(), &[&common[..], &["--fix"]].concat());
    assert_eq!(std::fs::read(dir.path().join("b.txt")).unwrap(), long("it\n"));
    assert_eq!(usage(dir.path(), &["--no-cache"]), "not used");
}

#[test]
fn it_lies_beside_the_configuration_unless_another_place_is_named() {
    let dir = folder(&[("orthonym.toml", b"builtin = false"), ("in/a.txt", b"the the\n"), ("in/names/b.txt", b"")]);
    check(&dir.path().join("in/names"), &[".."]);
    assert_eq!(std::fs::read(dir.path().join(".orthonym-cache/.gitignore")).unwrap(), b"*\n");
    let elsewhere = [("ORTHONYM_CACHE_DIR", "kept/here")];
    with_environment(dir.path(), &["check"], b"", &elsewhere);
    assert!(dir.path().join("kept/here/CACHEDIR.TAG").is_file());
    check(dir.path(), &["--cache-dir", "third"]);
    check(dir.path(), &["--config", "cache-dir=fourth"]);
    assert!(dir.path().join("third/CACHEDIR.TAG").is_file() && dir.path().join("fourth/CACHEDIR.TAG").is_file());

    let cleaned = orthonym(dir.path(), &["clean"]);
    assert_eq!((cleaned.status, cleaned.stderr.as_str()), (0, "note: .orthonym-cache is deleted\n"));
    assert!(!dir.path().join(".orthonym-cache").exists());
    assert_eq!(orthonym(dir.path(), &["clean"]).stderr, "note: there is no cache in .orthonym-cache\n");
    assert_eq!(with_environment(dir.path(), &["clean"], b"", &elsewhere).stderr, "note: kept/here is deleted\n");
    assert_eq!(orthonym(dir.path(), &["clean", "--cache-dir", "third"]).stderr, "note: third is deleted\n");
}

#[test]
fn what_is_no_cache_of_ours_is_told_and_neither_used_nor_deleted() {
    let dir = folder(&[("a.txt", b"the the\n"), ("letters/one.txt", b"Dear\n")]);
    let common = ["a.txt", "--no-builtin", "-q", "--cache-dir", "letters"];
    let run = check(dir.path(), &common);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    let told = check(dir.path(), &["a.txt", "--no-builtin", "--cache-dir", "letters"]);
    assert_eq!(told.stderr, "note: no results are kept: letters is no cache of orthonym, and is left alone\n");
    let cleaned = orthonym(dir.path(), &["clean", "--cache-dir", "letters"]);
    assert_eq!(
        (cleaned.status, cleaned.stderr.as_str()),
        (2, "error: letters is no cache of orthonym, and is left alone\n")
    );
    assert_eq!(dir.path().join("letters").read_dir().unwrap().count(), 1);
}

#[test]
fn damage_is_told_and_mended() {
    let dir = folder(&[("a.txt", &long("the the\n"))]);
    let found = check(dir.path(), &["--no-builtin"]).stdout;
    for item in dir.path().join(".orthonym-cache").read_dir().unwrap() {
        let path = item.unwrap().path();
        if path.extension().is_none() && !path.ends_with(".gitignore") {
            std::fs::write(path, b"\xff{").unwrap();
        }
    }
    let run = check(dir.path(), &["--no-builtin"]);
    assert_eq!(
        (run.stdout, run.stderr.as_str()),
        (found, "note: 1 result in the cache could not be read, made anew\n")
    );
    assert_eq!(usage(dir.path(), &["--no-builtin"]), "1 result from the cache, 0 new");
}

#[test]
fn runs_at_the_same_time_do_each_other_no_harm() {
    let names: Vec<String> = (0..60).map(|number| format!("{number}.txt")).collect();
    let text = long("so the the\n");
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), text.as_slice())).collect();
    let dir = folder(&files);
    let arguments = ["--no-builtin", "-j", "2", "--output-format", "concise"];
    let expected = check(dir.path(), &[&["--no-cache"], &arguments[..]].concat()).stdout;
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..6).map(|_| scope.spawn(|| check(dir.path(), &arguments))).collect();
        for run in runs {
            let run = run.join().unwrap();
            assert_eq!((run.status, run.stdout, run.stderr.as_str()), (1, expected.clone(), ""));
        }
    });
    assert_eq!(usage(dir.path(), &["--no-builtin"]), "60 results from the cache, 0 new");
}
