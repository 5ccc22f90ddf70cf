use super::super::{Context, Example, Finding, Languages, Rule};
use super::{pairs, whole};
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::Span;
use crate::text::character::{self, Script};
use crate::text::scan::{self, Shape};

pub static RULE: Rule = Rule {
    name: "source/untranslated",
    summary: "a translation that is the source, or keeps a run of it",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: None,
    mqm: "accuracy/untranslated",
    documentation: "\
Reported is a target that equals its source, and two words or more in a row that the target keeps in the source's own script.

Names, brands and codes may be the same in both languages: where both sides are in Latin letters, a target that equals its source is \
reported only if it has three words or more in small letters. A single word in another script may be a quotation, and is left to `text/foreign-script`.",
    examples: &[
        Example {
            dictionary: "",
            before: "source\ttarget\nقال الوزير\tقال الوزير\nقال الوزير أمس\tHe said الوزير أمس again\n",
            after: "source\ttarget\nقال الوزير\t⟦قال الوزير⟧\nقال الوزير أمس\tHe said ⟦الوزير أمس⟧ again\n",
        },
        Example {
            dictionary: "",
            before: "source\ttarget\nParis\tParis\nRadio France\tRadio France\nle vent se lève\tle vent se lève\n",
            after: "source\ttarget\nParis\tParis\nRadio France\tRadio France\nle vent se lève\t⟦le vent se lève⟧\n",
        },
    ],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment, source) in pairs(context) {
        let text: &str = &segment.text;
        let has_foreign = !text.is_ascii() && text.chars().any(is_foreign);
        let small = || scan::tokens(text).filter(|token| token.shape == Shape::Lower).count();
        if text.trim() == source.text.trim() && (has_foreign || small() >= 3) {
            whole(context, &RULE, index, "the translation is the source itself".to_owned()).push(out);
            continue;
        }
        if !has_foreign {
            continue;
        }
        let mut run: Option<(Span, usize)> = None;
        let mut report = |run: Option<(Span, usize)>| {
            if let Some((span, 2..)) = run
                && source.text.contains(&text[span.range()])
            {
                let message = format!("“{}” is left untranslated", &text[span.range()]);
                Finding::new(context, &RULE, index, span, message).push(out);
            }
        };
        for token in scan::tokens(text) {
            if token.text(text).chars().any(is_foreign) {
                run = Some(run.map_or((token.span, 1), |(span, words)| (span.hull(token.span), words + 1)));
            } else {
                report(run.take());
            }
        }
        report(run);
    }
}

/// A letter of another script than the Latin one.
fn is_foreign(c: char) -> bool {
    c.is_alphabetic() && !matches!(character::script(c), Script::Latin | Script::Common | Script::Inherited)
}
