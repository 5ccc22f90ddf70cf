//! What can go wrong around the program: full disks, kills, other programs, too many files. No text is ever lost.

use crate::folder;
use std::path::Path;
use std::process::{Command, Stdio};

const BAD: &str = "so the the fox\n";
const GOOD: &str = "so the fox\n";

fn command(folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_orthonym"));
    command.args(["check", "--no-builtin", "--isolated", "--select", "text/repeated-word"]).args(more);
    command.current_dir(folder).env("HOME", folder).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A folder with so many files that all say the same; in memory where the system has a place for that.
fn many(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    for number in 0..count {
        let inside = folder.path().join(format!("{:02}", number % 50));
        if number < 50 {
            std::fs::create_dir(&inside).unwrap();
        }
        std::fs::write(inside.join(format!("{number:05}.txt")), BAD).unwrap();
    }
    folder
}

/// The texts of all files that are not hidden.
fn texts(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for item in folder.read_dir().unwrap() {
        let path = item.unwrap().path();
        match path.is_dir() {
            _ if path.file_name().unwrap().to_string_lossy().starts_with('.') => {}
            true => texts.extend(self::texts(&path)),
            false => texts.push(std::fs::read_to_string(path).unwrap()),
        }
    }
    texts
}

/// A small disk, where we may mount one.
#[cfg(target_os = "linux")]
struct Disk(tempfile::TempDir);

#[cfg(target_os = "linux")]
impl Disk {
    fn of(size: &str) -> Option<Disk> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(folder.path());
        if mount.stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
            return Some(Disk(folder));
        }
        eprintln!("skipped: no disk can be mounted here");
        None
    }
}

#[cfg(target_os = "linux")]
impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_a_file_stays_as_it_is() {
    let Some(disk) = Disk::of("128k") else { return };
    let path = disk.0.path().join("a.txt");
    let text = format!("{BAD}{}", "Nothing to see here.\n".repeat(4500));
    std::fs::write(&path, &text).unwrap();
    let run = command(disk.0.path(), &["--fix"]).output().unwrap();
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{told}");
    assert!(told.contains("cannot write a.txt, which is left as it is"), "{told}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    let mut names: Vec<_> = disk.0.path().read_dir().unwrap().map(|item| item.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, [".orthonym-cache", "a.txt"], "nothing lies about");
}

#[cfg(target_os = "linux")]
#[test]
fn a_cache_that_cannot_be_written_changes_no_result() {
    let Some(disk) = Disk::of("16k") else { return };
    let text = format!("{BAD}{}", "\n".repeat(1024));
    let names: Vec<String> = (0..40).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), text.as_bytes())).collect();
    let dir = folder(&files);
    let cache = disk.0.path().join("cache");
    let with = command(dir.path(), &["--cache-dir", cache.to_str().unwrap(), "-j", "2"]).output().unwrap();
    let without = command(dir.path(), &["--no-cache"]).output().unwrap();
    assert_eq!((with.status.code(), &with.stdout), (Some(1), &without.stdout));
    let told = String::from_utf8(with.stderr).unwrap();
    assert!(told.starts_with("note: ") && told.contains("could not be kept in the cache"), "{told}");
    assert!(told.contains("No space left") && told.contains("--cache-dir puts it elsewhere"), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_told() {
    let dir = folder(&[("a.txt", BAD.as_bytes())]);
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let to_stdout = command(dir.path(), &[]).stdout(full()).output().unwrap();
    let to_file = command(dir.path(), &["-o", "/dev/full"]).output().unwrap();
    for run in [to_stdout, to_file] {
        let told = String::from_utf8(run.stderr).unwrap();
        assert_eq!(
            (run.status.code(), told.starts_with("error: cannot write the output\n")),
            (Some(2), true),
            "{told}"
        );
    }
    // Nobody to tell.
    let silent = command(dir.path(), &[]).stdout(full()).stderr(full()).status().unwrap();
    assert_eq!(silent.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn a_closed_standard_output_is_like_one_that_nobody_reads() {
    let dir = folder(&[("a.txt", BAD.as_bytes())]);
    let line = format!("{} check --no-builtin a.txt >&-", env!("CARGO_BIN_EXE_orthonym"));
    assert_eq!(Command::new("sh").args(["-c", &line]).current_dir(dir.path()).status().unwrap().code(), Some(1));
}

#[test]
fn a_kill_leaves_every_file_old_or_new() {
    let dir = many(400);
    for delay in (0..12).map(|step| step * 4) {
        let mut child = command(dir.path(), &["--fix", "-q"]).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(delay));
        let _ = child.kill();
        child.wait().unwrap();
        let texts = texts(dir.path());
        assert_eq!(texts.len(), 400);
        assert!(texts.iter().all(|text| text == BAD || text == GOOD));
    }
    assert_eq!(command(dir.path(), &["--fix", "-q"]).output().unwrap().status.code(), Some(0));
    assert!(texts(dir.path()).iter().all(|text| text == GOOD));
}

/// Killed while the new text lies beside the old one, not yet in its place. When that is, the folder tells.
#[test]
fn a_kill_between_writing_and_renaming_leaves_the_old_text() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.txt");
    let rest = "Nothing to see here.\n".repeat(100_000);
    let (old, new) = (format!("{BAD}{rest}"), format!("{GOOD}{rest}"));
    let beside = || dir.path().read_dir().unwrap().map(|item| item.unwrap().path()).find(|other| *other != path);
    let mut hits = 0;
    for _ in 0..100 {
        std::fs::write(&path, &old).unwrap();
        let mut child = command(dir.path(), &["--fix", "-q", "--no-cache"]).spawn().unwrap();
        while beside().is_none() && child.try_wait().unwrap().is_none() {}
        let _ = child.kill();
        child.wait().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text == old || text == new);
        if let Some(left) = beside() {
            assert!(text == old);
            assert!(left.file_name().unwrap().to_string_lossy().starts_with(".orthonym-"), "{left:?}");
            std::fs::remove_file(left).unwrap();
            hits += 1;
        }
        if hits == 3 {
            return;
        }
    }
    panic!("the moment was met {hits} times");
}

