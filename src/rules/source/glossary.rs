use super::super::{Context, Example, Finding, Languages, Rule};
use super::{pairs, whole};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::glossary::Term;

pub static RULE: Rule = Rule {
    name: "source/glossary",
    summary: "a term translated otherwise than the project’s glossary says",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Unsafe),
    mqm: "terminology/inconsistent-with-termbase",
    documentation: "\
The source holds a term of a glossary (`glossaries` in the configuration, or `--glossary FILE`) and the target says it in none of the ways \
that the glossary allows, or in one that it forbids. Without a glossary the rule finds nothing.

Terms may be of several words and may be inflected on both sides; of terms that overlap in the source the longest counts. One of several allowed translations is \
enough, and once is enough for a term that the source repeats. A forbidden word inside an allowed term is none.

A forbidden translation is suggested to be the preferred one; unsafe, for the sentence around it may have to change. Glossaries are `.tsv` or `.csv` files with the columns `source`, `target` and, \
if need be, `forbidden` and `note` (several ways parted by `|`), or `.tbx`.",
    examples: &[Example {
        dictionary: "source\ttarget\tforbidden\ndisque dur\thard disk|hard drive\tfixed disk\nfichier\tfile\t\n",
        before: "source\ttarget\nles disques durs\tthe fixed disks\nun disque dur\tA hard drive\nles fichiers\tthe papers\n",
        after: "source\ttarget\nles disques durs\tthe hard disk\nun disque dur\tA hard drive\nles fichiers\t⟦the papers⟧\n",
    }],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    if context.glossary.is_empty() {
        return;
    }
    let mut finder = context.glossary.finder();
    for (index, segment, source) in pairs(context) {
        let mut told: Vec<&Term> = Vec::new();
        for (term, _) in context.glossary.find(&mut finder, &source.text) {
            if told.contains(&term) {
                continue;
            }
            told.push(term);
            let preferred = term.targets.first();
            if let Some(span) = term.misused(&segment.text) {
                let seen = &segment.text[span.range()];
                let message = format!("the glossary forbids “{seen}” for “{}”", term.source);
                let mut finding = Finding::new(context, &RULE, index, span, message).confidence(0.9);
                if let Some(preferred) = preferred {
                    finding = finding.suggest(&as_written(preferred, seen), None, 0.8, Applicability::Unsafe);
                }
                finding.push(out);
            } else if let Some(preferred) = preferred.filter(|_| term.used(&segment.text).is_none()) {
                let message = format!("the glossary has “{preferred}” for “{}”, the translation has not", term.source);
                whole(context, &RULE, index, message).confidence(0.8).push(out);
            }
        }
    }
}

/// A term with a capital where what it replaces has one.
fn as_written(term: &str, seen: &str) -> String {
    let mut letters = term.chars();
    match letters.next() {
        Some(first) if seen.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => term.to_owned(),
    }
}
