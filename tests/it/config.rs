//! Configuration: where it is looked for, what wins, what is wrong with it.

use crate::{Run, folder, orthonym, with_environment};
use std::path::Path;

const FOUND: &str = "1:1: warning[text/repeated-word]: “the” stands here more than once\n";

fn check(folder: &Path, arguments: &[&str]) -> Run {
    orthonym(folder, &[&["check", "-q", "--no-builtin", "--output-format", "concise"], arguments].concat())
}

#[test]
fn the_nearest_file_wins_and_of_one_folder_the_first() {
    let on = b"rules.text = 'warning'\n";
    let off = b"rules.text = 'off'\n";
    let dir = folder(&[
        ("orthonym.toml", on),
        ("a.txt", b"the the\n"),
        ("dotted/.orthonym.toml", off),
        ("dotted/orthonym.toml", on),
        ("dotted/a.txt", b"the the\n"),
        ("python/pyproject.toml", b"[tool.orthonym]\nrules.text = 'off'\n"),
        ("python/deep/er/a.txt", b"the the\n"),
        ("rust/Cargo.toml", b"[package]\nname = 'x'\n[package.metadata.orthonym.rules]\ntext = 'error'\n"),
        ("rust/a.txt", b"the the\n"),
        ("foreign/pyproject.toml", b"[tool.other]\nx = 1\n"),
        ("foreign/a.txt", b"the the\n"),
    ]);
    let error = FOUND.replace("warning", "error");
    assert_eq!(check(dir.path(), &[]).stdout, format!("a.txt:{FOUND}foreign/a.txt:{FOUND}rust/a.txt:{error}"));
    assert_eq!(check(dir.path(), &["--isolated"]).stdout.lines().count(), 5);
    assert_eq!(check(dir.path(), &["--config", "dotted/.orthonym.toml"]).stdout, "");
}

#[test]
fn extend_lays_one_file_over_another_and_paths_stand_where_they_are_written() {
    let dir = folder(&[
        ("common/orthonym.toml", b"dictionaries = ['names.txt']\nrules.all = 'off'\nmin-confidence = 0.9\n"),
        ("common/names.txt", b"Edwy Plenel\n"),
        ("site/orthonym.toml", b"extend = '../common/orthonym.toml'\nrules.'text/repeated-word' = 'info'\n"),
        ("site/a.txt", b"the the\n"),
    ]);
    assert_eq!(check(dir.path(), &["site"]).stdout, format!("site/a.txt:{}", FOUND.replace("warning", "info")));
    let shown = orthonym(dir.path(), &["config", "site/a.txt"]).stdout;
    assert!(shown.contains("dictionaries = [\"common/names.txt\"]  # common/orthonym.toml:1\n"), "{shown}");
    assert!(shown.contains("\"text/repeated-word\" = \"info\"  # site/orthonym.toml:2\n"), "{shown}");
    assert!(shown.contains("\"names/acronym\" = \"off\"  # common/orthonym.toml:2\n"), "{shown}");

    std::fs::write(dir.path().join("common/orthonym.toml"), "extend = '../site/orthonym.toml'").unwrap();
    let circle = check(dir.path(), &["site"]);
    assert!(circle.status == 2 && circle.stderr.contains("extends itself"), "{}", circle.stderr);
}

#[test]
fn the_command_line_wins_then_the_environment_then_the_file() {
    let dir = folder(&[("orthonym.toml", b"output-format = 'json'\nmin-confidence = 0.99"), ("a.txt", b"the the\n")]);
    let run = |arguments: &[&str], environment: &[(&str, &str)]| {
        with_environment(dir.path(), &[&["check", "-q"], arguments].concat(), b"", environment)
    };
    assert_eq!(run(&[], &[]).stdout, "[]\n");
    assert_eq!(run(&[], &[("ORTHONYM_OUTPUT_FORMAT", "concise")]).stdout, "");
    let format = "output-format=json-lines";
    assert!(run(&["--config", format, "--min-confidence", "0"], &[]).stdout.starts_with("{\""));
    let concise = run(&["--config", format, "--min-confidence", "0", "--output-format", "concise"], &[]);
    assert_eq!(concise.stdout, format!("a.txt:{FOUND}"));
    let wrong = run(&[], &[("ORTHONYM_OUTPUT_FORMAT", "concice")]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.stderr.contains("$ORTHONYM_OUTPUT_FORMAT: `output-format` is one of"), "{}", wrong.stderr);
    let elsewhere = run(&[], &[("ORTHONYM_CONFIG", "none.toml")]);
    assert!(elsewhere.stderr.starts_with("error: cannot read the configuration none.toml\n"), "{}", elsewhere.stderr);
}

