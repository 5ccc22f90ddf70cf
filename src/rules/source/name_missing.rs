use super::super::{Context, Example, Finding, Languages, Rule};
use super::{pairs, whole};
use crate::channel::Channel;
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::dictionary::EntryRef;
use crate::document::Segment;
use crate::lexicon::Lexicon;
use crate::names::query::{QueryWord, without_possessive};
use crate::names::resolve::{Resolution, entry_of};
use crate::names::score::log_mean_exp;
use crate::span::Span;
use crate::text::fold::Word;
use crate::text::scan::{self, Gap, Token};

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
it in none of its accepted forms. A last name or a short form is enough.

Where the target holds what the name became on its way through the other script, that is reported and the right name suggested. The fix is safe: the source says who is meant. \
Where two spellings could be it, or the one that could be it is a right name of somebody else, nothing is suggested.",
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

/// How much likelier than a stranger's right name a span must be, in nats a word.
const GAIN: f32 = 1.0;
/// And how much likelier, in all, than the next best span.
const LEAD: f32 = 2.0;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment, source) in pairs(context) {
        for named in context.natives.find(&source.text) {
            if has_form(context, segment, named.entry) {
                continue;
            }
            let view = context.ranker.view(named.entry);
            let name = view.name(named.entry.index);
            let native = source.text.get(named.span.range()).unwrap_or_default();
            let id = Some(view.id(named.entry.index).into_owned());
            let message = format!("the source names {name} ({native})");
            match garbled(context, index, segment, named.entry) {
                Some(span) => {
                    let found = &segment.text[span.range()];
                    let message = format!("{message}, which “{found}” should be");
                    Finding::new(context, &RULE, index, span, message).confidence(0.98).suggest(
                        name,
                        id,
                        0.98,
                        Applicability::Safe,
                    )
                }
                None => whole(context, &RULE, index, format!("{message}, the translation does not")).confidence(0.8),
            }
            .push(out);
        }
    }
}

/// Whether a text has an entry in one of its right forms, or a person's last name.
fn has_form(context: &Context<'_, '_>, segment: &Segment<'_>, entry: EntryRef) -> bool {
    let view = context.ranker.view(entry);
    let keys = |text: &str| -> Vec<String> {
        scan::tokens(text).map(|token| QueryWord::new(without_possessive(token.text(text))).key).collect()
    };
    let text = keys(&segment.text);
    let holds = |form: &[String]| !form.is_empty() && text.windows(form.len()).any(|words| words == form);
    view.forms_of(entry.index).filter(|form| view.form_kind(*form).is_right()).any(|form| {
        let form = keys(view.form_text(form));
        let is_person = view.kind(entry.index) == crate::dictionary::Kind::Person;
        holds(&form) || is_person && form.len() > 1 && holds(&form[form.len() - 1..])
    })
}

/// What an entry's name has become in a text, where one span stands clear.
fn garbled(context: &Context<'_, '_>, index: usize, segment: &Segment<'_>, entry: EntryRef) -> Option<Span> {
    let resolved = context.mentions.iter().filter(|mention| mention.segment == index);
    let mut of_entry =
        resolved.clone().filter(|m| matches!(m.resolution, Resolution::Garbled(_)) && entry_of(m) == Some(entry));
    if let (Some(mention), None) = (of_entry.next(), of_entry.next()) {
        return Some(mention.span);
    }
    let view = context.ranker.view(entry);
    let name: Vec<Word> = view.name(entry.index).split([' ', '-']).map(Word::fold).collect::<Option<_>>()?;
    let text: &str = &segment.text;
    let tokens: Vec<Token> = scan::tokens(text).collect();
    let is_right =
        |span: Span| resolved.clone().any(|m| matches!(m.resolution, Resolution::Form(_)) && m.span.overlaps(span));
    let mut spans: Vec<(f32, Span)> = Vec::new();
    for window in tokens.windows(name.len().max(1)) {
        let joined = window.iter().skip(1).all(|token| matches!(token.gap, Gap::Space | Gap::Line | Gap::Hyphen));
        let (Some(first), Some(last)) = (window.first(), window.last()) else { continue };
        if !joined || !first.is_capital() || !last.is_capital() {
            continue;
        }
        let end = last.span.start + without_possessive(last.text(text)).len();
        let span = Span::new(first.span.start, end);
        let words: Option<Vec<Word>> =
            window.iter().map(|token| Word::fold(without_possessive(token.text(text)))).collect();
        let Some(words) = words.filter(|_| !is_right(span)) else { continue };
        let gain: Option<f32> = name.iter().zip(&words).map(|(intended, seen)| gain(intended, seen)).sum();
        spans.extend(gain.filter(|gain| *gain >= GAIN * name.len() as f32).map(|gain| (gain, span)));
    }
    spans.sort_by(|a, b| b.0.total_cmp(&a.0));
    match spans.as_slice() {
        [(_, span)] => Some(*span),
        [(best, span), (next, _), ..] if best - next >= LEAD => Some(*span),
        _ => None,
    }
}

/// How much likelier a word is what became of the intended one than a right name.
fn gain(intended: &Word, seen: &Word) -> Option<f32> {
    let lanes = Channel::builtin().score(intended, seen, -40.0)?;
    Some(log_mean_exp(&lanes) - Lexicon::builtin().log_prob(seen))
}
