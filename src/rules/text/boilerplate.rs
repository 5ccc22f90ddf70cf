use super::super::{Context, Example, Finding, Languages, Rule};
use super::phrases::{Hit, Phrases, Place};
use super::surroundings::trimmed;
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::rules::languages::primary;
use crate::span::Span;
use std::sync::OnceLock;

pub static RULE: Rule = Rule {
    name: "text/boilerplate",
    summary: "site furniture translated with the article: “click here”, “read also”, “subscribe to our channel”",
    severity: Severity::Info,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Unsafe),
    mqm: "accuracy/addition",
    documentation: "\
What a page says around its article (share buttons, calls to subscribe, links to other articles) is scraped and translated \
with it. The phrases stand in `dictionaries/boilerplate.toml`, for English, German, French, Spanish, Italian, Portuguese, Russian and \
Arabic; they are found with other capitals, punctuation and small words.

Reported are sentences of which such a phrase is at least half, or the beginning, where they are a line of their own or stand in the first or the last \
line of the document; in running text only those that no article says.

The fix takes the sentence out. It is not safe: an article may be about the very thing.",
    examples: &[
        Example {
            dictionary: "",
            before: "The court met on Monday.\n\nFollow our YouTube channel to see all the new\n\nRead also: Why the court met",
            after: "The court met on Monday.\n\n\n\n",
        },
        Example {
            dictionary: "",
            before: "Who wanted to go on had to click here and there, and to read more about it than one can follow.\n\nThe end.",
            after: "Who wanted to go on had to click here and there, and to read more about it than one can follow.\n\nThe end.",
        },
    ],
    check,
};

fn phrases() -> &'static Phrases {
    static LOADED: OnceLock<Phrases> = OnceLock::new();
    LOADED.get_or_init(|| Phrases::parse(include_str!("../../../dictionaries/boilerplate.toml")))
}

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    let language = primary(context.target_language);
    let last = context.document.segments.len().saturating_sub(1);
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let whole = trimmed(text, Span::new(0, text.len()));
        let first_line_end = text[whole.range()].find('\n').map_or(whole.end, |at| whole.start + at);
        let last_line_start = text[whole.range()].rfind('\n').map_or(whole.start, |at| whole.start + at);
        phrases().find(text, |hit| {
            let at_edge =
                index == 0 && hit.span.end <= first_line_end || index == last && hit.span.start > last_line_start;
            let counts = hit.phrase.language == language && is_furniture(text, &hit, at_edge);
            if counts {
                let message = "site furniture, not part of the text".to_owned();
                Finding::new(context, &RULE, index, hit.sentence, message)
                    .confidence(0.9)
                    .suggest("", None, 0.8, Applicability::Unsafe)
                    .push(out);
            }
            counts
        });
    }
}

fn is_furniture(text: &str, hit: &Hit<'_>, at_edge: bool) -> bool {
    let [before, phrase, after] = hit.words;
    let is_most = phrase >= before + after;
    let is_line = |span: Span| {
        let behind = text[span.end..].trim_start_matches([' ', '\t']);
        let ahead = text[..span.start].trim_end_matches([' ', '\t']);
        (ahead.is_empty() || ahead.ends_with('\n')) && (behind.is_empty() || behind.starts_with(['\n', '\r']))
    };
    match hit.phrase.place {
        Place::Certain => is_most,
        Place::Whole => is_most && (at_edge || is_line(hit.sentence)),
        Place::Begins => before == 0 && (at_edge || is_line(hit.sentence)),
        Place::Exact => true,
    }
}