#[test]
fn two_that_fix_at_once_fix_once() {
    let dir = many(300);
    let children: Vec<_> = (0..3).map(|_| command(dir.path(), &["--fix"]).spawn().unwrap()).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        // One that comes second says so, and touches nothing.
        let is_fine = told.lines().all(|line| line.contains("changed on disk while it was being checked"));
        assert!(
            is_fine && matches!((output.status.code(), told.is_empty()), (Some(0), true) | (Some(2), false)),
            "{told}"
        );
    }
    let texts = texts(dir.path());
    assert!(texts.len() == 300 && texts.iter().all(|text| text == GOOD));
    let hidden = dir.path().join("00").read_dir().unwrap().count();
    assert_eq!(hidden, 6, "nothing lies about");
}

#[test]
fn ten_thousand_files_are_as_good_as_one() {
    let dir = many(10_000);
    let concise = ["--output-format", "concise", "--no-cache"];
    let first = command(dir.path(), &concise).output().unwrap();
    let stdout = String::from_utf8(first.stdout).unwrap();
    assert_eq!((first.status.code(), stdout.lines().count(), first.stderr.as_slice()), (Some(1), 10_001, &b""[..]));
    let eight = command(dir.path(), &[&concise[..], &["-j", "8"]].concat()).output().unwrap();
    assert_eq!(String::from_utf8(eight.stdout).unwrap(), stdout);
}

#[test]
fn a_file_of_a_list_that_is_gone_is_told_and_the_others_are_checked() {
    let dir = folder(&[("a.txt", BAD.as_bytes()), ("list", b"gone.txt\na.txt\n")]);
    let run = command(dir.path(), &["--file-list", "list", "--output-format", "concise"]).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(String::from_utf8(run.stderr).unwrap(), "error: gone.txt does not exist\n");
    assert!(String::from_utf8(run.stdout).unwrap().starts_with("a.txt:1:4: "));
}
