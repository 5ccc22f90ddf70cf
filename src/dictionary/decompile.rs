//! An entry of a compiled dictionary as it was written, so that it can be amended.

use super::compiled::{EntryIndex, View};
use super::entry::{Accepted, Entry, FormKind, OneOrMany};
use std::collections::BTreeMap;

impl View<'_> {
    /// The entry with all that the dictionary knows of it.
    pub fn entry(&self, index: EntryIndex) -> Entry {
        let owned = |texts: &mut dyn Iterator<Item = &str>| texts.map(str::to_owned).collect::<Vec<String>>();
        let mut native: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (language, form) in self.natives(index) {
            native.entry(language.to_owned()).or_default().push(form.to_owned());
        }
        let mut entry = Entry {
            id: self.id(index).into_owned(),
            kind: self.kind(index),
            native: native.into_iter().map(|(language, forms)| (language, OneOrMany::Many(forms))).collect(),
            role: owned(&mut self.roles(index)),
            with: owned(&mut self.companions(index)),
            confused_with: owned(&mut self.confused_with(index)),
            same_as: self.same_as(index).map(str::to_owned),
            source: self.source(index).unwrap_or_default().to_owned(),
            ..Entry::default()
        };
        for form in self.forms_of(index) {
            let text = self.form_text(form).to_owned();
            match self.form_kind(form) {
                FormKind::Name => entry.name = text,
                FormKind::Accepted => {
                    entry.accepted.push(Accepted { form: text, style: owned(&mut self.styles(form)) });
                }
                FormKind::Short => entry.short.push(text),
                FormKind::Calque => entry.calques.push(text),
                FormKind::Wrong => entry.wrong.push(text),
            }
        }
        entry
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Compiled, compile, load};
    use std::path::Path;

    #[test]
    fn compiling_and_back_changes_nothing() {
        let text = r#"
            [[name]]
            id = "agence-france-presse"
            name = "Agence France-Presse"
            kind = "outlet"
            native = { ar = ["وكالة فرانس برس"], fr = ["Agence France-Presse"] }
            accepted = ["A.F.P.", { form = "AFP news agency", style = ["ap"] }]
            short = ["AFP"]
            calques = ["French Press Agency"]
            wrong = ["Agence France Press"]
            role = ["news agency"]
            with = ["paris"]
            confused_with = ["agence-presse"]
            same_as = "Q40464"
            source = "afp.com"
        "#;
        let entries = load::parse(Path::new("a.toml"), text).unwrap();
        let compiled = Compiled::open(compile(entries.iter().map(|located| &located.entry))).unwrap();
        let view = compiled.view();
        assert_eq!(view.entry(0), entries[0].entry);
    }
}