#[test]
fn overrides_hold_for_their_paths_and_under_the_command_line() {
    let config = b"rules.text = 'off'\n[[overrides]]\npaths = ['in/']\nmin-confidence = 0.99\nrules.text = 'error'\n";
    let dir = folder(&[("orthonym.toml", config), ("in/a.txt", b"the the\n"), ("out/a.txt", b"the the\n")]);
    assert_eq!(check(dir.path(), &[]).stdout, "");
    let error = FOUND.replace("warning", "error");
    assert_eq!(check(dir.path(), &["--min-confidence", "0.5"]).stdout, format!("in/a.txt:{error}"));
    assert_eq!(check(dir.path(), &["--select", "text"]).stdout, "");
}

#[test]
fn excludes_are_relative_to_their_file() {
    let dir = folder(&[
        ("orthonym.toml", b"exclude = ['/out', '*.bak.txt']\n"),
        ("out/a.txt", b"the the\n"),
        ("in/out/a.txt", b"the the\n"),
        ("in/b.bak.txt", b"the the\n"),
        ("in/sub/a.log", b"the the\n"),
    ]);
    assert_eq!(check(dir.path(), &[]).stdout, format!("in/out/a.txt:{FOUND}"));
    assert_eq!(check(&dir.path().join("in"), &["."]).stdout, format!("out/a.txt:{FOUND}"));
    assert_eq!(check(dir.path(), &["--config", "include='*.log'"]).stdout, format!("in/sub/a.log:{FOUND}"));
    assert_eq!(check(dir.path(), &["out/a.txt", "--config", "force-exclude=true"]).stdout, "");
}

