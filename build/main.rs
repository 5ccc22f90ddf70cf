//! Compiles what is built in, so that starting up parses and indexes nothing: the dictionary, the channel's tables, the
//! lists of words.

// The modules that the build shares with the crate; it uses a part of each.
#[allow(dead_code, unused_imports)]
#[path = "../src/dictionary/mod.rs"]
mod dictionary;
#[allow(dead_code)]
#[path = "../src/span.rs"]
mod span;
#[allow(dead_code)]
#[path = "../src/text/mod.rs"]
mod text;

mod channel;
mod kinds;
mod names;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    std::fs::write(out.join("dictionary.bin"), names::compile()?)?;
    std::fs::write(out.join("channel.bin"), channel::compile()?)?;
    std::fs::write(out.join("kinds.fst"), kinds::compile()?)?;
    for shared in ["build", "src/dictionary", "src/span.rs", "src/text", "src/channel"] {
        println!("cargo:rerun-if-changed={shared}");
    }
    Ok(())
}
