//! A Wikidata JSON dump: an array with an entity a line. Labels, aliases, native label (P1705), pseudonym (P742), short name
//! (P1813), transliteration (P2440); deprecated statements are dropped.

use super::draft::{Draft, is_latin};
use super::{ImportError, Options, Sink, for_each_line};
use crate::dictionary::Kind;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use std::io::BufRead;

#[derive(Deserialize)]
struct Entity {
    id: String,
    #[serde(default = "item", rename = "type")]
    kind: String,
    #[serde(default)]
    labels: BTreeMap<String, Text>,
    #[serde(default)]
    aliases: BTreeMap<String, Vec<Text>>,
    #[serde(default)]
    claims: Claims,
    #[serde(default)]
    sitelinks: BTreeMap<String, IgnoredAny>,
}

fn item() -> String {
    "item".to_owned()
}

#[derive(Deserialize)]
struct Text {
    value: String,
}

/// What is read of the statements; the others cost no memory.
#[derive(Default, Deserialize)]
#[serde(rename_all = "UPPERCASE", default)]
struct Claims {
    p31: Vec<Claim>,
    p742: Vec<Claim>,
    p1705: Vec<Claim>,
    p1813: Vec<Claim>,
    p2440: Vec<Claim>,
}

#[derive(Deserialize)]
struct Claim {
    #[serde(default)]
    rank: String,
    mainsnak: Snak,
}

#[derive(Deserialize)]
struct Snak {
    datavalue: Option<DataValue>,
}

#[derive(Deserialize)]
struct DataValue {
    value: serde_json::Value,
}

impl Claim {
    fn value(&self) -> Option<&serde_json::Value> {
        let value = &self.mainsnak.datavalue.as_ref()?.value;
        (self.rank != "deprecated").then_some(value)
    }

    /// A text and its language, which is empty for plain strings.
    fn text(&self) -> Option<(&str, &str)> {
        let value = self.value()?;
        match value.as_str() {
            Some(text) => Some(("", text)),
            None => Some((value["language"].as_str()?, value["text"].as_str()?)),
        }
    }

    fn id(&self) -> Option<&str> {
        self.value()?["id"].as_str()
    }
}

pub fn import(options: &Options, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), ImportError> {
    for_each_line(input, sink, |line, number, sink| {
        let line = line.trim().trim_end_matches(',');
        if matches!(line, "" | "[" | "]") {
            return Ok(());
        }
        match serde_json::from_str::<Entity>(line) {
            Ok(entity) => self::entity(options, entity, sink),
            Err(error) => {
                sink.skip("the line is no entity", format_args!("line {number}: {error}"));
                Ok(())
            }
        }
    })
}

fn entity(options: &Options, entity: Entity, sink: &mut Sink<'_>) -> Result<(), ImportError> {
    let Entity { id, labels, aliases, claims, sitelinks, .. } = &entity;
    if entity.kind != "item" {
        sink.skip("it is no item", id);
        return Ok(());
    }
    let classes: Vec<&str> = claims.p31.iter().filter_map(Claim::id).collect();
    if !options.classes.is_empty() && !options.classes.iter().any(|wanted| classes.contains(&wanted.as_str())) {
        sink.skip("its class is not asked for", id);
        return Ok(());
    }
    if sitelinks.len() < options.min_sitelinks {
        sink.skip("it has too few sitelinks", id);
        return Ok(());
    }
    let mut draft = Draft::new(options);
    draft.entry.id = id.to_lowercase();
    draft.entry.same_as = Some(id.clone());
    draft.entry.kind = classes.iter().find_map(|class| kind(class)).unwrap_or(options.kind);
    // “mul” is the label for all languages that write it alike.
    for language in ["en", "mul"] {
        if let Some(label) = labels.get(language).filter(|label| is_latin(&label.value)) {
            draft.name(options, language, &label.value);
        }
    }
    for alias in aliases.get("en").into_iter().flatten() {
        draft.other(options, "en", &alias.value);
    }
    for (language, label) in labels.iter().filter(|(language, _)| *language != "en") {
        draft.native(options, language, &label.value);
    }
    for (language, form) in claims.p1705.iter().filter_map(Claim::text) {
        draft.native(options, language, form);
    }
    for (_, form) in claims.p742.iter().chain(&claims.p2440).filter_map(Claim::text).filter(|(_, form)| is_latin(form))
    {
        draft.other(options, "", form);
    }
    for (language, form) in claims.p1813.iter().filter_map(Claim::text) {
        if language == "en" && !draft.entry.short.iter().any(|short| short == form) {
            draft.entry.short.push(form.to_owned());
        }
    }
    draft.finish(options, format!("Wikidata {id}"), "CC0", sink)
}

/// What bears the name, by the commonest classes.
fn kind(class: &str) -> Option<Kind> {
    Some(match class {
        "Q5" => Kind::Person,
        "Q6256" | "Q515" | "Q486972" | "Q3624078" | "Q5119" | "Q1549591" | "Q7275" | "Q82794" => Kind::Place,
        "Q43229" | "Q4830453" | "Q7278" | "Q476028" | "Q327333" | "Q163740" | "Q484652" => Kind::Organisation,
        "Q11032" | "Q1193236" | "Q192283" | "Q1616075" | "Q1153191" | "Q41298" => Kind::Outlet,
        "Q11424" | "Q7725634" | "Q571" | "Q5398426" | "Q482994" => Kind::Work,
        "Q1656682" | "Q198" | "Q178561" => Kind::Event,
        _ => return None,
    })
}
