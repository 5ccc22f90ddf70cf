use super::super::{Context, Example, Finding, Languages, Rule};
use super::{pairs, whole};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::names::natives::Named;
use crate::names::rendering::{Renderer, Rendering, Target};
use crate::names::resolve::Mention;
use rustc_hash::FxHashMap;

pub static RULE: Rule = Rule {
    name: "source/name-missing",
    summary: "a name that the source has and the translation lacks",
    severity: Severity::Error,
    on_by_default: true,
    languages: Languages::All,
    needs_names: true,
    fix: Some(Applicability::Safe),
    mqm: "accuracy/mistranslation",
    documentation: "\
The source names an entry of the dictionary in its own script, with whatever its language puts before and behind a name, and the target has \
it in none of its accepted forms. A last name, initials, a plural or another order of the words is enough.

Where the target holds what the name became on its way through the other script, that is reported and the right name suggested. The fix is safe, for the source says who is meant; \
unsafe where another name adjoins the span, where the changed words are names that many people have, where two entries are written alike in \
the source, or where what looks like a name there may be an ordinary word. Where two spans could be it, nothing is suggested.

A single word that may be an ordinary one, such as الحياة (Al-Hayat, or “life”), and a country, for which its adjective may stand, are reported as missing with a confidence of 0.4 only: \
`--min-confidence 0.4` shows them.",
    examples: &[
        Example {
            dictionary: "[[name]]\nname = \"Edwy Plenel\"\nnative = { ar = \"إدوي بلينيل\" }\n",
            before: "source\ttarget\nقال إدوي بلينيل إن\tEduy Blenil said that\nوإدوي بلينيل هنا\tAnd he is here\n",
            after: "source\ttarget\nقال إدوي بلينيل إن\tEdwy Plenel said that\nوإدوي بلينيل هنا\t⟦And he is here⟧\n",
        },
        Example {
            dictionary: "[[name]]\nname = \"Edwy Plenel\"\nnative = { ar = \"إدوي بلينيل\" }\n",
            before: "source\ttarget\nقال إدوي بلينيل إن\tMr Plenel said that\nقال إدوي بلينيل\tEdwy Plenel’s words\n",
            after: "source\ttarget\nقال إدوي بلينيل إن\tMr Plenel said that\nقال إدوي بلينيل\tEdwy Plenel’s words\n",
        },
    ],
    check,
};

/// That the source names the entry, and not something else by the same word.
const SURE: f32 = 0.8;
const UNSURE: f32 = 0.4;
/// That a garbled form is what became of the name.
const GARBLED: f32 = 0.98;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut mentions: FxHashMap<usize, Vec<&Mention>> = FxHashMap::default();
    for mention in context.mentions {
        mentions.entry(mention.segment).or_default().push(mention);
    }
    let mut finder = context.natives.finder();
    let mut keys = String::new();
    let mut renderer = Renderer::new(context.ranker);
    for (index, segment, source) in pairs(context) {
        let named = finder.find(&source.text);
        if named.is_empty() {
            continue;
        }
        let own = mentions.get(&index).map(Vec::as_slice).unwrap_or_default();
        let target = Target::new(&segment.text, own, &mut keys);
        for alike in named.chunk_by(|a, b| a.span == b.span) {
            let native = source.text.get(alike[0].span.range()).unwrap_or_default();
            one(context, &mut renderer, index, &target, alike, native, out);
        }
    }
}

