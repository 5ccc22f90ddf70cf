//! `src/channel/weights/*.tsv` → one table of all routes, then one table a native script.

#[allow(dead_code)]
#[path = "../src/channel/alphabet.rs"]
mod alphabet;
#[allow(dead_code)]
#[path = "../src/channel/route.rs"]
mod route;
#[allow(dead_code)]
#[path = "../src/channel/compile.rs"]
mod tables;

use std::error::Error;
use std::path::Path;

pub fn compile() -> Result<Vec<u8>, Box<dyn Error>> {
    let read = |alphabet, stem: &str| -> Result<_, String> {
        let path = Path::new("src/channel/weights").join(format!("{stem}.tsv"));
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        tables::parse(alphabet, &text).map_err(|e| format!("{}: {e}", path.display()))
    };
    let routes = route::Route::ALL.iter().map(|route| read(None, route.stem())).collect::<Result<Vec<_>, _>>()?;
    let mut compiled = tables::MAGIC.to_vec();
    compiled.extend(tables::compile(&routes)?);
    for &script in alphabet::Script::ALL.iter() {
        compiled.extend(tables::compile(&[read(Some(script), script.stem())?])?);
    }
    Ok(compiled)
}
