//! Which columns or keys of a file hold the text, and which what it is a translation of.

use super::ReadOptions;

/// Where nothing is said, the first of these that a file has holds the text.
const TEXT: &[&str] = &["target", "translation", "text"];
const SOURCE: &str = "source";

impl ReadOptions {
    /// The names of fields that hold the text. Without any said, the usual one that `exists` knows, if any.
    pub(super) fn text_fields(&self, exists: impl Fn(&str) -> bool) -> Vec<&str> {
        match self.text_fields.is_empty() {
            true => TEXT.iter().copied().find(|name| exists(name)).into_iter().collect(),
            false => self.text_fields.iter().map(String::as_str).collect(),
        }
    }

    pub(super) fn source_field(&self) -> &str {
        self.source_field.as_deref().unwrap_or(SOURCE)
    }

    /// The fields that were looked for, to tell of a file that lacks them.
    pub(super) fn looked_for(&self) -> String {
        let names: Vec<&str> = match self.text_fields.is_empty() {
            true => TEXT.to_vec(),
            false => self.text_fields.iter().map(String::as_str).collect(),
        };
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
    }
}
