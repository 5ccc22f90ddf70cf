//! Findings that are not reported: by comments in the text, by `[[ignore]]` tables.

use crate::{folder, orthonym};

/// What is found in a Markdown text: line, rule.
fn found(text: &str, arguments: &[&str]) -> Vec<String> {
    let dir = folder(&[("a.md", text.as_bytes())]);
    let check = ["check", "a.md", "-q", "--no-builtin", "--isolated", "--output-format", "concise"];
    let run = orthonym(dir.path(), &[&check[..], arguments].concat());
    assert_eq!(run.stderr, "");
    let place = |line: &str| {
        let (place, message) = line.split_once(": ").unwrap();
        format!("{} {}", place.split(':').nth(1).unwrap(), message.split(['[', ']']).nth(1).unwrap())
    };
    run.stdout.lines().map(place).collect()
}

#[test]
fn comments_ignore_what_they_name_where_they_say() {
    let repeated = "1 text/repeated-word";
    assert_eq!(found("the the\n", &[]), [repeated]);
    for ignored in [
        "the the <!-- orthonym: ignore[text/repeated-word] as in the film -->\n",
        "the the <!-- orthonym: ignore -->\n",
        "<!-- orthonym: ignore-next-line[text] -->\nthe the\n",
        "<!-- orthonym: disable[text] -->\nthe the\n\nthe the\n",
        "the the\n<!-- orthonym: file-ignore[all] -->\n",
    ] {
        assert_eq!(found(ignored, &[]), Vec::<String>::new(), "{ignored}");
    }
    let text = "<!-- orthonym: disable[text] -->\nthe the\n<!-- orthonym: enable[text] -->\nthe the\n";
    assert_eq!(found(text, &[]), ["4 text/repeated-word"]);
}

#[test]
fn what_ignores_nothing_or_names_nothing_is_told() {
    assert_eq!(found("fine <!-- orthonym: ignore[text] -->\n", &[]), ["1 suppression/unused"]);
    assert_eq!(found("fine <!-- orthonym: ignore -->\n", &[]), ["1 suppression/unused"]);
    assert_eq!(found("fine <!-- orthonym: enable[text] -->\n", &[]), ["1 suppression/unused"]);
    assert_eq!(found("the the <!-- orthonym: ignore[txet] -->\n", &[]).len(), 2);
    assert_eq!(found("fine <!-- orthonym: ignroe[text] -->\n", &[]), ["1 suppression/unknown-rule"]);
    assert_eq!(found("<!-- orthonym: ignore[text, suppression/unused] -->\n", &[]), Vec::<String>::new());
    // A rule that does not run may well need its comment.
    let select = ["--select", "suppression,names"];
    assert_eq!(found("fine <!-- orthonym: ignore[text] -->\n", &select), Vec::<String>::new());
}

#[test]
fn a_fix_takes_out_what_is_of_no_use() {
    let text =
        "<!-- orthonym: ignore-next-line[text] -->\nfine\nthe the <!-- orthonym: ignore[text, names/calque] -->\n";
    let dir = folder(&[("a.md", text.as_bytes())]);
    let run = orthonym(dir.path(), &["check", "a.md", "--fix", "--isolated", "--no-builtin"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let fixed = std::fs::read_to_string(dir.path().join("a.md")).unwrap();
    assert_eq!(fixed, "fine\nthe the <!-- orthonym: ignore[text] -->\n");
}

#[test]
fn plain_text_is_ignored_by_the_configuration() {
    let config = "[[ignore]]\npath = 'songs/'\nrule = 'text'\nreason = 'refrains'\n[[ignore]]\ntext = 'the  the'\n";
    let files: [(&str, &[u8]); 4] = [
        ("orthonym.toml", config.as_bytes()),
        ("songs/a.txt", b"la the la la\n"),
        ("b.txt", b"the the\n"),
        ("c.txt", b"this this\n"),
    ];
    let dir = folder(&files);
    let run = orthonym(dir.path(), &["check", "-q", "--no-builtin", "--output-format", "concise"]);
    assert!(run.stdout.starts_with("c.txt:1:1: ") && run.stdout.lines().count() == 1, "{}{}", run.stdout, run.stderr);
    // What is ignored is not fixed either.
    orthonym(dir.path(), &["check", "-q", "--no-builtin", "--fix"]);
    assert_eq!(std::fs::read(dir.path().join("b.txt")).unwrap(), b"the the\n");
    assert_eq!(std::fs::read(dir.path().join("c.txt")).unwrap(), b"this\n");
}

#[test]
fn every_format_with_comments_hears_them() {
    let files: [(&str, &[u8]); 12] = [
        ("a.md", b"so the the <!-- orthonym: ignore[text] -->\n"),
        ("a.html", b"so the the <!-- orthonym: ignore[text] -->\n"),
        ("a.ftl", b"# orthonym: ignore-next-line[text]\nk = so the the\n"),
        ("a.properties", b"# orthonym: ignore-next-line[text]\nk = so the the\n"),
        ("a.strings", b"\"k\" = \"so the the\"; /* orthonym: ignore[text] */\n"),
        ("b.properties", b"! orthonym: ignore-next-line[text]\nk = so the the\n"),
        ("b.strings", b"  // orthonym: ignore-next-line[text]\n\"k\" = \"so the the\";\n"),
        ("a.po", b"# orthonym: ignore[text]\nmsgid \"a\"\nmsgstr \"so the the\"\n"),
        ("a.vtt", b"WEBVTT\n\nNOTE orthonym: ignore-next-line[text]\n\n00:01.000 --> 00:02.000\nso the the\n"),
        ("strings.xml", b"<resources><!-- orthonym: disable[text] --><string name='a'>so the the</string></resources>"),
        (
            "a.xlf",
            b"<xliff version='1.2'><!-- orthonym: file-ignore[text] --><file source-language='ar' target-language='en'><body>\
              <trans-unit id='1'><source>x</source><target>so the the</target></trans-unit></body></file></xliff>",
        ),
        (
            "a.tmx",
            b"<tmx version='1.4'><!-- orthonym: file-ignore[text] --><header srclang='ar'/><body><tu><tuv xml:lang='ar'>\
              <seg>x</seg></tuv><tuv xml:lang='en'><seg>so the the</seg></tuv></tu></body></tmx>",
        ),
    ];
    let check = |files: &[(&str, &[u8])]| {
        let dir = folder(files);
        let select = ["--select", "text/repeated-word,suppression", "--output-format", "concise"];
        orthonym(dir.path(), &[&["check", "--no-builtin", "--isolated", "-q"], &select[..]].concat()).stdout
    };
    assert_eq!(check(&files), "");
    // Without the comment each has its finding.
    for (name, bytes) in files {
        let text = std::str::from_utf8(bytes).unwrap().replace("orthonym:", "of orthonym");
        let found = check(&[(name, text.as_bytes())]);
        assert!(found.contains("warning[text/repeated-word]"), "{name}: {found}");
    }
}
