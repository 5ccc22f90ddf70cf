//! How the bytes of a file spell its text.

use encoding_rs::{Encoding as Standard, UTF_8, UTF_16BE, UTF_16LE};

/// How the file's bytes spell its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    Utf8,
    /// UTF-8 after a byte order mark; the mark is part of the text, so offsets are those on disk.
    Utf8Bom,
    /// UTF-16, little-endian; a byte order mark is not part of the text.
    Utf16Le,
    /// UTF-16, big-endian; a byte order mark is not part of the text.
    Utf16Be,
    /// An encoding of the Encoding Standard that spells ASCII as ASCII, and the characters that may be written in it.
    Legacy(&'static Standard, Repertoire),
}

/// Which characters may be written in an encoding. A browser reads ISO 8859-1 as windows-1252, others do not: a file that
/// calls itself so is read in either way, and gets no byte that means different things to the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Repertoire {
    /// All that it has.
    Whole,
    /// Those without a byte from 80 to 9F.
    Iso,
    /// ASCII.
    Ascii,
}

impl Encoding {
    /// The encoding that goes by this name (`windows-1251`, `latin1`, `sjis` …) and that we read. Those that shift between
    /// alphabets (ISO-2022-JP, UTF-7) are not.
    pub fn of_label(label: &str) -> Option<Encoding> {
        let label = label.trim().to_ascii_lowercase();
        let standard = Standard::for_label(label.as_bytes())?;
        let repertoire = match label.as_str() {
            _ if label.contains("ascii") || label.starts_with("ansi_x3.4") => Repertoire::Ascii,
            _ if ["iso", "latin", "l", "tis"].iter().any(|iso| label.starts_with(iso)) => Repertoire::Iso,
            _ => Repertoire::Whole,
        };
        match standard {
            utf8 if utf8 == UTF_8 => Some(Encoding::Utf8),
            little if little == UTF_16LE => Some(Encoding::Utf16Le),
            big if big == UTF_16BE => Some(Encoding::Utf16Be),
            legacy => legacy.is_ascii_compatible().then_some(Encoding::Legacy(legacy, repertoire)),
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Bom => "UTF-8",
            Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
            Encoding::Legacy(_, Repertoire::Ascii) => "US-ASCII",
            Encoding::Legacy(standard, Repertoire::Iso) if standard.name() == "windows-1252" => "ISO-8859-1",
            Encoding::Legacy(standard, _) => standard.name(),
        }
    }

    /// Whether bytes of the text are bytes on disk.
    pub fn is_utf8(self) -> bool {
        matches!(self, Encoding::Utf8 | Encoding::Utf8Bom)
    }

    pub fn is_utf16(self) -> bool {
        matches!(self, Encoding::Utf16Le | Encoding::Utf16Be)
    }

    /// The bytes that spell a text; what the encoding lacks ([`Encoding::lacks`]) becomes a reference by number.
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Encoding::Utf8 | Encoding::Utf8Bom => text.as_bytes().to_vec(),
            Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Encoding::Legacy(standard, _) => standard.encode(text).0.into_owned(),
        }
    }

    /// The first character of a text that the encoding cannot spell so that it is read back.
    pub fn lacks(self, text: &str) -> Option<char> {
        let Encoding::Legacy(standard, repertoire) = self else { return None };
        text.chars().find(|c| {
            let mut buffer = [0; 4];
            let c = c.encode_utf8(&mut buffer);
            let (bytes, _, failed) = standard.encode(c);
            let fits = match repertoire {
                _ if c.is_ascii() => true,
                Repertoire::Whole => true,
                Repertoire::Iso => bytes.len() > 1 || !bytes.iter().any(|byte| (0x80..0xa0).contains(byte)),
                Repertoire::Ascii => false,
            };
            failed
                || !fits
                || standard.decode_without_bom_handling_and_without_replacement(&bytes).as_deref() != Some(c)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(label: &str) -> Encoding {
        Encoding::of_label(label).unwrap()
    }

    #[test]
    fn names_of_encodings() {
        assert_eq!(named("UTF8"), Encoding::Utf8);
        assert_eq!(named(" Windows-1251 ").name(), "windows-1251");
        assert_eq!(named("latin1").name(), "ISO-8859-1");
        assert_eq!(named("us-ascii").name(), "US-ASCII");
        assert_eq!(Encoding::of_label("iso-2022-jp"), None);
        assert_eq!(Encoding::of_label("klingon"), None);
    }

    #[test]
    fn what_an_encoding_lacks() {
        assert_eq!(named("windows-1252").lacks("’é"), None);
        assert_eq!(named("iso-8859-1").lacks("é’"), Some('’'));
        assert_eq!(named("ascii").lacks("aé"), Some('é'));
        assert_eq!(named("iso-8859-2").lacks("łŞ"), None);
        // Written as a backslash, which it would be read as.
        assert_eq!(named("shift_jis").lacks("名¥"), Some('¥'));
        assert_eq!(Encoding::Utf16Be.lacks("名¥"), None);
    }
}
