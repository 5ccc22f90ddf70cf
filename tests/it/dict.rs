//! Dictionaries of one's own: checked, counted, compiled, edited, laid one above the other.

use crate::{folder, orthonym};
use std::path::Path;

const NAMES: &str = "\
# our people
[[name]]
id = \"vanja-korol\"
name = \"Vanja Korol\"
kind = \"person\"
native = { ru = \"Ваня Король\" }
accepted = [\"Vanya Korol\"] # as the agencies write
source = \"our style book\"
";

/// The outcome of `dict` with these arguments; it must succeed.
fn dict(folder: &Path, arguments: &[&str]) -> String {
    let run = orthonym(folder, &[&["dict"], arguments].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    run.stdout
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn check_reports_like_a_linter() {
    let twice = NAMES.to_owned() + NAMES + "with = [\"nobody\"]\n";
    let dir = folder(&[("good.toml", NAMES.as_bytes()), ("bad.toml", twice.as_bytes())]);
    let good = orthonym(dir.path(), &["dict", "check", "good.toml"]);
    assert_eq!((good.status, good.stdout.as_str()), (0, "1 file checked: nothing found\n"), "{}", good.stderr);
    let bad = orthonym(dir.path(), &["dict", "check", "bad.toml", "--output-format", "json-lines"]);
    assert_eq!(bad.status, 1, "{}", bad.stderr);
    let found: Vec<serde_json::Value> = bad.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let rules: Vec<&str> = found.iter().map(|finding| finding["rule"].as_str().unwrap()).collect();
    assert!(
        rules.contains(&"dictionary/duplicate-id") && rules.contains(&"dictionary/dangling-reference"),
        "{rules:?}"
    );
    assert_eq!(orthonym(dir.path(), &["dict", "check", "bad.toml", "--exit-zero"]).status, 0);
    assert_eq!(orthonym(dir.path(), &["dict", "check", "none.toml"]).status, 2);
}

#[test]
fn stats_keep_their_contract() {
    let dir = folder(&[("names.toml", NAMES.as_bytes()), ("more.txt", b"Ann Lee\n")]);
    let json = dict(dir.path(), &["stats", "names.toml", "more.txt", "--output-format", "json"]);
    let stats: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&stats["entries"], &stats["by_kind"]["person"]), (&2.into(), &2.into()), "{json}");
    assert_eq!((&stats["by_kind"]["place"], &stats["by_language"]["ru"]["entries"]), (&0.into(), &1.into()), "{json}");
    assert!(dict(dir.path(), &["stats", "names.toml"]).starts_with("1 entries, 1 native forms\n"));
}

#[test]
fn compiling_is_deterministic_and_the_file_serves_like_its_source() {
    let dir = folder(&[("names.toml", NAMES.as_bytes()), ("more.txt", b"Ann Lee\n")]);
    for output in ["a.bin", "b.bin"] {
        assert_eq!(dict(dir.path(), &["compile", "names.toml", "more.txt", "--output", output]), "");
    }
    assert!(std::fs::read(dir.path().join("a.bin")).unwrap() == std::fs::read(dir.path().join("b.bin")).unwrap());
    let suggest = |dictionary: &str| {
        let arguments = ["suggest", "Vania Korol", "--no-builtin", "--isolated", "--dictionary", dictionary];
        orthonym(dir.path(), &arguments).stdout
    };
    assert!(suggest("a.bin").contains("Vanja Korol (vanja-korol, "), "{}", suggest("a.bin"));
    assert_eq!(suggest("a.bin"), suggest("names.toml"));
    // Cut off, it is no dictionary, and nothing falls over.
    let bytes = std::fs::read(dir.path().join("a.bin")).unwrap();
    std::fs::write(dir.path().join("cut.bin"), &bytes[..bytes.len() / 2]).unwrap();
    let cut = orthonym(dir.path(), &["suggest", "x", "--dictionary", "cut.bin"]);
    assert!(cut.status == 2 && cut.stderr.contains("cut.bin: not a usable compiled dictionary"), "{}", cut.stderr);
}

#[test]
fn export_gives_back_what_was_read() {
    let dir = folder(&[("names.toml", NAMES.as_bytes())]);
    let export = |dictionary: &str, format: &str| {
        let output = ["--output-format", format];
        dict(dir.path(), &[&["export", "--no-builtin", "--isolated", "--dictionary", dictionary], &output[..]].concat())
    };
    let toml = export("names.toml", "toml");
    assert!(toml.contains("native = { ru = \"Ваня Король\" }\naccepted = [\"Vanya Korol\"]\n"), "{toml}");
    std::fs::write(dir.path().join("again.toml"), &toml).unwrap();
    assert_eq!(export("again.toml", "toml"), toml);
    let tsv = export("names.toml", "tsv");
    std::fs::write(dir.path().join("again.tsv"), &tsv).unwrap();
    assert_eq!(export("again.tsv", "tsv"), tsv);
}

#[test]
fn show_finds_by_id_and_by_right_name() {
    let dir = folder(&[("names.toml", NAMES.as_bytes())]);
    let show = |name: &str| {
        orthonym(dir.path(), &["dict", "show", name, "--no-builtin", "--isolated", "--dictionary", "names.toml"])
    };
    assert!(show("vanja-korol").stdout.starts_with("[[name]]\nid = \"vanja-korol\"\n"));
    assert_eq!(show("Vanya Korol").stdout, show("vanja-korol").stdout);
    let unknown = show("Vania Korol");
    assert_eq!((unknown.status, unknown.stdout.as_str()), (2, ""));
    assert!(unknown.stderr.contains("did you mean Vanja Korol (vanja-korol)?"), "{}", unknown.stderr);
}

#[test]
fn add_settles_a_name_and_keeps_comments() {
    let dir = folder(&[("names.toml", NAMES.as_bytes()), ("a.txt", b"Wanja Corol spoke.\n")]);
    dict(dir.path(), &["add", "Wanja Corol", "--is", "vanja-korol", "--dictionary", "names.toml"]);
    dict(dir.path(), &["add", "Wanja Corol", "--is", "vanja-korol", "--dictionary", "names.toml"]);
    let text = read(dir.path(), "names.toml");
    assert!(text.starts_with("# our people\n") && text.contains("# as the agencies write\n"), "{text}");
    assert_eq!(text.matches("Wanja Corol").count(), 1, "{text}");
    let check = ["check", "a.txt", "--isolated", "--dictionary", "names.toml", "--output-format", "concise"];
    let run = orthonym(dir.path(), &check);
    assert!(run.status == 1 && run.stdout.contains("names/misspelling"), "{}", run.stdout);
    // A name of the built-in dictionary is copied, and taken from one's own from then on.
    dict(dir.path(), &["add", "Eduy Blenil", "--is", "Edwy Plenel"]);
    assert!(read(dir.path(), "names.toml").contains("id = \"edwy-plenel\""));
    let right = orthonym(dir.path(), &["dict", "add", "Edwy Plenel", "--is", "edwy-plenel"]);
    assert!(right.status == 2 && right.stderr.contains("is a right name of Edwy Plenel already"), "{}", right.stderr);
}

#[test]
fn later_dictionaries_override_entry_by_entry_and_forget_removes() {
    let dir = folder(&[
        ("below.toml", b"[[name]]\nid = \"a\"\nname = \"Vanja Korol\"\n\n[[name]]\nid = \"b\"\nname = \"Ann Lee\"\n"),
        ("above.toml", b"[[name]]\nid = \"a\"\nname = \"Vanya Korol\"\n"),
        (
            "orthonym.toml",
            b"builtin = false\ndictionaries = [\"below.toml\", \"above.toml\"]\nforget = [\"b\", \"c\"]\n",
        ),
    ]);
    let run = orthonym(dir.path(), &["dict", "export"]);
    assert_eq!(run.stdout, "[[name]]\nid = \"a\"\nname = \"Vanya Korol\"\nkind = \"person\"\n\n", "{}", run.stderr);
    assert!(run.stderr.contains("no entry `c` to forget") && !run.stderr.contains("`b`"), "{}", run.stderr);
}

#[test]
fn a_style_that_no_dictionary_has_is_told() {
    let names = "[[name]]\nname = \"Vanja Korol\"\naccepted = [{ form = \"Vanya Korol\", style = [\"ap\"] }]\n";
    let dir = folder(&[("names.toml", names.as_bytes()), ("a.txt", b"")]);
    let check = |style: &str, more: &[&str]| {
        let style = format!("style='{style}'");
        orthonym(dir.path(), &[&["check", "--no-builtin", "--config", &style, "a.txt"], more].concat()).stderr
    };
    let with = &["--dictionary", "names.toml"];
    assert_eq!(check("ap", with), "");
    let told = check("a.p.", with);
    assert!(told.contains("no dictionary in force has forms of the style “a.p.”, but of ap"), "{told}");
    let told = check("ap", &[]);
    assert!(told.contains("no dictionary in force has forms of a style, so none of “ap”"), "{told}");
}

#[test]
fn a_lock_holds_dictionaries_to_what_they_were() {
    let dir = folder(&[
        ("site/orthonym.toml", b"dictionaries = [\"../names.toml\"]\n\n[[overrides]]\npaths = [\"b.txt\"]\ndictionaries = [\"more.txt\"]\n"),
        ("site/a.txt", b"Vanja Korol spoke.\n"),
        ("site/b.txt", b"Ann Lee spoke.\n"),
        ("site/more.txt", b"Ann Lee\n"),
        ("names.toml", NAMES.as_bytes()),
    ]);
    let site = dir.path().join("site");
    let check = || orthonym(&site, &["check", "-q", "--locked"]);
    let none = check();
    assert!(none.status == 2 && none.stderr.contains("`orthonym dict lock` writes one"), "{}", none.stderr);

    let told = orthonym(&site, &["dict", "lock"]).stderr;
    assert_eq!(told, "note: 3 dictionaries locked: orthonym.lock\n");
    let lock = read(&site, "orthonym.lock");
    assert!(
        lock.contains("[builtin]\northonym = ")
            && lock.contains("\"../names.toml\" = ")
            && lock.contains("\"more.txt\" = "),
        "{lock}"
    );
    assert_eq!(check().status, 0, "{}", check().stderr);
    // It stands beside the configuration, wherever the run starts.
    assert_eq!(orthonym(dir.path(), &["check", "-q", "--locked", "site"]).status, 0);

    std::fs::write(site.join("more.txt"), "Ann Leigh\n").unwrap();
    let changed = check();
    assert!(changed.status == 2 && changed.stderr.contains("more.txt has changed"), "{}", changed.stderr);
    assert_eq!(orthonym(&site, &["check", "-q"]).status, 0, "nobody asked for the lock");
    assert!(orthonym(&site, &["dict", "lock"]).stderr.starts_with("note: more.txt has changed\n"));
    assert_eq!(check().status, 0);

    // What an upgrade does: the built-in dictionary is another one.
    let older = read(&site, "orthonym.lock").replacen("sha256 = \"", "sha256 = \"00", 1);
    std::fs::write(site.join("orthonym.lock"), older).unwrap();
    let upgraded = check();
    assert!(upgraded.status == 2 && upgraded.stderr.contains("the built-in dictionary"), "{}", upgraded.stderr);
    // A configuration can ask for it as well.
    assert_eq!(orthonym(&site, &["suggest", "x", "--config", "locked=true"]).status, 2);
}

#[test]
fn ordinary_english_is_no_name_of_the_builtin_dictionary() {
    let text = "In March the store in Zurich closed. On March 5 New Yorkers met a Costa Rican minister in Costa Rica.";
    let dir = folder(&[("news.txt", text.as_bytes())]);
    let run = orthonym(dir.path(), &["check", "--isolated", "--output-format", "concise", "-q", "news.txt"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
}
