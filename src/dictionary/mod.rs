//! Dictionaries: the entry model, reading what people write, compiling it, and searching the compiled form.
//!
//! Knows folded words and nothing of texts, channels or rules. The build script uses these files as well: they depend on
//! nothing in the crate but `span` and `text`.

pub mod columns;
pub mod compile;
pub mod compiled;
pub mod decompile;
pub mod entry;
pub mod layers;
pub mod layout;
pub mod load;
pub mod partner;
pub mod skeleton;

pub use compile::compile;
pub use compiled::{Compiled, EntryIndex, FormIndex, OpenError, TokenIndex, View};
pub use entry::{Entry, FormKind, Kind};
pub use layers::{Dictionary, EntryRef};
pub use load::{LoadError, Located};

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const PEOPLE: &str = r#"
        [[name]]
        id = "edwy-plenel"
        name = "Edwy Plenel"
        native = { ar = "إدوي بلينيل", ru = ["Эдви Пленель"] }
        accepted = ["Hervé Edwy Plenel"]
        role = ["journalist"]
        with = ["mediapart"]
        source = "Wikipedia: Edwy Plenel"

        [[name]]
        name = "Mediapart"
        kind = "outlet"
        calques = ["Media Part"]
    "#;

    fn compiled() -> Vec<u8> {
        let entries = load::parse(Path::new("people.toml"), PEOPLE).unwrap();
        compile(entries.iter().map(|located| &located.entry))
    }

    #[test]
    fn what_was_compiled_is_found() {
        let dictionary = Compiled::open(compiled()).unwrap();
        dictionary.verify().unwrap();
        let view = dictionary.view();
        let plenel = view.find_id("edwy-plenel").unwrap();
        assert_eq!(view.name(plenel), "Edwy Plenel");
        assert_eq!(view.roles(plenel).collect::<Vec<_>>(), ["journalist"]);
        assert_eq!(view.natives(plenel).collect::<Vec<_>>(), [("ar", "إدوي بلينيل"), ("ru", "Эдви Пленель")]);
        let mediapart = view.find_id("mediapart").unwrap();
        assert_eq!(view.kind(mediapart), Kind::Outlet);
        let tokens: Vec<_> = ["herve", "edwy", "plenel"].iter().map(|key| view.find_token(key).unwrap()).collect();
        let forms: Vec<_> = view.find_forms(layout::hash_tokens(tokens.iter().copied()), &tokens).collect();
        assert_eq!(forms.iter().map(|&f| view.form_text(f)).collect::<Vec<_>>(), ["Hervé Edwy Plenel"]);
        assert_eq!(view.postings(tokens[2]).len(), 2);
        assert_eq!(view.find_token("media").map(|t| view.reach(t)), Some(2));
    }

    #[test]
    fn what_stands_beside_a_token_is_filed_by_it() {
        let entries = load::parse(Path::new("a.txt"), "Anna Lee\nAnne Lee Park\nAnne").unwrap();
        let compiled = Compiled::open(compile(entries.iter().map(|l| &l.entry))).unwrap();
        let view = compiled.view();
        let key = view.skeleton(view.find_token("anna").unwrap());
        let beside = view.partners_of_key(key).map(|(token, records)| {
            let beside = view.partners(records).map(|(partner, other, _)| (view.token_key(other), partner.words()));
            (view.token_key(token), beside.collect::<Vec<_>>())
        });
        let mut beside: Vec<_> = beside.collect();
        beside.iter_mut().for_each(|(_, others)| others.sort_unstable());
        assert_eq!(beside, [("anna", vec![("lee", 2)]), ("anne", vec![("lee", 3), ("park", 3)])]);
    }

    #[test]
    fn a_later_entry_replaces_an_earlier_one() {
        let entries = load::parse(Path::new("a.txt"), "Ann Lee\nÁnn Lee").unwrap();
        let compiled = Compiled::open(compile(entries.iter().map(|l| &l.entry))).unwrap();
        assert_eq!(compiled.view().entry_count(), 1);
        assert_eq!(compiled.view().name(0), "Ánn Lee");
    }

    #[test]
    fn damage_is_an_error_or_an_empty_answer_never_a_crash() {
        let whole = compiled();
        let sound = Compiled::open(whole.clone()).unwrap();
        let key = sound.view().skeleton(sound.view().find_token("plenel").unwrap());
        assert_eq!(Compiled::open(b"PK\x03\x04....".to_vec()).unwrap_err(), OpenError::Foreign);
        let mut other = whole.clone();
        other[8] = 77;
        assert_eq!(Compiled::open(other).unwrap_err(), OpenError::Version { found: 77 });
        for len in 0..whole.len() {
            assert!(Compiled::open(whole[..len].to_vec()).is_err());
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            if let Ok(dictionary) = Compiled::open(bytes) {
                assert!(at < layout::HEADER || dictionary.verify().is_err(), "byte {at}");
                let view = dictionary.view();
                for entry in 0..view.entry_count() {
                    view.natives(entry).for_each(drop);
                    view.forms_of(entry).take(9).for_each(|form| {
                        let _ = (view.form_text(form), view.words_of(form).len());
                    });
                }
                let _ = (view.find_id("mediapart"), view.find_token("plenel").map(|t| view.postings(t).len()));
                let _ = view.partners_of_key(key).map(|(_, records)| view.partners(records).count()).sum::<usize>();
            }
        }
    }
}
