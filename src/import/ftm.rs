//! FollowTheMoney entities, as OpenSanctions publishes them: a JSON object a line. Weak aliases are never taken.

use super::draft::Draft;
use super::{ImportError, Options, Sink, for_each_line};
use crate::dictionary::Kind;
use serde::Deserialize;
use std::io::BufRead;

#[derive(Deserialize)]
struct Entity {
    id: String,
    schema: String,
    #[serde(default)]
    properties: Properties,
    #[serde(default)]
    datasets: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Properties {
    name: Vec<String>,
    alias: Vec<String>,
    previous_name: Vec<String>,
    abbreviation: Vec<String>,
    weak_alias: Vec<String>,
    position: Vec<String>,
    wikidata_id: Vec<String>,
}

pub fn import(options: &Options, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), ImportError> {
    for_each_line(input, sink, |line, number, sink| {
        if line.trim().is_empty() {
            return Ok(());
        }
        let entity: Entity = match serde_json::from_str(line) {
            Ok(entity) => entity,
            Err(error) => {
                sink.skip("the line is no entity", format_args!("line {number}: {error}"));
                return Ok(());
            }
        };
        let Some(kind) = kind(&entity.schema) else {
            sink.skip("its schema bears no names", format_args!("{}: {}", entity.id, entity.schema));
            return Ok(());
        };
        let mut draft = Draft::new(options);
        draft.entry.kind = kind;
        draft.entry.id = entity.id.to_lowercase();
        let Properties { name, alias, previous_name, abbreviation, weak_alias, position, wikidata_id } =
            entity.properties;
        name.iter().for_each(|name| draft.name(options, "", name));
        let others = alias.iter().chain(&previous_name).chain(&abbreviation);
        others.for_each(|name| draft.other(options, "", name));
        for _ in weak_alias {
            sink.skip("a weak alias is never matched", &entity.id);
        }
        draft.entry.role = position.iter().map(|position| position.to_lowercase()).take(5).collect();
        draft.entry.same_as = wikidata_id.into_iter().next();
        let datasets = if entity.datasets.is_empty() { "FtM".to_owned() } else { entity.datasets.join(", ") };
        draft.finish(options, format!("{datasets}: {}", entity.id), "", sink)
    })
}

fn kind(schema: &str) -> Option<Kind> {
    Some(match schema {
        "Person" => Kind::Person,
        "Organization" | "Company" | "LegalEntity" | "PublicBody" => Kind::Organisation,
        _ => return None,
    })
}
