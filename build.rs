//! Compiles what is written by hand into the forms that are embedded.

#[allow(dead_code)] // Shared with the library, which uses the rest.
#[path = "src/text/fold.rs"]
mod fold;
#[path = "build/kinds.rs"]
mod kinds;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed=src/text/fold.rs");
    kinds::compile()
}
