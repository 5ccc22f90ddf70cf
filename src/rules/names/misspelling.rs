use super::super::{Context, Example, Finding, Languages, Rule};
use super::{entry_id, text_of};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::dictionary::FormKind;
use crate::names::resolve::Resolution;

pub static RULE: Rule = Rule {
    name: "names/misspelling",
    summary: "a form that the dictionary lists as wrong",
    severity: Severity::Error,
    on_by_default: true,
    languages: Languages::ENGLISH,
    needs_names: true,
    fix: Some(Applicability::Safe),
    mqm: "accuracy/mistranslation",
    documentation: "\
A dictionary entry may list attested misspellings of its name in `wrong`. They are nobody's right name, so the finding \
is certain and its fix safe. Where another entry accepts the same form nothing is reported.",
    examples: &[Example {
        dictionary: "[[name]]\nname = \"Edwy Plenel\"\nwrong = [\"Edwy Plennel\"]\n",
        before: "A book by Edwy Plennel.",
        after: "A book by Edwy Plenel.",
    }],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for mention in context.mentions {
        let Resolution::Form(exact) = &mention.resolution else { continue };
        if exact.iter().any(|e| e.kind.is_right()) {
            continue;
        }
        let Some(wrong) = exact.iter().find(|e| e.kind == FormKind::Wrong) else { continue };
        let name = context.ranker.view(wrong.entry).name(wrong.entry.index);
        let message = format!("“{}” is a misspelling of “{name}”", text_of(context, mention));
        Finding::new(context, &RULE, mention.segment, mention.span, message)
            .suggest(name, entry_id(context, wrong.entry), 1.0, Applicability::Safe)
            .note("the dictionary lists this form as wrong")
            .push(out);
    }
}
