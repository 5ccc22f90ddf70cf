//! TBX glossaries, old (`termEntry`, `langSet`, `tig`) and new (`conceptEntry`, `langSec`, `termSec`). A term that is deprecated or
//! superseded is not taken.

use super::draft::Draft;
use super::{ImportError, Options, Sink};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// A concept and its terms.
#[derive(Default)]
pub struct Concept {
    pub id: String,
    /// Language, in lower case; term; whether it is right, and neither deprecated nor superseded.
    pub terms: Vec<(String, String, bool)>,
}

pub(super) fn import(options: &Options, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), ImportError> {
    read(input, |concept| self::concept(options, concept, sink))
}

/// Reads a glossary concept by concept.
///
/// # Errors
/// Input that cannot be read or is no TBX, or an error of `each`.
pub fn read(
    input: &mut dyn BufRead,
    mut each: impl FnMut(Concept) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut reader = Reader::from_reader(input);
    let (mut buffer, mut text) = (Vec::new(), String::new());
    let (mut concept, mut language, mut note) = (Concept::default(), String::new(), String::new());
    let (mut found, mut count) = (false, 0);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        match event.map_err(|error| ImportError::Format(format!("byte {}: {error}", reader.buffer_position())))? {
            Event::Start(start) => {
                text.clear();
                match start.local_name().as_ref() {
                    "termEntry" | "conceptEntry" => {
                        count += 1;
                        found = true;
                        let id = attribute(&start, "id").unwrap_or_else(|| count.to_string());
                        concept = Concept { id, ..Concept::default() };
                    }
                    "langSet" | "langSec" => language = attribute(&start, "lang").unwrap_or_default().to_lowercase(),
                    "termNote" => note = attribute(&start, "type").unwrap_or_default(),
                    _ => {}
                }
            }
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(name) => text.push(match name.as_ref() {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                _ => name.resolve_char_ref().ok().flatten().unwrap_or('\u{fffd}'),
            }),
            Event::End(end) => match end.local_name().as_ref() {
                "term" => concept.terms.push((language.clone(), std::mem::take(&mut text), true)),
                "termNote" if note == "administrativeStatus" && is_refused(&text) => {
                    if let Some((_, _, is_right)) = concept.terms.last_mut() {
                        *is_right = false;
                    }
                }
                "termEntry" | "conceptEntry" => each(std::mem::take(&mut concept))?,
                _ => {}
            },
            Event::Eof if found => return Ok(()),
            Event::Eof => return Err(ImportError::Format("no termEntry or conceptEntry: is it TBX?".to_owned())),
            _ => {}
        }
    }
}

fn is_refused(status: &str) -> bool {
    status.starts_with("deprecatedTerm") || status.starts_with("supersededTerm")
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(attribute.value.into_owned())
}

fn concept(options: &Options, concept: Concept, sink: &mut Sink<'_>) -> Result<(), ImportError> {
    let mut draft = Draft::new(options);
    for (language, term, is_right) in &concept.terms {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        match (is_right, primary) {
            (false, _) => sink.skip("the term is deprecated", format_args!("{}: {term}", concept.id)),
            (true, "en") => draft.name(options, "en", term),
            (true, _) => draft.native(options, primary, term),
        }
    }
    draft.finish(options, format!("TBX {}", concept.id), "", sink)
}
