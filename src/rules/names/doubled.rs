use super::super::{Context, Example, Finding, Languages, Rule};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::names::query::QueryWord;
use crate::names::resolve::{Mention, Resolution};
use crate::span::Span;
use crate::text::scan::{self, Gap, Shape, Token};

pub static RULE: Rule = Rule {
    name: "names/doubled",
    summary: "a name given twice in a row",
    severity: Severity::Info,
    on_by_default: true,
    languages: Languages::ENGLISH,
    needs_names: true,
    fix: Some(Applicability::Unsafe),
    mqm: "fluency/redundant",
    documentation: "\
A source that gives a name in two scripts, “كييف (Kyiv)”, is translated into the same name twice: “Kyiv (Kyiv)”. So is a name \
that stood at a line's end: “Emmanuel Emmanuel Macron”. Names that are doubled by nature (Boutros Boutros-Ghali, Duran Duran) \
are reported only where the dictionary does not hold them.

The fix drops the second one. It is unsafe: a doubled name may be one that the dictionary does not know.",
    examples: &[Example {
        dictionary: "[[name]]\nname = \"Emmanuel Macron\"\n\n[[name]]\nname = \"Kyiv\"\nkind = \"place\"\n\n[[name]]\nname = \"Duran Duran\"\nkind = \"work\"\n",
        before: "Emmanuel Emmanuel Macron went to Kyiv (Kyiv) to hear Duran Duran.",
        after: "Emmanuel Macron went to Kyiv to hear Duran Duran.",
    }],
    check,
};

/// The most words of a name that is looked for twice.
const MAX_WORDS: usize = 4;
/// How far before a name its double is looked for, in bytes.
const BEFORE: usize = 200;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    // Where the last one ended: of three in a row the first two are reported.
    let mut reported = (0, 0);
    for mention in context.mentions.iter().filter(|m| matches!(m.resolution, Resolution::Form(_))) {
        let text: &str = &context.document.segments[mention.segment].text;
        let Some((first, second)) = doubled(context, text, mention) else { continue };
        if (mention.segment, first.start) < reported {
            continue;
        }
        let closing = usize::from(text[first.end..second.start].contains('('));
        let span = Span::new(first.start, second.end + closing);
        reported = (mention.segment, span.end);
        let name = &text[first.range()];
        Finding::new(context, &RULE, mention.segment, span, format!("“{name}” stands here twice"))
            .confidence(0.9)
            .suggest(name, None, 0.9, Applicability::Unsafe)
            .push(out);
    }
}

/// The places of a known name, or of its first words, and of the same words right before it; in brackets it must be whole.
fn doubled(context: &Context<'_, '_>, text: &str, mention: &Mention) -> Option<(Span, Span)> {
    let Span { start, end } = mention.span;
    let before = &text[text.floor_char_boundary(start.saturating_sub(BEFORE))..start];
    let ending = [" (", " ", "\n"].into_iter().find(|ending| before.ends_with(ending))?;
    let in_brackets = ending == " (";
    if in_brackets && !text[end..].starts_with(')') {
        return None;
    }
    let first_end = start - ending.len();
    let before = before.strip_suffix(ending)?;
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().filter(|word| !word.is_empty())?;
    let all = mention.words.len();
    let least = if in_brackets { all } else { 1 };
    let len = (least..=all.min(MAX_WORDS)).find(|&len| {
        let word = &mention.words[len - 1].text;
        begin_alike(word, last) && stands_twice(context, before, &text[start..end], &mention.words[..len])
    })?;
    let second_end = scan::tokens(&text[start..end]).nth(len - 1)?.span.end;
    let first_len = before.len() - words_before(before, len)?.first()?.span.start;
    Some((Span::new(first_end - first_len, first_end), Span::new(start, start + second_end)))
}

/// Whether `before` ends with the words with which `name` begins, all written as names; and no longer name has them twice.
fn stands_twice(context: &Context<'_, '_>, before: &str, name: &str, words: &[QueryWord]) -> bool {
    let Some(first) = words_before(before, words.len()) else { return false };
    let second = scan::tokens(name).take(words.len());
    let is_whole = first.iter().skip(1).all(|token| token.gap != Gap::Paragraph);
    if !is_whole || first.iter().copied().chain(second).any(|token| token.shape != Shape::Capital) {
        return false;
    }
    let first: Vec<QueryWord> = first.iter().map(|token| QueryWord::new(token.text(before))).collect();
    if first.iter().zip(words).any(|(a, b)| a.key != b.key) {
        return false;
    }
    let twice: Vec<QueryWord> = first.iter().chain(words).cloned().collect();
    context.ranker.exact(&twice).is_empty()
}

/// The last words of a text, so many; `None` where there are fewer.
fn words_before(text: &str, count: usize) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = scan::tokens(text).collect();
    (tokens.len() >= count).then(|| tokens.split_off(tokens.len() - count))
}

/// Whether two words may be one: their first letters agree, or one is not ASCII.
fn begin_alike(one: &str, two: &str) -> bool {
    match (one.as_bytes().first(), two.as_bytes().first()) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b) || !a.is_ascii() || !b.is_ascii(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::{Compiled, Dictionary, compile, load};
    use crate::document::Format;
    use crate::lint::{Linter, Settings};
    use crate::source::Source;
    use std::path::Path;

    const NAMES: &str = "\
[[name]]\nname = \"Emmanuel Macron\"\n
[[name]]\nname = \"Kyiv\"\nkind = \"place\"\n
[[name]]\nname = \"Duran Duran\"\nkind = \"work\"\n
[[name]]\nname = \"José Ramos-Horta\"\n
";

    /// The places that are reported, as they stand in the text.
    fn found(text: &str) -> Vec<String> {
        let entries = load::parse(Path::new("names.toml"), NAMES).unwrap();
        let mut dictionary = Dictionary::empty();
        dictionary.push(Compiled::open(compile(entries.iter().map(|located| &located.entry))).unwrap());
        let settings = Settings { rules: vec![(&RULE, RULE.severity)], ..Settings::default() };
        let report = Linter::new(dictionary, settings).worker().lint(&Source::new("a.txt", text), Format::Plain);
        report.diagnostics.into_iter().map(|finding| finding.text).collect()
    }

    #[test]
    fn a_name_that_stands_twice_in_a_row_is_found() {
        for (text, place) in [
            ("He saw Kyiv (Kyiv) again.", "Kyiv (Kyiv)"),
            ("He saw Kyiv\nKyiv again.", "Kyiv\nKyiv"),
            ("Kyiv Kyiv’s people", "Kyiv Kyiv"),
            ("Kyiv Kyiv Kyiv", "Kyiv Kyiv"),
            ("Emmanuel Emmanuel Macron said", "Emmanuel Emmanuel"),
            ("Emmanuel Macron (Emmanuel Macron) said", "Emmanuel Macron (Emmanuel Macron)"),
            ("Jose Ramos-Horta José Ramos-Horta said", "Jose Ramos-Horta José Ramos-Horta"),
        ] {
            assert_eq!(found(text), [place], "{text}");
        }
    }

    #[test]
    fn what_only_looks_doubled_is_left_alone() {
        for text in [
            "Duran Duran sang.",
            "Kyiv’s Kyiv is old.",
            "Kyiv, Kyiv and Kyiv.",
            "Kyiv. Kyiv again.",
            "Kyiv\n\nKyiv",
            "KYIV Kyiv",
            "Kyiv (Kyiv, that is)",
            "Emmanuel (Emmanuel Macron) said",
            "Kharkiv Kyiv",
            "Kyiv",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
