//! Files that are damaged, or made to do harm: what can be read is read, and one problem tells of the rest.

use clap::ValueEnum;
use orthonym::document::{Document, Format, ReadOptions};
use orthonym::source::Source;

/// The texts and, as `line:column message`, the problems.
fn read(format: Format, text: &str) -> (Vec<String>, Vec<String>) {
    let source = Source::new("test", text);
    let document = Document::parse(&source, format, &ReadOptions::default());
    let place = |at: usize| format!("{}:{}", source.position(at).line, source.position(at).column);
    let problems = document.problems.iter().map(|p| format!("{} {}", place(p.span.start), p.message));
    (document.segments.iter().map(|s| s.text.to_string()).collect(), problems.collect())
}

/// Where a good text is followed by damage.
const DAMAGED: &[(Format, &str, &str)] = &[
    (
        Format::Xliff,
        "<xliff><trans-unit><source>a</source><target>good</target></trans-unit>\n<trans-unit></xliff>",
        "2:13",
    ),
    (Format::Tmx, "<tmx><tu><tuv lang='en'><seg>good</seg></tuv></tu>\n<tu></tmx>", "2:5"),
    (Format::Android, "<resources><string name='a'>good</string>\n<string></resources>", "2:9"),
    (Format::Docx, "<w:body><w:p><w:t>good</w:t></w:p>\n<w:p></w:body>", "2:6"),
    (Format::Html, "<p>good</p>\n<a href='x", "2:1"),
    (Format::Json, "[{\"text\": \"good\"},\n{\"text\": }]", "2:10"),
    (Format::JsonLines, "{\"text\": \"good\"}\n{\"text\": }", "2:10"),
    (
        Format::AppleCatalog,
        "{\"strings\": {\"k\": {\"localizations\": {\"en\": {\"stringUnit\": {\"value\": \"good\"}}}},\n}}",
        "2:1",
    ),
    (Format::Po, "msgid \"a\"\nmsgstr \"good\"\nmsgid \"b\nmsgstr \"c\"", "3:1"),
    (Format::AppleStrings, "\"a\" = \"good\";\n\"b\" = 1;", "2:1"),
    (Format::Csv, "text\ngood\n\"bad", "3:1"),
    (Format::Srt, "1\n00:00:01,000 --> 00:00:02,000\ngood\n\n2\nbad", "5:1"),
    (Format::WebVtt, "WEBVTT\n\n00:01.000 --> 00:02.000\ngood\n\n2\nbad", "6:1"),
];

#[test]
fn a_damaged_file_is_read_up_to_the_damage() {
    for (format, text, place) in DAMAGED {
        let (texts, problems) = read(*format, text);
        assert_eq!(texts, ["good"], "{format:?}");
        assert!(problems.len() == 1 && problems[0].starts_with(&format!("{place} ")), "{format:?}: {problems:?}");
    }
}

#[test]
fn entities_of_the_file_are_never_expanded() {
    let bomb: String = (1..20).map(|i| format!("<!ENTITY l{i} \"{}\">", format!("&l{};", i - 1).repeat(10))).collect();
    let frames: [(Format, &str, &str); 5] = [
        (Format::Xliff, "<xliff><trans-unit><source>a</source><target>", "</target></trans-unit></xliff>"),
        (Format::Tmx, "<tmx><tu><tuv lang='en'><seg>", "</seg></tuv></tu></tmx>"),
        (Format::Android, "<resources><string>", "</string></resources>"),
        (Format::Docx, "<w:body><w:p><w:t>", "</w:t></w:p></w:body>"),
        (Format::Html, "<p>", "</p>"),
    ];
    for (format, before, behind) in frames {
        let text = format!(
            "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY l0 \"lol\">{bomb}<!ENTITY f SYSTEM \"file:///etc/hosts\">]>{before}Ann &l19; &f;{behind}"
        );
        let (texts, _) = read(format, &text);
        assert!(texts.iter().all(|text| !text.contains("lol") && !text.contains("localhost")), "{format:?}");
        assert!(texts.iter().map(String::len).sum::<usize>() < text.len(), "{format:?}");
    }
}

#[test]
fn what_lies_too_deep_is_one_problem() {
    let deep = |open: &str| open.repeat(1 << 16);
    for (format, text) in [
        (Format::Xliff, deep("<g>")),
        (Format::Tmx, deep("<tu>")),
        (Format::Android, deep("<resources>")),
        (Format::Docx, deep("<w:p>")),
        (Format::Json, deep("[")),
        (Format::JsonLines, deep("{\"a\":")),
        (Format::AppleCatalog, deep("{\"a\":")),
    ] {
        let (texts, problems) = read(format, &text);
        assert_eq!((texts.len(), problems.len()), (0, 1), "{format:?}: {problems:?}");
        assert!(problems[0].contains("too deep"), "{format:?}: {problems:?}");
    }
    let (texts, problems) = read(Format::Html, &(deep("<div>") + "good"));
    assert_eq!((texts, problems), (vec!["good".to_owned()], vec![]));
}

#[test]
fn a_long_run_of_anything_is_read_once() {
    // Quadratic reading of any of these takes minutes.
    let parts =
        ["<", "&", "\"", "\\", "[", "*", "_a", "{", "<a ", "<!--", "\n", "=", "#", "|", "msgid \"\"\n", "<![CDATA["];
    for format in Format::value_variants() {
        for part in parts {
            read(*format, &part.repeat((1 << 17) / part.len()));
        }
    }
}
