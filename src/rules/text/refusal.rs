use super::super::{Context, Example, Finding, Languages, Rule};
use super::phrases::{Hit, Phrases, Place};
use super::surroundings::char_before;
use crate::diagnostic::{Diagnostic, Severity};
use std::sync::OnceLock;

pub static RULE: Rule = Rule {
    name: "text/refusal",
    summary: "a language model speaking for itself: “As an AI …”, “Here is the translation:”",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: None,
    mqm: "accuracy/addition",
    documentation: "\
A language model that was to translate a text answers it instead: it refuses, introduces its translation, offers more help, \
or translates its instructions; or marks of its own format stay behind (`<|im_end|>`, `[/INST]`). The phrases stand in \
`dictionaries/refusals.toml`, in several languages, for a model does not always answer in the language that it was asked for.

Reported are sentences that begin with such a phrase and stand at the start or the end of a line, not behind a quotation mark, and the marks \
wherever they stand.

Nothing is suggested: what the text should say is not known.",
    examples: &[
        Example {
            dictionary: "",
            before: "Sure! Here is the translation:\nThe minister resigned.<|im_end|>",
            after: "Sure! ⟦Here is the translation:⟧\nThe minister resigned.⟦<|im_end|>⟧",
        },
        Example {
            dictionary: "",
            before: "The machine said: “As an AI language model, I cannot vote.” Here is the house.",
            after: "The machine said: “As an AI language model, I cannot vote.” Here is the house.",
        },
    ],
    check,
};

fn phrases() -> &'static Phrases {
    static LOADED: OnceLock<Phrases> = OnceLock::new();
    LOADED.get_or_init(|| Phrases::parse(include_str!("../../../dictionaries/refusals.toml")))
}

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        phrases().find(text, |hit| {
            let span = if hit.phrase.place == Place::Exact { hit.span } else { hit.sentence };
            let counts = hit.phrase.place == Place::Exact || is_said(text, &hit);
            if counts {
                let message = "a language model speaks here, not the text".to_owned();
                Finding::new(context, &RULE, index, span, message).confidence(0.95).push(out);
            }
            counts
        });
    }
}

/// Whether the phrase begins its sentence, unquoted, and the sentence begins or ends a line.
fn is_said(text: &str, hit: &Hit<'_>) -> bool {
    let begins_line = text[..hit.sentence.start].trim_end_matches([' ', '\t']);
    let ends_line = text[hit.sentence.end..].trim_start_matches([' ', '\t']);
    let at_line = begins_line.is_empty()
        || begins_line.ends_with('\n')
        || ends_line.is_empty()
        || ends_line.starts_with(['\n', '\r']);
    let quoted = char_before(text, hit.span.start).is_some_and(|c| matches!(c, '“' | '"' | '„' | '«' | '‘' | '\''));
    hit.words[0] == 0 && at_line && !quoted
}
