//! JSON and JSON Lines: strings under a key (`text`, at any depth) or at a pointer (`/items/*/en`, `*` for any one step).
//!
//! A text and a source belong together where they are in one object, or, for pointers, in the same items of the same arrays.

use super::builder::TextBuilder;
use super::{Document, ReadOptions, Segment, SourceSide, escapes, without_bom};
use crate::span::Span;
use std::borrow::Cow;

/// The deepest that values may lie in one another.
const MAX_DEPTH: usize = 128;

pub(super) fn is_json(text: &str) -> bool {
    let start = text.trim_start();
    start.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
        || start.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['"', '{', '[', ']']))
}

/// Whether the first two lines are an object each.
pub(super) fn is_json_lines(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_object = |line: Option<&str>| line.is_some_and(|line| line.starts_with('{') && line.ends_with('}'));
    is_object(lines.next()) && is_object(lines.next())
}

pub(super) fn parse<'a>(text: &'a str, options: &ReadOptions) -> Document<'a> {
    let mut reader = Reader::new(text, options);
    let start = without_bom(text).1;
    let mut parser = Parser { text, at: start, end: text.len() };
    if let Err(problem) = parser.document(|path, span| reader.string(path, span)) {
        reader.document.problem(problem.0, format!("no JSON: {}; what follows is not read", problem.1));
    }
    reader.end_of_record();
    reader.finish()
}

pub(super) fn parse_lines<'a>(text: &'a str, options: &ReadOptions) -> Document<'a> {
    let mut reader = Reader::new(text, options);
    let mut at = without_bom(text).1;
    while at < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |found| at + found);
        if !text[at..end].trim().is_empty() {
            let mut parser = Parser { text, at, end };
            // A damaged line is one problem; the next line is another record.
            if let Err(problem) = parser.document(|path, span| reader.string(path, span)) {
                reader.document.problem(problem.0, format!("no JSON: {}; this line is not read", problem.1));
            }
            reader.end_of_record();
        }
        at = end + 1;
    }
    reader.finish()
}

/// One step to a value.
#[derive(Clone, Copy)]
pub(super) struct Step {
    /// The string of the key, quotes not included; `None` in an array.
    pub key: Option<Span>,
    /// Which item of an array.
    item: usize,
    /// Where in the file the object or array begins.
    container: usize,
}

/// Picks the strings that are asked for, and pairs them.
struct Reader<'a, 'o> {
    text: &'a str,
    options: &'o ReadOptions,
    document: Document<'a>,
    fields: Vec<&'o str>,
    texts: Vec<(Place, Span)>,
    sources: Vec<(Place, Span)>,
}

/// What a text and its source have in common.
type Place = Vec<usize>;

impl<'a, 'o> Reader<'a, 'o> {
    fn new(text: &'a str, options: &'o ReadOptions) -> Reader<'a, 'o> {
        // A first key of that name, wherever it is, tells which of the usual names the file has.
        let fields = options
            .text_fields(|name| memchr::memmem::find(text.as_bytes(), format!("\"{name}\"").as_bytes()).is_some());
        Reader { text, options, document: Document::default(), fields, texts: Vec::new(), sources: Vec::new() }
    }

    fn string(&mut self, path: &[Step], span: Span) {
        if let Some(place) = self.fields.iter().find_map(|field| self.matched(field, path)) {
            self.texts.push((place, span));
        }
        if let Some(place) = self.matched(self.options.source_field(), path) {
            self.sources.push((place, span));
        }
    }

    /// Where a path lies that a field means.
    fn matched(&self, field: &str, path: &[Step]) -> Option<Place> {
        let key = |step: &Step| step.key.map(|key| &self.text[key.range()]);
        if !field.starts_with('/') {
            let last = path.last()?;
            return (key(last) == Some(field)).then(|| vec![last.container]);
        }
        let mut steps = path.iter();
        for wanted in field[1..].split('/') {
            let wanted = wanted.replace("~1", "/").replace("~0", "~");
            let step = steps.next()?;
            let fits = match key(step) {
                Some(key) => key == wanted,
                None => wanted.parse() == Ok(step.item),
            };
            if !fits && wanted != "*" {
                return None;
            }
        }
        let items = path.iter().filter(|step| step.key.is_none()).map(|step| step.item);
        steps.next().is_none().then(|| items.collect())
    }

    /// Makes segments of the strings of a record.
    fn end_of_record(&mut self) {
        let mut sources = std::mem::take(&mut self.sources);
        sources.sort_by(|a, b| a.0.cmp(&b.0));
        for (place, span) in std::mem::take(&mut self.texts) {
            let source = sources.binary_search_by(|(other, _)| other.cmp(&place)).ok();
            let side =
                source.map(|index| Box::new(SourceSide::new(new_text(self.text, sources[index].1), self.language())));
            let builder = new_text(self.text, span);
            if side.is_some() || !builder.text().is_empty() {
                self.document.push(Segment { source: side, ..builder.segment() });
            }
        }
    }

    /// A field that is called as a language is in it.
    fn language(&self) -> Option<Cow<'a, str>> {
        let field = self.options.source_field().rsplit('/').next()?;
        matches!(field.len(), 2 | 3).then(|| Cow::Owned(field.to_owned()))
    }

    fn finish(mut self) -> Document<'a> {
        if self.fields.is_empty() && self.document.problems.is_empty() {
            let message = format!("no field {} in it; say which with --text-field", self.options.looked_for());
            self.document.problem(Span::new(0, 0), message);
        }
        self.document
    }
}

fn new_text(text: &str, span: Span) -> TextBuilder<'_> {
    let mut builder = TextBuilder::new(text, span.start, &escapes::JSON);
    escapes::literal(&mut builder, span);
    builder
}

