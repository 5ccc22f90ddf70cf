use super::super::{Context, Example, Finding, Languages, Rule};
use super::{description, entry_id, role_beside};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::names::rank::Exact;
use crate::span::Span;
use crate::text::scan::{self, Shape, Token};
use rustc_hash::FxHashMap;

pub static RULE: Rule = Rule {
    name: "names/acronym",
    summary: "an acronym garbled letter by letter",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::ENGLISH,
    needs_names: true,
    fix: Some(Applicability::Unsafe),
    mqm: "accuracy/mistranslation",
    documentation: "\
Scripts without capitals spell an acronym out by the names of its letters: LCI is إل سي إي, and comes back as “ECI”. One \
letter wrong is enough to name another body, so this rule asks for evidence beside the acronym: a word that says what the entry \
is (“ECI news channel”). It reports acronyms of three to six letters that differ in one letter from those of an entry, and \
that are no entry's own.

The fix is unsafe: an acronym that the dictionary does not know may be right.",
    examples: &[Example {
        dictionary: "[[name]]\nname = \"LCI\"\nkind = \"outlet\"\nrole = [\"news channel\"]\n",
        before: "He told ECI news channel so. The ECI is a council.",
        after: "He told LCI news channel so. The ECI is a council.",
    }],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut neighbours: FxHashMap<&str, Vec<Exact>> = FxHashMap::default();
    for (segment, part) in context.document.segments.iter().enumerate() {
        let text: &str = &part.text;
        for span in acronyms(text) {
            let word = &text[span.range()];
            let near = neighbours.entry(word).or_insert_with(|| acronyms_near(context, word));
            let beside = near.iter().filter(|e| role_beside(context, segment, span, e.entry));
            let mut near: Vec<Exact> = beside.copied().collect();
            near.dedup_by_key(|e| e.entry);
            let Some(first) = near.first() else { continue };
            // Last, for it goes through all mentions: most acronyms never come here.
            if context.mentions.iter().any(|m| m.segment == segment && m.span.overlaps(span)) {
                continue;
            }
            let form = |e: &Exact| context.ranker.view(e.entry).form_text(e.form);
            let message = format!("“{word}” is “{}”, spelled out in another script and read back", form(first));
            let level = if near.len() == 1 { Applicability::Unsafe } else { Applicability::DisplayOnly };
            let confidence = 0.85 / near.len() as f32;
            let mut finding = Finding::new(context, &RULE, segment, span, message).confidence(0.85);
            for exact in &near {
                finding = finding.suggest(form(exact), entry_id(context, exact.entry), confidence, level);
            }
            finding.note(description(context, first.entry)).push(out);
        }
    }
}

/// Words of three to six ASCII capitals that have no such word beside them: a heading in capitals has no acronyms.
fn acronyms(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    let ends = memchr::memmem::find_iter(text.as_bytes(), "\n\n").map(|at| at + 2).chain([text.len()]);
    let paragraphs = ends.map(move |end| {
        let at = std::mem::replace(&mut start, end);
        (at, text.get(at..end).unwrap_or_default())
    });
    // Most paragraphs have none, and are not cut into words.
    let has_capitals = |text: &str| {
        let mut run = 0;
        text.bytes().any(|b| {
            run = if b.is_ascii_uppercase() { run + 1 } else { 0 };
            run == 3
        })
    };
    paragraphs.filter(move |(_, paragraph)| has_capitals(paragraph)).flat_map(|(at, paragraph)| {
        let mut before_shouted = false;
        let mut tokens = scan::tokens(paragraph).peekable();
        std::iter::from_fn(move || {
            loop {
                let token = tokens.next()?;
                let shouted = |token: &Token| token.shape == Shape::Upper;
                let alone = !before_shouted && !tokens.peek().is_some_and(shouted);
                before_shouted = shouted(&token);
                let word = token.text(paragraph);
                if before_shouted && alone && (3..=6).contains(&word.len()) && word.is_ascii() {
                    return Some(Span::new(at + token.span.start, at + token.span.end));
                }
            }
        })
    })
}

fn is_acronym(context: &Context<'_, '_>, exact: &Exact) -> bool {
    let form = context.ranker.view(exact.entry).form_text(exact.form);
    form.len() >= 3 && form.bytes().all(|b| b.is_ascii_uppercase())
}

/// The dictionary's acronyms that differ from an ASCII word in exactly one letter; none where the word is known itself.
fn acronyms_near(context: &Context<'_, '_>, word: &str) -> Vec<Exact> {
    let mut near = Vec::new();
    let mut key = word.to_ascii_lowercase();
    context.ranker.exact_key(&key, &mut near);
    if !near.is_empty() {
        return Vec::new();
    }
    for at in 0..word.len() {
        let kept = key[at..=at].to_owned();
        for letter in ('a'..='z').filter(|letter| !kept.starts_with(*letter)) {
            key.replace_range(at..=at, letter.encode_utf8(&mut [0; 4]));
            context.ranker.exact_key(&key, &mut near);
        }
        key.replace_range(at..=at, &kept);
    }
    near.retain(|exact| exact.kind.is_right() && is_acronym(context, exact));
    near
}
