//! The formats that other programs read: on the shared set of findings, against their schemas, with their own ways of counting columns.

use crate::formats::{RULES, finding, shown, written};
use crate::schema::assert_valid;
use crate::snapshot::assert_snapshot;
use orthonym::diagnostic::{Diagnostic, Severity};
use orthonym::emit::OutputFormat;
use orthonym::span::Span;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};

fn report(format: OutputFormat) -> String {
    shown(format.emitter(true, RULES))
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn grouped() {
    assert_snapshot("grouped.txt", &report(OutputFormat::Grouped));
}

#[test]
fn github() {
    assert_snapshot("github.txt", &report(OutputFormat::Github));
}

/// A workflow command, taken apart as GitHub's runner does it: kind, properties, message.
fn workflow_command(line: &str) -> (String, Vec<(String, String)>, String) {
    let unescape = |text: &str, codes: &[(&str, &str)]| {
        let plain = codes.iter().fold(text.to_owned(), |text, (code, c)| text.replace(code, c)).replace("%25", "%");
        let escaped = codes.iter().rev().fold(plain.replace('%', "%25"), |text, (code, c)| text.replace(c, code));
        assert_eq!(escaped, text, "escaped as it should be");
        plain
    };
    let (head, message) = line.strip_prefix("::").and_then(|line| line.split_once("::")).expect(line);
    let (kind, properties) = head.split_once(' ').expect(line);
    let properties = properties.split(',').map(|property| {
        let (name, value) = property.split_once('=').expect(line);
        (name.to_owned(), unescape(value, &[("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")]))
    });
    (kind.to_owned(), properties.collect(), unescape(message, &[("%0D", "\r"), ("%0A", "\n")]))
}

#[test]
fn github_commands_are_of_its_grammar() {
    let text = "100%25: a,b::c\r\nd\u{202e}";
    let odd = Diagnostic {
        span: Span::new(0, text.len()),
        message: format!("“{text}” 50 % off: 1,2"),
        ..finding("test/garbled", Severity::Error, "Dupon", 0)
    };
    let shown = report(OutputFormat::Github) + &written(OutputFormat::Github.emitter(true, RULES), text, &[odd]);
    let commands: Vec<_> = shown.lines().map(workflow_command).collect();
    assert_eq!(commands.len(), 5);
    for (kind, properties, message) in &commands {
        assert!(["error", "warning", "notice"].contains(&kind.as_str()) && !message.is_empty(), "{kind}: {message}");
        for (name, value) in properties {
            match name.as_str() {
                "title" => assert!(value.starts_with("test/")),
                "file" => assert_eq!(value, "texts/é.txt"),
                "line" | "endLine" | "col" | "endColumn" => assert!(value.parse::<usize>().unwrap() >= 1),
                other => panic!("{other}"),
            }
        }
    }
    assert!(commands[4].2.contains("100%25: a,b::c") && commands[4].2.ends_with("50 % off: 1,2"), "{}", commands[4].2);
}

#[test]
fn github_says_what_it_hides() {
    let many: Vec<Diagnostic> = (0..13).map(|_| finding("test/garbled", Severity::Warning, "Yan Dupon", 0)).collect();
    let shown = written(OutputFormat::Github.emitter(true, RULES), "Yan Dupon", &many);
    assert_eq!(shown.lines().filter(|line| line.starts_with("::warning ")).count(), 13);
    assert!(shown.ends_with("GitHub shows 10 warnings of a step: 3 of 13 are in this log alone\n"), "{shown}");
}

#[test]
fn gitlab() {
    let shown = report(OutputFormat::Gitlab);
    assert_valid("gitlab.json", &parsed(&shown));
    assert_snapshot("gitlab.json", &shown);
}

#[test]
fn gitlab_tells_findings_alike_apart_and_knows_them_again() {
    let fingerprints = |text: &str| -> Vec<String> {
        let found = text.match_indices("Dupon").map(|(at, _)| Diagnostic {
            span: Span::new(at, at + 5),
            ..finding("test/garbled", Severity::Warning, "Dupon", 1)
        });
        let shown = written(OutputFormat::Gitlab.emitter(true, RULES), text, &found.collect::<Vec<_>>());
        parsed(&shown).as_array().unwrap().iter().map(|f| f["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let (before, after) = (fingerprints("Dupon Dupon"), fingerprints("A new line.\nDupon\nDupon"));
    assert_ne!(before[0], before[1]);
    assert_eq!(before, after);
}

#[test]
fn sarif() {
    let shown = report(OutputFormat::Sarif);
    assert_valid("sarif.json", &parsed(&shown));
    assert_snapshot("findings.sarif", &shown);
}

#[test]
fn rdjson() {
    let shown = report(OutputFormat::Rdjson);
    assert_valid("rdjson.json", &parsed(&shown));
    assert_snapshot("rdjson.json", &shown);
}

#[test]
fn rdjsonl_is_rdjson_line_by_line() {
    let whole = parsed(&report(OutputFormat::Rdjson));
    let lines: Vec<Value> = report(OutputFormat::Rdjsonl).lines().map(parsed).collect();
    assert_valid("rdjson.json", &json!({ "diagnostics": lines }));
    for (line, diagnostic) in lines.iter().zip(whole["diagnostics"].as_array().unwrap()) {
        assert_eq!((&line["message"], &line["location"]), (&diagnostic["message"], &diagnostic["location"]));
    }
}

/// The elements of a document, each as its path with its attributes; fails where it is not well-formed.
fn elements(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut path, mut elements) = (Vec::new(), Vec::new());
    loop {
        let event = reader.read_event().unwrap();
        let name = match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                let attributes: Vec<String> = tag.attributes().map(|a| a.unwrap().key.as_ref().to_owned()).collect();
                elements.push(format!("{}/{name} {}", path.concat(), attributes.join(" ")));
                format!("/{name}")
            }
            _ => String::new(),
        };
        match event {
            Event::Start(_) => path.push(name),
            Event::End(_) => drop(path.pop()),
            Event::Eof => return elements,
            _ => {}
        }
    }
}

#[test]
fn checkstyle() {
    let shown = report(OutputFormat::Checkstyle);
    // checkstyle's own schema: file holds error, with these attributes.
    let mut elements = elements(&shown);
    elements.dedup();
    let error = "/checkstyle/file/error line column severity message source";
    assert_eq!(elements, ["/checkstyle version", "/checkstyle/file name", error]);
    assert_snapshot("checkstyle.xml", &shown);
}

#[test]
fn junit() {
    let shown = report(OutputFormat::Junit);
    let mut elements = elements(&shown);
    elements.sort();
    elements.dedup();
    // What Jenkins' junit-10.xsd asks for.
    let expected = [
        "/testsuites name tests failures errors time",
        "/testsuites/testsuite name tests failures errors skipped time",
        "/testsuites/testsuite/testcase name classname time",
        "/testsuites/testsuite/testcase/failure type message",
    ];
    assert_eq!(elements, expected);
    assert_snapshot("junit.xml", &shown);
    let clean = written(OutputFormat::Junit.emitter(true, RULES), "", &[]);
    assert!(clean.contains("<testcase name=\"orthonym\" classname=\"texts/é.txt\" time=\"0\"/>"), "{clean}");
}

/// Each format counts columns in its own way, also right after an accent, an emoji and right-to-left text.
#[test]
fn columns_are_those_of_the_format() {
    let text = "éDupon e\u{301}Dupon\n😀Dupon\nاسمDupon";
    let found: Vec<Diagnostic> = text
        .match_indices("Dupon")
        .map(|(at, _)| Diagnostic {
            span: Span::new(at, at + 5),
            ..finding("test/garbled", Severity::Warning, "Dupon", 1)
        })
        .collect();
    let scalars = [(1, 2), (1, 10), (2, 2), (3, 4)];
    let bytes = [(1, 3), (1, 12), (2, 5), (3, 7)];
    let shown = |format: OutputFormat| written(format.emitter(false, RULES), text, &found);
    let places = |format, list: &str, line: &str, column: &str| -> Vec<(u64, u64)> {
        let report = parsed(&shown(format));
        let number = |finding: &Value, pointer: &str| finding.pointer(pointer).unwrap().as_u64().unwrap();
        let findings = report.pointer(list).unwrap().as_array().unwrap();
        findings.iter().map(|finding| (number(finding, line), number(finding, column))).collect()
    };
    let region = "/locations/0/physicalLocation/region";
    let (line, column) = (format!("{region}/startLine"), format!("{region}/startColumn"));
    assert_eq!(places(OutputFormat::Sarif, "/runs/0/results", &line, &column), scalars);
    let begin = "/location/positions/begin";
    assert_eq!(places(OutputFormat::Gitlab, "", &format!("{begin}/line"), &format!("{begin}/column")), scalars);
    let start = "/location/range/start";
    assert_eq!(
        places(OutputFormat::Rdjson, "/diagnostics", &format!("{start}/line"), &format!("{start}/column")),
        bytes
    );
    for (format, pattern) in [
        (OutputFormat::Github, "line={line},col={column},"),
        (OutputFormat::Checkstyle, "line=\"{line}\" column=\"{column}\""),
        (OutputFormat::Junit, "txt:{line}:{column}:"),
        (OutputFormat::Grouped, " {line}:{column} "),
    ] {
        let shown = shown(format);
        for (line, column) in scalars {
            let place = pattern.replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
            assert!(shown.contains(&place), "{place} in {shown}");
        }
    }
}
