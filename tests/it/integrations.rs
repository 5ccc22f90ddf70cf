//! What the repository brings for other tools is what they read, and its commands run.

use crate::{folder, orthonym};
use saphyr::{LoadableYamlNode, Yaml};
use std::path::Path;
use std::process::Command;

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn yaml(text: &str) -> Yaml<'_> {
    Yaml::load_from_str(text).unwrap().remove(0)
}

fn text<'y>(node: &'y Yaml<'_>, key: &str) -> &'y str {
    node.as_mapping_get(key).and_then(Yaml::as_str).unwrap_or_else(|| panic!("no text at {key}"))
}

/// A shell that finds the program that is tested, with variables of the environment; what it wrote and how it ended.
#[cfg(unix)]
fn bash(folder: &Path, script: &str, variables: &[(&str, &str)]) -> (String, i32) {
    let program = Path::new(env!("CARGO_BIN_EXE_orthonym")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut bash = Command::new("bash");
    bash.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]).current_dir(folder);
    let output = bash.env("PATH", path).env("HOME", folder).envs(variables.iter().copied()).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

#[test]
fn the_action_is_a_composite_one_and_uses_no_input_that_it_has_not() {
    let content = read("action.yml");
    let action = yaml(&content);
    let runs = &action["runs"];
    assert_eq!(text(runs, "using"), "composite");
    let mut inputs: Vec<&str> = action["inputs"].as_mapping().unwrap().keys().filter_map(Yaml::as_str).collect();
    for step in runs["steps"].as_sequence().unwrap() {
        // Steps of a composite action must say which shell.
        assert!(step.contains_mapping_key("uses") || text(step, "shell") == "bash");
    }
    let mut used: Vec<&str> =
        content.split("inputs.").skip(1).map(|rest| rest.split([' ', '}']).next().unwrap()).collect();
    used.sort_unstable();
    used.dedup();
    inputs.sort_unstable();
    assert_eq!(used, inputs);
}

/// The script of one of the action's steps.
#[cfg(unix)]
fn script_of_step(name: &str) -> String {
    let content = read("action.yml");
    let action = yaml(&content);
    let step = action["runs"]["steps"].as_sequence().unwrap().iter().find(|step| text(step, "name") == name);
    text(step.unwrap(), "run").to_owned()
}

#[cfg(unix)]
#[test]
fn the_action_installs_the_version_asked_for_or_its_own() {
    let dir = folder(&[("bin/cargo", b"#!/bin/sh\nprintf '%s|' \"$@\"\n")]);
    let script = format!("chmod +x bin/cargo; PATH=\"$PWD/bin:$PATH\"\n{}", script_of_step("Install orthonym"));
    let installed = |version: &str| bash(dir.path(), &script, &[("VERSION", version), ("SOURCE", "/the action")]);
    assert_eq!(installed("0.3.1"), ("install|--locked|orthonym|--version|0.3.1|".to_owned(), 0));
    assert_eq!(installed(""), ("install|--locked|--path|/the action|".to_owned(), 0));
}

#[cfg(unix)]
#[test]
fn the_actions_check_finds_and_leaves_a_report() {
    let script = &script_of_step("Check");
    let dir = folder(&[("in/a.txt", b"so the the\n"), ("in/b.txt", b"fine\n")]);
    let run = |paths: &str, sarif: &str| {
        bash(dir.path(), script, &[("PATHS", paths), ("ARGUMENTS", "--no-builtin --no-cache"), ("SARIF", sarif)])
    };
    let (found, status) = run("in/a.txt in/b.txt", "true");
    assert!(status == 1 && found.starts_with("::warning title=text/repeated-word,file=in/a.txt,line=1,"), "{found}");
    assert!(std::fs::read_to_string(dir.path().join("orthonym.sarif")).unwrap().contains("\"in/a.txt\""));
    let (found, status) = run("in gone.txt", "true");
    assert!(
        status == 2 && found.starts_with("::warning "),
        "trouble with one file hides nothing of the others: {found}"
    );
    std::fs::remove_file(dir.path().join("orthonym.sarif")).unwrap();
    assert_eq!(run("in/b.txt", "false"), (String::new(), 0));
    assert!(!dir.path().join("orthonym.sarif").exists());
}

#[cfg(unix)]
#[test]
fn gitlabs_template_checks_and_leaves_a_report() {
    let content = read("docs/ci/gitlab.yml");
    let job = &yaml(&content)["orthonym"];
    let report = text(&job["artifacts"]["reports"], "codequality");
    let commands = job["script"].as_sequence().unwrap().iter().filter_map(Yaml::as_str);
    let commands: Vec<&str> = commands.filter(|command| !command.starts_with("cargo install")).collect();
    let dir = folder(&[("a.txt", b"so the the\n")]);
    assert_eq!(bash(dir.path(), &commands.join("\n"), &[]).1, 1);
    assert!(std::fs::read_to_string(dir.path().join(report)).unwrap().contains("text/repeated-word"));
}

