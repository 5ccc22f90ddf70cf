//! Compiles what is built in: the channel's weight tables.

// The modules that the build shares with the crate; it uses a part of each.
#[allow(dead_code)]
#[path = "src/channel/alphabet.rs"]
mod alphabet;
#[allow(dead_code)]
#[path = "src/channel/compile.rs"]
mod compile;
#[allow(dead_code)]
#[path = "src/channel/route.rs"]
mod route;

use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let channel = channel(Path::new("src/channel/weights"));
    std::fs::write(out.join("channel.bin"), channel).expect("OUT_DIR can be written");
}

/// The compiled channel: all routes as one table, then one table a native script.
fn channel(weights: &Path) -> Vec<u8> {
    println!("cargo::rerun-if-changed={}", weights.display());
    let read = |alphabet, stem: &str| {
        let path = weights.join(format!("{stem}.tsv"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        compile::parse(alphabet, &text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    };
    let routes: Vec<_> = route::Route::ALL.iter().map(|route| read(None, route.stem())).collect();
    let natives = alphabet::Script::ALL.iter().map(|&script| vec![read(Some(script), script.stem())]);
    let tables = std::iter::once(routes).chain(natives);
    let compiled = tables.flat_map(|lanes| compile::compile(&lanes).expect("the weights fit a table"));
    compile::MAGIC.into_iter().chain(compiled).collect()
}
