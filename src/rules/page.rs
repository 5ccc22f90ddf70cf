//! A rule's documentation as a page: what `orthonym rule` prints and what editors open.

use super::{Example, Rule};
use crate::diagnostic::Applicability;
use std::fmt::Write;

impl Rule {
    /// The page, in Markdown.
    pub fn page(&self) -> String {
        let Rule { name, summary, mqm, documentation, examples, .. } = self;
        let (level, fix) = (self.level_name(), self.fix_name());
        let mut page = format!("# {name}\n\nFinds {summary}.\n\nSeverity: {level}. Fix: {fix}. MQM: {mqm}.\n\n");
        page.push_str(documentation.trim());
        page.push('\n');
        for Example { dictionary, before, after } in *examples {
            let heading = if before == after { "Not reported" } else { "Example" };
            let _ = writeln!(page, "\n## {heading}");
            if !dictionary.is_empty() {
                let _ = writeln!(page, "\nWith the dictionary\n\n{}", indented(dictionary));
            }
            let _ = writeln!(page, "\n{}", indented(before));
            if before != after {
                let what = if self.fix.is_some() { "becomes" } else { "is reported at" };
                let _ = writeln!(page, "\n{what}\n\n{}", indented(after));
            }
        }
        page
    }

    /// The severity, or `off`.
    pub fn level_name(&self) -> String {
        if self.on_by_default { self.severity.to_string() } else { "off".to_owned() }
    }

    /// How sure its fixes are at best.
    pub fn fix_name(&self) -> &'static str {
        match self.fix {
            Some(Applicability::Safe) => "safe",
            Some(Applicability::Unsafe) => "unsafe",
            Some(Applicability::DisplayOnly) => "display-only",
            None => "none",
        }
    }
}

fn indented(text: &str) -> String {
    let lines = text.trim_end().lines().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") });
    lines.collect::<Vec<_>>().join("\n")
}
