use super::super::{Context, Example, Finding, Languages, Rule};
use super::{entry_id, right_forms, text_of};
use crate::channel::Channel;
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::dictionary::EntryRef;
use crate::lexicon::Lexicon;
use crate::names::query::QueryWord;
use crate::names::resolve::{Mention, Resolution};
use crate::names::score::log_mean_exp;
use crate::text::fold::Word;
use crate::text::scan;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "names/inconsistent",
    summary: "one name spelled two ways in one document",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::ENGLISH,
    needs_names: true,
    fix: Some(Applicability::Unsafe),
    mqm: "terminology/inconsistent-with-resource",
    documentation: "\
A translation that meets a name twice may spell it twice: Mohammed VI and Mohamed VI, Isabelle Geffroy and Isabelle Geoffruhe, \
Kim Min-woo and Min-woo Kim. Both may be right; a reader takes them for two people.

Names of the dictionary are compared by entry: two accepted spellings of the same words. Other names are compared with each \
other: one word the same, the other a garbling of it that nobody is called, or the same words with the family name first and \
last. The spelling reported is the rarer one; at a tie the one that is not preferred, or comes later.

The fix is unsafe, towards the spelling of the majority.",
    examples: &[
        Example {
            dictionary: "[[name]]\nname = \"Mohammed VI\"\naccepted = [\"Mohamed VI\"]\n",
            before: "King Mohammed VI spoke. Mohamed VI left.",
            after: "King Mohammed VI spoke. Mohammed VI left.",
        },
        Example {
            dictionary: "",
            before: "Isabelle Geffroy sang. Later Isabelle Geoffruhe left with Isabelle Garnier. Isabelle Geffroy slept.",
            after: "Isabelle Geffroy sang. Later Isabelle Geffroy left with Isabelle Garnier. Isabelle Geffroy slept.",
        },
    ],
    check,
};

/// The most distinct unknown names of a document that are compared with each other.
const MAX_NAMES: usize = 400;
/// How much likelier than a name of its own a garbled word must be, in nats.
const GAIN: f32 = 4.0;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    accepted_forms(context, out);
    unknown_names(context, out);
}

/// Accepted spellings of one entry that are letter variants of each other.
fn accepted_forms(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut by_entry: BTreeMap<EntryRef, BTreeMap<String, Vec<&Mention>>> = BTreeMap::new();
    for (mention, exact) in right_forms(context) {
        let is_one = exact.iter().all(|e| e.entry == exact[0].entry);
        if is_one && mention.words.len() > 1 && !is_people(text_of(context, mention)) {
            let spelling = key(without_titles(&mention.words));
            by_entry.entry(exact[0].entry).or_default().entry(spelling).or_default().push(mention);
        }
    }
    for (entry, spellings) in by_entry.iter().filter(|(_, spellings)| spellings.len() > 1) {
        let view = context.ranker.view(*entry);
        let preferred = key(&crate::names::query::words(view.name(entry.index)));
        let rank = |spelling: &String| (spellings[spelling].len(), *spelling == preferred);
        let Some(leader) = spellings.keys().max_by_key(|s| rank(s)) else { continue };
        for (_, mentions) in spellings.iter().filter(|(s, _)| *s != leader && letter_variants(s, leader)) {
            let whole = text_without_titles(context, spellings[leader][0]);
            report(context, mentions, &spellings[leader], whole, entry_id(context, *entry), 0.95, out);
        }
    }
}

/// Whether it is what the people of a place are called, "Costa Rican": no other spelling of the place.
fn is_people(text: &str) -> bool {
    let is_demonym = |text| Word::fold(text).is_some_and(|word| Lexicon::builtin().kinds(&word).demonym());
    is_demonym(text) || text.strip_suffix('s').is_some_and(is_demonym)
}

