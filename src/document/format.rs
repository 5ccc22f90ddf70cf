//! The formats that orthonym reads, and how a file tells which one it is.

use super::{
    Document, ReadOptions, android, apple, catalog, docx, fluent, html, json, markdown, plain, po, properties,
    subtitles, table, tmx, xliff,
};
use std::path::Path;

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Format {
    Plain,
    Markdown,
    Html,
    Srt,
    #[value(name = "vtt")]
    WebVtt,
    Xliff,
    Tmx,
    /// gettext
    Po,
    Csv,
    Tsv,
    Json,
    #[value(name = "jsonl")]
    JsonLines,
    /// Android's strings.xml
    Android,
    /// The XML of one part of a DOCX package
    Docx,
    /// Apple's .strings
    AppleStrings,
    /// Apple's .xcstrings
    AppleCatalog,
    /// Java's .properties
    Properties,
    Fluent,
}

/// How a format is known and read.
struct Reader {
    format: Format,
    /// Endings of file names, in lower case. One with a dot is a whole name.
    names: &'static [&'static str],
    /// Whether a text without a name is in this format, by its first bytes.
    begins: fn(&str) -> bool,
    parse: for<'a> fn(&'a str, &ReadOptions) -> Document<'a>,
}

/// The first that knows a text by its beginning is taken.
const READERS: &[Reader] = &[
    Reader {
        format: Format::WebVtt,
        names: &["vtt"],
        begins: |t| t.starts_with("WEBVTT"),
        parse: subtitles::parse_vtt,
    },
    Reader { format: Format::Srt, names: &["srt"], begins: subtitles::is_srt, parse: subtitles::parse_srt },
    Reader {
        format: Format::Xliff,
        names: &["xlf", "xliff", "mxliff", "sdlxliff"],
        begins: |t| has_root(t, "<xliff"),
        parse: xliff::parse,
    },
    Reader { format: Format::Tmx, names: &["tmx"], begins: |t| has_root(t, "<tmx"), parse: tmx::parse },
    Reader {
        format: Format::Android,
        names: &["strings.xml", "arrays.xml", "plurals.xml"],
        begins: |t| has_root(t, "<resources"),
        parse: android::parse,
    },
    Reader { format: Format::Docx, names: &["docx"], begins: |_| false, parse: docx::parse },
    Reader { format: Format::Html, names: &["html", "htm", "xhtml"], begins: html::is_html, parse: html::parse },
    Reader { format: Format::Po, names: &["po", "pot"], begins: po::is_po, parse: po::parse },
    Reader {
        format: Format::JsonLines,
        names: &["jsonl", "ndjson"],
        begins: json::is_json_lines,
        parse: json::parse_lines,
    },
    Reader { format: Format::Json, names: &["json"], begins: json::is_json, parse: json::parse },
    Reader { format: Format::AppleStrings, names: &["strings"], begins: |_| false, parse: apple::parse },
    Reader { format: Format::AppleCatalog, names: &["xcstrings"], begins: |_| false, parse: catalog::parse },
    Reader { format: Format::Properties, names: &["properties"], begins: |_| false, parse: properties::parse },
    Reader { format: Format::Fluent, names: &["ftl"], begins: |_| false, parse: fluent::parse },
    Reader { format: Format::Csv, names: &["csv"], begins: |_| false, parse: table::parse_csv },
    Reader { format: Format::Tsv, names: &["tsv"], begins: |_| false, parse: table::parse_tsv },
    Reader { format: Format::Markdown, names: &["md", "markdown"], begins: |_| false, parse: markdown::parse },
    Reader { format: Format::Plain, names: &["txt", "text"], begins: |_| true, parse: plain::parse },
];

/// Whether an XML file has this root element, as far as its first lines tell.
fn has_root(text: &str, tag: &str) -> bool {
    let start = text.trim_start();
    start.starts_with('<') && start[..start.floor_char_boundary(2048)].contains(tag)
}

impl Format {
    /// The format that a file's name tells, if it is one that we know.
    pub fn of_path(path: &Path) -> Option<Format> {
        let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        // What a word processor leaves beside a file while it is open.
        if name.starts_with("~$") {
            return None;
        }
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        let known = |known: &str| if known.contains('.') { known == name } else { known == extension };
        READERS.iter().find(|reader| reader.names.iter().any(|name| known(name))).map(|reader| reader.format)
    }

    /// The format that a text itself tells; plain where it tells none.
    pub fn of_text(text: &str) -> Format {
        let (text, _) = super::without_bom(text);
        READERS.iter().find(|reader| (reader.begins)(text)).map_or(Format::Plain, |reader| reader.format)
    }

    /// Whether files of this format are data of any kind, of which somebody must say where the text is.
    pub fn needs_fields(self) -> bool {
        matches!(self, Format::Csv | Format::Tsv | Format::Json | Format::JsonLines)
    }

    /// Whether files of this format may begin with an XML declaration.
    pub(super) fn is_markup(self) -> bool {
        matches!(self, Format::Html | Format::Xliff | Format::Tmx | Format::Android | Format::Docx)
    }

    pub(super) fn parse<'a>(self, text: &'a str, options: &ReadOptions) -> Document<'a> {
        match READERS.iter().find(|reader| reader.format == self) {
            Some(reader) => (reader.parse)(text, options),
            None => plain::parse(text, options),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn every_format_has_a_reader() {
        for format in Format::value_variants() {
            assert_eq!(READERS.iter().filter(|reader| reader.format == *format).count(), 1, "{format:?}");
        }
    }

    #[test]
    fn names_tell() {
        assert_eq!(Format::of_path(Path::new("a/B.MD")), Some(Format::Markdown));
        assert_eq!(Format::of_path(Path::new("a/b.rs")), None);
        assert_eq!(Format::of_path(Path::new("a/~$b.docx")), None);
        assert_eq!(Format::of_text("\u{feff}WEBVTT\n"), Format::WebVtt);
        assert_eq!(Format::of_text("Words."), Format::Plain);
    }
}
