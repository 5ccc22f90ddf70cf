//! What the client sets: in `initializationOptions`, in `workspace/didChangeConfiguration`, or when asked for its section
//! `orthonym`.

use crate::config::show::toml;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// The client's settings. Names in JSON are in camel case; what is null or empty is not said.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// A configuration file in place of the nearest one, as `--config PATH`.
    pub configuration: Option<PathBuf>,
    /// No configuration files at all, as `--isolated`.
    pub isolated: bool,
    /// Keys of the configuration over those of the files, as `--config KEY=VALUE`.
    pub settings: Map<String, Value>,
    /// Whether native forms are shown behind names.
    pub inlay_hints: bool,
    /// The dictionary that names are added to; without it the project's first own one, else `orthonym-names.toml`.
    pub dictionary: Option<PathBuf>,
    /// What stands before a rule's name in the address of its documentation.
    pub documentation: Option<String>,
}

impl Settings {
    /// Reads settings, which may stand in a section `orthonym` or by themselves. `None` where there are none.
    ///
    /// # Errors
    /// A value of the wrong type.
    pub fn read(value: &Value) -> Result<Option<Settings>, serde_json::Error> {
        let own = value.get("orthonym").unwrap_or(value);
        match own {
            Value::Object(fields) if !fields.is_empty() => {
                let said = fields.iter().filter(|(_, value)| !is_empty(value));
                let said: Map<String, Value> = said.map(|(key, value)| (key.clone(), value.clone())).collect();
                Settings::deserialize(Value::Object(said)).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// The keys of the configuration as `KEY=VALUE`, paths in them relative to `folder`.
    pub fn values(&self, folder: &Path) -> Vec<String> {
        let said = self.settings.iter().filter(|(_, value)| !is_empty(value));
        said.map(|(key, value)| format!("{}={}", kebab(key), written(value, is_path(key).then_some(folder)))).collect()
    }
}

/// Keys whose texts are paths.
fn is_path(key: &str) -> bool {
    ["dictionaries", "baseline"].contains(&key)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// `minConfidence` → `min-confidence`; a key that is so already stays.
fn kebab(key: &str) -> String {
    let mut kebab = String::with_capacity(key.len() + 4);
    for c in key.chars() {
        if c.is_ascii_uppercase() {
            kebab.push('-');
        }
        kebab.push(c.to_ascii_lowercase());
    }
    kebab
}

/// A value as TOML in one line.
fn written(value: &Value, folder: Option<&Path>) -> String {
    match value {
        Value::Null => "\"\"".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => match folder {
            Some(folder) => toml::string(&crate::files::shown(&folder.join(text))),
            None => toml::string(text),
        },
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| written(item, folder)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            let fields: Vec<String> =
                fields.map(|(key, value)| format!("{} = {}", toml::string(key), written(value, folder))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_become_what_the_command_line_would_say() {
        let value = json!({ "orthonym": {
            "inlayHints": true,
            "configuration": "",
            "dictionary": null,
            "settings": {
                "minConfidence": 0.8,
                "dictionaries": ["names.toml"],
                "rules": { "names/acronym": "off" },
                "style": "",
                "forget": [],
            },
        } });
        let settings = Settings::read(&value).unwrap().unwrap();
        assert!(settings.inlay_hints && settings.configuration.is_none() && settings.dictionary.is_none());
        assert_eq!(
            settings.values(Path::new("/project")),
            ["dictionaries=[\"/project/names.toml\"]", "min-confidence=0.8", "rules={ \"names/acronym\" = \"off\" }",]
        );
        assert_eq!(Settings::read(&json!({})).unwrap(), None);
        assert!(Settings::read(&json!({ "isolated": "yes" })).is_err());
    }
}
