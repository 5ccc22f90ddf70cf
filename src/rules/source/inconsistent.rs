use super::super::{Context, Example, Languages, Rule};
use super::{pairs, whole};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Segment;
use crate::span::Span;
use crate::text::character;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;

pub static RULE: Rule = Rule {
    name: "source/inconsistent",
    summary: "one source with two translations, or two sources with one",
    severity: Severity::Info,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: None,
    mqm: "terminology/inconsistent",
    documentation: "\
The same sentence in two translations may be meant, or one of them is wrong; the same translation of two sentences is more often a slip of the translation memory. Case, spaces \
and punctuation at the ends do not count. Sources whose contexts differ (gettext's `msgctxt`) are apart, and of one translation for two sources only \
texts of four words and more are reported: short words mean many things.",
    examples: &[Example {
        dictionary: "",
        before: "source\ttarget\nإلغاء\tCancel\nإلغاء\tAbort\nإلغاء\tcancel\n",
        after: "source\ttarget\nإلغاء\tCancel\nإلغاء\t⟦Abort⟧\nإلغاء\tcancel\n",
    }],
    check,
};

/// The least words of a translation that two sources should not share.
const WORDS: usize = 4;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    // The first segment of each source, and of each target, by their hashes.
    let count = pairs(context).count();
    let mut sources: FxHashMap<u64, usize> = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
    let mut targets: FxHashMap<u64, usize> = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
    let mut plain = String::new();
    let mut pair = |index: usize| Pair::of(&context.document.segments[index], &mut plain);
    for (index, ..) in pairs(context) {
        let Some(own) = pair(index).filter(|own| !own.theirs.text.is_empty() && !own.ours.text.is_empty()) else {
            continue;
        };
        let first = *sources.entry(own.source_hash()).or_insert(index);
        if first != index && pair(first).is_some_and(|first| first.has_source_of(&own) && first.ours != own.ours) {
            let all = Span::new(0, context.document.segments[first].text.len());
            whole(context, &RULE, index, "the same source is translated otherwise elsewhere".to_owned())
                .related(first, all, "translated otherwise here")
                .push(out);
            continue;
        }
        if own.ours.text.split_whitespace().take(WORDS).count() < WORDS {
            continue;
        }
        let first = *targets.entry(own.ours.hash).or_insert(index);
        if first != index && pair(first).is_some_and(|first| first.ours == own.ours && first.theirs != own.theirs) {
            let all = Span::new(0, context.document.segments[first].text.len());
            whole(context, &RULE, index, "another source has the same translation".to_owned())
                .related(first, all, "the other one")
                .push(out);
        }
    }
}

/// What is compared of a segment.
struct Pair<'t> {
    context: Option<&'t str>,
    theirs: Plain<'t>,
    ours: Plain<'t>,
}

impl<'t> Pair<'t> {
    fn of(segment: &'t Segment<'_>, plain: &mut String) -> Option<Pair<'t>> {
        let source = segment.source.as_deref()?;
        let context = source.context.as_deref();
        Some(Pair { context, theirs: Plain::new(&source.text, plain), ours: Plain::new(&segment.text, plain) })
    }

    fn source_hash(&self) -> u64 {
        FxBuildHasher.hash_one((self.context, self.theirs.hash))
    }

    fn has_source_of(&self, other: &Pair<'_>) -> bool {
        self.context == other.context && self.theirs == other.theirs
    }
}

/// A text of which case, spaces, and what is no letter at its ends do not count.
#[derive(Clone, Copy)]
struct Plain<'t> {
    text: &'t str,
    /// Of its [`Plain::chars`].
    hash: u64,
}

impl<'t> Plain<'t> {
    /// Reads a text; `plain` is a buffer.
    fn new(text: &'t str, plain: &mut String) -> Plain<'t> {
        let text = text.trim_matches(|c: char| !character::is_alphanumeric(c));
        plain.clear();
        let mut parted = false;
        for c in text.chars() {
            if c.is_whitespace() {
                parted = true;
                continue;
            }
            if std::mem::take(&mut parted) {
                plain.push(' ');
            }
            character::push_lower(c, plain);
        }
        Plain { text, hash: FxBuildHasher.hash_one(&plain) }
    }

    /// What counts of it, between its words a space each.
    fn chars(self) -> impl Iterator<Item = char> + 't {
        let spaced = self.text.split_whitespace().flat_map(|word| word.chars().chain([' ']));
        spaced.flat_map(char::to_lowercase)
    }
}

impl PartialEq for Plain<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && (self.text == other.text || self.chars().eq(other.chars()))
    }
}
