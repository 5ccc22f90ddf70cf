//! What dictionaries hold, counted.

use crate::dictionary::{Dictionary, EntryRef, FormKind, Kind};
use serde::Serialize;
use std::collections::BTreeMap;
use unicode_script::{Script, UnicodeScript};

/// The counts of a dictionary.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Stats {
    pub entries: usize,
    pub by_kind: BTreeMap<&'static str, usize>,
    /// Latin forms by what they are to their entry.
    pub forms: BTreeMap<&'static str, usize>,
    pub native_forms: usize,
    pub by_language: BTreeMap<String, Coverage>,
    /// Native forms by their script.
    pub by_script: BTreeMap<&'static str, usize>,
    /// Entries by where their fact can be checked: the site, or the part of the source before its colon.
    pub by_source: BTreeMap<String, usize>,
}

/// The entries that have a native form in a language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Coverage {
    pub entries: usize,
    /// Of all entries, 0 to 1.
    pub share: f32,
}

impl Stats {
    /// Counts what is not hidden.
    pub fn of(dictionary: &Dictionary) -> Stats {
        let mut stats = Stats::default();
        for (layer, view) in dictionary.views().iter().enumerate() {
            for index in 0..view.entry_count() {
                if dictionary.is_hidden(EntryRef { layer: layer as u16, index }) {
                    continue;
                }
                stats.entries += 1;
                *stats.by_kind.entry(view.kind(index).name()).or_default() += 1;
                for form in view.forms_of(index) {
                    *stats.forms.entry(form_kind(view.form_kind(form))).or_default() += 1;
                }
                let mut languages: Vec<&str> = Vec::new();
                for (language, form) in view.natives(index) {
                    stats.native_forms += 1;
                    *stats.by_script.entry(script(form)).or_default() += 1;
                    if !languages.contains(&language) {
                        languages.push(language);
                        stats.by_language.entry(language.to_owned()).or_default().entries += 1;
                    }
                }
                *stats.by_source.entry(source(view.source(index).unwrap_or_default())).or_default() += 1;
            }
        }
        Kind::ALL.iter().for_each(|kind| *stats.by_kind.entry(kind.name()).or_default() += 0);
        let all = stats.entries.max(1) as f32;
        stats.by_language.values_mut().for_each(|coverage| coverage.share = coverage.entries as f32 / all);
        stats
    }
}

fn form_kind(kind: FormKind) -> &'static str {
    match kind {
        FormKind::Name => "name",
        FormKind::Accepted => "accepted",
        FormKind::Short => "short",
        FormKind::Calque => "calques",
        FormKind::Wrong => "wrong",
    }
}

fn script(form: &str) -> &'static str {
    let scripts = form.chars().map(|c| c.script());
    let mut scripts = scripts.filter(|script| !matches!(script, Script::Common | Script::Inherited));
    scripts.next().map_or("none", |script| script.full_name())
}

/// “Wikipedia (fr): Lénaïg Bredoux” → `Wikipedia (fr)`; “https://www.afp.com/en” → `web`.
fn source(source: &str) -> String {
    if source.is_empty() {
        "none".to_owned()
    } else if source.starts_with("https://") || source.starts_with("http://") {
        "web".to_owned()
    } else {
        source.split_once(':').map_or(source, |(before, _)| before).trim().to_owned()
    }
}
