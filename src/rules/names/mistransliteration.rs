use super::super::{Context, Example, Finding, Languages, Rule};
use super::{description, entry_id, text_of};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::dictionary::EntryRef;
use crate::names::decide;
use crate::names::explain::explain;
use crate::names::original::Misread;
use crate::names::resolve::{Garbled, Mention, Resolution};
use crate::text::scan;

pub static RULE: Rule = Rule {
    name: "names/mistransliteration",
    summary: "a dictionary name garbled by another script",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::ENGLISH,
    needs_names: true,
    fix: Some(Applicability::Safe),
    mqm: "accuracy/mistranslation",
    documentation: "\
A name that was written in another script and read back is spelled as that script lets it sound: Edwy Plenel becomes \
إدوي بلينيل in Arabic and comes back as “Eduy Blenil”. Readers cannot look such a name up, and search does not find it.

Every name-like span is weighed as three things: a known name, a known name garbled, the right name of somebody \
unknown. It is reported only where *garbled* beats *unknown* and every other entry; the confidence is the calibrated \
probability of that.

The fix is safe where the confidence is very high, one candidate stands clear and the span is no attested name itself; \
display-only where two entries lie too close, or the entry is listed as one that is confused with others; unsafe otherwise.

Where the source stands beside the translation, names of two words and more that are in no dictionary are held against its words: a word that is no known name, but what باتريك sounds like to one who does not know Patrick (“Batrik”), is reported where that name is likelier than a stranger’s. Shown only, never applied.",
    examples: &[
        Example {
            dictionary: "[[name]]\nname = \"Edwy Plenel\"\nnative = { ar = \"إدوي بلينيل\" }\n",
            before: "Eduy Blenil founded the site.",
            after: "Edwy Plenel founded the site.",
        },
        Example {
            dictionary: "[[name]]\nname = \"Edwy Plenel\"\nnative = { ar = \"إدوي بلينيل\" }\n",
            before: "Edwy Plenel founded the site with Edward Palmer.",
            after: "Edwy Plenel founded the site with Edward Palmer.",
        },
    ],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for mention in context.mentions {
        match &mention.resolution {
            Resolution::Garbled(garbled) if !super::truncated::is_truncated(context, mention, garbled) => {
                report(context, mention, garbled, &RULE, out);
            }
            Resolution::Unknown => report_misread(context, mention, out),
            _ => {}
        }
    }
}

/// Reports a name that no dictionary has where the source shows that it was spelled out by somebody who did not know it.
fn report_misread(context: &Context<'_, '_>, mention: &Mention, out: &mut Vec<Diagnostic>) {
    let segment = &context.document.segments[mention.segment];
    let Some(source) = segment.source.as_deref().filter(|source| !source.pending) else { return };
    let misread = context.originals.misread(&source.text, &mention.words);
    let seen = text_of(context, mention);
    let words: Vec<scan::Token> = scan::tokens(seen).collect();
    let Some(confidence) = misread.iter().map(|misread| misread.confidence).reduce(f32::max) else { return };
    if words.len() != mention.words.len() {
        return;
    }
    let mut right = seen.to_owned();
    for misread in misread.iter().rev() {
        right.replace_range(words[misread.word].span.range(), &misread.instead);
    }
    let message = format!("“{seen}” is perhaps “{right}”, spelled out from the source by its letters");
    let mut finding = Finding::new(context, &RULE, mention.segment, mention.span, message).confidence(confidence);
    for Misread { word, native, instead, .. } in &misread {
        let native = source.text.get(native.range()).unwrap_or_default();
        let read = words[*word].text(seen);
        finding = finding.note(format!("the source has {native}: {instead} is a name, {read} is none that is known"));
    }
    let suggestion = as_written(&right, seen);
    finding.suggest(&suggestion, None, confidence, Applicability::DisplayOnly).push(out);
}

/// Reports a garbled name under `rule`.
pub(super) fn report(
    context: &Context<'_, '_>,
    mention: &Mention,
    garbled: &Garbled,
    rule: &Rule,
    out: &mut Vec<Diagnostic>,
) {
    let Some(first) = garbled.readings.first() else { return };
    let text = text_of(context, mention);
    let message = match garbled.ambiguous {
        true => format!("“{text}” is a garbled name: “{}” or another", first.text),
        false => format!("“{text}” is “{}”, garbled", first.text),
    };
    let mut finding =
        Finding::new(context, rule, mention.segment, mention.span, message).confidence(garbled.confidence);
    let level = applicability(context, garbled).min(rule.fix.unwrap_or(Applicability::DisplayOnly));
    let mut offered: Vec<&str> = Vec::new();
    for reading in &garbled.readings {
        if offered.contains(&reading.text.as_str()) {
            continue;
        }
        offered.push(&reading.text);
        let suggestion = as_written(&reading.text, text);
        finding = finding.suggest(&suggestion, entry_id(context, reading.entry), reading.confidence, level);
    }
    for rival in rivals(context, garbled) {
        let name = context.ranker.view(rival).name(rival.index);
        finding = finding.suggest(name, entry_id(context, rival), 0.0, Applicability::DisplayOnly);
    }
    match garbled.follows.map(|i| &context.mentions[i]) {
        Some(full) => {
            finding = finding.note(format!("short for “{}”, which stands elsewhere", text_of(context, full))).related(
                full.segment,
                full.span,
                "the full name",
            );
        }
        None => {
            let explanation = explain(context.ranker, &mention.words, &first.candidate, context.source_language);
            for line in explanation.lines() {
                finding = finding.note(line);
            }
        }
    }
    finding.note(description(context, first.entry)).push(out);
}

