use super::super::{Context, Example, Finding, Languages, Rule};
use super::scripts;
use super::surroundings::{after, before, char_at, char_before, next_beyond_ascii};
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::Span;
use unicode_script::Script;

pub static RULE: Rule = Rule {
    name: "text/foreign-script",
    summary: "words left in the script of the source",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: None,
    mqm: "accuracy/untranslated",
    documentation: "\
What a translation did not know it left as it stood: “the head of the أمانة said”. Reported are words in a script that the \
text's language is not written in, a run of them at once.

Left alone: names in their own script in brackets or between quotation marks, or behind a colon, dash or slash; single letters (Δ, β, \
א); words of Latin in texts that are not Latin; and texts of which most is in that script, which are not what they are \
said to be.

Nothing is suggested: what it should say stands in the source only.",
    examples: &[
        Example {
            dictionary: "",
            before: "The head of the أمانة العامة said that it was ready.",
            after: "The head of the ⟦أمانة العامة⟧ said that it was ready.",
        },
        Example { dictionary: "", before: "Tokyo (東京) is “東京” in Japanese: 東京; β and ΔG.",
        after: "Tokyo (東京) is “東京” in Japanese: 東京; β and ΔG." },
    ],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    let own = scripts::of_language(context.target_language);
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let mut found = Vec::new();
        let mut foreign_bytes = 0;
        let mut at = 0;
        while let Some(place) = next_beyond_ascii(text, at) {
            let Some(c) = char_at(text, place) else { break };
            if !is_foreign(c, own) {
                at = place + c.len_utf8();
                continue;
            }
            let run = run(text, place, own);
            at = run.end;
            foreign_bytes += run.len();
            if is_word(&text[run.range()]) && !is_given(text, run) {
                found.push(run);
            }
        }
        if foreign_bytes * 2 > text.len() {
            continue;
        }
        for span in found {
            let script = char_at(text, span.start).and_then(scripts::of_letter).unwrap_or(Script::Common);
            let message = format!("left in {} script", script.full_name());
            Finding::new(context, &RULE, index, span, message).confidence(0.9).push(out);
        }
    }
}

/// Whether the text's language is not written with the letter. Latin is at home everywhere.
fn is_foreign(c: char, own: &[Script]) -> bool {
    scripts::of_letter(c).is_some_and(|script| script != Script::Latin && !own.contains(&script))
}

/// The words in the foreign script from `start` on, with what stands between them on the line.
fn run(text: &str, start: usize, own: &[Script]) -> Span {
    let mut end = start;
    for (offset, c) in text[start..].char_indices() {
        let letter = scripts::of_letter(c);
        match letter {
            Some(own_letter) if own_letter == Script::Latin || own.contains(&own_letter) => break,
            Some(_) => end = start + offset + c.len_utf8(),
            None if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) => {
                if end == start + offset {
                    end += c.len_utf8();
                }
            }
            None if c == '\n' || matches!(c, '(' | ')' | '[' | ']' | '/' | ';' | '|' | '“' | '”' | '"') => break,
            // What stands between words is passed over as long as it is short.
            None if start + offset - end > 8 => break,
            None => {}
        }
    }
    Span::new(start, end)
}

/// A letter of an alphabet by itself is a sign.
fn is_word(run: &str) -> bool {
    let mut letters = run.chars().filter_map(scripts::of_letter);
    let least = match letters.clone().next() {
        Some(Script::Greek) => 4,
        Some(Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul) => 1,
        _ => 2,
    };
    letters.nth(least - 1).is_some()
}

/// Whether the words are given on purpose: in brackets, in quotation marks, behind a colon, a dash or a slash, or joined to a word.
fn is_given(text: &str, run: Span) -> bool {
    let line_before = before(text, run.start, 120).rsplit('\n').next().unwrap_or_default();
    let line_after = after(text, run.end, 120).split('\n').next().unwrap_or_default();
    let opened = |open: char, close: char| {
        let last = line_before.rfind(open);
        last.is_some_and(|at| !line_before[at..].contains(close)) && line_after.contains(close)
    };
    let introduced = line_before.trim_end().ends_with([':', '–', '—', '/', '=', '-', '|', ',', ';', '、'])
        && !line_before.trim().is_empty();
    let joined = char_before(text, run.start).is_some_and(|c| c == '-' || c.is_alphanumeric());
    let straight = line_before.bytes().filter(|b| *b == b'"').count() % 2 == 1 && line_after.contains('"');
    introduced
        || joined
        || straight
        || [('(', ')'), ('[', ']'), ('“', '”'), ('‘', '’'), ('«', '»'), ('„', '“'), ('（', '）')]
            .into_iter()
            .any(|(open, close)| opened(open, close))
}
