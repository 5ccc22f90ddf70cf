use super::super::{Context, Example, Languages, Rule};
use super::{pairs, whole};
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::Span;
use std::collections::HashMap;

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
    let mut sources: HashMap<(Option<&str>, String), (usize, String)> = HashMap::new();
    let mut targets: HashMap<String, (usize, String)> = HashMap::new();
    for (index, segment, source) in pairs(context) {
        let (theirs, ours) = (plain(&source.text), plain(&segment.text));
        if theirs.is_empty() || ours.is_empty() {
            continue;
        }
        let key = (source.context.as_deref(), theirs.clone());
        let (first, translation) = sources.entry(key).or_insert_with(|| (index, ours.clone()));
        if *translation != ours {
            let all = Span::new(0, context.document.segments[*first].text.len());
            whole(context, &RULE, index, "the same source is translated otherwise elsewhere".to_owned())
                .related(*first, all, "translated otherwise here")
                .push(out);
            continue;
        }
        if ours.split_whitespace().count() < WORDS {
            continue;
        }
        let (first, other) = targets.entry(ours).or_insert_with(|| (index, theirs.clone()));
        if *other != theirs {
            let all = Span::new(0, context.document.segments[*first].text.len());
            whole(context, &RULE, index, "another source has the same translation".to_owned())
                .related(*first, all, "the other one")
                .push(out);
        }
    }
}

/// What counts of a text.
fn plain(text: &str) -> String {
    let words = text.trim_matches(|c: char| !c.is_alphanumeric()).split_whitespace();
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}
