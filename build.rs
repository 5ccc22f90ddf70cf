//! Compiles the built-in dictionary, so that starting up parses and indexes nothing.

#[allow(dead_code, unused_imports)]
#[path = "src/dictionary/mod.rs"]
mod dictionary;
#[allow(dead_code, unused_imports)]
#[path = "src/span.rs"]
mod span;
#[allow(dead_code, unused_imports)]
#[path = "src/text/mod.rs"]
mod text;

use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut entries = Vec::new();
    for path in toml_files(Path::new("dictionaries"))? {
        println!("cargo:rerun-if-changed={}", path.display());
        entries.extend(dictionary::load::parse(&path, &std::fs::read_to_string(&path)?)?);
    }
    println!("cargo:rerun-if-changed=dictionaries");
    let compiled = dictionary::compile(entries.iter().map(|located| &located.entry));
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    std::fs::write(out.join("dictionary.bin"), compiled)?;
    Ok(())
}

/// The .toml files below the subfolders of `root`, sorted: each subfolder holds one domain.
fn toml_files(root: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for domain in std::fs::read_dir(root)? {
        let domain = domain?.path();
        if domain.is_dir() && domain.file_name().is_none_or(|name| name != "words") {
            for file in std::fs::read_dir(domain)? {
                let file = file?.path();
                if file.extension().is_some_and(|e| e == "toml") {
                    files.push(file);
                }
            }
        }
    }
    files.sort();
    Ok(files)
}
