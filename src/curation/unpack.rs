//! From the compiled form back to an entry as people write it.

use crate::dictionary::entry::Accepted;
use crate::dictionary::{Entry, EntryIndex, FormKind, View};

/// The entry that was compiled.
pub fn entry(view: &View<'_>, index: EntryIndex) -> Entry {
    let mut entry = Entry { id: view.id(index).into_owned(), kind: view.kind(index), ..Entry::default() };
    for form in view.forms_of(index) {
        let text = view.form_text(form).to_owned();
        match view.form_kind(form) {
            FormKind::Name => entry.name = text,
            FormKind::Accepted => {
                let style = view.styles(form).map(str::to_owned).collect();
                entry.accepted.push(Accepted { form: text, style });
            }
            FormKind::Short => entry.short.push(text),
            FormKind::Calque => entry.calques.push(text),
            FormKind::Wrong => entry.wrong.push(text),
        }
    }
    for (language, form) in view.natives(index) {
        entry.add_native(language, form);
    }
    let owned = |texts: &mut dyn Iterator<Item = &str>| texts.map(str::to_owned).collect();
    entry.role = owned(&mut view.roles(index));
    entry.with = owned(&mut view.companions(index));
    entry.confused_with = owned(&mut view.confused_with(index));
    entry.same_as = view.same_as(index).map(str::to_owned);
    entry.source = view.source(index).unwrap_or_default().to_owned();
    entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curation::toml;
    use crate::dictionary::{Compiled, compile, load};
    use std::path::Path;

    #[test]
    fn nothing_is_lost_between_text_and_the_compiled_form() {
        let text = r#"[[name]]
id = "edwy-plenel"
name = "Edwy \"E\" Plenel"
kind = "person"
native = { ar = "إدوي بلينيل", ru = ["Эдви Пленель", "Эдви Пленел"], zh-Hant = "埃" }
accepted = ["Hervé Edwy Plenel", { form = "E. Plenel", style = ["ap", "bbc"] }]
short = ["Plenel"]
wrong = ["Edwy Plennel"]
calques = ["The \\ Plenel"]
role = ["journalist"]
with = ["mediapart"]
confused_with = ["other"]
same_as = "Q1"
source = "Wikipedia: Edwy Plenel"
"#;
        let entries = load::parse(Path::new("a.toml"), text).unwrap();
        let compiled = Compiled::open(compile(entries.iter().map(|located| &located.entry))).unwrap();
        let mut written = String::new();
        toml::write(&entry(&compiled.view(), 0), &mut written);
        assert_eq!(written, text);
    }
}
