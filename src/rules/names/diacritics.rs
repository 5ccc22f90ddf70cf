use super::super::{Context, Example, Finding, Languages, Rule};
use super::{entry_id, right_forms, text_of};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::text::fold::same_letters_and_accents;

pub static RULE: Rule = Rule {
    name: "names/diacritics",
    summary: "the accents of a name dropped",
    severity: Severity::Info,
    on_by_default: true,
    languages: Languages::ENGLISH,
    needs_names: true,
    fix: Some(Applicability::Safe),
    mqm: "linguistic-conventions/spelling",
    documentation: "\
No script but the Latin one carries accents: López comes back as “Lopez”. Much English writing drops them on purpose, so \
this is never more than information; ignore the rule, or list the plain form as accepted, where the house style is plain.

The fix is safe: it changes accents only.",
    examples: &[Example {
        dictionary: "[[name]]\nname = \"Andrés Manuel López Obrador\"\nshort = [\"López Obrador\"]\n",
        before: "Lopez Obrador spoke; Andrés Manuel López Obrador spoke.",
        after: "López Obrador spoke; Andrés Manuel López Obrador spoke.",
    }],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (mention, exact) in right_forms(context) {
        let text = text_of(context, mention);
        let forms: Vec<&str> = exact.iter().map(|e| context.ranker.view(e.entry).form_text(e.form)).collect();
        if forms.iter().any(|form| same_letters_and_accents(form, text)) || !text.chars().any(char::is_lowercase) {
            continue;
        }
        let (form, entry) = (forms[0], exact[0].entry);
        let message = format!("“{text}” lacks the accents of “{form}”");
        Finding::new(context, &RULE, mention.segment, mention.span, message)
            .suggest(form, entry_id(context, entry), 1.0, Applicability::Safe)
            .push(out);
    }
}
