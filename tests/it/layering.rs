//! Stages flow one way: which module may use which others. A new use is a decision; it is made here.

use std::path::{Path, PathBuf};

/// Module → the modules of the crate that it may use, outside its tests.
const MAY_USE: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("source", &["span"]),
    ("diagnostic", &["source", "span"]),
    ("edits", &["diagnostic", "source", "span"]),
    ("document", &["diagnostic", "edits", "source", "span"]),
    ("text", &["span"]),
    ("dictionary", &["span", "text"]),
    ("dictionaries", &["dictionary", "mmap"]),
    ("lock", &["dictionaries", "files"]),
    ("mmap", &[]),
    ("channel", &["text"]),
    ("lexicon", &["text"]),
    ("glossary", &["import", "names", "span"]),
    ("names", &["channel", "dictionary", "document", "lexicon", "span", "text"]),
    (
        "rules",
        &[
            "channel",
            "diagnostic",
            "dictionary",
            "document",
            "glossary",
            "lexicon",
            "names",
            "source",
            "span",
            "suppress",
            "text",
        ],
    ),
    ("suppress", &["diagnostic", "files", "rules", "source", "span"]),
    ("lint", &["diagnostic", "dictionary", "document", "glossary", "names", "rules", "source", "span", "suppress"]),
    (
        "profiles",
        &[
            "config",
            "diagnostic",
            "dictionaries",
            "dictionary",
            "document",
            "files",
            "glossary",
            "lint",
            "lock",
            "rules",
        ],
    ),
    ("explain", &["channel", "dictionary", "emit", "names", "text"]),
    (
        "lsp",
        &[
            "baseline",
            "config",
            "curation",
            "diagnostic",
            "dictionary",
            "document",
            "edits",
            "explain",
            "files",
            "fingerprint",
            "fix",
            "lint",
            "names",
            "profiles",
            "rules",
            "source",
            "span",
            "suppress",
            "text",
        ],
    ),
    ("cache", &["diagnostic", "document", "files", "lint", "rules", "source", "span"]),
    ("fix", &["diagnostic", "document", "edits", "files", "lint", "source"]),
    ("emit", &["diagnostic", "fingerprint", "source", "span"]),
    ("fingerprint", &["diagnostic"]),
    ("baseline", &["diagnostic", "files", "fingerprint"]),
    ("files", &["document", "source"]),
    ("config", &["diagnostic", "emit", "files", "rules", "suppress"]),
    ("curation", &["channel", "diagnostic", "dictionary", "files", "lexicon", "names", "source", "span", "text"]),
    ("import", &["curation", "dictionary"]),
    ("review", &["diagnostic", "span"]),
];

#[test]
fn no_stage_looks_back() {
    let mut wrong = Vec::new();
    for (module, allowed) in MAY_USE {
        for file in sources(module) {
            let code = std::fs::read_to_string(&file).unwrap();
            for used in uses(&code) {
                if used != *module && !allowed.contains(&used) {
                    wrong.push(format!("{} uses {used}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_module_has_its_place() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in std::fs::read_dir(src).unwrap() {
        let name = entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned();
        let at_the_top = ["lib", "main", "cli"].contains(&name.as_str());
        assert!(at_the_top || MAY_USE.iter().any(|(module, _)| *module == name), "{name} is not in the list");
    }
}

/// The files of a module.
fn sources(module: &str) -> Vec<PathBuf> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let file = src.join(format!("{module}.rs"));
    if file.is_file() { vec![file] } else { rust_files(&src.join(module)) }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let inside = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    inside
        .flat_map(|path| match path.is_dir() {
            true => rust_files(&path),
            false => vec![path],
        })
        .filter(|path| path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs"))
        .collect()
}

/// The modules that code names behind `crate::`, tests left out.
fn uses(code: &str) -> impl Iterator<Item = &str> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    code.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}
