//! Forms that several entries claim.

use super::Problem;
use super::fields;
use super::place::{At, Collection, Field};
use crate::diagnostic::Severity;
use crate::dictionary::{FormKind, Kind};
use rustc_hash::FxHashMap;

/// An entry's claim to a form.
#[derive(Clone)]
struct Claim<'c> {
    at: At,
    field: Field,
    text: &'c str,
    kind: FormKind,
}

pub fn check(collection: &Collection, problems: &mut Vec<Problem>) {
    let mut claims: FxHashMap<String, Vec<Claim<'_>>> = FxHashMap::default();
    let mut order = Vec::new();
    for (at, entry) in collection.entries() {
        let mut own: FxHashMap<&str, FormKind> = FxHashMap::default();
        for (field, text, kind) in fields::forms(entry) {
            if let Some(earlier) = own.insert(text, kind) {
                problems.push(repeated(at, field, text, earlier, kind));
                continue;
            }
            let key = fields::key(text);
            let of_form = claims.entry(key.clone()).or_insert_with(|| {
                order.push(key);
                Vec::new()
            });
            of_form.push(Claim { at, field, text, kind });
        }
    }
    for key in order {
        disputed(collection, &claims[&key], problems);
    }
    shared_natives(collection, problems);
}

/// A form that an entry has twice.
fn repeated(at: At, field: Field, text: &str, earlier: FormKind, kind: FormKind) -> Problem {
    if earlier.is_right() == kind.is_right() {
        let message = format!("“{text}” stands in this entry twice");
        Problem::new(at, field, "dictionary/repeated-form", Severity::Warning, text, message)
    } else {
        let message = format!("“{text}” is right and wrong in one entry");
        Problem::new(at, field, "dictionary/contradiction", Severity::Error, text, message)
    }
}

/// A form of several entries: what one calls wrong is right for no other; what is right for two says so.
fn disputed(collection: &Collection, claims: &[Claim<'_>], problems: &mut Vec<Problem>) {
    for (i, claim) in claims.iter().enumerate() {
        if !claim.kind.is_right() {
            if let Some(right) = claims.iter().find(|c| c.kind.is_right() && c.at != claim.at) {
                let (text, place) = (claim.text, collection.name_place(right.at));
                let message = format!("“{text}” is called wrong here and is a right name of {place}");
                let (at, field) = (claim.at, claim.field.clone());
                problems.push(Problem::new(at, field, "dictionary/contradiction", Severity::Error, text, message));
            }
            continue;
        }
        let earlier = claims[..i].iter().filter(|c| c.kind.is_right() && c.at != claim.at);
        let Some(other) = earlier.filter(|other| !is_settled(collection, other.at, claim.at)).min_by_key(|c| c.kind)
        else {
            continue;
        };
        let (rule, severity) = match (other.kind, claim.kind) {
            // Short forms are shared by nature (“Clinton”, “MBS”), which of them is meant the document tells.
            (FormKind::Short, _) | (_, FormKind::Short) => continue,
            (FormKind::Accepted, FormKind::Accepted) if !claim.text.contains(' ') => continue,
            // A club may be called by its city's name, an award by a man's; two people of one name are mostly one.
            _ if is_unlike(collection, other.at, claim.at) => continue,
            (FormKind::Name, FormKind::Name) if is_same_kind(collection, other.at, claim.at) => {
                ("dictionary/shared-name", Severity::Warning)
            }
            _ => ("dictionary/shared-form", Severity::Info),
        };
        let (text, place) = (claim.text, collection.name_place(other.at));
        let message = format!("“{text}” is a name of {place} as well");
        let advice = "if they are one, make one entry of them; if not, name each in the other's `confused_with`";
        let problem = Problem::new(claim.at, claim.field.clone(), rule, severity, text, message);
        problems.push(problem.note(advice.to_owned()));
    }
}

fn is_same_kind(collection: &Collection, a: At, b: At) -> bool {
    collection.entry(a).kind == collection.entry(b).kind
}

/// Whether one of the two is a person or a place and the other is not: nobody takes one for the other.
fn is_unlike(collection: &Collection, a: At, b: At) -> bool {
    let is_one_of_a_kind = |at| matches!(collection.entry(at).kind, Kind::Person | Kind::Place);
    !is_same_kind(collection, a, b) && (is_one_of_a_kind(a) || is_one_of_a_kind(b))
}

/// Whether one of the entries says that it is not the other.
fn is_settled(collection: &Collection, a: At, b: At) -> bool {
    let (a, b) = (collection.entry(a), collection.entry(b));
    a.confused_with.contains(&b.id()) || b.confused_with.contains(&a.id())
}

/// Native forms that two people share although their names differ: one of them is likely a slip of the pen. What bears a
/// translated name shares it (“世界报”: The World, Le Monde, Die Welt).
fn shared_natives(collection: &Collection, problems: &mut Vec<Problem>) {
    let mut seen: FxHashMap<(&str, &str), At> = FxHashMap::default();
    for (at, entry) in collection.entries() {
        let is_person = entry.kind == Kind::Person;
        for (field, language, form) in fields::natives(entry) {
            let Some(&other) = seen.get(&(language, form)) else {
                seen.insert((language, form), at);
                continue;
            };
            if other == at {
                let message = format!("“{form}” stands in this entry twice");
                problems.push(Problem::new(at, field, "dictionary/repeated-form", Severity::Warning, form, message));
            } else if is_person && collection.entry(other).kind == Kind::Person && !is_settled(collection, other, at) {
                let message = format!("“{form}” is a native form of {} as well", collection.name_place(other));
                problems.push(Problem::new(at, field, "dictionary/shared-native", Severity::Warning, form, message));
            }
        }
    }
}
