use super::super::{Context, Example, Finding, Languages, Rule};
use super::{description, entry_id, text_of};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::dictionary::EntryRef;
use crate::names::decide;
use crate::names::explain::explain;
use crate::names::resolve::{Garbled, Mention, Resolution};

pub static RULE: Rule = Rule {
    name: "names/mistransliteration",
    summary: "a dictionary name garbled by another script",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::ENGLISH,
    needs_names: true,
    fix: Some(Applicability::Safe),
    mqm: "accuracy/mistranslation",
    documentation: "\
A name that was written in another script and read back is spelled as that script lets it sound: Edwy Plenel becomes \
إدوي بلينيل in Arabic and comes back as “Eduy Blenil”. Readers cannot look such a name up, and search does not find it.

Every name-like span is weighed as three things: a known name, a known name garbled, the right name of somebody \
unknown. It is reported only where *garbled* beats *unknown* and every other entry; the confidence is the calibrated \
probability of that.

The fix is safe where the confidence is very high, one candidate stands clear and the span is no attested name itself; \
display-only where two entries lie too close, or the entry is listed as one that is confused with others; unsafe otherwise.",
    examples: &[
        Example {
            dictionary: "[[name]]\nname = \"Edwy Plenel\"\nnative = { ar = \"إدوي بلينيل\" }\n",
            before: "Eduy Blenil founded the site.",
            after: "Edwy Plenel founded the site.",
        },
        Example {
            dictionary: "[[name]]\nname = \"Edwy Plenel\"\nnative = { ar = \"إدوي بلينيل\" }\n",
            before: "Edwy Plenel founded the site with Edward Palmer.",
            after: "Edwy Plenel founded the site with Edward Palmer.",
        },
    ],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for mention in context.mentions {
        let Resolution::Garbled(garbled) = &mention.resolution else { continue };
        if !super::truncated::is_truncated(context, mention, garbled) {
            report(context, mention, garbled, &RULE, out);
        }
    }
}

/// Reports a garbled name under `rule`.
pub(super) fn report(
    context: &Context<'_, '_>,
    mention: &Mention,
    garbled: &Garbled,
    rule: &Rule,
    out: &mut Vec<Diagnostic>,
) {
    let Some(first) = garbled.readings.first() else { return };
    let text = text_of(context, mention);
    let message = match garbled.ambiguous {
        true => format!("“{text}” is a garbled name: “{}” or another", first.text),
        false => format!("“{text}” is “{}”, garbled", first.text),
    };
    let mut finding =
        Finding::new(context, rule, mention.segment, mention.span, message).confidence(garbled.confidence);
    let level = applicability(context, garbled).min(rule.fix.unwrap_or(Applicability::DisplayOnly));
    let mut offered: Vec<&str> = Vec::new();
    for reading in &garbled.readings {
        if offered.contains(&reading.text.as_str()) {
            continue;
        }
        offered.push(&reading.text);
        let suggestion = as_written(&reading.text, text);
        finding = finding.suggest(&suggestion, entry_id(context, reading.entry), reading.confidence, level);
    }
    for rival in rivals(context, garbled) {
        let name = context.ranker.view(rival).name(rival.index);
        finding = finding.suggest(name, entry_id(context, rival), 0.0, Applicability::DisplayOnly);
    }
    match garbled.follows.map(|i| &context.mentions[i]) {
        Some(full) => {
            finding = finding.note(format!("short for “{}”, which stands elsewhere", text_of(context, full))).related(
                full.segment,
                full.span,
                "the full name",
            );
        }
        None => {
            let explanation = explain(context.ranker, &mention.words, &first.candidate, context.source_language);
            for line in explanation.lines() {
                finding = finding.note(line);
            }
        }
    }
    finding.note(description(context, first.entry)).push(out);
}

/// Entries that the first reading is known to be confused with, and that are no readings already.
fn rivals(context: &Context<'_, '_>, garbled: &Garbled) -> Vec<EntryRef> {
    let Some(first) = garbled.readings.first() else { return Vec::new() };
    let view = context.ranker.view(first.entry);
    let rivals = view.confused_with(first.entry.index).filter_map(|id| context.ranker.find_id(id));
    rivals.filter(|rival| garbled.readings.iter().all(|r| r.entry != *rival)).collect()
}

/// How far the first reading may be trusted.
fn applicability(context: &Context<'_, '_>, garbled: &Garbled) -> Applicability {
    let Some(first) = garbled.readings.first() else { return Applicability::DisplayOnly };
    let view = context.ranker.view(first.entry);
    if garbled.ambiguous || view.confused_with(first.entry.index).next().is_some() {
        Applicability::DisplayOnly
    } else if garbled.confidence >= decide::SAFE && !garbled.attested {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    }
}

/// The suggestion as this place writes it: capitals where all is in capitals.
fn as_written(name: &str, seen: &str) -> String {
    let letters = seen.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 3 && !seen.chars().any(char::is_lowercase) { name.to_uppercase() } else { name.to_owned() }
}
