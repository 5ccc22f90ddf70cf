use super::super::{Context, Example, Finding, Languages, Rule};
use super::{entry_id, right_forms, text_of};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::dictionary::Kind;
use crate::names::spot::is_particle;
use crate::text::fold::same_letters_and_accents;
use crate::text::scan::{self, Gap, Shape};

pub static RULE: Rule = Rule {
    name: "names/letter-case",
    summary: "the capitals, hyphens or apostrophes of a name wrong",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::ENGLISH,
    needs_names: true,
    fix: Some(Applicability::Safe),
    mqm: "linguistic-conventions/spelling",
    documentation: "\
Scripts without capitals lose where a name ends: منظمة قصص محظورة comes back as “Forbidden stories”, Агентство Франс-Пресс as \
“Agence France Presse”. Reported are names of two or more words of which a word has lost its capital; and, in names that \
are no person's, a hyphen. Small words (al-, de, van) and names in capitals throughout are left alone.

The fix is safe: it changes capitals and marks only.",
    examples: &[Example {
        dictionary: "[[name]]\nname = \"Forbidden Stories\"\nkind = \"outlet\"\n\n[[name]]\nname = \"Agence France-Presse\"\nkind = \"outlet\"\n",
        before: "The Forbidden stories team told Agence France Presse about forbidden stories.",
        after: "The Forbidden Stories team told Agence France-Presse about forbidden stories.",
    }],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (mention, exact) in right_forms(context) {
        let text = text_of(context, mention);
        let forms: Vec<&str> = exact.iter().map(|e| context.ranker.view(e.entry).form_text(e.form)).collect();
        if mention.words.len() < 2 || forms.iter().any(|form| writes_alike(text, form, false)) {
            continue;
        }
        let (form, entry) = (forms[0], exact[0].entry);
        let view = context.ranker.view(entry);
        if writes_alike(text, form, view.kind(entry.index) == Kind::Person) {
            continue;
        }
        // Accents are another rule's business, and its suggestion mends the capitals too.
        if !same_letters_and_accents(text, form) {
            continue;
        }
        let message = format!("“{text}” is written “{form}”");
        Finding::new(context, &RULE, mention.segment, mention.span, message)
            .suggest(form, entry_id(context, entry), 1.0, Applicability::Safe)
            .push(out);
    }
}

/// Whether the words of the text have the capitals of the form, and its hyphens unless `any_joint`.
fn writes_alike(text: &str, form: &str, any_joint: bool) -> bool {
    let (seen, intended): (Vec<_>, Vec<_>) = (scan::tokens(text).collect(), scan::tokens(form).collect());
    seen.len() == intended.len()
        && seen.iter().zip(&intended).enumerate().all(|(i, (s, f))| {
            let particle = is_particle(f.text(form)) || is_particle(&f.text(form).to_lowercase());
            let lost_capital = s.shape == Shape::Lower && f.is_capital() && !particle;
            let lost_hyphen = i > 0
                && (s.gap == Gap::Hyphen) != (f.gap == Gap::Hyphen)
                && !any_joint
                && !particle
                && !is_particle(&intended[i - 1].text(form).to_lowercase());
            !lost_capital && !lost_hyphen
        })
}
