//! The encoding that a file says it is in: an XML declaration, a `<meta>` of HTML, the header of a gettext catalogue.

use super::{Format, markup};
use crate::source::{DecodeError, Encoding};
use crate::span::Span;

/// How much of a file is looked at, in bytes.
pub const BEGINNING: usize = 8192;

/// The encoding of a file of this format; UTF-8 where it says nothing.
///
/// # Errors
/// It names an encoding that we do not read.
pub fn encoding(bytes: &[u8], format: Format) -> Result<Encoding, DecodeError> {
    match bytes {
        // A declaration in UTF-16 whose byte order mark was forgotten.
        [b'<', 0, b'?', 0, ..] if format.is_markup() => return Ok(Encoding::Utf16Le),
        [0, b'<', 0, b'?', ..] if format.is_markup() => return Ok(Encoding::Utf16Be),
        _ => {}
    }
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(BEGINNING)]);
    let label = match format {
        Format::Html => xml_declaration(&beginning).or_else(|| meta(&beginning)),
        Format::Po => po_header(&beginning),
        // As Java reads them.
        Format::Properties if std::str::from_utf8(bytes).is_err() => Some("iso-8859-1"),
        format if format.is_markup() => xml_declaration(&beginning),
        _ => None,
    };
    let Some(label) = label else { return Ok(Encoding::Utf8) };
    match Encoding::of_label(label) {
        // What could be read up to here is not UTF-16.
        Some(Encoding::Utf16Le | Encoding::Utf16Be) => Ok(Encoding::Utf8),
        Some(encoding) => Ok(encoding),
        None => Err(DecodeError::Unknown(label.to_owned())),
    }
}

fn xml_declaration(text: &str) -> Option<&str> {
    let start = "<?xml".len();
    let end = text.strip_prefix("<?xml")?.find("?>")? + start;
    markup::attribute(text, Span::new(start, end), "encoding")
}

/// `<meta charset=…>` or `<meta http-equiv=… content="…; charset=…">`, whichever comes first outside a comment.
fn meta(text: &str) -> Option<&str> {
    let mut at = 0;
    loop {
        at += text[at..].find('<')?;
        let rest = &text[at..];
        if rest.starts_with("<!--") {
            at += rest.find("-->")?;
            continue;
        }
        at += 1;
        if rest.get(1..5).is_some_and(|name| name.eq_ignore_ascii_case("meta")) {
            let tag = Span::new(at + 4, at + rest.find('>')?);
            let value = |name| markup::attribute(text, tag, name).map(|value| value.trim_end_matches('>'));
            let in_content = || value("content").and_then(charset);
            if let Some(label) = value("charset").or_else(in_content) {
                return Some(label);
            }
        }
    }
}

/// The `Content-Type` of the first entry. A template has not decided yet: `CHARSET`.
fn po_header(text: &str) -> Option<&str> {
    let mut entries = 0;
    let in_first = |line: &&str| {
        entries += usize::from(line.starts_with("msgid "));
        entries <= 1
    };
    let line = text.lines().take_while(in_first).find(|line| line.trim_start().starts_with("\"Content-Type:"))?;
    charset(line).filter(|label| *label != "CHARSET")
}

/// What stands behind `charset=`.
fn charset(text: &str) -> Option<&str> {
    let at = text.to_ascii_lowercase().find("charset=")? + "charset=".len();
    let rest = text[at..].trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(format: Format, text: &str) -> &'static str {
        encoding(text.as_bytes(), format).unwrap().name()
    }

    #[test]
    fn each_format_says_it_in_its_own_way() {
        assert_eq!(declared(Format::Xliff, "<?xml version='1.0' encoding='windows-1256'?><xliff/>"), "windows-1256");
        assert_eq!(
            declared(Format::Html, "<!-- <meta charset=x> --><META http-equiv=a content='text/html; charset=koi8-r'>"),
            "KOI8-R"
        );
        assert_eq!(declared(Format::Html, "<title>é</title><meta charset=Shift_JIS>"), "Shift_JIS");
        let po =
            "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=CP1251\\n\"\n\nmsgid \"charset=koi8-r\"\n";
        assert_eq!(declared(Format::Po, po), "windows-1251");
    }

    #[test]
    fn what_says_nothing_is_utf8() {
        assert_eq!(declared(Format::Plain, "<?xml version='1.0' encoding='windows-1256'?>"), "UTF-8");
        assert_eq!(declared(Format::Tmx, "<?xml version='1.0' encoding='UTF-16'?>"), "UTF-8");
        assert_eq!(
            declared(Format::Po, "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=CHARSET\\n\"\n"),
            "UTF-8"
        );
        assert_eq!(declared(Format::Po, "msgid \"a\"\nmsgid \"b\"\n\"Content-Type: charset=koi8-r\"\n"), "UTF-8");
        assert_eq!(encoding(b"a=\xe9", Format::Properties).unwrap().name(), "ISO-8859-1");
        assert_eq!(encoding(b"<\0?\0x\0", Format::Tmx).unwrap(), Encoding::Utf16Le);
    }

    #[test]
    fn an_encoding_that_is_not_read_is_an_error() {
        let error = encoding(b"<?xml version='1.0' encoding='iso-2022-jp'?>", Format::Tmx).unwrap_err();
        assert_eq!(error, DecodeError::Unknown("iso-2022-jp".to_owned()));
    }
}
