use super::super::{Context, Example, Finding, Languages, Rule};
use super::pairs;
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::span::Span;
use crate::text::character::{self, Script};

pub static RULE: Rule = Rule {
    name: "source/punctuation",
    summary: "a translation that ends in other punctuation than its source, or lost brackets",
    severity: Severity::Info,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Unsafe),
    mqm: "linguistic-conventions/punctuation",
    documentation: "\
A question that ends in a full stop is read as a statement. Where the source ends in a question mark, an exclamation mark, an ellipsis, a colon \
or a full stop, of whatever script, the target should end in the same one. Where the source ends in none, nothing is asked. Brackets are counted.

The fix is unsafe: languages differ in where they put an exclamation mark.",
    examples: &[Example {
        dictionary: "",
        before: "source\ttarget\nمن هذا؟\tWho is that.\n他来了。\tHe came\nنعم (ربما)\tYes perhaps\n",
        after: "source\ttarget\nمن هذا؟\tWho is that?\n他来了。\tHe came.\nنعم (ربما)\tYes perhap⟦s⟧\n",
    }],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment, source) in pairs(context) {
        let text: &str = &segment.text;
        let end = body(text).len();
        if let (Some((_, wanted)), ours) = (mark(body(&source.text)), mark(&text[..end]))
            && ours.map(|(_, mark)| mark) != Some(wanted)
            && !(wanted == "." && ours.is_some())
            && !(is_quoted(&source.text) && has_mark(text, wanted))
        {
            let start = ours.map_or(end, |(len, _)| end - len);
            // A mark is put behind the last letter: edits need a place that is there.
            let last = text[..start].char_indices().next_back().map_or(0, |(at, _)| at);
            let span = if ours.is_some() { Span::new(start, end) } else { Span::new(last, end) };
            let suggestion =
                if ours.is_some() { wanted.to_owned() } else { format!("{}{wanted}", &text[span.range()]) };
            Finding::new(context, &RULE, index, span, format!("the source ends in “{wanted}”"))
                .confidence(0.7)
                .suggest(&suggestion, None, 0.7, Applicability::Unsafe)
                .push(out);
        }
        let brackets = |text: &str| text.chars().filter(|c| matches!(c, '(' | '（')).count();
        if brackets(text) < brackets(&source.text) && !text.contains(['[', '—', '–', '-', ',']) {
            let last = text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
            let message = "the source has more brackets".to_owned();
            Finding::new(context, &RULE, index, Span::new(last, end), message).confidence(0.6).push(out);
        }
    }
}

/// A text without the quotation marks, brackets and spaces at its end.
fn body(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»«“」』)）]".contains(c))
}

/// Whether a text ends in a quotation, which another language may put first.
fn is_quoted(text: &str) -> bool {
    text.trim_end().ends_with(['"', '”', '“', '’', '»', '«', '」', '』'])
}

fn has_mark(text: &str, wanted: &str) -> bool {
    text.char_indices().any(|(at, c)| mark(&text[..at + c.len_utf8()]).is_some_and(|(_, mark)| mark == wanted))
}

/// The mark that a text ends in: its length, and what English has for it.
fn mark(text: &str) -> Option<(usize, &'static str)> {
    if text.ends_with("...") {
        return Some((3, "…"));
    }
    let last = text.chars().next_back()?;
    let mark = match last {
        // か makes a question of a Japanese sentence, and Greek asks with a semicolon.
        '。' if text.ends_with("か。") => "?",
        ';' if text.chars().any(|c| character::script(c) == Script::Greek) => "?",
        '?' | '؟' | '？' | '\u{37e}' => "?",
        '!' | '！' => "!",
        '…' => "…",
        ':' | '：' => ":",
        '.' | '。' | '۔' | '।' | '．' => ".",
        _ => return None,
    };
    Some((last.len_utf8(), mark))
}
