//! The examples of docs/ci.md do what they say.

use crate::{folder, orthonym};
use std::path::Path;

#[test]
fn the_commands_of_the_guide_work_one_after_the_other() {
    let guide = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci.md")).unwrap();
    let dir = folder(&[("article.txt", b"The the minister met Eduy Blenil.\n")]);
    let commands: Vec<&str> = guide.lines().filter_map(|line| line.strip_prefix("$ orthonym ")).collect();
    assert!(commands.len() >= 9, "{commands:?}");
    for command in commands {
        let run = orthonym(dir.path(), &command.split(' ').collect::<Vec<_>>());
        assert_eq!(run.status, 0, "{command}: {}", run.stderr);
    }
    for report in ["orthonym.sarif", "gl-code-quality-report.json", "orthonym.xml", "orthonym-baseline.json"] {
        assert!(dir.path().join(report).metadata().unwrap().len() > 0, "{report}");
    }
}

#[test]
fn the_configuration_of_the_guide_is_one() {
    let guide = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci.md")).unwrap();
    let toml = guide.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let dir = folder(&[("orthonym.toml", toml.as_bytes()), ("a.txt", b"Eduy Blenil spoke.\n")]);
    let run = orthonym(dir.path(), &["check", "--fix", "-q"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(std::fs::read(dir.path().join("a.txt")).unwrap(), b"Edwy Plenel spoke.\n");
}
