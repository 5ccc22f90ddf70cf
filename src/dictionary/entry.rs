//! The entry model: what a dictionary knows of one name, as it is written in TOML (`dictionaries/README.md` tells field by field).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What kind of thing bears the name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    #[default]
    Person,
    Organisation,
    Outlet,
    Place,
    Work,
    Event,
}

impl Kind {
    pub const ALL: [Kind; 6] = [Kind::Person, Kind::Organisation, Kind::Outlet, Kind::Place, Kind::Work, Kind::Event];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Organisation => "organisation",
            Kind::Outlet => "outlet",
            Kind::Place => "place",
            Kind::Work => "work",
            Kind::Event => "event",
        }
    }

    /// The kind of that name; the American spelling is taken as well.
    pub fn parse(name: &str) -> Option<Kind> {
        if name == "organization" {
            return Some(Kind::Organisation);
        }
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One name and all that is known of it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Empty where the source gives none: then it is derived from the name.
    #[serde(default)]
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub kind: Kind,
    /// Language code → the whole name as that language's press writes it. The code is empty where it is not known.
    #[serde(default)]
    pub native: BTreeMap<String, OneOrMany>,
    #[serde(default)]
    pub accepted: Vec<Accepted>,
    #[serde(default)]
    pub short: Vec<String>,
    #[serde(default)]
    pub wrong: Vec<String>,
    #[serde(default)]
    pub calques: Vec<String>,
    #[serde(default)]
    pub role: Vec<String>,
    #[serde(default)]
    pub with: Vec<String>,
    #[serde(default)]
    pub confused_with: Vec<String>,
    #[serde(default)]
    pub same_as: Option<String>,
    #[serde(default)]
    pub source: String,
}

/// One native form, or several that are equally common.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let slice = match self {
            OneOrMany::One(one) => std::slice::from_ref(one),
            OneOrMany::Many(many) => many.as_slice(),
        };
        slice.iter().map(String::as_str)
    }
}

/// A form that is right beside the preferred one, and the style guides that prefer it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(from = "AcceptedRepr")]
pub struct Accepted {
    pub form: String,
    pub style: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum AcceptedRepr {
    Form(String),
    Styled {
        form: String,
        #[serde(default)]
        style: Vec<String>,
    },
}

impl From<AcceptedRepr> for Accepted {
    fn from(repr: AcceptedRepr) -> Accepted {
        match repr {
            AcceptedRepr::Form(form) => Accepted { form, style: Vec::new() },
            AcceptedRepr::Styled { form, style } => Accepted { form, style },
        }
    }
}

/// What a form is to its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum FormKind {
    /// The preferred form.
    Name = 0,
    /// Right as well.
    Accepted = 1,
    /// A short form in which it stands alone.
    Short = 2,
    /// A literal translation of the name.
    Calque = 3,
    /// An attested misspelling.
    Wrong = 4,
}

impl FormKind {
    pub(crate) fn from_u8(code: u8) -> FormKind {
        match code {
            0 => FormKind::Name,
            1 => FormKind::Accepted,
            2 => FormKind::Short,
            3 => FormKind::Calque,
            _ => FormKind::Wrong,
        }
    }

    /// Whether text that reads so is right.
    pub fn is_right(self) -> bool {
        matches!(self, FormKind::Name | FormKind::Accepted | FormKind::Short)
    }
}

impl Entry {
    /// Every form of the entry with what it is, the preferred one first.
    pub fn forms(&self) -> impl Iterator<Item = (&str, FormKind, &[String])> {
        fn plain(forms: &[String], kind: FormKind) -> impl Iterator<Item = (&str, FormKind, &[String])> {
            forms.iter().map(move |form| (form.as_str(), kind, [].as_slice()))
        }
        std::iter::once((self.name.as_str(), FormKind::Name, [].as_slice()))
            .chain(self.accepted.iter().map(|a| (a.form.as_str(), FormKind::Accepted, a.style.as_slice())))
            .chain(plain(&self.short, FormKind::Short))
            .chain(plain(&self.calques, FormKind::Calque))
            .chain(plain(&self.wrong, FormKind::Wrong))
    }

    /// Adds a native form unless it is there.
    pub fn add_native(&mut self, language: &str, form: &str) {
        match self.native.get_mut(language) {
            None => {
                self.native.insert(language.to_owned(), OneOrMany::One(form.to_owned()));
            }
            Some(forms) if forms.iter().all(|known| known != form) => {
                *forms = OneOrMany::Many(forms.iter().chain([form]).map(str::to_owned).collect());
            }
            Some(_) => {}
        }
    }

    /// Adds a form that is right as well, unless the entry has it.
    pub fn add_accepted(&mut self, form: &str) {
        if self.forms().all(|(known, ..)| known != form) {
            self.accepted.push(Accepted { form: form.to_owned(), style: Vec::new() });
        }
    }

    /// The id, or what stands for it: the name's letters in lower case, words joined by hyphens.
    pub fn id(&self) -> String {
        if self.id.is_empty() { slug(&self.name) } else { self.id.clone() }
    }
}

/// The name's letters and digits, folded, words joined by hyphens: "Lénaïg Bredoux" → `lenaig-bredoux`.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for token in crate::text::scan::tokens(name) {
        if !slug.is_empty() {
            slug.push('-');
        }
        crate::text::fold::push_key(token.text(name), &mut slug);
    }
    slug
}
