//! A name that spans mark-up is found in every format, and fixed in parts; across an inline tag of a bilingual format it is not.

use orthonym::document::{Document, Format, ReadOptions};
use orthonym::edits::Edits;
use orthonym::source::Source;
use orthonym::span::Span;

/// What stands between the two words of the name in the file, in the text, and whether a fix crosses it.
const CASES: &[(Format, &str, &str, &str, bool)] = &[
    (Format::Markdown, "**Eduy** _Blenil_ x", "Eduy Blenil", "**Edwy** _Plenel_ x", true),
    (Format::Markdown, "> Eduy\n> [Blenil](x)", "Eduy\nBlenil", "> Edwy\n> [Plenel](x)", true),
    (Format::Html, "<p><b>Eduy</b>\n  <i>Blenil</i>", "Eduy Blenil", "<p><b>Edwy</b>\n  <i>Plenel</i>", true),
    (Format::Html, "<img alt='Eduy&#32;Blenil'>", "Eduy Blenil", "<img alt='Edwy Plenel'>", true),
    (
        Format::Srt,
        "1\n00:01 --> 00:02\n<i>Eduy\nBlenil</i>",
        "Eduy\nBlenil",
        "1\n00:01 --> 00:02\n<i>Edwy\nPlenel</i>",
        true,
    ),
    (
        Format::WebVtt,
        "WEBVTT\n\n00:01 --> 00:02\n<v A>Eduy <c>Blenil",
        "Eduy Blenil",
        "WEBVTT\n\n00:01 --> 00:02\n<v A>Edwy <c>Plenel",
        true,
    ),
    (
        Format::Android,
        "<resources><string><b>Eduy</b> Blenil</string></resources>",
        "Eduy Blenil",
        "<resources><string><b>Edwy</b> Plenel</string></resources>",
        true,
    ),
    (
        Format::Docx,
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Eduy</w:t></w:r><w:r><w:t xml:space=\"preserve\"> Blenil</w:t></w:r></w:p>",
        "Eduy Blenil",
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Edwy</w:t></w:r><w:r><w:t xml:space=\"preserve\"> Plenel</w:t></w:r></w:p>",
        true,
    ),
    (
        Format::Po,
        "msgid \"a\"\nmsgstr \"Ed\"\n\"uy \"\n\"Blenil\"\n",
        "Eduy Blenil",
        "msgid \"a\"\nmsgstr \"Ed\"\n\"wy \"\n\"Plenel\"\n",
        true,
    ),
    (Format::Properties, "a = Eduy \\\n    Blenil\n", "Eduy Blenil", "a = Edwy \\\n    Plenel\n", true),
    (Format::Fluent, "a = Eduy\n    Blenil\n", "Eduy\nBlenil", "a = Edwy\n    Plenel\n", true),
    (Format::Json, "{\"text\": \"Eduy\\u0020Blenil\"}", "Eduy Blenil", "{\"text\": \"Edwy Plenel\"}", true),
    (Format::AppleStrings, "a = \"Eduy\\nBlenil\";", "Eduy\nBlenil", "a = \"Edwy Plenel\";", true),
    (
        Format::Xliff,
        "<xliff><trans-unit><source>a</source><target>Eduy <g id='1'>Blenil</g></target></trans-unit></xliff>",
        "Eduy Blenil",
        "",
        false,
    ),
    (
        Format::Xliff,
        "<xliff><trans-unit><source>a</source><target><g id='1'>Eduy Blenil</g></target></trans-unit></xliff>",
        "Eduy Blenil",
        "<xliff><trans-unit><source>a</source><target><g id='1'>Edwy Plenel</g></target></trans-unit></xliff>",
        true,
    ),
    (Format::Tmx, "<tmx><tu><tuv lang='en'><seg><hi>Eduy</hi> Blenil</seg></tuv></tu></tmx>", "Eduy Blenil", "", false),
];

#[test]
fn it_is_found_and_fixed_in_parts_or_not_at_all() {
    for (format, file, name, fixed, is_fixed) in CASES {
        let source = Source::new("test", *file);
        let document = Document::parse(&source, *format, &ReadOptions::default());
        let found = document.segments.iter().find_map(|segment| Some((segment, segment.text.find(name)?)));
        let (segment, at) = found.unwrap_or_else(|| panic!("{format:?}: not found in {:?}", document.segments));
        let changed = segment.edits(Span::new(at, at + name.len()), "Edwy Plenel");
        assert_eq!(changed.is_some(), *is_fixed, "{format:?}: {file}");
        if let Some(changed) = changed {
            let mut edits = Edits::of(&source);
            edits.add(&changed).unwrap();
            assert_eq!(edits.apply().text(), *fixed, "{format:?}");
        }
    }
}

#[test]
fn an_edit_makes_no_mark_up_of_what_was_text() {
    for (format, file, word) in [
        (Format::Html, "<p>a <éd b", "éd"),
        (Format::Html, "<p>a </1. b", "1"),
        (Format::Html, "<p>a &Ann; b", "Ann"),
        (Format::Srt, "1\n00:01 --> 00:02\n<éd> b", "éd"),
        (Format::WebVtt, "WEBVTT\n\n00:01 --> 00:02\n<éd> b", "éd"),
        (Format::Markdown, "a <éd> b", "éd"),
        (Format::Json, "{\"text\": \"a \\uy b\"}", "uy"),
        (Format::Po, "msgid \"a\"\nmsgstr \"\\uy b\"\n", "uy"),
        (Format::AppleStrings, "a = \"\\uy b\";", "uy"),
        (Format::Properties, "a = \\uy b\n", "uy"),
        (Format::Android, "<resources><string>\\uy b</string></resources>", "uy"),
    ] {
        let source = Source::new("test", file);
        let document = Document::parse(&source, format, &ReadOptions::default());
        let segment = &document.segments[0];
        let at = segment.text.find(word).unwrap();
        assert_eq!(segment.edits(Span::new(at, at + word.len()), "amp"), None, "{format:?}");
    }
}
