//! Other people's files into a dictionary: each format, what is recorded of every entry, and what is told of what was left out.

use crate::{Run, folder, orthonym, with_input};
use std::io::Write;
use std::path::Path;

/// Imports a file and checks what comes out: a dictionary that loads, whose every entry has a source.
fn import(name: &str, bytes: &[u8], arguments: &[&str]) -> (String, String) {
    let dir = folder(&[(name, bytes)]);
    let run = orthonym(dir.path(), &[&["dict", "import", name, "--output", "out.toml"], arguments].concat());
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    let toml = std::fs::read_to_string(dir.path().join("out.toml")).unwrap();
    assert_eq!(toml.matches("[[name]]").count(), toml.matches("\nsource = ").count(), "{toml}");
    let check = orthonym(dir.path(), &["dict", "check", "out.toml", "--fail-on", "error"]);
    assert_eq!(check.status, 0, "{}{}", check.stdout, check.stderr);
    (toml, run.stderr)
}

const ENTITIES: &str = "[\n\
    {\"type\":\"item\",\"id\":\"Q1\",\"labels\":{\"en\":{\"value\":\"Vanja Korol\"},\"ru\":{\"value\":\"Ваня Король\"}},\
    \"claims\":{\"P31\":[{\"rank\":\"normal\",\"mainsnak\":{\"datavalue\":{\"value\":{\"id\":\"Q5\"}}}}]},\"sitelinks\":{\"enwiki\":{}}},\n\
    {\"type\":\"item\",\"id\":\"Q2\",\"labels\":{\"ru\":{\"value\":\"Ким\"}}},\n\
    ]\n";

#[test]
fn a_wikidata_dump_is_read_plain_and_packed() {
    let (plain, told) = import("dump.json", ENTITIES.as_bytes(), &["--from", "wikidata"]);
    assert!(plain.contains("name = \"Vanja Korol\"\nkind = \"person\"\nnative = { ru = \"Ваня Король\" }"), "{plain}");
    assert!(plain.contains("source = \"Wikidata Q1 (CC0)\""), "{plain}");
    assert_eq!(told, "note: 1 entries\nnote: skipped 1: it has no name in Latin letters (first: Wikidata Q2)\n");

    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(ENTITIES.as_bytes()).unwrap();
    assert_eq!(import("dump.json.gz", &gz.finish().unwrap(), &["--from", "wikidata"]).0, plain);
    let mut bz2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    bz2.write_all(ENTITIES.as_bytes()).unwrap();
    assert_eq!(import("dump.json.bz2", &bz2.finish().unwrap(), &["--from", "wikidata"]).0, plain);

    let (none, told) = import("dump.json", ENTITIES.as_bytes(), &["--from", "wikidata", "--class", "Q515"]);
    assert!(none.is_empty() && told.contains("skipped 2: its class is not asked for (first: Q1)"), "{told}");
    let (none, told) = import("dump.json", ENTITIES.as_bytes(), &["--from", "wikidata", "--min-sitelinks", "2"]);
    assert!(none.is_empty() && told.contains("skipped 2: it has too few sitelinks"), "{told}");
    let (other, _) = import("dump.json", ENTITIES.as_bytes(), &["--from", "wikidata", "--language", "ar"]);
    assert!(other.contains("Vanja Korol") && !other.contains("native"), "{other}");
}

#[test]
fn sanctions_entities() {
    let text = "{\"id\":\"NK-1\",\"schema\":\"Person\",\"datasets\":[\"peps\"],\"properties\":{\"name\":[\"Vanja Korol\",\"Ваня Король\"],\"alias\":[\"V. Korol\"],\"weakAlias\":[\"Vanja\"]}}\n{\n";
    let (toml, told) = import("a.ftm.json", text.as_bytes(), &["--from", "ftm", "--licence", "CC BY-NC 4.0"]);
    assert!(
        toml.contains("source = \"peps: NK-1 (CC BY-NC 4.0)\"") && toml.contains("accepted = [\"V. Korol\"]"),
        "{toml}"
    );
    assert!(told.contains("skipped 1: a weak alias is never matched (first: NK-1)"), "{told}");
    assert!(told.contains("skipped 1: the line is no entity (first: line 2"), "{told}");
}

#[test]
fn jrc_names() {
    let text = "0\tP\tu\tJunk+Row\n7\tP\tu\tVanja+Korol\n7\tP\tru\tВаня+Король\n7\tP\tu\tWanja+Corol\n7\tP\n";
    let (toml, told) = import("entities", text.as_bytes(), &["--from", "jrc"]);
    assert!(toml.contains("id = \"jrc-7\"\nname = \"Vanja Korol\"") && toml.contains("ru = \"Ваня Король\""), "{toml}");
    assert!(
        !toml.contains("Junk") && !toml.contains("Corol") && toml.contains("JRC-Names 7 (© European Union, JRC-Names)"),
        "{toml}"
    );
    for reason in ["id 0", "a variant is attested, which makes it no right form", "the line has not four cells"] {
        assert!(told.contains(reason), "{told}");
    }
}

