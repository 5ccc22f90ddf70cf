//! `src/channel/weights/*.tsv` → one table of all routes, then one table a native script, then the attested spellings.

#[allow(dead_code)]
#[path = "../src/channel/alphabet.rs"]
mod alphabet;
#[allow(dead_code)]
#[path = "../src/channel/route.rs"]
mod route;
#[allow(dead_code)]
#[path = "../src/channel/spellings.rs"]
mod spellings;
#[allow(dead_code)]
#[path = "../src/channel/compile.rs"]
mod tables;

use std::error::Error;
use std::path::Path;

pub fn compile() -> Result<Vec<u8>, Box<dyn Error>> {
    let routes = route::Route::ALL.iter().map(|route| table(None, route.stem())).collect::<Result<Vec<_>, _>>()?;
    let mut compiled = tables::MAGIC.to_vec();
    compiled.extend(tables::compile(&routes)?);
    for &script in alphabet::Script::ALL.iter() {
        compiled.extend(tables::compile(&[table(Some(script), script.stem())?])?);
    }
    compiled.extend(spellings::compile(&read("spellings", spellings::parse)?));
    Ok(compiled)
}

fn table(alphabet: alphabet::Alphabet, stem: &str) -> Result<Vec<tables::Unit>, String> {
    read(stem, |text| tables::parse(alphabet, text))
}

fn read<T>(stem: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<T, String> {
    let path = Path::new("src/channel/weights").join(format!("{stem}.tsv"));
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    parse(&text).map_err(|e| format!("{}: {e}", path.display()))
}
