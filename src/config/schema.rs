//! The JSON Schema of a configuration file, for editors.

use super::keys::{self, Key, Kind};
use super::layer::Level;
use crate::rules;
use serde_json::{Map, Value, json};

/// The schema, draft 7.
pub fn schema() -> Value {
    let mut properties: Map<String, Value> =
        keys::all().iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let extend = "A configuration that this one is laid over, relative to this file.";
    properties.insert("extend".to_owned(), json!({ "type": "string", "description": extend }));
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "orthonym",
        "description": "orthonym.toml, [tool.orthonym] in pyproject.toml, [package.metadata.orthonym] in Cargo.toml",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

fn property(key: &Key) -> Value {
    let mut value = shape(key.kind);
    value["description"] = key.doc.into();
    value
}

fn shape(kind: Kind) -> Value {
    let texts = || json!({ "type": ["array", "string"], "items": { "type": "string" } });
    match kind {
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Probability => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        Kind::Text => json!({ "type": "string" }),
        Kind::Texts => texts(),
        Kind::Choice(names) => json!({ "enum": names() }),
        Kind::Settled => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Kind::Levels => {
            let level = json!({ "enum": Level::NAMES });
            let levels: Map<String, Value> = selectors().into_iter().map(|name| (name, level.clone())).collect();
            json!({ "type": "object", "additionalProperties": false, "properties": levels })
        }
        Kind::Ignores => {
            let properties = json!({
                "path": texts(),
                "rule": { "enum": selectors() },
                "text": { "type": "string" },
                "reason": { "type": "string" },
            });
            let one_of = ["path", "rule", "text"].map(|name| json!({ "required": [name] }));
            let table = json!({
                "type": "object", "additionalProperties": false, "properties": properties, "anyOf": one_of,
            });
            json!({ "type": "array", "items": table })
        }
        Kind::Overrides => {
            let keys = keys::all().iter().filter(|key| key.for_paths);
            let mut properties: Map<String, Value> = keys.map(|key| (key.name.to_owned(), property(key))).collect();
            properties.insert("paths".to_owned(), texts());
            let table = json!({
                "type": "object", "additionalProperties": false, "properties": properties, "required": ["paths"],
            });
            json!({ "type": "array", "items": table })
        }
    }
}

/// All that names rules.
fn selectors() -> Vec<String> {
    let mut names = vec!["all".to_owned()];
    for rule in rules::all() {
        if !names.iter().any(|name| name == rule.group()) {
            names.push(rule.group().to_owned());
        }
    }
    names.extend(rules::all().iter().map(|rule| rule.name.to_owned()));
    names
}
