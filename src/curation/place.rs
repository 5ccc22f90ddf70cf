//! Where something is said: which file, which entry, which field; and the bytes of it.

use crate::dictionary::LoadError;
use crate::dictionary::entry::Entry;
use crate::dictionary::load::{self, Located};
use crate::source::Source;
use crate::span::Span;

/// Dictionaries that are checked together.
pub struct Collection {
    pub files: Vec<File>,
}

pub struct File {
    pub source: Source,
    pub entries: Vec<Located>,
}

/// An entry's place in a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    pub file: usize,
    pub entry: usize,
}

/// A value of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// A value of its own: `name`.
    One(&'static str),
    /// An item of a list: `accepted`, 0.
    Item(&'static str, usize),
    /// A native form: its language, and which of several it is.
    Native(String, usize),
}

impl Collection {
    /// Reads dictionaries' texts.
    ///
    /// # Errors
    /// The first syntax error, with its place.
    pub fn parse(sources: Vec<Source>) -> Result<Collection, LoadError> {
        let parse = |source: Source| -> Result<File, LoadError> {
            let entries = load::parse(source.path(), source.text())?;
            Ok(File { source, entries })
        };
        Ok(Collection { files: sources.into_iter().map(parse).collect::<Result<_, _>>()? })
    }

    pub fn entries(&self) -> impl Iterator<Item = (At, &Entry)> {
        self.files.iter().enumerate().flat_map(|(file, content)| {
            let entries = content.entries.iter().enumerate();
            entries.map(move |(entry, located)| (At { file, entry }, &located.entry))
        })
    }

    pub fn entry(&self, at: At) -> &Entry {
        &self.files[at.file].entries[at.entry].entry
    }

    /// “edwy-plenel (people.toml:12)”
    pub fn name_place(&self, at: At) -> String {
        let file = &self.files[at.file];
        let line = file.source.position(file.entries[at.entry].span.start).line;
        format!("{} ({}:{line})", self.entry(at).id(), crate::files::shown(file.source.path()))
    }
}

/// Finds the bytes of a value. Made for a file once something is found in it.
pub struct Locator<'f> {
    file: &'f File,
    /// The file with all of its places; `None` where it is no TOML.
    toml: Option<toml_edit::Document<&'f str>>,
}

impl<'f> Locator<'f> {
    pub fn new(file: &'f File) -> Locator<'f> {
        let is_toml = file.source.path().extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"));
        let toml = is_toml.then(|| toml_edit::Document::parse(file.source.text()).ok()).flatten();
        Locator { file, toml }
    }

    /// The value, or the whole entry where there is no such value.
    pub fn locate(&self, entry: usize, field: &Field) -> Span {
        self.value(entry, field).or_else(|| self.value(entry, &Field::One("name"))).unwrap_or_else(|| {
            let Located { span, .. } = self.file.entries[entry];
            span
        })
    }

    fn value(&self, entry: usize, field: &Field) -> Option<Span> {
        let table = self.toml.as_ref()?.get("name")?.as_array_of_tables()?.get(entry)?;
        let span = match field {
            Field::One(key) => table.get(key)?.span(),
            Field::Item(key, index) => table.get(key)?.as_array()?.get(*index)?.span(),
            Field::Native(language, index) => {
                let forms = table.get("native")?.as_table_like()?.get(language)?;
                match forms.as_array() {
                    Some(several) => several.get(*index)?.span(),
                    None => forms.span(),
                }
            }
        };
        span.map(Span::from)
    }
}