#[test]
fn names_can_be_settled_and_entries_forgotten() {
    let dictionary = b"[[name]]\nid = 'ann-lee'\nname = 'Ann Lee'\nwrong = ['Anne Lea']\n";
    let config = b"dictionaries = ['names.toml']\n[settle]\n'Enn Li' = 'ann-lee'\n";
    let dir = folder(&[("orthonym.toml", config), ("names.toml", dictionary), ("a.txt", b"Enn Li and Anne Lea.\n")]);
    let run = check(dir.path(), &["--select", "names/misspelling"]);
    assert_eq!(run.stdout.lines().count(), 2, "{}{}", run.stdout, run.stderr);
    assert_eq!(check(dir.path(), &["--fix"]).status, 0);
    assert_eq!(std::fs::read(dir.path().join("a.txt")).unwrap(), b"Ann Lee and Ann Lee.\n");

    let forgotten = check(dir.path(), &["--config", "forget='ann-lee'"]);
    assert!(
        forgotten.status == 2 && forgotten.stderr.contains("orthonym.toml:3: “Enn Li” cannot be settled"),
        "{}",
        forgotten.stderr
    );
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_what_was_meant() {
    for (config, message) in [
        ("\n min-confidense = 1", "orthonym.toml:2:2: unknown key `min-confidense`; did you mean `min-confidence`?"),
        ("min-confidence = 2", "orthonym.toml:1:18: `min-confidence` is a number from 0 to 1"),
        ("style = 1", "orthonym.toml:1:9: `style` is a text in quotes"),
        ("fail-on = 'warn'", "orthonym.toml:1:11: `fail-on` is one of info, warning, error; did you mean `warning`?"),
        (
            "[rules]\nnames = 'of'",
            "orthonym.toml:2:9: `names` is one of off, on, info, warning, error; did you mean `off`?",
        ),
        (
            "rules.'names/acronim' = 'off'",
            "orthonym.toml:1:7: unknown rule `names/acronim`; did you mean `names/acronym`?",
        ),
        ("ignore = ['names']", "orthonym.toml:1:11: `ignore` holds tables"),
        ("[[ignore]]\nreason = 'so'", "would ignore everything"),
        ("[[ignore]]\ntxt = 'so'", "orthonym.toml:2:1: unknown key `txt`; did you mean `text`?"),
        ("[[overrides]]\nstyle = 'ap'", "[[overrides]] needs `paths`"),
        ("[[overrides]]\npath = 'a'", "orthonym.toml:2:1: unknown key `path`; did you mean `paths`?"),
        ("[[overrides]]\npaths = 'a'\nfail-on = 'error'", "orthonym.toml:3:1: `fail-on` holds for a whole run"),
        ("exclude = ['a{']", "orthonym.toml:1:11: `a{` is not a pattern"),
        ("a = = 1", "orthonym.toml:1:5: "),
        ("extend = 'none.toml'", "orthonym.toml:1: cannot read the configuration none.toml to extend"),
        ("\ndictionaries = ['none.toml']", "orthonym.toml:2: cannot read the dictionary none.toml"),
        ("glossaries = ['none.tsv']", "orthonym.toml:1: cannot read the glossary none.tsv"),
        ("select = ['names']", "orthonym.toml:1:1: unknown key `select`; [rules] turns rules on and off"),
        ("source-language = 'arabic'", "the ISO 639 code of a language"),
    ] {
        let dir = folder(&[("orthonym.toml", config.as_bytes()), ("a.txt", b"")]);
        let run = check(dir.path(), &[]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{config}");
        assert!(run.stderr.starts_with("error: ") && run.stderr.contains(message), "{config}: {}", run.stderr);
    }
    let dir = folder(&[("a.txt", b"")]);
    let run = check(dir.path(), &["--config", "stile=ap"]);
    assert!(
        run.stderr.starts_with("error: --config stile=ap: unknown key `stile`; did you mean `style`?"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_config_prints_is_a_configuration_that_means_the_same() {
    let config = b"style = 'ap'\nforget = ['x']\n[settle]\n'A = B' = 'ann-lee'\n[[ignore]]\ntext = 'x'\nreason = 'y'\n";
    let dir = folder(&[("orthonym.toml", config)]);
    let first = orthonym(dir.path(), &["config"]);
    assert_eq!((first.status, first.stderr.as_str()), (0, ""));
    std::fs::write(dir.path().join("orthonym.toml"), &first.stdout).unwrap();
    let second = orthonym(dir.path(), &["config"]);
    let values = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.split("  # ").next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!((values(&second.stdout), second.stderr.as_str()), (values(&first.stdout), ""));
}

#[test]
fn init_writes_a_file_that_says_nothing_until_it_is_uncommented() {
    let dir = folder(&[]);
    let path = dir.path().join("orthonym.toml");
    assert_eq!(orthonym(dir.path(), &["init"]).status, 0);
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(check(dir.path(), &[]).status, 0);
    // Uncommented, every line of it is valid.
    let uncommented: Vec<&str> = text.lines().map(|line| line.strip_prefix('#').unwrap_or(line)).collect();
    let uncommented: Vec<&str> = uncommented.into_iter().filter(|line| !line.starts_with(' ')).collect();
    std::fs::write(&path, uncommented.join("\n")).unwrap();
    let run = orthonym(dir.path(), &["config"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let again = orthonym(dir.path(), &["init"]);
    assert!(again.status == 2 && again.stderr.contains("is there already"), "{}", again.stderr);
}

#[test]
fn the_schema_knows_every_key() {
    let schema = orthonym(Path::new("."), &["schema"]).stdout;
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    for key in orthonym::config::keys::all() {
        assert!(schema["properties"][key.name]["description"].is_string(), "{}", key.name);
    }
    assert_eq!(schema["additionalProperties"], false);
}

#[test]
fn shells_and_man_are_served() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = orthonym(Path::new("."), &["completions", shell]);
        assert!(run.status == 0 && run.stdout.contains("orthonym"), "{shell}");
    }
    let manual = orthonym(Path::new("."), &["man"]).stdout;
    for page in [".TH orthonym ", ".TH orthonym-check ", ".TH orthonym-dict ", ".TH orthonym-dict-import "] {
        assert!(manual.contains(page), "{page}");
    }
}
