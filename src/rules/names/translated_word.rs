use super::super::{Context, Example, Finding, Languages, Rule};
use super::{calque, description, entry_id, text_of};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::dictionary::Kind;
use crate::names::query::QueryWord;
use crate::names::resolve::{Mention, Resolution};
use once_cell::sync::Lazy;
use rustc_hash::FxHashMap;

pub static RULE: Rule = Rule {
    name: "names/translated-word",
    summary: "a name read as a common word, or a common word as a name",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::ENGLISH,
    needs_names: true,
    fix: Some(Applicability::Unsafe),
    mqm: "accuracy/mistranslation",
    documentation: "\
Many given names are words: سعيد is “happy” and the name Saeed, Надежда “hope” and Nadezhda. A translation that takes the \
name for the word yields “Happy Jalili”. The words are listed in `dictionaries/words/name-words.tsv`; a span is reported \
where putting the name back gives an accepted form of an entry. So are the translations that a person's entry lists \
itself (`calques`), such as “Delilah” for the singer Dalida, beside a word that says what the person is.

The fix is unsafe: a title may hold the word on purpose.",
    examples: &[
        Example {
            dictionary: "[[name]]\nname = \"Saeed Jalili\"\n",
            before: "The negotiator, Happy Jalili, left.",
            after: "The negotiator, Saeed Jalili, left.",
        },
        Example {
            dictionary: "[[name]]\nname = \"Dalida\"\nrole = [\"singer\"]\ncalques = [\"Delilah\"]\n",
            before: "The singer Delilah was born in Cairo. Delilah is a name in the Bible.",
            after: "The singer Dalida was born in Cairo. Delilah is a name in the Bible.",
        },
    ],
    check,
};

/// Word → the names that it may have been.
static NAME_WORDS: &str = include_str!("../../../dictionaries/words/name-words.tsv");

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for mention in context.mentions {
        match &mention.resolution {
            Resolution::Form(_) => {
                let Some(calques) = calque::calques(context, mention) else { continue };
                if calques.iter().all(|e| context.ranker.view(e.entry).kind(e.entry.index) == Kind::Person) {
                    calque::report(context, mention, &calques, &RULE, "taken for a word or another name", out);
                }
            }
            Resolution::Unknown => translated_given_name(context, mention, out),
            Resolution::Garbled(_) => {}
        }
    }
}

/// "Happy Jalili": puts the names back that the word stands for.
fn translated_given_name(context: &Context<'_, '_>, mention: &Mention, out: &mut Vec<Diagnostic>) {
    for (at, word) in mention.words.iter().enumerate() {
        for name in names_of(&word.key) {
            let mut words = mention.words.to_vec();
            words[at] = QueryWord::new(name);
            let Some(exact) = context.ranker.exact(&words).into_iter().find(|e| e.kind.is_right()) else { continue };
            let form = context.ranker.view(exact.entry).form_text(exact.form);
            let message = format!("“{}” is “{form}”: a name was translated as a word", text_of(context, mention));
            Finding::new(context, &RULE, mention.segment, mention.span, message)
                .confidence(0.9)
                .suggest(form, entry_id(context, exact.entry), 0.9, Applicability::Unsafe)
                .note(format!("“{}” is what the name {name} means", word.text))
                .note(description(context, exact.entry))
                .push(out);
            return;
        }
    }
}

fn names_of(word: &str) -> impl Iterator<Item = &'static str> {
    static NAMES: Lazy<FxHashMap<&str, &str>> =
        Lazy::new(|| NAME_WORDS.lines().filter_map(|line| line.split_once('\t')).collect());
    NAMES.get(word).into_iter().flat_map(|names| names.split(' '))
}
