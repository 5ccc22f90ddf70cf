//! `dictionaries/*/*.toml` → the compiled dictionary.

use crate::dictionary::{self, load};
use std::error::Error;
use std::path::{Path, PathBuf};

pub fn compile() -> Result<Vec<u8>, Box<dyn Error>> {
    println!("cargo:rerun-if-changed=dictionaries");
    let mut entries = Vec::new();
    for path in toml_files(Path::new("dictionaries"))? {
        entries.extend(load::parse(&path, &std::fs::read_to_string(&path)?)?);
    }
    Ok(dictionary::compile(entries.iter().map(|located| &located.entry)))
}

/// The .toml files in the subfolders of `root`, sorted: each subfolder holds one domain.
fn toml_files(root: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for domain in std::fs::read_dir(root)? {
        let domain = domain?.path();
        if domain.is_dir() {
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
