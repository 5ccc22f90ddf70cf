//! As much of JSON Schema as the schemas under `tests/it/schemas` need.

use serde_json::Value;
use std::path::Path;

/// Fails unless the document is as the schema of that name wants it.
pub fn assert_valid(schema: &str, document: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/schemas").join(schema);
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let faults = faults(&schema, &schema, document, "");
    assert!(faults.is_empty(), "{faults:#?}");
}

fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return faults(root, root.pointer(reference.trim_start_matches('#')).expect(reference), value, at);
    }
    let mut found = Vec::new();
    let mut fault = |what: String| found.push(format!("{at}: {what}"));
    if let Some(wanted) = schema["type"].as_str() {
        let is = match wanted {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            other => panic!("{other}"),
        };
        if !is {
            fault(format!("not of type {wanted}"));
        }
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        fault(format!("{value} is none of {allowed:?}"));
    }
    if let (Some(minimum), Some(number)) = (schema["minimum"].as_f64(), value.as_f64())
        && number < minimum
    {
        fault(format!("{number} is below {minimum}"));
    }
    for required in schema["required"].as_array().into_iter().flatten() {
        if value.get(required.as_str().unwrap()).is_none() {
            fault(format!("{required} is missing"));
        }
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fitting = choices.iter().filter(|choice| faults(root, choice, value, at).is_empty()).count();
        if fitting != 1 {
            fault(format!("{fitting} of the choices fit, not one"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(schema) => found.extend(faults(root, schema, inner, &format!("{at}/{name}"))),
            None if schema["additionalProperties"] == false => found.push(format!("{at}: unknown {name}")),
            None => {}
        }
    }
    for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(schema) = schema.get("items") {
            found.extend(faults(root, schema, inner, &format!("{at}/{index}")));
        }
    }
    found
}

#[test]
fn the_validator_finds_faults() {
    let schema = serde_json::json!({ "type": "object", "required": ["a"], "properties": { "b": { "minimum": 1 } }, "additionalProperties": false });
    let faults = |document| faults(&schema, &schema, &document, "").len();
    assert_eq!(faults(serde_json::json!({ "a": 1 })), 1);
    assert_eq!(faults(serde_json::json!({ "b": 0 })), 2);
}
