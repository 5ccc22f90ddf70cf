//! Files in encodings of their own: what they declare is believed, and fixes are written in it.

use orthonym::document::{self, Document, Format, ReadOptions};
use orthonym::edits::{EditError, Edits};
use orthonym::source::{DecodeError, Encoding, Source};
use orthonym::span::Span;

/// The bytes after `old` became `new` in the first segment that holds it.
fn replaced(disk: &[u8], format: Format, old: &str, new: &str) -> Option<Result<Vec<u8>, EditError>> {
    let (source, _) = document::decode("test", disk.to_vec(), Some(format), &ReadOptions::default()).unwrap();
    let document = Document::parse(&source, format, &ReadOptions::default());
    let (segment, at) = document.segments.iter().find_map(|s| Some((s, s.text.find(old)?))).expect("the old text");
    let mut edits = Edits::of(&source);
    let added = edits.add(&segment.edits(Span::new(at, at + old.len()), new)?);
    Some(added.map(|()| edits.splice(disk)))
}

#[test]
fn what_an_encoding_lacks_is_written_by_number_where_the_format_can() {
    let cases: [(Format, &str, &str); 5] = [
        (
            Format::Xliff,
            "<?xml version='1.0' encoding='iso-8859-1'?><xliff><trans-unit><source>é</source><target>Lodz</target></trans-unit></xliff>",
            ">&#321;\u{f3}d&#378;<",
        ),
        (Format::Html, "<meta charset=windows-1252><p>é Lodz", "\u{e9} &#321;\u{f3}d&#378;"),
        (Format::Properties, "# é\na=Lodz", "a=\\u0141\u{f3}d\\u017a"),
        (
            Format::Android,
            "<?xml version='1.0' encoding='latin1'?><resources><string><![CDATA[Lodz é]]></string></resources>",
            "[CDATA[\\u0141\u{f3}d\\u017a \u{e9}]]",
        ),
        (
            Format::Tmx,
            "<?xml version='1.0' encoding='us-ascii'?><tmx><tu><tuv lang='en'><seg>Lodz</seg></tuv></tu></tmx>",
            ">&#321;&#243;d&#378;<",
        ),
    ];
    let latin = |text: &str| -> Vec<u8> { text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect() };
    for (format, text, expected) in cases {
        let fixed = replaced(&latin(text), format, "Lodz", "Łódź").unwrap().unwrap();
        let expected = latin(expected);
        assert!(
            fixed.windows(expected.len()).any(|found| found == expected),
            "{format:?}: {}",
            String::from_utf8_lossy(&fixed)
        );
    }
}

#[test]
fn elsewhere_it_is_refused() {
    let po = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=CP1251\\n\"\n\nmsgid \"a\"\nmsgstr \"Lodz\"\n";
    let refused =
        replaced(&po.replace("msgstr \"Content", "msgstr \"\"\n\"Content").into_bytes(), Format::Po, "Lodz", "Łódź");
    assert_eq!(refused, Some(Err(EditError::Unwritable { character: 'Ł', encoding: "windows-1251" })));
}

#[test]
fn what_is_said_on_the_command_line_goes_before_what_the_file_says() {
    let bytes =
        b"<?xml version='1.0' encoding='koi8-r'?><tmx><tu><tuv lang='en'><seg>\xc0</seg></tuv></tu></tmx>".to_vec();
    let read = |encoding: Option<&str>| {
        let options = ReadOptions { encoding: encoding.and_then(Encoding::of_label), ..ReadOptions::default() };
        let (source, format) = document::decode("test", bytes.clone(), None, &options).unwrap();
        Document::parse(&source, format, &options).segments[0].text.to_string()
    };
    assert_eq!((read(None).as_str(), read(Some("windows-1251")).as_str()), ("ю", "А"));
}

#[test]
fn bytes_that_the_declared_encoding_has_not_are_told() {
    let bytes = b"<meta charset=shift_jis>\n<p>\x83".to_vec();
    let error = document::decode("test", bytes, Some(Format::Html), &ReadOptions::default()).unwrap_err();
    assert_eq!(error, DecodeError::Legacy { encoding: "Shift_JIS", offset: 28, line: 2 });
}

#[test]
fn places_are_those_on_disk() {
    let html = b"<meta charset=windows-1251>\xc0\xc1 x".to_vec();
    let (source, _) = document::decode("a", html, Some(Format::Html), &ReadOptions::default()).unwrap();
    let x = source.text().find(" x").unwrap() + 1;
    assert_eq!(source.on_disk(Span::new(x, x + 1)), Span::new(30, 31));
    assert_eq!(Source::decode("a.txt", b"\xc0".to_vec()).unwrap_err(), DecodeError::InvalidUtf8 { offset: 0, line: 1 });
}
