//! The formats that orthonym reads, and how a file tells which one it is.

use super::{Document, ReadOptions, html, markdown, plain, subtitles};
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
    Reader { format: Format::Html, names: &["html", "htm", "xhtml"], begins: html::is_html, parse: html::parse },
    Reader { format: Format::Markdown, names: &["md", "markdown"], begins: |_| false, parse: markdown::parse },
    Reader { format: Format::Plain, names: &["txt", "text"], begins: |_| true, parse: plain::parse },
];

impl Format {
    /// The format that a file's name tells, if it is one that we know.
    pub fn of_path(path: &Path) -> Option<Format> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        let known = |known: &&str| if known.contains('.') { *known == name } else { *known == extension };
        READERS.iter().find(|reader| reader.names.iter().any(|name| known(&name))).map(|reader| reader.format)
    }

    /// The format that a text itself tells; plain where it tells none.
    pub fn of_text(text: &str) -> Format {
        let (text, _) = super::without_bom(text);
        READERS.iter().find(|reader| (reader.begins)(text)).map_or(Format::Plain, |reader| reader.format)
    }

    /// The endings of file names that [`Format::of_path`] knows.
    pub fn extensions() -> impl Iterator<Item = &'static str> {
        READERS.iter().flat_map(|reader| reader.names.iter().copied())
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
        assert_eq!(Format::of_text("\u{feff}WEBVTT\n"), Format::WebVtt);
        assert_eq!(Format::of_text("Words."), Format::Plain);
    }
}
