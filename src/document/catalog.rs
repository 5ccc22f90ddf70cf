//! Apple's string catalogues (.xcstrings): JSON in which the key of a string is its source text.

use super::builder::TextBuilder;
use super::json::{Parser, Step};
use super::{Document, ReadOptions, Segment, SourceSide, escapes, without_bom};
use crate::span::Span;

pub(super) fn parse<'a>(text: &'a str, options: &ReadOptions) -> Document<'a> {
    let mut document = Document::default();
    let mut parser = Parser { text, at: without_bom(text).1, end: text.len() };
    let read = parser.document(|path, span| {
        if let Some(key) = source_of(text, path, options) {
            let source = Box::new(SourceSide::new(new_text(text, key), None));
            document.push(Segment { source: Some(source), ..new_text(text, span).segment() });
        }
    });
    if let Err((span, message)) = read {
        document.problem(span, format!("no JSON: {message}; what follows is not read"));
    }
    document
}

/// The key of the string that this is the value of in the language that is read:
/// `/strings/KEY/localizations/LANGUAGE/…/value`.
fn source_of(text: &str, path: &[Step], options: &ReadOptions) -> Option<Span> {
    let key = |step: &Step| step.key.map_or("", |key| &text[key.range()]);
    let [strings, string, localizations, language, .., value] = path else { return None };
    let fits = key(strings) == "strings" && key(localizations) == "localizations" && key(value) == "value";
    (fits && options.wants(Some(key(language)))).then_some(string.key).flatten()
}

fn new_text(text: &str, span: Span) -> TextBuilder<'_> {
    let mut builder = TextBuilder::new(text, span.start, &escapes::JSON);
    escapes::literal(&mut builder, span);
    builder
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture};

    #[test]
    fn values_of_the_language_that_is_read() {
        let file = "{\"sourceLanguage\": \"ar\", \"strings\": {\"نعم %d\": {\"comment\": \"no\", \"localizations\": {\"fr\": {\"stringUnit\": {\"value\": \"no\"}}, \
            \"en\": {\"variations\": {\"plural\": {\"one\": {\"stringUnit\": {\"state\": \"new\", \"value\": \"One \\\"%d\\\"\"}}}}}}}}}";
        assert_eq!(fixture::texts(Format::AppleCatalog, file), ["نعم %d ‖ One \"%d\""]);
    }
}
