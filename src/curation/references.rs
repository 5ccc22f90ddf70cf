//! Ids: each is there once, is well-formed, and everything that is referred to exists.

use super::Problem;
use super::fields;
use super::place::{At, Collection, Field};
use crate::diagnostic::Severity;
use rustc_hash::FxHashMap;

pub fn check(collection: &Collection, is_known: impl Fn(&str) -> bool, problems: &mut Vec<Problem>) {
    let mut ids: FxHashMap<String, At> = FxHashMap::default();
    for (at, entry) in collection.entries() {
        let id = entry.id();
        if !entry.id.is_empty() && !is_well_formed(&entry.id) {
            let message = format!("`{id}` is no id: lower-case letters a–z, digits, single hyphens between them");
            problems.push(Problem::new(at, Field::One("id"), "dictionary/malformed-id", Severity::Error, &id, message));
        }
        if let Some(&first) = ids.get(&id) {
            let message = format!("another entry has the id `{id}`: this one replaces it");
            let place = collection.name_place(first);
            let problem = Problem::new(at, Field::One("id"), "dictionary/duplicate-id", Severity::Error, &id, message);
            problems.push(problem.note(format!("the other is {place}")));
        } else {
            ids.insert(id, at);
        }
    }
    for (at, entry) in collection.entries() {
        let own = entry.id();
        for (field, id) in fields::references(entry) {
            let message = match id {
                id if id == own => format!("`{id}` refers to itself"),
                id if ids.contains_key(id) || is_known(id) => continue,
                id => format!("no entry has the id `{id}`"),
            };
            let mut problem = Problem::new(at, field, "dictionary/dangling-reference", Severity::Error, id, message);
            let near = ids.keys().map(|known| (strsim::levenshtein(known, id), known)).filter(|(d, _)| *d <= 2).min();
            if let Some((_, near)) = near {
                problem = problem.note(format!("did you mean `{near}`?"));
            }
            problems.push(problem);
        }
    }
}

fn is_well_formed(id: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    id.split('-').all(is_part)
}
