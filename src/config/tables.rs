//! The tables of a configuration that may stand several times: `[[ignore]]` and `[[overrides]]`.

use super::error::{ConfigError, did_you_mean};
use super::layer::{IgnoreTable, Override, Set};
use super::read::Node;

pub(super) fn ignore(node: Node<'_>) -> Result<Set<IgnoreTable>, ConfigError> {
    let mut table = IgnoreTable { path: None, rule: None, text: None, reason: None };
    if node.is_text() {
        return Err(
            node.error("`ignore` holds tables, written [[ignore]]; to turn a rule off, set it to \"off\" in [rules]")
        );
    }
    for (value, name) in node.entries()? {
        match name {
            "path" => table.path = Some(value.patterns()?.value),
            "rule" => table.rule = Some(value.parsed()?.value),
            "text" => table.text = Some(value.text()?.value),
            "reason" => table.reason = Some(value.text()?.value),
            _ => {
                let hint = did_you_mean(name, ["path", "rule", "text", "reason"]);
                return Err(node.key_error(
                    name,
                    format!("unknown key `{name}`{hint} ([[ignore]] takes path, rule, text, reason)"),
                ));
            }
        }
    }
    if table.path.is_none() && table.rule.is_none() && table.text.is_none() {
        return Err(node.error("an [[ignore]] without path, rule and text would ignore everything; give at least one"));
    }
    Ok(node.set(table))
}

pub(super) fn overriding(node: Node<'_>) -> Result<Set<Override>, ConfigError> {
    let layer = node.overriding()?;
    let paths = node.entries()?.into_iter().find(|(_, name)| *name == "paths");
    match paths {
        Some((paths, _)) => Ok(node.set(Override { paths: paths.patterns()?.value, layer })),
        None => Err(node.error("[[overrides]] needs `paths`: which files they are for")),
    }
}
