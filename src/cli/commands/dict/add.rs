//! `orthonym dict add`: a name or a misspelling into a dictionary of one's own, whose comments and order stay.

use super::show;
use crate::cli::console::Console;
use crate::cli::dict_args::DictAddArgs;
use crate::cli::{Error, Status};
use crate::curation::{self, toml};
use crate::dictionary::{Dictionary, Entry, load};
use crate::files::{self, shown};
use crate::text::fold::same_letters_and_accents;
use toml_edit::{Array, DocumentMut, Item, Table, value};

pub fn run(args: &DictAddArgs, console: &Console) -> Result<Status, Error> {
    let path = &args.to;
    let text = if path.exists() { files::read(path)?.0.text().to_owned() } else { String::new() };
    let own = load::parse(path, &text)?;
    if path.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("toml")) {
        return Err(Error::Usage(format!("{} is no .toml file: --to takes one", shown(path))));
    }
    let dictionary = args.dictionaries.open(console)?;
    let own = own.into_iter().map(|located| located.entry);
    let (entry, is_own) = match &args.is {
        Some(is) => intended(is, own, &dictionary)?,
        None => {
            let same = |entry: &Entry| entry.forms().any(|(form, kind, _)| kind.is_right() && form == args.name);
            match own.into_iter().find(same) {
                Some(entry) => (entry, true),
                None => (Entry { name: args.name.clone(), kind: args.kind, ..Entry::default() }, false),
            }
        }
    };
    let is_right = |(form, kind): (&str, crate::dictionary::FormKind)| {
        kind.is_right() && same_letters_and_accents(form, &args.name) && !args.accepted
    };
    if args.is.is_some() && entry.forms().any(|(form, kind, _)| is_right((form, kind))) {
        return Err(Error::Usage(format!("“{}” is a right name of {} already", args.name, entry.name)));
    }
    let new = changed(text, &entry, is_own, args)?;
    files::put_whole(path, |out| out.write_all(new.as_bytes()))
        .map_err(|source| Error::OutputFile { path: path.clone(), source })?;
    console.note(&match &args.is {
        Some(_) => format!("“{}” → {} ({}): {}", args.name, entry.name, entry.id(), shown(path)),
        None => format!("{} ({}): {}", entry.name, entry.id(), shown(path)),
    });
    Ok(Status::Clean)
}

/// The entry that is meant, and whether it stands in one's own dictionary.
fn intended(name: &str, own: impl Iterator<Item = Entry>, dictionary: &Dictionary) -> Result<(Entry, bool), Error> {
    let matches =
        |entry: &Entry| entry.id() == name || entry.forms().any(|(form, kind, _)| kind.is_right() && form == name);
    let mut own: Vec<Entry> = own.filter(matches).collect();
    if let (Some(entry), true) = (own.pop(), own.is_empty()) {
        return Ok((entry, true));
    }
    match show::find(dictionary, name)[..] {
        [] => Err(Error::Usage(show::unknown(dictionary, name))),
        [entry] => Ok((curation::entry(&dictionary.views()[usize::from(entry.layer)], entry.index), false)),
        ref several => {
            let views = dictionary.views();
            let ids: Vec<_> = several.iter().map(|e| views[usize::from(e.layer)].id(e.index).into_owned()).collect();
            Err(Error::Usage(format!("“{name}” is a name of several; give one of the ids {}", ids.join(", "))))
        }
    }
}

/// The text of one's own dictionary with the change in it.
fn changed(mut text: String, entry: &Entry, is_own: bool, args: &DictAddArgs) -> Result<String, Error> {
    if !is_own {
        if !text.is_empty() {
            text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
        }
        toml::write(entry, &mut text);
    }
    let broken = |error: toml_edit::TomlError| Error::Usage(format!("{}: {}", shown(&args.to), error.message()));
    let mut document: DocumentMut = text.parse().map_err(broken)?;
    let tables = document["name"].as_array_of_tables_mut();
    let is_it = |table: &Table| {
        let read = |key| table.get(key).and_then(Item::as_str);
        read("id").map_or_else(|| read("name") == Some(&entry.name), |id| id == entry.id())
    };
    let Some(table) = tables.into_iter().flat_map(|tables| tables.iter_mut()).find(|table| is_it(table)) else {
        return Err(Error::Usage(format!("{}: the entries are not written as [[name]] tables", shown(&args.to))));
    };
    if args.is.is_some() {
        push(table, if args.accepted { "accepted" } else { "wrong" }, &args.name);
    }
    for (language, form) in &args.native {
        let natives = table.entry("native").or_insert(value(toml_edit::InlineTable::new()));
        natives[language] = value(form);
    }
    if let Some(source) = &args.source {
        table["source"] = value(source);
    }
    Ok(document.to_string())
}

/// Appends to a list unless it is there.
fn push(table: &mut Table, key: &str, text: &str) {
    let list = table.entry(key).or_insert(value(Array::new()));
    if let Some(list) = list.as_array_mut()
        && !list.iter().any(|item| item.as_str() == Some(text))
    {
        list.push(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    fn args(line: &[&str]) -> DictAddArgs {
        #[derive(Parser)]
        struct Command {
            #[command(flatten)]
            add: DictAddArgs,
        }
        Command::parse_from([&["add"], line].concat()).add
    }

    #[test]
    fn comments_and_order_stay() {
        let before = "# ours\n[[name]]\nname = \"Edwy Plenel\" # him\nwrong = [\n  \"A\", # seen 2024\n]\n\n# end\n";
        let entry = Entry { name: "Edwy Plenel".into(), ..Entry::default() };
        let args = args(&["Eduy Blenil", "--is", "Edwy Plenel"]);
        let after = changed(before.to_owned(), &entry, true, &args).unwrap();
        assert!(after.starts_with("# ours\n[[name]]\nname = \"Edwy Plenel\" # him\nwrong = [\n  \"A\""), "{after}");
        assert!(
            after.contains("# seen 2024") && after.ends_with("# end\n") && after.contains("\"Eduy Blenil\""),
            "{after}"
        );
        assert_eq!(changed(after.clone(), &entry, true, &args).unwrap(), after);
    }

    #[test]
    fn a_new_entry_is_written_whole() {
        let entry = Entry { name: "Ann Lee".into(), ..Entry::default() };
        let args = args(&["Ann Lee", "--native", "ar=آن لي", "--source", "our files"]);
        let after = changed(String::new(), &entry, false, &args).unwrap();
        let whole = "[[name]]\nid = \"ann-lee\"\nname = \"Ann Lee\"\nkind = \"person\"\nnative = { ar = \"آن لي\" }\nsource = \"our files\"\n";
        assert_eq!(after, whole);
    }
}
