//! For programs: an array of [`Record`]s, one a line.

use super::{Emitter, FileFindings, Record, Tally, WriteColor};
use std::io;

#[derive(Default)]
pub struct Json {
    any: bool,
}

impl Emitter for Json {
    fn file(&mut self, file: FileFindings<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
        for record in Record::all(file) {
            out.write_all(if self.any { b",\n" } else { b"[\n" })?;
            self.any = true;
            serde_json::to_writer(&mut *out, &record)?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        out.write_all(if self.any { b"\n]\n" } else { b"[]\n" })
    }
}
