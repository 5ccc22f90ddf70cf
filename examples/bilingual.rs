//! How fast big bilingual files are read: makes an XLIFF or PO file of any size, and parses it on one thread.
//!
//! ```text
//! cargo run --release --example bilingual -- make big.xlf 100
//! cargo run --release --example bilingual -- parse big.xlf
//! ```

use orthonym::document::{self, Document, Format, ReadOptions};
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

/// Source and target of units, over and over, with the unit's number in them.
const UNITS: &[(&str, &str)] = &[
    ("وصل الوزير إلى المدينة صباح يوم {}.", "The minister arrived in the city on the morning of day {}."),
    ("لم يرد المكتب على أسئلة الصحيفة ({}).", "The office did not reply to the paper's questions ({})."),
    (
        "تجد النتائج في الجدول {} والملحق.",
        "You will find the results in table {} and in the annex; they were checked twice.",
    ),
    ("حفظ {} ملفات", "{} files saved"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["make", file, megabytes] => make(Path::new(file), megabytes.parse::<usize>()? << 20),
        ["parse", file] => parse(Path::new(file)),
        _ => Err("expected: make FILE MEGABYTES, or parse FILE".into()),
    }
}

/// Writes a file of at least `size` bytes.
fn make(path: &Path, size: usize) -> Result<(), Box<dyn Error>> {
    let is_po = Format::of_path(path) == Some(Format::Po);
    let mut out = BufWriter::new(File::create(path)?);
    let (head, tail) = match is_po {
        true => ("msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n", ""),
        false => (
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff version=\"1.2\">\n<file source-language=\"ar\" target-language=\"en\"><body>\n",
            "</body></file>\n</xliff>\n",
        ),
    };
    out.write_all(head.as_bytes())?;
    let mut written = head.len();
    for number in 0.. {
        if written >= size {
            break;
        }
        let (source, target) = UNITS[number % UNITS.len()];
        let [source, target] = [source, target].map(|text| text.replace("{}", &number.to_string()));
        let unit = match is_po {
            true => {
                format!("\n#: page.c:{number}\nmsgid \"{source}\"\nmsgstr \"\"\n\"{target} \"\n\"\\\"So it is.\\\"\"\n")
            }
            false => format!(
                "  <trans-unit id=\"{number}\">\n    <source>{source} <g id=\"1\">&amp;</g></source>\n    <target state=\"translated\">{target} <g id=\"1\">&amp;</g></target>\n  </trans-unit>\n"
            ),
        };
        out.write_all(unit.as_bytes())?;
        written += unit.len();
    }
    out.write_all(tail.as_bytes())?;
    Ok(out.flush()?)
}

fn parse(path: &Path) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(path)?;
    let megabytes = bytes.len() as f64 / f64::from(1 << 20);
    let options = ReadOptions::default();
    let begun = Instant::now();
    let (source, format) = document::decode(path, bytes, Format::of_path(path), &options)?;
    let document = Document::parse(&source, format, &options);
    let took = begun.elapsed().as_secs_f64();
    println!(
        "{megabytes:.0} MB, {} segments, {} problems: {took:.2} s, {:.0} MB/s",
        document.segments.len(),
        document.problems.len(),
        megabytes / took
    );
    Ok(())
}
