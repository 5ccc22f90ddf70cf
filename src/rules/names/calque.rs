use super::super::{Context, Example, Finding, Languages, Rule};
use super::{description, entry_id, role_beside, text_of};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::dictionary::{EntryRef, FormKind, Kind};
use crate::lexicon::Lexicon;
use crate::names::query::QueryWord;
use crate::names::rank::Exact;
use crate::names::resolve::{Mention, Resolution};
use crate::text::scan;

pub static RULE: Rule = Rule {
    name: "names/calque",
    summary: "a name translated word by word",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::ENGLISH,
    needs_names: true,
    fix: Some(Applicability::Safe),
    mqm: "accuracy/mistranslation",
    documentation: "\
Agence France-Presse is وكالة الصحافة الفرنسية in Arabic, and word by word that is “French Press Agency”. The dictionary \
lists such literal translations as `calques` of their entries.

A calque made of one or two ordinary words (“The Team” for L'Équipe) is reported only where a word that says what the \
entry is stands beside it (“the newspaper The Team”). The fix is safe where one entry alone claims the calque and it is \
three words long or more, else unsafe.",
    examples: &[
        Example {
            dictionary: "[[name]]\nname = \"Agence France-Presse\"\nkind = \"outlet\"\ncalques = [\"French Press Agency\"]\n",
            before: "The French Press Agency reported it.",
            after: "The Agence France-Presse reported it.",
        },
        Example {
            dictionary: "[[name]]\nname = \"L'Équipe\"\nkind = \"outlet\"\nrole = [\"newspaper\"]\ncalques = [\"The Team\"]\n",
            before: "The Team won. He told the newspaper The Team so.",
            after: "The Team won. He told the newspaper L'Équipe so.",
        },
    ],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for mention in context.mentions {
        let Some(calques) = calques(context, mention) else { continue };
        if !calques.iter().any(|e| context.ranker.view(e.entry).kind(e.entry.index) == Kind::Person) {
            report(context, mention, &calques, &RULE, "translated word by word", out);
        }
    }
}

/// The calques that a mention is, where it is nothing right and stands where it can be one.
pub(super) fn calques(context: &Context<'_, '_>, mention: &Mention) -> Option<Vec<Exact>> {
    let Resolution::Form(exact) = &mention.resolution else { return None };
    if exact.iter().any(|e| e.kind.is_right()) {
        return None;
    }
    let mut calques: Vec<Exact> = exact.iter().filter(|e| e.kind == FormKind::Calque).copied().collect();
    let text = text_of(context, mention);
    let written_as_name = scan::tokens(text).filter(|t| t.is_capital()).count() >= 2 || mention.words.len() == 1;
    if mention.words.len() <= 2 && ordinary(&mention.words) || !written_as_name {
        calques.retain(|e| role_beside(context, mention.segment, mention.span, e.entry));
    }
    (!calques.is_empty()).then_some(calques)
}

/// Reports calques under `rule`.
pub(super) fn report(
    context: &Context<'_, '_>,
    mention: &Mention,
    calques: &[Exact],
    rule: &Rule,
    what: &str,
    out: &mut Vec<Diagnostic>,
) {
    let mut entries: Vec<EntryRef> = calques.iter().map(|e| e.entry).collect();
    entries.dedup();
    let first = entries[0];
    let name = context.ranker.view(first).name(first.index);
    let best = match (entries.len(), mention.words.len()) {
        (1, 3..) => Applicability::Safe,
        (1, _) => Applicability::Unsafe,
        _ => Applicability::DisplayOnly,
    };
    let level = best.min(rule.fix.unwrap_or(Applicability::DisplayOnly));
    let confidence = if mention.words.len() >= 3 { 0.97 } else { 0.85 };
    let message = format!("“{}” is “{name}”, {what}", text_of(context, mention));
    let mut finding = Finding::new(context, rule, mention.segment, mention.span, message).confidence(confidence);
    for &entry in &entries {
        let name = context.ranker.view(entry).name(entry.index);
        finding = finding.suggest(name, entry_id(context, entry), confidence / entries.len() as f32, level);
    }
    finding.note(description(context, first)).push(out);
}

/// Whether all words are ordinary English ones, or proper names of English.
fn ordinary(words: &[QueryWord]) -> bool {
    let lexicon = Lexicon::builtin();
    words.iter().filter_map(|w| w.word).all(|word| lexicon.is_word(&word) || lexicon.is_proper(&word))
}
