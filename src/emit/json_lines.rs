//! For programs that read as it comes: one [`Record`] a line.

use super::{Emitter, FileFindings, Record, Tally, WriteColor};
use std::io;

pub struct JsonLines;

impl Emitter for JsonLines {
    fn file(&mut self, file: FileFindings<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
        for record in Record::all(file) {
            serde_json::to_writer(&mut *out, &record)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Tally, _: &mut dyn WriteColor) -> io::Result<()> {
        Ok(())
    }
}
