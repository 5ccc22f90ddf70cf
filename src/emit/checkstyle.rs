//! Checkstyle's XML, which many tools read.

use super::xml::escape;
use super::{Emitter, FileFindings, Tally, WriteColor, one_line};
use std::io;

#[derive(Default)]
pub struct Checkstyle {
    has_begun: bool,
}

impl Checkstyle {
    fn begin(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        if !std::mem::replace(&mut self.has_begun, true) {
            writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
        }
        Ok(())
    }
}

impl Emitter for Checkstyle {
    fn file(&mut self, file: FileFindings<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
        self.begin(out)?;
        if file.diagnostics.is_empty() {
            return Ok(());
        }
        writeln!(out, "  <file name=\"{}\">", escape(file.path))?;
        for diagnostic in file.diagnostics {
            let place = file.source.position(diagnostic.span.start);
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"orthonym.{}\"/>",
                place.line,
                place.column,
                diagnostic.severity,
                escape(&one_line(diagnostic)),
                diagnostic.rule.replace('/', "."),
            )?;
        }
        writeln!(out, "  </file>")
    }

    fn finish(&mut self, _: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        self.begin(out)?;
        writeln!(out, "</checkstyle>")
    }
}
