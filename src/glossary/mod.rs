//! Glossaries: how a project translates its terms, and how it does not. Read from TSV, CSV or TBX, found in texts whatever their inflection.

mod load;

pub use load::GlossaryError;

use crate::names::natives::{Finder, NativeIndex, find_words};
use crate::span::Span;
use std::fmt;
use std::path::Path;

/// A term and its translations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    pub source: String,
    /// What the translation may say, the preferred one first; empty where only the forbidden ones are known.
    pub targets: Vec<String>,
    /// What it must not say.
    pub forbidden: Vec<String>,
}

/// The terms of a project, ready to be found.
#[derive(Default)]
pub struct Glossary {
    terms: Vec<Term>,
    index: NativeIndex,
}

impl Glossary {
    /// Reads glossary files, told apart by their extension: `.tsv` and `.csv` with a header of `source`, `target` and perhaps
    /// `forbidden`, several ways to say it parted by `|`; `.tbx`, of which the terms in `target_language` (an ISO 639 code)
    /// translate all others, and deprecated ones are forbidden.
    ///
    /// # Errors
    /// A file that cannot be read or is no such glossary; the message says where.
    pub fn open<'p>(
        files: impl IntoIterator<Item = &'p Path>,
        target_language: &str,
    ) -> Result<Glossary, GlossaryError> {
        let mut terms = Vec::new();
        for file in files {
            load::file(file, target_language, &mut terms)?;
        }
        Ok(Glossary::of(terms))
    }

    /// A glossary of these terms. Terms of one source are one, with all their translations.
    pub fn of(all: Vec<Term>) -> Glossary {
        let mut terms: Vec<Term> = Vec::new();
        let mut known = rustc_hash::FxHashMap::default();
        for term in all {
            let at = *known.entry(term.source.to_lowercase()).or_insert(terms.len());
            match terms.get_mut(at) {
                None => terms.push(term),
                Some(same) => {
                    same.targets.extend(term.targets);
                    same.forbidden.extend(term.forbidden);
                }
            }
        }
        let index = NativeIndex::of_terms(terms.iter().map(|term| term.source.as_str()));
        Glossary { terms, index }
    }

    /// What finds its terms in texts: one for all of them, for it remembers their words.
    pub fn finder(&self) -> Finder<'_> {
        self.index.finder()
    }

    /// The terms that a source text holds, in order; where terms overlap, the longer one.
    pub fn find(&self, finder: &mut Finder<'_>, source: &str) -> impl Iterator<Item = (&Term, Span)> {
        finder.find(source).into_iter().map(|named| (&self.terms[named.entry.index as usize], named.span))
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

impl Term {
    /// Where a translation says the term as it may.
    pub fn used(&self, text: &str) -> Option<Span> {
        self.targets.iter().find_map(|target| find_words(text, target).into_iter().next())
    }

    /// Where a translation says what it must not, and no part of what it may.
    pub fn misused(&self, text: &str) -> Option<Span> {
        let right: Vec<Span> = self.targets.iter().flat_map(|target| find_words(text, target)).collect();
        let wrong = self.forbidden.iter().flat_map(|target| find_words(text, target));
        wrong.into_iter().find(|span| right.iter().all(|right| !right.overlaps(*span)))
    }
}

/// All terms: what tells one glossary from another.
impl fmt::Debug for Glossary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.terms).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glossary(rows: &[(&str, &str, &str)]) -> Glossary {
        let list = |cell: &str| cell.split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let term = |(source, targets, forbidden): &(&str, &str, &str)| Term {
            source: (*source).to_owned(),
            targets: list(targets),
            forbidden: list(forbidden),
        };
        Glossary::of(rows.iter().map(term).collect())
    }

    #[test]
    fn terms_are_found_whatever_their_inflection() {
        let terms = glossary(&[
            ("contrat de travail", "employment contract", ""),
            ("contrat", "contract", ""),
            ("договор", "agreement", ""),
            ("رخصة", "licence", ""),
        ]);
        let found = |text: &str| {
            terms.find(&mut terms.finder(), text).map(|(term, _)| term.targets[0].clone()).collect::<Vec<_>>()
        };
        assert_eq!(found("Les contrats de travail et un contrat"), ["employment contract", "contract"]);
        assert_eq!(found("по договору"), ["agreement"]);
        assert_eq!(found("بالرخصة"), ["licence"]);
        assert!(found("contraste, travail").is_empty());
    }

    #[test]
    fn one_source_on_several_lines_may_be_said_in_several_ways() {
        let terms = glossary(&[("fichier", "file", ""), ("Fichier", "document", "archive")]);
        let (term, _) = terms.find(&mut terms.finder(), "un fichier").next().unwrap();
        assert!(
            term.used("two files").is_some() && term.used("the Document").is_some() && term.used("a box").is_none()
        );
        assert!(term.misused("the archives").is_some());
    }

    #[test]
    fn what_is_part_of_a_right_term_is_not_forbidden() {
        let terms = glossary(&[("courriel", "mail message", "mail")]);
        let (term, _) = terms.find(&mut terms.finder(), "un courriel").next().unwrap();
        assert_eq!(term.misused("a mail message"), None);
        assert_eq!(term.misused("a mail"), Some(Span::new(2, 6)));
    }
}