/// Entries that the first reading is known to be confused with, and that are no readings already.
fn rivals(context: &Context<'_, '_>, garbled: &Garbled) -> Vec<EntryRef> {
    let Some(first) = garbled.readings.first() else { return Vec::new() };
    let view = context.ranker.view(first.entry);
    let rivals = view.confused_with(first.entry.index).filter_map(|id| context.ranker.find_id(id));
    rivals.filter(|rival| garbled.readings.iter().all(|r| r.entry != *rival)).collect()
}

/// How far the first reading may be trusted.
fn applicability(context: &Context<'_, '_>, garbled: &Garbled) -> Applicability {
    let Some(first) = garbled.readings.first() else { return Applicability::DisplayOnly };
    let view = context.ranker.view(first.entry);
    if garbled.ambiguous || view.confused_with(first.entry.index).next().is_some() {
        Applicability::DisplayOnly
    } else if garbled.confidence >= decide::SAFE && !garbled.attested {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    }
}

/// The suggestion as this place writes it: capitals where all is in capitals.
fn as_written(name: &str, seen: &str) -> String {
    let letters = seen.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 3 && !seen.chars().any(char::is_lowercase) { name.to_uppercase() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::{Compiled, Dictionary, compile, load};
    use crate::document::Format;
    use crate::lint::{Linter, Settings};
    use crate::source::Source;
    use std::path::Path;

    /// Lints by a dictionary in TOML.
    fn linter(names: &str, rules: &[&'static Rule]) -> Linter {
        let entries = load::parse(Path::new("names.toml"), names).unwrap();
        let mut dictionary = Dictionary::empty();
        dictionary.push(Compiled::open(compile(entries.iter().map(|located| &located.entry))).unwrap());
        let rules = rules.iter().map(|rule| (*rule, rule.severity)).collect();
        Linter::new(dictionary, Settings { rules, ..Settings::default() })
    }

    /// What is suggested in a pair of sentences where no name is known, and how sure that is.
    fn suggested(source: &str, target: &str) -> Vec<(String, String, Applicability)> {
        let settings = Settings { rules: vec![(&RULE, RULE.severity)], ..Settings::default() };
        let table = Source::new("a.tsv", format!("source\ttarget\n{source}\t{target}\n"));
        let report = Linter::new(Dictionary::empty(), settings).worker().lint(&table, Format::Tsv);
        let suggestion = |d: Diagnostic| {
            let first = d.suggestions.into_iter().next()?;
            Some((d.text, first.text, first.applicability))
        };
        report.diagnostics.into_iter().filter_map(suggestion).collect()
    }

    #[test]
    fn plurals_part_numbers_and_possessives_are_no_garbling() {
        let names = "[[name]]\nname = \"Lena Veltrop\"\n[[name]]\nname = \"Varkon\"\n\
            [[name]]\nname = \"Korol Water and Power Administration\"\n";
        let linter = linter(names, &[&RULE, &super::super::diacritics::RULE]);
        let found = |text: &str| linter.worker().lint(&Source::new("a.txt", text), Format::Plain).diagnostics.len();
        assert_eq!(found("The Lina Feltrops came."), 1);
        for right in [
            "The Lena Veltrops came.",
            "A Varkon T4 and a Varkons K80 stood there.",
            "The Korol's Water and Power Administration said so.",
            "The Korol Water and Power Administration's report.",
        ] {
            assert_eq!(found(right), 0, "{right}");
        }
    }

    #[test]
    fn the_preferred_spelling_is_suggested_and_a_form_that_is_none_of_it_stays() {
        let names = "[[name]]\nname = \"Nestor Khrubshchin\"\naccepted = [\"Nestor Khrubschin\", \"Yara Moltev\"]\n";
        let linter = linter(names, &[&RULE]);
        let suggested = |text: &str| -> Vec<String> {
            let found = linter.worker().lint(&Source::new("a.txt", text), Format::Plain).diagnostics;
            found.iter().map(|d| d.suggestions[0].text.clone()).collect()
        };
        assert_eq!(suggested("Nistor Krubschin came. Krubschin spoke."), ["Nestor Khrubshchin", "Khrubshchin"]);
        assert_eq!(suggested("Then Yara Moltiff spoke."), ["Yara Moltev"]);
    }

    #[test]
    fn the_source_tells_a_garbled_name_that_no_dictionary_has() {
        for (source, target, seen, right) in [
            ("قال باتريك غونزاليس إن", "Batrik Gonzalez said that", "Batrik Gonzalez", "Patrick Gonzalez"),
            ("وباتريك غونزاليس هنا", "and Batrik Gonzalez is here", "Batrik Gonzalez", "Patrick Gonzalez"),
            ("قال فيكتور بوتين", "FIKTUR PUTIN said", "FIKTUR PUTIN", "VIKTOR PUTIN"),
            ("قالت إليزابيث فارنر", "Ms Elizabith Varner’s words", "Elizabith Varner", "Elizabeth Varner"),
        ] {
            let expected = (seen.to_owned(), right.to_owned(), Applicability::DisplayOnly);
            assert_eq!(suggested(source, target), [expected], "{target}");
        }
    }

    #[test]
    fn right_names_and_names_without_their_source_are_left_alone() {
        for (source, target) in [
            ("قال باتريك غونزاليس", "Patrick Gonzalez said so"),
            ("سافرت لينا العطار", "Lina al-Attar left"),
            ("сказала Ксения Новотна", "Ksenia Novotna said"),
            // The source says nothing of it, or is of the same script.
            ("قال المدير إن الاجتماع تأجل", "Batrik Gonzalez said that"),
            ("dijo Batrik Gonzalez", "Batrik Gonzalez said"),
        ] {
            assert_eq!(suggested(source, target), [], "{target}");
        }
    }
}
