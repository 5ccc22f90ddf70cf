//! `orthonym dict schema`: what editors check and complete dictionaries in TOML with.

use crate::cli::console::Console;
use crate::cli::{Error, Status};
use std::io::Write;

static SCHEMA: &str = include_str!("../../../../dictionaries/schema.json");

pub fn run(console: &Console) -> Result<Status, Error> {
    let mut out = console.stdout();
    out.write_all(SCHEMA.as_bytes())?;
    out.flush()?;
    Ok(Status::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::{Kind, load};
    use std::path::Path;

    /// A value that a property allows.
    fn example(property: &serde_json::Value) -> &'static str {
        match property["type"].as_str() {
            Some("array") => "[\"x\"]",
            Some("object") => "{ ar = \"x\" }",
            _ if property["enum"].is_array() => "\"place\"",
            _ => "\"x\"",
        }
    }

    #[test]
    fn the_schema_has_the_fields_that_are_read_and_no_others() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
        let entry = &schema["$defs"]["entry"];
        let properties = entry["properties"].as_object().unwrap();
        let fields = properties.iter().map(|(name, property)| format!("{name} = {}\n", example(property)));
        let text = format!("[[name]]\n{}", fields.collect::<String>());
        let read = load::parse(Path::new("a.toml"), &text).unwrap();
        let known = load::parse(Path::new("a.toml"), "[[name]]\nname = \"x\"\nnone = 1").unwrap_err().to_string();
        assert_eq!(known.matches('`').count(), 2 * (properties.len() + 1), "{known}");
        assert_eq!(read[0].entry.name, "x");
        let kinds: Vec<&str> =
            entry["properties"]["kind"]["enum"].as_array().unwrap().iter().flat_map(|k| k.as_str()).collect();
        assert_eq!(kinds, Kind::ALL.map(Kind::name));
    }
}