/// Names that the dictionary does not know, garbled or turned round.
fn unknown_names(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    // Mentions that read alike share their words.
    let mut alike: FxHashMap<*const QueryWord, Vec<&Mention>> = FxHashMap::default();
    for mention in context.mentions {
        if matches!(mention.resolution, Resolution::Unknown) && (2..=3).contains(&mention.words.len()) {
            alike.entry(mention.words.as_ptr()).or_default().push(mention);
        }
    }
    let mut spellings: BTreeMap<String, Vec<&Mention>> = BTreeMap::new();
    for mentions in alike.into_values() {
        spellings.entry(key(&mentions[0].words)).or_default().extend(mentions);
    }
    spellings.values_mut().for_each(|mentions| mentions.sort_by_key(|m| (m.segment, m.span)));
    let names: Vec<(&String, &Vec<&Mention>)> = spellings.iter().take(MAX_NAMES).collect();
    for (spelling, mentions) in &names {
        let better = names.iter().filter(|(other, rivals)| {
            let order = |m: &[&Mention]| (m.len(), std::cmp::Reverse(m[0].span.start));
            other != spelling && order(rivals) > order(mentions) && same_person(&mentions[0].words, &rivals[0].words)
        });
        if let Some((_, rivals)) = better.max_by_key(|(_, rivals)| rivals.len()) {
            let from = out.len();
            report(context, mentions, rivals, text_of(context, rivals[0]), None, 0.8, out);
            // Both orders are usual in texts on East Asia.
            if is_turned(&mentions[0].words, &rivals[0].words) {
                out[from..].iter_mut().for_each(|d| d.severity = d.severity.min(Severity::Info));
            }
        }
    }
}

fn report(
    context: &Context<'_, '_>,
    mentions: &[&Mention],
    rivals: &[&Mention],
    suggestion: &str,
    entry: Option<String>,
    confidence: f32,
    out: &mut Vec<Diagnostic>,
) {
    for mention in mentions {
        let text = text_of(context, mention);
        let message = format!("“{text}” is “{suggestion}” elsewhere in this document");
        let mut finding = Finding::new(context, &RULE, mention.segment, mention.span, message)
            .confidence(confidence)
            .suggest(suggestion, entry.clone(), confidence, Applicability::Unsafe);
        for rival in rivals.iter().take(3) {
            finding = finding.related(rival.segment, rival.span, format!("“{suggestion}” here"));
        }
        finding.push(out);
    }
}

/// A name's words behind the titles: "King Mohammed VI" is the name Mohammed VI.
fn without_titles(words: &[QueryWord]) -> &[QueryWord] {
    let titles = words.iter().take_while(|w| w.word.is_some_and(|word| Lexicon::builtin().is_title(&word))).count();
    &words[titles.min(words.len() - 1)..]
}

/// The text of a mention behind the titles.
fn text_without_titles<'a>(context: &Context<'a, '_>, mention: &Mention) -> &'a str {
    let text = text_of(context, mention);
    let titles = mention.words.len() - without_titles(&mention.words).len();
    scan::tokens(text).nth(titles).map_or(text, |first| &text[first.span.start..])
}

fn key(words: &[QueryWord]) -> String {
    words.iter().map(|w| w.key.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether two spellings have as many words, each beginning alike and of about the same letters.
fn letter_variants(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| strsim::normalized_damerau_levenshtein(a, b) >= 0.5)
}

/// Whether one is the other turned round, or has the same given name and a garbled surname that nobody is called.
fn same_person(garbled: &[QueryWord], right: &[QueryWord]) -> bool {
    if garbled.len() != right.len() {
        return false;
    }
    if is_turned(garbled, right) {
        return garbled.iter().all(is_person_name);
    }
    let (Some((last, before)), Some((surname, given))) = (garbled.split_last(), right.split_last()) else {
        return false;
    };
    let same_before = before.iter().zip(given).all(|(a, b)| a.key == b.key);
    let (Some(seen), Some(intended)) = (last.word, surname.word) else { return false };
    let lexicon = Lexicon::builtin();
    let nobodys = |word| {
        let entry = lexicon.entry(word);
        entry.name().is_none() && entry.grade.is_none() && !entry.proper && !entry.place
    };
    same_before
        && seen.len() >= 5
        && intended.len() >= 4
        && seen != intended
        && nobodys(&seen)
        && Channel::builtin()
            .score(&intended, &seen, -30.0)
            .is_some_and(|lanes| log_mean_exp(&lanes) - lexicon.log_prob(&seen) > GAIN)
}

/// Whether two names of two words are the same words in the other order.
fn is_turned(a: &[QueryWord], b: &[QueryWord]) -> bool {
    matches!((a, b), ([a, b], [c, d]) if a.key == d.key && b.key == c.key && a.key != b.key)
}

fn is_person_name(word: &QueryWord) -> bool {
    let lexicon = Lexicon::builtin();
    word.word.is_some_and(|w| {
        let entry = lexicon.entry(&w);
        entry.name().is_some() && entry.grade.is_none() && !entry.place
    })
}
