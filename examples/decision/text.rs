//! Running text to measure with: documents whose people are replaced by people of the data, garbled ones and strangers.

use crate::data::{self, Row, Setting};
use orthonym::diagnostic::Applicability;
use orthonym::document::Format;
use orthonym::lint::{Linter, Settings};
use orthonym::source::Source;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs;
use std::path::Path;

/// How often each document is filled with other names.
const ROUNDS: usize = 6;

/// A line of `news_clean_entities.jsonl`: where a person stands in a document of `news_clean`, in bytes.
#[derive(Deserialize)]
struct Entity {
    doc: String,
    start: usize,
    end: usize,
    text: String,
}

/// A finding in running text.
pub struct Found {
    pub confidence: f32,
    pub right: bool,
    pub safe: bool,
    pub text: String,
    pub suggestion: String,
}

/// Lints the documents, in each of which a third of the people of several words is garbled, a third known and a third strangers.
/// Only names that were not fitted are used.
pub fn findings(folder: &Path, setting: Setting) -> Result<Vec<Found>, Box<dyn Error>> {
    let rows = data::rows(folder)?;
    let dictionary = data::dictionary(folder, &rows, setting)?;
    let linter = Linter::new(dictionary, Settings::default());
    let mut worker = linter.worker();
    let mut documents: BTreeMap<String, Vec<Entity>> = BTreeMap::new();
    for line in fs::read_to_string(folder.join("news_clean_entities.jsonl"))?.lines() {
        let entity: Entity = serde_json::from_str(line)?;
        documents.entry(entity.doc.clone()).or_default().push(entity);
    }
    let people: Vec<&Row> = rows.iter().filter(|row| !data::is_fitted(&row.truth)).collect();
    let (strangers, known): (Vec<&Row>, Vec<&Row>) = people.into_iter().partition(|row| setting.is_stranger(row));
    let mut found = Vec::new();
    for (name, entities) in &documents {
        let text = fs::read_to_string(folder.join("news_clean").join(name))?;
        for round in 0..ROUNDS {
            let filled = Filled::new(&text, entities, &strangers, &known, &format!("{name} {round}"));
            let source = Source::new(name.as_str(), filled.text.as_str());
            for finding in worker.lint(&source, Format::Plain).diagnostics {
                if !finding.rule.starts_with("names/") {
                    continue;
                }
                let Some(first) = finding.suggestions.first() else { continue };
                found.push(Found {
                    confidence: finding.confidence,
                    right: filled.is_right(finding.span.start, finding.span.end, &first.text),
                    safe: finding.fix(Applicability::Safe).is_some(),
                    text: finding.text.clone(),
                    suggestion: first.text.clone(),
                });
            }
        }
    }
    Ok(found)
}

/// A document with other people in it.
struct Filled {
    text: String,
    /// Where the garbled names stand, and what they should be.
    garbled: Vec<(usize, usize, String)>,
}

impl Filled {
    /// Every person of several words becomes somebody else, the same one throughout the document.
    fn new(text: &str, entities: &[Entity], strangers: &[&Row], known: &[&Row], seed: &str) -> Filled {
        let mut filled = Filled { text: String::new(), garbled: Vec::new() };
        let mut chosen: HashMap<&str, (&Row, usize)> = HashMap::new();
        let mut copied = 0;
        for entity in entities.iter().filter(|entity| entity.text.contains(' ')) {
            if entity.start < copied || entity.text.contains('\n') {
                continue;
            }
            let (row, fate) = *chosen.entry(&entity.text).or_insert_with(|| {
                let number = data::hash(&format!("{seed} {}", entity.text), 17) as usize;
                let fate = number % 3;
                let list = if fate == 2 { strangers } else { known };
                (list[number / 3 % list.len()], fate)
            });
            filled.text.push_str(&text[copied..entity.start]);
            let start = filled.text.len();
            filled.text.push_str(if fate == 0 { &row.garbled } else { &row.truth });
            if fate == 0 {
                filled.garbled.push((start, filled.text.len(), row.truth.clone()));
            }
            copied = entity.end;
        }
        filled.text.push_str(&text[copied..]);
        filled
    }

    fn is_right(&self, start: usize, end: usize, suggestion: &str) -> bool {
        let garbled = self.garbled.iter().filter(|(from, to, _)| start < *to && *from < end);
        garbled.into_iter().any(|(_, _, truth)| truth.to_lowercase() == suggestion.to_lowercase())
    }
}
