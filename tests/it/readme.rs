//! The README says what is true: its commands run, its picture is the program's output, its table lists the rules.

use crate::orthonym;
use orthonym::diagnostic::Applicability;
use orthonym::rules::Rule;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).unwrap()
}

/// What stands between the line `begin` and the line `end`.
fn between<'a>(text: &'a str, begin: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("{begin}\n")).unwrap_or_else(|| panic!("no {begin}"));
    rest.split_once(&format!("\n{end}")).unwrap_or_else(|| panic!("no {end}")).0
}

#[test]
fn the_picture_is_what_the_program_prints() {
    let readme = readme();
    let picture = between(between(&readme, "<!-- picture -->", "## "), "```text", "```");
    let printed = orthonym(root(), &["check", "tests/articles/press-forum.txt"]).stdout;
    for finding in picture.split("\n\n") {
        assert!(printed.contains(finding), "{finding}\nis not in\n{printed}");
    }
    let count = printed.lines().last().and_then(|tally| tally.split(' ').nth(3)).unwrap();
    assert!(readme.contains(&format!("It finds {count}\nthings")), "{count} findings");
}

/// Every line of a block behind `<!-- run: N -->` must end with status N. The blocks share a folder with the article in it.
#[cfg(unix)]
#[test]
fn the_commands_run_and_end_with_the_status_that_is_told() {
    use std::process::Command;
    let article = "tests/articles/press-forum.txt";
    let dir = crate::folder(&[(article, &std::fs::read(root().join(article)).unwrap())]);
    let binaries = Path::new(env!("CARGO_BIN_EXE_orthonym")).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(binaries.to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    )
    .unwrap();
    let readme = readme();
    let mut count = 0;
    for block in readme.split("<!-- run: ").skip(1) {
        let expected: i32 = block.split_once(" -->").unwrap().0.parse().unwrap();
        for line in between(block, "```sh", "```").lines() {
            let output =
                Command::new("sh").args(["-c", line]).current_dir(dir.path()).env("PATH", &path).output().unwrap();
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(expected), "{line}\n{stderr}");
            count += 1;
        }
    }
    assert!(count > 10, "{count} commands were run");
}

#[test]
fn the_table_lists_all_rules_as_they_are() {
    let readme = readme();
    let table: Vec<&str> = between(&readme, "<!-- rules -->", "<!-- /rules -->").lines().skip(2).collect();
    let rules: Vec<String> = orthonym::rules::all().iter().map(|rule| table_row(rule)).collect();
    assert_eq!(table, rules);
}

fn table_row(rule: &Rule) -> String {
    let severity = if rule.on_by_default { rule.severity.to_string() } else { "off".to_owned() };
    let fix = match rule.fix {
        Some(Applicability::Safe) => "safe",
        Some(Applicability::Unsafe) => "unsafe",
        Some(Applicability::DisplayOnly) => "display-only",
        None => "none",
    };
    format!("| `{}` | {} | {severity} | {fix} |", rule.name, rule.summary)
}
