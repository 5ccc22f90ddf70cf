use super::super::{Context, Example, Languages, Rule};
use super::{pairs, whole};
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::Span;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

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
    // The first segment of each source, and of each target.
    let mut sources: FxHashMap<(Option<&str>, Plain<'_>), (usize, Plain<'_>)> = FxHashMap::default();
    let mut targets: FxHashMap<Plain<'_>, (usize, Plain<'_>)> = FxHashMap::default();
    for (index, segment, source) in pairs(context) {
        let (theirs, ours) = (Plain::new(&source.text), Plain::new(&segment.text));
        if theirs.text.is_empty() || ours.text.is_empty() {
            continue;
        }
        let (first, translation) = sources.entry((source.context.as_deref(), theirs)).or_insert((index, ours));
        if *translation != ours {
            let all = Span::new(0, context.document.segments[*first].text.len());
            whole(context, &RULE, index, "the same source is translated otherwise elsewhere".to_owned())
                .related(*first, all, "translated otherwise here")
                .push(out);
            continue;
        }
        if ours.text.split_whitespace().take(WORDS).count() < WORDS {
            continue;
        }
        let (first, other) = targets.entry(ours).or_insert((index, theirs));
        if *other != theirs {
            let all = Span::new(0, context.document.segments[*first].text.len());
            whole(context, &RULE, index, "another source has the same translation".to_owned())
                .related(*first, all, "the other one")
                .push(out);
        }
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
    fn new(text: &'t str) -> Plain<'t> {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        let mut hasher = FxHasher::default();
        let mut parted = false;
        for c in text.chars() {
            if c.is_whitespace() {
                parted = true;
                continue;
            }
            if std::mem::take(&mut parted) {
                hasher.write_u32(' '.into());
            }
            match c.is_ascii() {
                true => hasher.write_u32(c.to_ascii_lowercase().into()),
                false => c.to_lowercase().for_each(|c| hasher.write_u32(c.into())),
            }
        }
        Plain { text, hash: hasher.finish() }
    }

    /// What counts of it, between its words a space each.
    fn chars(self) -> impl Iterator<Item = char> + 't {
        let spaced = self.text.split_whitespace().flat_map(|word| word.chars().chain([' ']));
        spaced.flat_map(char::to_lowercase)
    }
}

impl Hash for Plain<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

impl PartialEq for Plain<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && (self.text == other.text || self.chars().eq(other.chars()))
    }
}

impl Eq for Plain<'_> {}