/// Walks over a value without recursion.
pub(super) struct Parser<'a> {
    pub text: &'a str,
    pub at: usize,
    pub end: usize,
}

/// Where a value is damaged, and how.
pub(super) type Damage = (Span, &'static str);

impl Parser<'_> {
    /// Reads one value and nothing else; `each` gets its strings, with the way to them.
    pub fn document(&mut self, mut each: impl FnMut(&[Step], Span)) -> Result<(), Damage> {
        let mut path: Vec<Step> = Vec::new();
        loop {
            // A value.
            self.space();
            match self.peek() {
                Some(open @ (b'{' | b'[')) => {
                    self.at += 1;
                    self.space();
                    if path.len() == MAX_DEPTH {
                        return Err(self.damage("values lie too deep in one another"));
                    }
                    let close = if open == b'{' { b'}' } else { b']' };
                    if self.peek() == Some(close) {
                        self.at += 1;
                    } else {
                        let key = if open == b'{' { Some(self.key()?) } else { None };
                        path.push(Step { key, item: 0, container: self.at });
                        continue;
                    }
                }
                Some(b'"') => {
                    let span = self.string()?;
                    each(&path, span);
                }
                Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => self.word()?,
                _ => return Err(self.damage("a value is missing")),
            }
            // What follows it.
            loop {
                self.space();
                let Some(step) = path.last_mut() else {
                    return if self.at == self.end { Ok(()) } else { Err(self.damage("more than one value")) };
                };
                let is_object = step.key.is_some();
                match self.text.as_bytes().get(self.at).filter(|_| self.at < self.end) {
                    Some(b',') => {
                        self.at += 1;
                        step.item += 1;
                        if is_object {
                            self.space();
                            let key = self.key()?;
                            if let Some(step) = path.last_mut() {
                                step.key = Some(key);
                            }
                        }
                        break;
                    }
                    Some(b'}') if is_object => self.at += 1,
                    Some(b']') if !is_object => self.at += 1,
                    _ => return Err(self.damage("a comma or closing bracket is missing")),
                }
                path.pop();
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied().filter(|_| self.at < self.end)
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn key(&mut self) -> Result<Span, Damage> {
        if self.peek() != Some(b'"') {
            return Err(self.damage("a key is missing"));
        }
        let key = self.string()?;
        self.space();
        if self.peek() != Some(b':') {
            return Err(self.damage("a colon is missing"));
        }
        self.at += 1;
        Ok(key)
    }

    /// Moves behind a string; what is between its quotes.
    fn string(&mut self) -> Result<Span, Damage> {
        let start = self.at + 1;
        let mut at = start;
        let bytes = &self.text.as_bytes()[..self.end];
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
            at += found;
            if bytes[at] == b'"' {
                self.at = at + 1;
                return Ok(Span::new(start, at));
            }
            at += 2;
        }
        Err(self.damage("a string is not closed"))
    }

    /// Moves behind a number, `true`, `false` or `null`.
    fn word(&mut self) -> Result<(), Damage> {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'E')) {
            self.at += 1;
        }
        let word = &self.text[start..self.at];
        let fits = matches!(word, "true" | "false" | "null") || word.parse::<f64>().is_ok();
        if fits { Ok(()) } else { Err((Span::new(start, self.at), "a value is missing")) }
    }

    fn damage(&self, message: &'static str) -> Damage {
        let at = self.text.floor_char_boundary(self.at.min(self.end));
        let end = self.text.ceil_char_boundary((at + 1).min(self.end));
        (Span::new(at, end), message)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, ReadOptions, fixture};

    fn options(text: &str, source: &str) -> ReadOptions {
        ReadOptions { text_fields: vec![text.into()], source_field: Some(source.into()), ..ReadOptions::default() }
    }

    #[test]
    fn keys_at_any_depth() {
        let json = "{\"a\": [{\"source\": \"\\u0627\", \"target\": \"A\\n\\\"b\\\"\", \"n\": [1, -2.5e3, true, null]}, {\"target\": \"c\"}], \"source\": {}}\n";
        assert_eq!(fixture::texts(Format::Json, json), ["ا ‖ A\n\"b\"", "c"]);
        let fixed = fixture::replaced(Format::Json, json, "A\n", "\"\t").unwrap();
        assert!(fixed.contains("\"\\\"\\t\\\"b\\\"\""), "{fixed}");
    }

    #[test]
    fn pointers() {
        let json = "{\"x\": [{\"en\": {\"t\": \"A\"}, \"ar\": {\"t\": \"ا\"}}, {\"en\": {\"t\": \"B\"}}], \"en\": {\"t\": \"no\"}}";
        assert_eq!(fixture::texts_with(Format::Json, json, &options("/x/*/en/t", "/x/*/ar/t")), ["ا ‖ A", "B"]);
    }

    #[test]
    fn lines_are_records() {
        let lines = "\u{feff}{\"text\": \"A\"}\r\n\r\n{\"text\": }\r\n{\"text\": \"B\", \"source\": \"ب\"}";
        assert_eq!(fixture::texts(Format::JsonLines, lines), ["A", "ب ‖ B"]);
        assert_eq!(fixture::problems(Format::JsonLines, lines).len(), 1);
    }

    #[test]
    fn damage_is_one_problem() {
        for json in ["{\"text\": \"a\", ", "{\"text\": \"a\"} 1", "[\"text\"", "{\"text\" 1}", "nul", "\"a", "[1,]"] {
            assert_eq!(fixture::problems(Format::Json, json).len(), 1, "{json}");
        }
        assert_eq!(fixture::problems(Format::Json, &"[".repeat(1 << 20)).len(), 1);
        assert_eq!(fixture::texts(Format::Json, "{\"text\": \"a\", }"), ["a"]);
    }
}
