//! Small files of every format, what is found in them, and what they are once the safe fixes are applied.

use orthonym::diagnostic::Applicability;
use orthonym::dictionary::{Compiled, Dictionary, compile, load};
use orthonym::document::{self, Format, ReadOptions};
use orthonym::files::Package;
use orthonym::fix;
use orthonym::lint::{Linter, Settings, Worker};
use orthonym::source::Source;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const DICTIONARY: &str = "[[name]]\nname = \"Edwy Plenel\"\nnative = { ar = \"إدوي بلينيل\", ru = \"Эдви Пленель\" }\n";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(name)
}

/// What differs is written beside the golden file as `*.actual`, to be looked at and renamed.
fn compare(golden: &Path, actual: &[u8]) -> bool {
    let same = std::fs::read(golden).is_ok_and(|expected| expected == actual);
    let beside = golden.with_file_name(format!("{}.actual", golden.file_name().unwrap().to_str().unwrap()));
    if same {
        let _ = std::fs::remove_file(beside);
    } else {
        std::fs::write(beside, actual).unwrap();
    }
    same
}

#[test]
fn findings_and_fixed_files_are_the_golden_ones() {
    let entries = load::parse(Path::new("a.toml"), DICTIONARY).unwrap();
    let mut dictionary = Dictionary::empty();
    dictionary.push(Compiled::open(compile(entries.iter().map(|located| &located.entry))).unwrap());
    let linter = Linter::new(dictionary, Settings::default());
    let mut worker = linter.worker();
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder("fixtures")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut findings, mut wrong) = (String::new(), Vec::new());
    for path in paths {
        let told = Format::of_path(&path);
        for (name, bytes) in parts(&path) {
            let name = name.as_str();
            let (source, format) = document::decode(name, bytes.clone(), told, &ReadOptions::default()).unwrap();
            let report = worker.lint(&source, format);
            for problem in &report.problems {
                let place = source.position(problem.span.start);
                writeln!(findings, "{name}:{}:{}: {}", place.line, place.column, problem.message).unwrap();
            }
            for diagnostic in &report.diagnostics {
                let place = source.position(diagnostic.span.start);
                let (rule, text) = (diagnostic.rule, &diagnostic.text);
                write!(findings, "{name}:{}:{}: {rule} {text:?}", place.line, place.column).unwrap();
                match diagnostic.suggestions.first() {
                    Some(first) => writeln!(findings, " -> {:?} ({:?})", first.text, first.applicability).unwrap(),
                    None => findings.push('\n'),
                }
            }
            let fixed = fix::fix(&mut worker, &source, format, &report, Applicability::Safe);
            assert_same_in_utf16(&mut worker, &source, format, &fixed.source);
            if !compare(&folder("fixed").join(name), &fixed.edits.splice(&bytes)) {
                wrong.push(name.to_owned());
            }
        }
    }
    if !compare(&folder("findings.txt"), findings.as_bytes()) {
        wrong.push("findings.txt".to_owned());
    }
    assert!(wrong.is_empty(), "not as they should be (see *.actual): {wrong:?}");
}

/// The name and bytes of a file; of a package those of its parts.
fn parts(path: &Path) -> Vec<(String, Vec<u8>)> {
    let name = path.file_name().unwrap().to_str().unwrap();
    let bytes = std::fs::read(path).unwrap();
    if Format::of_path(path) != Some(Format::Docx) {
        return vec![(name.to_owned(), bytes)];
    }
    let package = Package::open(&bytes).unwrap();
    let texts = package.names().filter(|part| document::is_docx_text(part));
    texts.map(|part| (format!("{name}-{}", part.rsplit('/').next().unwrap()), package.read(part).unwrap())).collect()
}

/// The file in UTF-16 is fixed in the same places.
fn assert_same_in_utf16(worker: &mut Worker<'_>, source: &Source, format: Format, fixed: &Source) {
    let utf16 = |text: &str| -> Vec<u8> {
        let text = text.trim_start_matches('\u{feff}');
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let bytes = utf16(source.text());
    let source = Source::decode(source.path(), bytes.clone()).unwrap();
    let report = worker.lint(&source, format);
    let again = fix::fix(worker, &source, format, &report, Applicability::Safe);
    assert_eq!(again.edits.splice(&bytes), utf16(fixed.text()));
}
