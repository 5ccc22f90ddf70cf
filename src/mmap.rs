//! Memory maps: the only unsafe code in orthonym.

use std::fs::File;
use std::io;
use std::path::Path;

/// Maps a file for reading.
///
/// # Errors
/// What opening or mapping it yields.
#[allow(unsafe_code)]
pub fn map(path: &Path) -> io::Result<memmap2::Mmap> {
    let file = File::open(path)?;
    // SAFETY: the map is private and read-only. If another process changes or truncates the file meanwhile, the bytes
    // seen may change, or the program may be ended by SIGBUS. The first is harmless: every read of a compiled
    // dictionary is checked and nothing is kept that relies on earlier reads having been equal; strings are validated
    // whenever they are read. The second cannot be prevented by any reader that maps files; `dict compile` therefore
    // replaces files by renaming and never writes into one that lies there.
    unsafe { memmap2::Mmap::map(&file) }
}
