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
    let window = text.floor_char_boundary(start.saturating_sub(BEFORE));
    let before = &text[window..start];
    let ending = [" (", " ", "\n"].into_iter().find(|ending| before.ends_with(ending))?;
    let before = before.strip_suffix(ending)?;
    let in_brackets = ending == " (";
    if in_brackets && !text[end..].starts_with(')') {
        return None;
    }
    let all = mention.words.len();
    let least = if in_brackets { all } else { 1 };
    (least..=all.min(MAX_WORDS)).find_map(|len| {
        let words = &mention.words[..len];
        let second: Vec<Token> = scan::tokens(&text[start..end]).take(len).collect();
        let first = words_before(before, words).filter(|first| {
            let written_as_names = first.iter().chain(&second).all(|token| token.shape == Shape::Capital);
            written_as_names && first.iter().skip(1).all(|token| token.gap != Gap::Paragraph)
        })?;
        // No longer name has them twice.
        let twice: Vec<QueryWord> = words.iter().chain(words).cloned().collect();
        context.ranker.exact(&twice).is_empty().then(|| {
            let first = Span::new(window + first[0].span.start, window + before.len());
            (first, Span::new(start, start + second[len - 1].span.end))
        })
    })
}

/// The last words of a text, where they are these but for accents.
fn words_before(text: &str, words: &[QueryWord]) -> Option<Vec<Token>> {
    if !end_alike(text, &words.last()?.text) {
        return None;
    }
    let mut tokens: Vec<Token> = scan::tokens(text).collect();
    let tokens = tokens.split_off(tokens.len().checked_sub(words.len())?);
    let same = tokens.iter().zip(words).all(|(token, word)| QueryWord::new(token.text(text)).key == word.key);
    same.then_some(tokens)
}

/// Whether two texts may end with one word: their last letters agree, or one is not ASCII. Most that do not are soon told so.
fn end_alike(one: &str, two: &str) -> bool {
    match (one.as_bytes().last(), two.as_bytes().last()) {
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
[[name]]\nname = \"Seán O’Neill\"\n
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
            ("Sean O’Neill (Seán O'Neill) said", "Sean O’Neill (Seán O'Neill)"),
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
