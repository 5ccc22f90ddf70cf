use super::super::{Context, Example, Languages, Rule};
use super::whole;
use crate::diagnostic::{Diagnostic, Severity};

pub static RULE: Rule = Rule {
    name: "source/empty",
    summary: "an empty translation",
    severity: Severity::Error,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: None,
    mqm: "accuracy/omission",
    documentation: "\
The source says something and the target nothing. Left alone are units that the file itself says are still to be translated: \
XLIFF units without a target or in a state like `new`, fuzzy entries of gettext catalogues, and templates without any translation.",
    examples: &[Example {
        dictionary: "",
        before: "source\ttarget\nمرحبا\tHello\nشكرا\t\n",
        after: "source\ttarget\nمرحبا\tHello\nشكرا\t⟦⟧\n",
    }],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment) in context.document.segments.iter().enumerate() {
        let Some(source) = &segment.source else { continue };
        let is_empty = segment.text.trim_start().is_empty();
        if is_empty && !source.pending && source.text.chars().any(char::is_alphanumeric) {
            whole(context, &RULE, index, "the translation is empty".to_owned()).push(out);
        }
    }
}
