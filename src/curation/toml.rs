//! Entries written as TOML, as a person would: one field a line, empty ones left out, in the order of `dictionaries/README.md`.

use crate::dictionary::Entry;
use std::fmt::Write;

/// Appends an entry.
pub fn write(entry: &Entry, out: &mut String) {
    out.push_str("[[name]]\n");
    field(out, "id", &entry.id());
    field(out, "name", &entry.name);
    field(out, "kind", entry.kind.name());
    if !entry.native.is_empty() {
        let forms = entry.native.iter().map(|(language, forms)| {
            let mut forms: Vec<String> = forms.iter().map(quoted).collect();
            let value = if forms.len() == 1 { forms.swap_remove(0) } else { format!("[{}]", forms.join(", ")) };
            format!("{} = {value}", key(language))
        });
        let _ = writeln!(out, "native = {{ {} }}", forms.collect::<Vec<_>>().join(", "));
    }
    let accepted = entry.accepted.iter().map(|accepted| match &accepted.style[..] {
        [] => quoted(&accepted.form),
        styles => {
            let styles: Vec<String> = styles.iter().map(|style| quoted(style)).collect();
            format!("{{ form = {}, style = [{}] }}", quoted(&accepted.form), styles.join(", "))
        }
    });
    items(out, "accepted", accepted);
    for (name, values) in [
        ("short", &entry.short),
        ("wrong", &entry.wrong),
        ("calques", &entry.calques),
        ("role", &entry.role),
        ("with", &entry.with),
        ("confused_with", &entry.confused_with),
    ] {
        items(out, name, values.iter().map(|value| quoted(value)));
    }
    field(out, "same_as", entry.same_as.as_deref().unwrap_or_default());
    field(out, "source", &entry.source);
}

fn field(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        let _ = writeln!(out, "{name} = {}", quoted(value));
    }
}

fn items(out: &mut String, name: &str, values: impl Iterator<Item = String>) {
    let values: Vec<String> = values.collect();
    if !values.is_empty() {
        let _ = writeln!(out, "{name} = [{}]", values.join(", "));
    }
}

fn key(key: &str) -> String {
    let is_bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if is_bare { key.to_owned() } else { quoted(key) }
}

/// A basic string.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
