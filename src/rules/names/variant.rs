use super::super::{Context, Example, Finding, Languages, Rule};
use super::{entry_id, right_forms, text_of};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::dictionary::{EntryRef, FormKind};

pub static RULE: Rule = Rule {
    name: "names/variant",
    summary: "an accepted form that the chosen style does not prefer",
    severity: Severity::Warning,
    on_by_default: false,
    languages: Languages::ENGLISH,
    needs_names: true,
    fix: Some(Applicability::Safe),
    mqm: "style/organisational-style",
    documentation: "\
A name may be right in several spellings (Gaddafi, Gadhafi, Qaddafi). With a `style` chosen, the form that the style guide \
prefers is asked for; without one, the entry's preferred form. Off by default: what is accepted is not wrong.

The fix is safe: both forms name the same entry.",
    examples: &[Example {
        dictionary: "[[name]]\nname = \"Muammar Gaddafi\"\naccepted = [\"Moammar Gadhafi\"]\n",
        before: "Moammar Gadhafi ruled Libya.",
        after: "Muammar Gaddafi ruled Libya.",
    }],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (mention, exact) in right_forms(context) {
        // A form that two entries share says nothing about which is meant.
        let first = exact[0];
        if exact.iter().any(|e| e.entry != first.entry) || first.kind != FormKind::Accepted {
            continue;
        }
        let Some(preferred) = preferred(context, first.entry, mention.words.len()) else { continue };
        let text = text_of(context, mention);
        if crate::text::fold::same_letters(text, preferred) {
            continue;
        }
        let whose = context.style.map_or("the dictionary prefers".to_owned(), |style| format!("{style} style is"));
        let message = format!("“{text}” is accepted; {whose} “{preferred}”");
        Finding::new(context, &RULE, mention.segment, mention.span, message)
            .suggest(preferred, entry_id(context, first.entry), 1.0, Applicability::Safe)
            .push(out);
    }
}

/// The form that the style prefers, else the entry's own; `None` where that is an acronym's long form or the like.
fn preferred<'a>(context: &Context<'a, '_>, entry: EntryRef, words: usize) -> Option<&'a str> {
    let view = context.ranker.view(entry);
    let of_style = |form: &u32| context.style.is_some_and(|style| view.styles(*form).any(|s| s == style));
    let forms = view.forms_of(entry.index);
    let form = forms.clone().find(of_style).unwrap_or(forms.start);
    (words > 1 || view.words_of(form).len() == 1).then(|| view.form_text(form))
}