#[test]
fn geonames_and_paranames() {
    let text = "1\t99\ten\tKorolgrad\t1\t\t\t\n2\t99\tru\tКорольград\t\t\t\t\n3\t99\tpost\t123\t\t\t\t\n4\t99\ten\tOld Korol\t\t\t\t1\n";
    let (toml, told) = import("alternateNamesV2.txt", text.as_bytes(), &["--from", "geonames"]);
    assert!(toml.contains("name = \"Korolgrad\"\nkind = \"place\"\nnative = { ru = \"Корольград\" }"), "{toml}");
    assert!(toml.contains("source = \"GeoNames 99 (CC BY 4.0)\"") && !toml.contains("Old Korol"), "{toml}");
    assert_eq!(told.matches("skipped 1: ").count(), 2, "{told}");

    let text = "wikidata_id\teng\tlabel\tlanguage\ttype\nQ9\tVanja Korol\tВаня Король\tru\tPER\nQ9\t\tx\tru\tPER\n";
    let (toml, told) = import("names.tsv", text.as_bytes(), &["--from", "paranames"]);
    assert!(toml.contains("same_as = \"Q9\"\nsource = \"ParaNames Q9 (CC BY 4.0)\""), "{toml}");
    assert!(told.contains("skipped 1: the line has no id or no English name (first: line 3)"), "{told}");
}

#[test]
fn glossaries_and_name_parts() {
    let text = "<?xml version=\"1.0\"?><martif type=\"TBX\"><text><body><termEntry id=\"t1\">\
        <langSet xml:lang=\"en\"><tig><term>Korol &amp; Sons</term></tig></langSet>\
        <langSet xml:lang=\"ru\"><tig><term>Король и сыновья</term></tig></langSet></termEntry></body></text></martif>";
    let (toml, _) = import("g.tbx", text.as_bytes(), &["--from", "tbx", "--kind", "organisation", "--licence", "ours"]);
    assert!(
        toml.contains("name = \"Korol & Sons\"\nkind = \"organisation\"\nnative = { ru = \"Король и сыновья\" }"),
        "{toml}"
    );
    assert!(toml.contains("(ours)\""), "{toml}");

    let (toml, told) = import("n.txt", "vanja, ваня => Q3\nоля => Q4\n".as_bytes(), &["--from", "rigour"]);
    assert!(toml.contains("name = \"Vanja\"") && toml.contains("source = \"rigour person_names: Q3 (MIT)\""), "{toml}");
    assert!(told.contains("skipped 1: it has no name in Latin letters (first: rigour person_names: Q4)"), "{told}");
}

#[test]
fn tables_with_columns_of_any_name() {
    let text = "Who,На русском,Also\nVanja Korol,Ваня Король,V. Korol;Vanya Korol\n,x,\n";
    let columns = ["--column", "name=Who", "--column", "native.ru=На русском", "--column", "accepted=Also"];
    let (toml, told) =
        import("t.csv", text.as_bytes(), &[&["--from", "csv", "--licence", "ours"], &columns[..]].concat());
    assert!(toml.contains("accepted = [\"V. Korol\", \"Vanya Korol\"]\nsource = \"row 2 (ours)\""), "{toml}");
    assert!(told.contains("skipped 1: it has no name in Latin letters (first: row 3"), "{told}");
}

fn piped(folder: &Path, text: &str) -> Run {
    with_input(folder, &["dict", "import", "-", "--from", "rigour"], text.as_bytes())
}

#[test]
fn a_pipe_in_a_pipe_out_and_no_bar_where_nobody_looks() {
    let dir = folder(&[]);
    let run = piped(dir.path(), "vanja, ваня => Q3\n");
    assert!(run.status == 0 && run.stdout.starts_with("[[name]]\nid = \"name-q3\""), "{}", run.stdout);
    assert_eq!(run.stderr, "note: 1 entries\n");
}

#[test]
fn what_cannot_be_imported_leaves_the_old_file_alone() {
    let dir = folder(&[("names.toml", b"# ours\n"), ("p.tsv", b"no\theader\n")]);
    let arguments = ["dict", "import", "p.tsv", "--from", "paranames", "--output", "names.toml"];
    let run = orthonym(dir.path(), &arguments);
    assert!(run.status == 2 && run.stderr.contains("cannot import p.tsv"), "{}", run.stderr);
    assert_eq!(std::fs::read(dir.path().join("names.toml")).unwrap(), b"# ours\n");
    assert_eq!(orthonym(dir.path(), &["dict", "import", "none", "--from", "jrc"]).status, 2);
}