/// Reports a name of the source, which the entries of `alike` may all be meant by.
fn one(
    context: &Context<'_, '_>,
    renderer: &mut Renderer<'_, '_>,
    index: usize,
    target: &Target<'_>,
    alike: &[Named],
    native: &str,
    out: &mut Vec<Diagnostic>,
) {
    let renderings: Vec<Rendering> =
        alike.iter().map(|named| renderer.rendering(target, named.entry, native)).collect();
    if renderings.contains(&Rendering::Right) {
        return;
    }
    let text: &str = &context.document.segments[index].text;
    let garbled = alike.iter().zip(&renderings).filter_map(|(named, rendering)| match rendering {
        Rendering::Garbled(garbling) => Some((named, garbling)),
        _ => None,
    });
    let garbled: Vec<_> = garbled.collect();
    let Some((_, first)) = garbled.first() else {
        let confidence = if alike.iter().all(|named| named.sure) { SURE } else { UNSURE };
        if context.wants(confidence) && renderings.iter().all(|rendering| *rendering == Rendering::Absent) {
            let name = context.ranker.view(alike[0].entry).name(alike[0].entry.index);
            let message = format!("the source names {name} ({native}), the translation does not");
            whole(context, &RULE, index, message).confidence(confidence).push(out);
        }
        return;
    };
    let found = text.get(first.span.range()).unwrap_or_default();
    let message = format!("the source names {} ({native}), which “{found}” should be", first.form);
    let mut finding = Finding::new(context, &RULE, index, first.span, message).confidence(GARBLED);
    for (named, garbling) in garbled.iter().filter(|(_, garbling)| garbling.span == first.span) {
        let is_safe = garbling.sure && named.sure && alike.len() == 1;
        let level = if is_safe { Applicability::Safe } else { Applicability::Unsafe };
        let id = context.ranker.view(named.entry).id(named.entry.index).into_owned();
        finding = finding.suggest(&garbling.form, Some(id), GARBLED, level);
    }
    finding.push(out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::{Compiled, Dictionary, compile, load};
    use crate::document::Format;
    use crate::lint::{Linter, Settings};
    use crate::source::Source;
    use std::path::Path;

    const NAMES: &str = "[[name]]\nname = \"Edwy Plenel\"\nnative = { ar = \"إدوي بلينيل\", ru = \"Эдви Пленель\" }\n\
        [[name]]\nname = \"Agence France-Presse\"\nkind = \"outlet\"\nnative = { ar = \"وكالة فرانس برس\" }\n\
        [[name]]\nname = \"Mohamed Ali\"\nnative = { ar = \"محمد علي\" }\n\
        [[name]]\nname = \"Al-Hayat\"\nkind = \"outlet\"\nnative = { ar = \"الحياة\" }\n\
        [[name]]\nname = \"Carla Vautrin\"\nnative = { ar = \"كارلا فوتران\" }\n\
        [[name]]\nname = \"Karla Vautrain\"\nnative = { ar = \"كارلا فوتران\" }\n";

    /// The text of a finding, its confidence, its first suggestion and how sure that is.
    type Found = (String, f32, Option<(String, Applicability)>);

    fn found(source: &str, target: &str) -> Vec<Found> {
        let entries = load::parse(Path::new("a.toml"), NAMES).unwrap();
        let mut dictionary = Dictionary::empty();
        dictionary.push(Compiled::open(compile(entries.iter().map(|located| &located.entry))).unwrap());
        let settings = Settings { rules: vec![(&RULE, RULE.severity)], min_confidence: 0.0, ..Settings::default() };
        let table = Source::new("a.tsv", format!("source\ttarget\n{source}\t{target}\n"));
        let report = Linter::new(dictionary, settings).worker().lint(&table, Format::Tsv);
        let said = |d: Diagnostic| {
            let first = d.suggestions.first().map(|s| (s.text.clone(), s.applicability));
            (d.text, d.confidence, first)
        };
        report.diagnostics.into_iter().map(said).collect()
    }

    #[test]
    fn a_name_in_an_accepted_shape_is_no_finding() {
        for (source, target) in [
            ("قال إدوي بلينيل", "Plenel said so"),
            ("قال إدوي بلينيل", "The Plenels said so"),
            ("قال إدوي بلينيل", "Plenel, Edwy: a life"),
            ("قال إدوي بلينيل", "EDWY PLENEL’S words"),
            ("قال إدوي بلينيل", "Edwy said so"),
            ("نقلت وكالة فرانس برس", "AFP reported it"),
            ("نقلت وكالة فرانس برس", "A.F.P. reported it"),
            ("كتبت كارلا فوتران", "Karla Vautrain wrote it"),
            // As many people write it.
            ("قال محمد علي", "Muhammad Ali said so"),
        ] {
            assert_eq!(found(source, target), [], "{target}");
        }
    }

    #[test]
    fn a_garbled_name_is_mended_safely_where_nothing_speaks_against_it() {
        let safe = |text: &str| Some((text.to_owned(), Applicability::Safe));
        let unsafe_ = |text: &str| Some((text.to_owned(), Applicability::Unsafe));
        for (source, target, garbled, fix) in [
            ("قال إدوي بلينيل", "Mr Eduy Plenel said so", "Eduy Plenel", safe("Edwy Plenel")),
            ("по словам Эдви Пленеля", "according to Edvi Plenelya", "Edvi Plenelya", safe("Edwy Plenel")),
            // Somebody of a longer name.
            ("قال إدوي بلينيل", "Eduy Blenil Trusk said so", "Eduy Blenil", unsafe_("Edwy Plenel")),
            // Two people are written alike.
            ("كتبت كارلا فوتران", "Karla Fotran wrote it", "Karla Fotran", unsafe_("Carla Vautrin")),
        ] {
            assert_eq!(found(source, target), [(garbled.to_owned(), GARBLED, fix)], "{target}");
        }
    }

    #[test]
    fn a_word_that_may_be_an_ordinary_one_is_hardly_missed() {
        assert_eq!(found("هذه هي الحياة", "That is life")[0].1, UNSURE);
        assert_eq!(found("قالت صحيفة الحياة", "the paper said")[0].1, SURE);
        assert_eq!(found("قال إدوي بلينيل", "he said")[0].1, SURE);
    }
}
