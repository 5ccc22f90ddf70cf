//! gettext catalogues (.po, .pot): each `msgstr` with the `msgid` that it translates, plural forms with theirs.
//!
//! Line by line, so that every byte keeps its place. Obsolete entries (`#~`) and the header are passed over; a fuzzy entry is
//! pending; `c-format` and its like say which placeholders an entry has. A template (.pot) has no translations: its empty ones are pending as well.

use super::builder::TextBuilder;
use super::map::Join;
use super::{Document, Placeholders, ReadOptions, Segment, SourceSide, escapes};
use crate::span::Span;
use std::borrow::Cow;

/// Whether a text begins with comments and then a `msgid`.
pub(super) fn is_po(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.next().is_some_and(|line| keyword(line).is_some_and(|(word, _)| word == "msgid" || word == "msgctxt"))
}

pub(super) fn parse<'a>(text: &'a str, options: &ReadOptions) -> Document<'a> {
    let mut document = Document::default();
    let mut entry = Entry::default();
    let mut catalogue = Catalogue { wanted: true, is_template: true };
    for line in lines(text) {
        let content = text[line.range()].trim();
        let start = line.start + (text[line.range()].len() - text[line.range()].trim_start().len());
        if content.is_empty() {
            continue;
        }
        if let Some(comment) = content.strip_prefix('#') {
            entry.end_before(Part::Comment, &mut document, &mut catalogue, options);
            if let Some(flags) = comment.strip_prefix(',') {
                flags.split(',').for_each(|flag| entry.flag(flag.trim()));
            }
            continue;
        }
        let (word, rest) = keyword(content).unwrap_or(("", content));
        let Some(string) = string_in(rest) else {
            document.problem(line, "neither a comment nor a keyword and a string in quotes; what follows is not read");
            break;
        };
        let offset = start + content.len() - rest.len() + string.start;
        let span = Span::new(offset, offset + string.len());
        let part = match word {
            "" => Part::More,
            "msgctxt" => Part::Context,
            "msgid" => Part::Id,
            "msgid_plural" => Part::Plural,
            word if word.starts_with("msgstr") => Part::Translation,
            _ => {
                document.problem(line, format!("an unknown keyword `{word}`; what follows is not read"));
                break;
            }
        };
        entry.end_before(part, &mut document, &mut catalogue, options);
        entry.add(part, text, span);
    }
    entry.end(&mut document, &mut catalogue, options);
    if catalogue.is_template {
        document.segments.iter_mut().filter_map(|s| s.source.as_mut()).for_each(|side| side.pending = true);
    }
    document
}

fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = super::without_bom(text).1;
    std::iter::from_fn(move || {
        let start = at;
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        at += memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        Some(Span::new(start, at))
    })
}

/// The keyword that a line begins with, and what is behind it.
fn keyword(line: &str) -> Option<(&str, &str)> {
    let end = line.find(|c: char| c.is_whitespace() || c == '"')?;
    let (word, rest) = line.split_at(end);
    word.starts_with("msg").then(|| (word, rest.trim_start()))
}

