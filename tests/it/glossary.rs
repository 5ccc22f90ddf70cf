//! Glossaries: given on the command line or in the configuration, they hold translations to a project's terms.

use crate::{folder, orthonym};

const SET: &[u8] = b"source\ttarget\nles disques durs\tThe fixed disks\nun fichier\ta file\nle fichier\tthe paper\n";
const TERMS: &[u8] = b"source\ttarget\tforbidden\ndisque dur\thard disk\tfixed disk\nfichier\tfile\t\n";

#[test]
fn a_glossary_holds_translations_to_its_terms() {
    let dir = folder(&[("set.tsv", SET), ("terms.tsv", TERMS)]);
    let args = ["check", "set.tsv", "--select", "source/glossary", "--output-format", "concise"];
    let run = orthonym(dir.path(), &[&args[..], &["--glossary", "terms.tsv"]].concat());
    assert!(run.stdout.contains("set.tsv:2:22: "), "{}", run.stdout);
    assert!(run.stdout.contains("the glossary forbids “fixed disks” for “disque dur”"), "{}", run.stdout);
    assert!(run.stdout.contains("set.tsv:4:12: "), "{}", run.stdout);
    assert_eq!(run.status, 1);
    // Without one there is nothing to hold them to.
    assert_eq!(orthonym(dir.path(), &args).status, 0);
}

#[test]
fn a_configuration_names_glossaries_and_shows_them() {
    let config = b"glossaries = ['terms.tsv']\n";
    let dir = folder(&[("set.tsv", SET), ("terms.tsv", TERMS), ("orthonym.toml", config)]);
    assert_eq!(orthonym(dir.path(), &["check", "set.tsv", "--select", "source/glossary"]).status, 1);
    let shown = orthonym(dir.path(), &["config"]).stdout;
    assert!(shown.contains("glossaries = [\"terms.tsv\"]  # orthonym.toml:1"), "{shown}");
    assert!(orthonym(dir.path(), &["schema"]).stdout.contains("\"glossaries\""));
}

#[test]
fn a_glossary_that_is_none_is_an_error_with_its_place() {
    let dir = folder(&[("set.tsv", SET), ("terms.tsv", b"source\ttarget\nfichier\tfile\n\tx\n"), ("terms.doc", b"")]);
    let run = orthonym(dir.path(), &["check", "set.tsv", "--glossary", "terms.tsv"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("terms.tsv:3: no source in this line"), "{}", run.stderr);
    let run = orthonym(dir.path(), &["check", "set.tsv", "--glossary", "terms.doc"]);
    assert!(run.status == 2 && run.stderr.contains("use .tsv, .csv or .tbx"), "{}", run.stderr);
}
