//! As much of JSON Schema as the schemas under `tests/it/schemas` need.

use serde_json::Value;
use std::path::Path;

/// Fails unless the document is as the schema of that name wants it.
pub fn assert_valid(schema: &str, document: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/schemas").join(schema);
    assert_fits(&serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap(), document);
}

/// Fails unless the document is as the schema wants it, and would not be if any part of it were something else.
pub fn assert_fits(schema: &Value, document: &Value) {
    let wrong = faults(schema, schema, document, "");
    assert!(wrong.is_empty(), "{wrong:#?}");
    let mut places = Vec::new();
    pointers(document, "", &mut places);
    for place in places {
        let mut other = document.clone();
        // Nobody writes lists of lists.
        *other.pointer_mut(&place).unwrap() = serde_json::json!([[null]]);
        assert!(!faults(schema, schema, &other, "").is_empty(), "{place} may be anything");
    }
}

/// The places of everything in a value.
fn pointers(value: &Value, at: &str, places: &mut Vec<String>) {
    places.push(at.to_owned());
    for (name, inner) in value.as_object().into_iter().flatten() {
        pointers(inner, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), places);
    }
    for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
        pointers(inner, &format!("{at}/{index}"), places);
    }
}

fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return faults(root, root.pointer(reference.trim_start_matches('#')).expect(reference), value, at);
    }
    let mut found = Vec::new();
    let mut fault = |what: String| found.push(format!("{at}: {what}"));
    let is = |wanted: &Value| match wanted.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("{other}"),
    };
    let is_of_type = match &schema["type"] {
        Value::Null => true,
        Value::Array(any) => any.iter().any(is),
        one => is(one),
    };
    if !is_of_type {
        fault(format!("not of type {}", schema["type"]));
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
    if let (Some(maximum), Some(number)) = (schema["maximum"].as_f64(), value.as_f64())
        && number > maximum
    {
        fault(format!("{number} is above {maximum}"));
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
            None => match &schema["additionalProperties"] {
                Value::Bool(false) => found.push(format!("{at}: unknown {name}")),
                Value::Object(_) => {
                    found.extend(faults(root, &schema["additionalProperties"], inner, &format!("{at}/{name}")));
                }
                _ => {}
            },
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

#[test]
#[should_panic(expected = "/a may be anything")]
fn a_schema_that_takes_anything_is_none() {
    assert_fits(&serde_json::json!({ "type": "object" }), &serde_json::json!({ "a": 1 }));
}
