use super::super::{Context, Example, Finding, Languages, Rule};
use super::{entry_id, right_forms, text_of};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::dictionary::Kind;
use crate::lexicon::Lexicon;
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

The fix changes capitals and marks only. It is safe where a word of the name is no ordinary word, unsafe otherwise; ordinary \
words that open a sentence are left alone (“Foreign policy is …”).",
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
        // "Foreign policy is …": ordinary words with the capital of their sentence are no name.
        let ordinary = mention.words.iter().all(|w| w.word.is_some_and(|word| Lexicon::builtin().is_word(&word)));
        if ordinary && opens_sentence(&context.document.segments[mention.segment].text[..mention.span.start]) {
            continue;
        }
        let (confidence, level) = if ordinary { (0.9, Applicability::Unsafe) } else { (1.0, Applicability::Safe) };
        let message = format!("“{text}” is written “{form}”");
        Finding::new(context, &RULE, mention.segment, mention.span, message)
            .confidence(confidence)
            .suggest(form, entry_id(context, entry), confidence, level)
            .push(out);
    }
}

/// Whether what follows this text is the start of a sentence, a heading, a quotation or a list item.
fn opens_sentence(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default().trim_end();
    line.is_empty() || !line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ')' | '’' | '\''))
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
