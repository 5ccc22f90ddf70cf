//! An entry's texts, each with its field.

use super::place::Field;
use crate::dictionary::FormKind;
use crate::dictionary::entry::Entry;

/// The Latin forms: name, accepted, short, calques, wrong.
pub fn forms(entry: &Entry) -> impl Iterator<Item = (Field, &str, FormKind)> {
    let accepted = entry.accepted.iter().map(|accepted| accepted.form.as_str());
    let of_kind = |kind: FormKind| move |(field, form)| (field, form, kind);
    std::iter::once((Field::One("name"), entry.name.as_str(), FormKind::Name))
        .chain(items("accepted", accepted).map(of_kind(FormKind::Accepted)))
        .chain(items("short", entry.short.iter().map(String::as_str)).map(of_kind(FormKind::Short)))
        .chain(items("calques", entry.calques.iter().map(String::as_str)).map(of_kind(FormKind::Calque)))
        .chain(items("wrong", entry.wrong.iter().map(String::as_str)).map(of_kind(FormKind::Wrong)))
}

fn items<'e>(key: &'static str, values: impl Iterator<Item = &'e str>) -> impl Iterator<Item = (Field, &'e str)> {
    values.enumerate().map(move |(index, value)| (Field::Item(key, index), value))
}

/// The native forms, each with its language.
pub fn natives(entry: &Entry) -> impl Iterator<Item = (Field, &str, &str)> {
    entry.native.iter().flat_map(|(language, forms)| {
        let forms = forms.iter().enumerate();
        forms.map(move |(i, form)| (Field::Native(language.clone(), i), language.as_str(), form))
    })
}

/// The ids of other entries.
pub fn references(entry: &Entry) -> impl Iterator<Item = (Field, &str)> {
    let with = items("with", entry.with.iter().map(String::as_str));
    with.chain(items("confused_with", entry.confused_with.iter().map(String::as_str)))
}

/// What names have in common that are the same but for case, accents and punctuation.
pub fn key(form: &str) -> String {
    let mut key = String::new();
    for token in crate::text::scan::tokens(form) {
        if !key.is_empty() {
            key.push(' ');
        }
        crate::text::fold::push_key(token.text(form), &mut key);
    }
    key
}
