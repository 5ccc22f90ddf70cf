//! Every output format on one set of findings.

use crate::schema::assert_fits;
use crate::snapshot::assert_snapshot;
use codespan_reporting::term::termcolor::NoColor;
use orthonym::diagnostic::{Applicability, Diagnostic, Edit, Related, Severity, Suggestion};
use orthonym::emit::{Emitter, FINDINGS_SCHEMA, FileFindings, OutputFormat, RuleInfo, Tally};
use orthonym::source::Source;
use orthonym::span::Span;

const TEXT: &str = "\
In Montréal 😀 the minister met Yan Dupon, and later Jean\tDupont said so.\n\
وقال Yan\r\n\
Dupon: “No\u{202e}”.\n\
\n\
Dupon.";

pub const RULES: &[RuleInfo] = &[RuleInfo {
    name: "test/garbled",
    summary: "a garbled name",
    documentation: "What it finds and why.",
    severity: Severity::Warning,
    mqm: "accuracy/mistranslation",
}];

fn suggestion(text: &str, confidence: f32, applicability: Applicability, span: Span) -> Suggestion {
    let edits = vec![Edit { span, replacement: text.to_owned() }];
    Suggestion { text: text.to_owned(), entry: Some("jean-dupont".to_owned()), confidence, applicability, edits }
}

pub fn finding(rule: &'static str, severity: Severity, place: &str, nth: usize) -> Diagnostic {
    let start = TEXT.match_indices(place).nth(nth).unwrap().0;
    Diagnostic {
        rule,
        severity,
        span: Span::new(start, start + place.len()),
        text: place.to_owned(),
        message: format!("“{place}” is not right"),
        confidence: 0.875,
        suggestions: Vec::new(),
        notes: Vec::new(),
        related: Vec::new(),
    }
}

fn findings() -> Vec<Diagnostic> {
    let mut garbled = finding("test/garbled", Severity::Warning, "Yan Dupon", 0);
    garbled.suggestions = vec![suggestion("Jean Dupont", 0.97, Applicability::Safe, garbled.span)];
    garbled.notes = vec!["via Arabic: Jean → جان → Yan".to_owned()];
    let right = TEXT.find("Jean\tDupont").unwrap();
    garbled.related = vec![Related { span: Span::new(right, right + 11), message: "right here".to_owned() }];

    let mut broken = finding("test/garbled", Severity::Error, "Yan\r\nDupon", 0);
    broken.suggestions = vec![suggestion("Jean Dupont", 0.75, Applicability::Unsafe, broken.span)];

    let control = finding("test/control", Severity::Info, "\u{202e}", 0);

    let mut unclear = finding("test/garbled", Severity::Warning, "Dupon", 3);
    unclear.confidence = 0.999;
    unclear.suggestions = vec![
        suggestion("Dupont", 0.5, Applicability::DisplayOnly, unclear.span),
        suggestion("Dupond", 0.4, Applicability::DisplayOnly, unclear.span),
    ];
    vec![garbled, broken, control, unclear]
}

pub fn shown(emitter: Box<dyn Emitter>) -> String {
    written(emitter, TEXT, &findings())
}

/// What a format makes of findings in a text.
pub fn written(mut emitter: Box<dyn Emitter>, text: &str, diagnostics: &[Diagnostic]) -> String {
    let source = Source::new("texts/é.txt", text);
    let mut tally = Tally::default();
    tally.files = 1;
    diagnostics.iter().for_each(|diagnostic| tally.add(diagnostic));
    let mut out = NoColor::new(Vec::new());
    let file = FileFindings { path: "texts/é.txt", source: &source, diagnostics };
    emitter.file(file, &mut out).unwrap();
    emitter.finish(&tally, &mut out).unwrap();
    String::from_utf8(out.into_inner()).unwrap()
}

#[test]
fn full() {
    assert_snapshot("full.txt", &shown(OutputFormat::Full.emitter(true, RULES)));
}

#[test]
fn concise() {
    assert_snapshot("concise.txt", &shown(OutputFormat::Concise.emitter(true, RULES)));
}

#[test]
fn json() {
    let shown = shown(OutputFormat::Json.emitter(true, RULES));
    let parsed: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(parsed.as_array().unwrap().len(), 4);
    assert_fits(&serde_json::from_str(FINDINGS_SCHEMA).unwrap(), &parsed);
    assert_snapshot("findings.json", &shown);
}

#[test]
fn json_lines_are_the_objects_of_json() {
    let lines = shown(OutputFormat::JsonLines.emitter(true, RULES));
    let objects: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let array: serde_json::Value = serde_json::from_str(&shown(OutputFormat::Json.emitter(true, RULES))).unwrap();
    assert_eq!(serde_json::Value::from(objects), array);
}

#[test]
fn statistics() {
    assert_snapshot("statistics.txt", &shown(OutputFormat::Full.statistics()));
    assert_snapshot("statistics.json", &shown(OutputFormat::Json.statistics()));
}

#[test]
fn a_long_line_is_shown_around_its_findings() {
    let words = "lorem ipsum dolor ".repeat(100_000);
    let text = format!("short\n{words}the the{words}");
    let source = Source::new("long.txt", text.as_str());
    let start = text.find("the the").unwrap();
    let mut diagnostic = finding("test/garbled", Severity::Warning, "Dupon", 0);
    diagnostic.span = Span::new(start, start + 7);
    diagnostic.related = vec![Related { span: Span::new(6, 11), message: "begins here".to_owned() }];
    let mut out = NoColor::new(Vec::new());
    let file = FileFindings { path: "long.txt", source: &source, diagnostics: &[diagnostic] };
    OutputFormat::Full.emitter(false, RULES).file(file, &mut out).unwrap();
    assert_snapshot("long-line.txt", &String::from_utf8(out.into_inner()).unwrap());
}