#[test]
fn the_hooks_are_commands_that_report_or_fix() {
    let content = read(".pre-commit-hooks.yaml");
    let hooks = yaml(&content);
    let dir = folder(&[("a.txt", b"so the the\n"), ("b.txt", b"so so\n"), ("orthonym.toml", b"exclude = ['b.txt']")]);
    for (hook, status, after) in [(0, 1, "so the the\n"), (1, 0, "so the\n")] {
        let hook = &hooks[hook];
        let entry: Vec<&str> = text(hook, "entry").split(' ').collect();
        assert_eq!((entry[0], text(hook, "language")), ("orthonym", "rust"));
        // pre-commit names the files.
        let run = orthonym(dir.path(), &[&entry[1..], &["a.txt", "b.txt"]].concat());
        assert_eq!(run.status, status, "{}", run.stderr);
        assert_eq!(std::fs::read_to_string(dir.path().join("a.txt")).unwrap(), after);
        assert_eq!(std::fs::read_to_string(dir.path().join("b.txt")).unwrap(), "so so\n");
    }
}

/// The instructions of a Dockerfile: its name and the rest of the line.
fn instructions(dockerfile: &str) -> Vec<(&str, &str)> {
    let lines = dockerfile.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(' ').expect(line)).collect()
}

#[test]
fn the_image_is_the_program_that_it_builds_and_runs_as_nobody() {
    let content = read("docs/ci/Dockerfile");
    let instructions = instructions(&content);
    let names: Vec<&str> = instructions.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["FROM", "WORKDIR", "COPY", "RUN", "FROM", "COPY", "WORKDIR", "USER", "ENTRYPOINT"]);
    let of = |wanted: &str| instructions.iter().rev().find(|(name, _)| *name == wanted).unwrap().1;
    let root = of("RUN").strip_prefix("cargo install --locked --path . --root ").unwrap();
    assert_eq!(of("COPY"), format!("--from=build {root}/bin/orthonym /usr/local/bin/orthonym"));
    assert!(instructions[0].1.ends_with(" AS build"), "the stage that it copies from");
    let entry: Vec<String> = serde_json::from_str(of("ENTRYPOINT")).unwrap();
    assert_eq!((entry, of("USER")), (vec!["orthonym".to_owned()], "65534:65534"));
}

#[test]
fn the_blocks_of_the_guide_are_yaml() {
    let guide = read("docs/ci.md");
    let blocks: Vec<&str> = guide.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let keys = |block: &str| yaml(block).as_mapping().unwrap().len();
    assert_eq!(blocks.into_iter().map(keys).collect::<Vec<_>>(), [2, 1]);
}

#[cfg(unix)]
#[test]
fn completions_are_scripts_that_their_shells_read() {
    let dir = folder(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = orthonym(dir.path(), &["completions", shell]);
        assert!(run.status == 0 && run.stdout.contains("unsafe-fixes"), "{shell}");
        let script = dir.path().join(shell);
        std::fs::write(&script, run.stdout).unwrap();
        // Where that shell is.
        if let Ok(read) = Command::new(shell).arg("-n").arg(&script).output() {
            assert!(read.status.success(), "{shell}: {}", String::from_utf8_lossy(&read.stderr));
        }
    }
    let ask = "source ./bash; COMP_WORDS=(orthonym check --output-format g); COMP_CWORD=3; \
               _orthonym orthonym g --output-format; echo \"${COMPREPLY[*]}\"";
    assert_eq!(bash(dir.path(), ask, &[]).0, "grouped github gitlab\n");
}

#[test]
fn the_manual_page_has_every_command() {
    let dir = folder(&[]);
    let page = orthonym(dir.path(), &["man"]).stdout;
    assert!(page.contains(".TH orthonym 1"));
    std::fs::write(dir.path().join("orthonym.1"), &page).unwrap();
    // Where there is one of them: nothing to warn of, and text.
    for (program, arguments) in
        [("groff", ["-man", "-Tutf8", "-ww", "orthonym.1"]), ("mandoc", ["-T", "lint", "-Werror", "orthonym.1"])]
    {
        if let Ok(shown) = Command::new(program).args(arguments).current_dir(dir.path()).output() {
            assert_eq!(
                (shown.status.code(), String::from_utf8_lossy(&shown.stderr).as_ref()),
                (Some(0), ""),
                "{program}"
            );
        }
    }
    for command in ["check", "suggest", "explain", "dict", "rule", "config", "init", "server", "schema"] {
        assert!(page.contains(&format!(".TH orthonym-{command} 1")), "{command}");
    }
}
