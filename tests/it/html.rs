//! The HTML report: what is in it, and that it works in a browser, on a phone and in the dark.

use crate::formats::{RULES, finding, shown, written};
use crate::snapshot::assert_snapshot;
use orthonym::diagnostic::{Diagnostic, Severity};
use orthonym::emit::OutputFormat;
use orthonym::span::Span;
use std::path::Path;
use std::process::{Command, Stdio};

fn report(text: &str, found: &[Diagnostic]) -> String {
    written(OutputFormat::Html.emitter(true, RULES), text, found)
}

/// A finding at the first such place of the text.
fn at(text: &str, place: &str) -> Diagnostic {
    let start = text.find(place).unwrap();
    Diagnostic {
        span: Span::new(start, start + place.len()),
        text: place.to_owned(),
        ..finding("test/garbled", Severity::Warning, "Dupon", 0)
    }
}

#[test]
fn the_text_with_its_findings() {
    let page = shown(OutputFormat::Html.emitter(true, RULES));
    let main = page.split_once("<form").unwrap().1.split_once("<aside").unwrap().0;
    assert_snapshot("report.html", main);
}

#[test]
fn the_page_needs_nothing_but_itself() {
    let page = shown(OutputFormat::Html.emitter(true, RULES));
    for outside in ["http:", "https:", "src=", "<link", "@import", "url(", "{{", "}}"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn what_a_text_says_is_no_markup() {
    let text = "<script>alert(1)</script> {{files}} & \"Dupon\"\u{202e}\u{0}";
    let page = report(text, &[at(text, "<script>"), at(text, "Dupon")]);
    assert!(page.contains(">&lt;script&gt;</a>alert(1)&lt;/script&gt; {{files}} &amp; &quot;<a"), "{page}");
    assert!(page.contains("<span class=\"odd\">U+202E</span><span class=\"odd\">U+0000</span>"), "{page}");
}

#[test]
fn findings_that_overlap_are_all_told() {
    let text = "Yan Dupon said";
    let page = report(text, &[at(text, "Yan Dupon"), at(text, "Dupon said")]);
    let mark = |numbers: &str, first: &str, text: &str| {
        format!("<a class=\"f warning\" href=\"#f{first}\" data-f=\"{numbers}\">{text}</a>")
    };
    assert!(page.contains(&(mark("0", "0", "Yan ") + &mark("0 1", "0", "Dupon") + &mark("1", "1", " said"))), "{page}");
}

#[test]
fn long_stretches_without_findings_are_left_out() {
    let lines = "one more line\n".repeat(5000);
    let text = format!("{lines}Dupon\n{}", "word ".repeat(50_000));
    let page = report(&text, &[at(&text, "Dupon")]);
    assert!(page.len() < 40_000, "{}", page.len());
    assert!(page.contains("data-n=\"5001\"><a class=\"f warning\""), "{page}");
    let left_out = |what: &str| {
        let count = page.split(&format!(" {what} …")).next().unwrap().rsplit("… ").next().unwrap();
        count.parse::<usize>().unwrap()
    };
    assert!((4000..5000).contains(&left_out("lines")) && (240_000..250_000).contains(&left_out("characters")));
}

/// `report-check.html` shows the report in a frame as wide as a phone and in a wide one, uses it, and writes down what it saw.
#[test]
fn it_works_in_a_browser() {
    let Some(browser) = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| runs(name)) else {
        eprintln!("skipped: there is no Chromium here");
        return;
    };
    let folder = crate::folder(&[
        ("report.html", shown(OutputFormat::Html.emitter(true, RULES)).as_bytes()),
        ("check.html", include_bytes!("report-check.html")),
    ]);
    for (scheme, setting) in [("light", "preferredColorScheme=1"), ("dark", "preferredColorScheme=0")] {
        let output = Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", "--dump-dom"])
            .args([format!("--blink-settings={setting}"), format!("--user-data-dir={}", path(folder.path(), scheme))])
            .args(["--virtual-time-budget=5000", &format!("file://{}#{scheme}", path(folder.path(), "check.html"))])
            .output()
            .unwrap();
        let page = String::from_utf8_lossy(&output.stdout).into_owned();
        let seen = page.split_once("<pre>").and_then(|(_, rest)| rest.split_once("</pre>")).map(|(seen, _)| seen);
        let seen: Vec<&str> = seen.unwrap_or_else(|| panic!("{page}")).lines().collect();
        assert!(seen.len() >= 20 && seen.iter().all(|line| line.starts_with("yes: ")), "{scheme}: {seen:#?}");
    }
}

fn runs(program: &str) -> bool {
    let run = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    run.is_ok_and(|status| status.success())
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}
