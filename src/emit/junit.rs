//! JUnit's XML: a file is a suite, a finding a failed test, a file without findings a test that passed.

use super::xml::escape;
use super::{Emitter, FileFindings, Tally, WriteColor, one_line};
use std::io;

#[derive(Default)]
pub struct Junit {
    /// Kept to the end: the root tells how many tests there are.
    suites: String,
    tests: usize,
    failures: usize,
}

impl Emitter for Junit {
    fn file(&mut self, file: FileFindings<'_>, _: &mut dyn WriteColor) -> io::Result<()> {
        let (path, failures) = (escape(file.path), file.diagnostics.len());
        let tests = failures.max(1);
        let mut suite = format!(
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\" time=\"0\">\n"
        );
        for diagnostic in file.diagnostics {
            let place = file.source.position(diagnostic.span.start);
            let (line, column) = (place.line, place.column);
            let (message, notes) = (escape(&one_line(diagnostic)), diagnostic.notes.iter().map(|note| escape(note)));
            let details: Vec<String> =
                std::iter::once(format!("{path}:{line}:{column}: {message}")).chain(notes).collect();
            suite += &format!(
                "    <testcase name=\"{rule} at {line}:{column}\" classname=\"{path}\" time=\"0\">\n      \
                 <failure type=\"{severity}\" message=\"{message}\">{details}</failure>\n    </testcase>\n",
                rule = diagnostic.rule,
                severity = diagnostic.severity,
                details = details.join("\n"),
            );
        }
        if failures == 0 {
            suite += &format!("    <testcase name=\"orthonym\" classname=\"{path}\" time=\"0\"/>\n");
        }
        self.suites += &suite;
        self.suites += "  </testsuite>\n";
        self.tests += tests;
        self.failures += failures;
        Ok(())
    }

    fn finish(&mut self, _: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        let Junit { suites, tests, failures } = self;
        write!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"orthonym\" tests=\"{tests}\" \
             failures=\"{failures}\" errors=\"0\" time=\"0\">\n{suites}</testsuites>\n"
        )
    }
}
