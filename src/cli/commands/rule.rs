//! `orthonym rule`: the documentation of the rules.

use crate::cli::args::{RuleArgs, RuleFormat};
use crate::cli::console::Console;
use crate::cli::{Error, Status};
use crate::diagnostic::{Applicability, Severity};
use crate::rules::{self, Example, Rule, Selector};
use serde::Serialize;
use std::io::{self, Write};

pub fn run(args: &RuleArgs, console: &Console) -> Result<Status, Error> {
    let one = match &args.rule {
        Some(name) => Some(find(name)?),
        None => None,
    };
    let mut out = console.stdout();
    match (args.output_format, one) {
        (RuleFormat::Json, Some(rule)) => write_json(&Described::of(rule), &mut out)?,
        (RuleFormat::Json, None) => {
            let all: Vec<Described> = rules::all().iter().map(|rule| Described::of(rule)).collect();
            write_json(&all, &mut out)?;
        }
        (RuleFormat::Text, Some(rule)) => out.write_all(rule.page().as_bytes())?,
        (RuleFormat::Text, None) if args.all => {
            for (index, rule) in rules::all().iter().enumerate() {
                if index > 0 {
                    writeln!(out)?;
                }
                out.write_all(rule.page().as_bytes())?;
            }
        }
        (RuleFormat::Text, None) => write_list(&mut out)?,
    }
    out.flush()?;
    Ok(Status::Clean)
}

fn find(name: &str) -> Result<&'static Rule, Error> {
    if let Some(rule) = rules::find(name) {
        return Ok(rule);
    }
    Err(Error::Usage(match name.parse::<Selector>() {
        Ok(_) => format!("`{name}` is not one rule; `orthonym rule` lists them all"),
        Err(error) => error.to_string(),
    }))
}

/// One rule a line: name, severity, whether and how it is fixed, what it finds.
fn write_list(out: &mut impl Write) -> io::Result<()> {
    let width = rules::all().iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    for rule in rules::all() {
        let (name, severity, fix) = (rule.name, rule.level_name(), rule.fix_name());
        writeln!(out, "{name:width$}  {severity:7}  {fix:12}  {}", rule.summary)?;
    }
    Ok(())
}

/// A rule as other programs read it.
#[derive(Serialize)]
struct Described {
    name: &'static str,
    group: &'static str,
    summary: &'static str,
    severity: Severity,
    on_by_default: bool,
    fix: Option<Applicability>,
    mqm: &'static str,
    documentation: &'static str,
    examples: Vec<DescribedExample>,
}

#[derive(Serialize)]
struct DescribedExample {
    dictionary: &'static str,
    before: &'static str,
    after: &'static str,
}

impl Described {
    fn of(rule: &'static Rule) -> Described {
        let example =
            |e: &'static Example| DescribedExample { dictionary: e.dictionary, before: e.before, after: e.after };
        Described {
            name: rule.name,
            group: rule.group(),
            summary: rule.summary,
            severity: rule.severity,
            on_by_default: rule.on_by_default,
            fix: rule.fix,
            mqm: rule.mqm,
            documentation: rule.documentation,
            examples: rule.examples.iter().map(example).collect(),
        }
    }
}

fn write_json(value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}
