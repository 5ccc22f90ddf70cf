//! Towns' names by language: GeoNames' alternate names as the Debian package libgeonames-common brings them, one message catalogue a
//! language with GeoNames' numbers for keys; and `natives.tsv`, which settles what was looked at.

use encoding_rs::GBK;
use orthonym::curation::scripts;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use unicode_script::{Script, UnicodeScript};

/// Language → GeoNames' number → the name.
pub struct Names(BTreeMap<&'static str, BTreeMap<String, String>>);

impl Names {
    /// `folder` holds `LANGUAGE/LC_MESSAGES/geonames.mo`.
    pub fn read(folder: &Path, languages: &[&'static str]) -> Result<Names, Box<dyn Error>> {
        let mut names = BTreeMap::new();
        for &language in languages {
            let mut found = catalogue(folder, language)?;
            if language == "zh" {
                found.extend(catalogue(folder, "zh_CN")?);
            }
            names.insert(language, found);
        }
        Ok(Names(names))
    }

    /// The name as the press of that language would write it; `None` where there is none, or one in another language's letters.
    pub fn get(&self, language: &str, number: &str) -> Option<String> {
        let form = plain(language, self.0.get(language)?.get(number)?);
        is_of(language, &form).then_some(form)
    }
}

/// Forms that were looked at: a place's preferred name, language, and what stands there instead (`-`: nothing).
pub struct Settled(BTreeMap<(String, String), Vec<String>>);

impl Settled {
    pub fn read(table: &str) -> Settled {
        let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
        let row = |line: &str| {
            let mut cells = line.split('\t');
            let key = (cells.next()?.to_owned(), cells.next()?.to_owned());
            let forms = cells.next()?.split('|').filter(|form| *form != "-");
            Some((key, forms.map(str::to_owned).collect()))
        };
        Settled(rows.filter_map(row).collect())
    }

    pub fn get(&self, name: &str, language: &str) -> Option<&[String]> {
        self.0.get(&(name.to_owned(), language.to_owned())).map(Vec::as_slice)
    }
}

fn catalogue(folder: &Path, language: &str) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let path = folder.join(language).join("LC_MESSAGES/geonames.mo");
    let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(messages(&bytes).ok_or_else(|| format!("{}: not a message catalogue", path.display()))?)
}

/// A compiled gettext catalogue, little-endian: two tables of (length, offset), keys and texts.
fn messages(bytes: &[u8]) -> Option<BTreeMap<String, String>> {
    let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize);
    let string = |table: usize, row: usize| {
        let (length, start) = (word(table + row * 8)?, word(table + row * 8 + 4)?);
        Some(std::str::from_utf8(bytes.get(start..start + length)?).ok()?.to_owned())
    };
    if word(0)? != 0x9504_12de {
        return None;
    }
    let (count, keys, texts) = (word(8)?, word(12)?, word(16)?);
    (0..count).map(|row| Some((string(keys, row)?, string(texts, row)?))).collect()
}

/// Without the region behind a comma, vowel signs, and the word for "city" that Chinese, Japanese and Korean write behind the name.
fn plain(language: &str, form: &str) -> String {
    let before = form.split([',', '،', '٬', '(', '（', '/']).next().unwrap_or_default();
    let letters = before.chars().filter(|c| !matches!(c, '\u{64b}'..='\u{652}' | '\u{200e}' | '\u{200f}'));
    let form = letters.collect::<String>().trim().to_owned();
    let cities: &[&str] = match language {
        "zh" => &["广域", "市"],
        "ja" => &["広域市", "市"],
        "ko" => &["광역시", "시"],
        _ => &[],
    };
    let long = if language == "ko" { 3 } else { 2 };
    let without = cities.iter().find_map(|city| form.strip_suffix(city)).map(str::trim);
    let form = without.filter(|rest| rest.chars().count() >= long.min(2)).unwrap_or(&form);
    match language {
        "he" => form.replace('\'', "׳"),
        "uk" => form.replace(['\'', 'ʼ'], "’"),
        _ => form.to_owned(),
    }
}

/// Letters of the language's script and keyboard only; Chinese as the mainland writes it.
fn is_of(language: &str, form: &str) -> bool {
    let known = scripts::of_language(language).unwrap_or_default();
    let fits = |c: char| matches!(c.script(), Script::Common | Script::Inherited) || known.contains(&c.script());
    // GBK's first table is GB 2312: simplified characters.
    let is_simplified = || GBK.encode(form).0.chunks(2).all(|pair| matches!(pair, [0xB0..=0xF7, 0xA1..=0xFE]));
    !form.is_empty()
        && form.chars().all(fits)
        && scripts::foreign_letter(language, form).is_none()
        && (language != "zh" || is_simplified())
}