/// What is between the quotes of a line that is a string and nothing else.
fn string_in(line: &str) -> Option<Span> {
    let inner = line.strip_prefix('"')?.strip_suffix('"')?;
    let mut escaped = false;
    for b in inner.bytes() {
        match b {
            b'"' if !escaped => return None,
            _ => escaped = b == b'\\' && !escaped,
        }
    }
    (!escaped).then(|| Span::new(1, 1 + inner.len()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Comment,
    Context,
    Id,
    Plural,
    Translation,
    /// The next line of the string before.
    More,
}

/// What is known of the whole file.
struct Catalogue {
    wanted: bool,
    is_template: bool,
}

/// An entry in the making: the strings in the order of the file.
#[derive(Default)]
struct Entry<'a> {
    context: Option<TextBuilder<'a>>,
    id: Option<TextBuilder<'a>>,
    plural: Option<TextBuilder<'a>>,
    translations: Vec<TextBuilder<'a>>,
    last: Option<Part>,
    is_fuzzy: bool,
    placeholders: Placeholders,
}

/// Format strings with a percent sign, as flags name them: `c-format`.
const PERCENT: &[&str] = &[
    "awk",
    "boost",
    "c",
    "gcc-internal",
    "gfc-internal",
    "go",
    "java-printf",
    "javascript",
    "kde",
    "lua",
    "objc",
    "object-pascal",
    "perl",
    "php",
    "python",
    "qt",
    "qt-plural",
    "ruby",
    "tcl",
];
/// Format strings with names or numbers in braces.
const BRACES: &[&str] = &["c++", "csharp", "icu", "icu-message", "java", "perl-brace", "python-brace", "rust"];

impl<'a> Entry<'a> {
    /// Ends the entry if that part begins the next one.
    fn end_before(
        &mut self,
        part: Part,
        document: &mut Document<'a>,
        catalogue: &mut Catalogue,
        options: &ReadOptions,
    ) {
        let begins = matches!(part, Part::Comment | Part::Context | Part::Id);
        if begins && !self.translations.is_empty() {
            std::mem::take(self).end(document, catalogue, options);
        }
    }

    /// Takes in a flag: `fuzzy`, or whether the entry is a format string of some language: `c-format`, `no-c-format`.
    fn flag(&mut self, flag: &str) {
        self.is_fuzzy |= flag == "fuzzy";
        let Some(language) = flag.strip_suffix("-format") else { return };
        let is_one = !language.starts_with("no-");
        let language = language.strip_prefix("no-").or(language.strip_prefix("possible-")).unwrap_or(language);
        let Placeholders { percent, braces } = &mut self.placeholders;
        for (said, languages) in [(percent, PERCENT), (braces, BRACES)] {
            if languages.contains(&language) {
                *said = Some(is_one || *said == Some(true));
            }
        }
    }

    fn add(&mut self, part: Part, text: &'a str, span: Span) {
        let new = || TextBuilder::new(text, span.start, &escapes::QUOTED);
        let builder = match part {
            Part::More => match self.last {
                Some(Part::Context) => self.context.as_mut(),
                Some(Part::Id) => self.id.as_mut(),
                Some(Part::Plural) => self.plural.as_mut(),
                Some(Part::Translation) => self.translations.last_mut(),
                _ => None,
            },
            Part::Context => Some(self.context.insert(new())),
            Part::Id => Some(self.id.insert(new())),
            Part::Plural => Some(self.plural.insert(new())),
            Part::Translation => {
                self.translations.push(new());
                self.translations.last_mut()
            }
            Part::Comment => None,
        };
        let Some(builder) = builder else { return };
        if part == Part::More {
            builder.join(Join::Seam);
        } else {
            self.last = Some(part);
        }
        escapes::literal(builder, span);
    }

    fn end(self, document: &mut Document<'a>, catalogue: &mut Catalogue, options: &ReadOptions) {
        let Some(id) = self.id else { return };
        if id.text().is_empty() {
            let header = self.translations.first().map_or("", TextBuilder::text);
            let language = header.lines().find_map(|line| line.strip_prefix("Language:")).map(str::trim);
            catalogue.wanted = options.wants(language.filter(|language| !language.is_empty()));
            return;
        }
        if !catalogue.wanted {
            return;
        }
        let context = self.context.map(|context| Cow::Owned(context.text().to_owned()));
        let (pending, placeholders) = (self.is_fuzzy, self.placeholders);
        let side =
            |builder| SourceSide { context: context.clone(), pending, placeholders, ..SourceSide::new(builder, None) };
        let singular = side(id);
        let plural = self.plural.map(side);
        for (index, translation) in self.translations.into_iter().enumerate() {
            let source = match &plural {
                Some(plural) if index > 0 => plural.clone(),
                _ => singular.clone(),
            };
            catalogue.is_template &= translation.text().is_empty();
            document.push(Segment { source: Some(Box::new(source)), ..translation.segment() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Format, Placeholders, ReadOptions, fixture};
    use crate::source::Source;

    const PO: &str = "# no\nmsgid \"\"\nmsgstr \"\"\n\"Language: en_GB\\n\"\n\n#: a.c:1\n#, fuzzy, c-format\nmsgctxt \"menu\"\nmsgid \"\"\n\"one \"\n\"%s\\n\"\nmsgstr \"ONE \\\"%s\"\n\"Edu\"\n\"y\\n\"\n\n\
        msgid \"two\"\nmsgid_plural \"twos\"\nmsgstr[0] \"TWO\"\nmsgstr[1] \"\"\n#~ msgid \"no\"\n#~ msgstr \"no\"\n";

    #[test]
    fn entries_plurals_and_continuation_lines() {
        let texts = ["one %s\n ‖ ONE \"%sEduy\n", "two ‖ TWO", "twos ‖ "];
        assert_eq!(fixture::texts(Format::Po, PO), texts);
        assert_eq!(fixture::texts(Format::Po, &PO.replace('\n', "\r\n")), texts);
        assert!(fixture::texts(Format::Po, &PO.replace("en_GB", "fr")).is_empty());
    }

    #[test]
    fn a_word_across_lines_is_put_on_the_first() {
        let fixed = fixture::replaced(Format::Po, PO, "Eduy", "E\"wy").unwrap();
        assert!(fixed.contains("\"E\\\"w\"\n\"y\\n\"") || fixed.contains("\"E\\\"wy\"\n\"\\n\""), "{fixed}");
    }

    #[test]
    fn flags_say_which_placeholders_an_entry_has() {
        let said = |flags: &str| {
            let file =
                Source::new("a.po", format!("#, {flags}\nmsgid \"a\"\nmsgstr \"b\"\n\nmsgid \"c\"\nmsgstr \"d\"\n"));
            let document = Document::parse(&file, Format::Po, &ReadOptions::default());
            let said = |at: usize| document.segments[at].source.as_ref().unwrap().placeholders;
            assert_eq!(said(1), Placeholders::default(), "flags hold for one entry");
            (said(0).percent, said(0).braces)
        };
        assert_eq!(said("fuzzy"), (None, None));
        assert_eq!(said("fuzzy, c-format"), (Some(true), None));
        assert_eq!(said("no-c-format"), (Some(false), None));
        assert_eq!(said("python-format,python-brace-format"), (Some(true), Some(true)));
        assert_eq!(said("python-format, no-c-format"), (Some(true), None));
    }

    #[test]
    fn damage_is_one_problem() {
        let damaged = "msgid \"a\"\nmsgstr \"b\"\nmsgid \"c\nmsgstr \"d\"\n";
        assert_eq!(fixture::texts(Format::Po, damaged), ["a ‖ b"]);
        assert_eq!(fixture::problems(Format::Po, damaged).len(), 1);
    }
}
