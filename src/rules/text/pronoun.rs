use super::super::{Context, Example, Finding, Languages, Rule};
use super::surroundings::before;
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::dictionary::Kind;
use crate::lexicon::{Grade, Lexicon};
use crate::names::resolve::{Mention, Resolution};
use crate::span::Span;
use crate::text::fold::Word;
use crate::text::scan::{self, Gap, Token};

pub static RULE: Rule = Rule {
    name: "text/pronoun",
    summary: "“he” or “she” for an organisation",
    severity: Severity::Info,
    on_by_default: true,
    languages: Languages::ENGLISH,
    needs_names: true,
    fix: Some(Applicability::Unsafe),
    mqm: "accuracy/mistranslation",
    documentation: "\
Arabic, Russian and French have no “it”: an organisation is a “she” there, a newspaper a “he”, and stays one in translation: “After she filed \
complaints, Reporters Without Borders …”. Reported is a pronoun in a clause before a comma (“After she …, NAME”) or in \
reported speech (“NAME said that she …”), where NAME is an organisation or outlet of the dictionary, and neither the \
paragraph so far nor the one before has a person whom the pronoun could mean: a name of a person, an unknown name, or a word for one.

The fix is not safe: the pronoun may mean somebody whom the text never names.",
    examples: &[
        Example {
            dictionary: "[[name]]\nname = \"Reporters Without Borders\"\nkind = \"organisation\"\n",
            before: "After she filed complaints, Reporters Without Borders waited.",
            after: "After it filed complaints, Reporters Without Borders waited.",
        },
        Example {
            dictionary: "[[name]]\nname = \"Mediapart\"\nkind = \"outlet\"\n",
            before: "Mediapart announced that he would appeal.",
            after: "Mediapart announced that it would appeal.",
        },
        Example {
            dictionary: "[[name]]\nname = \"Reporters Without Borders\"\nkind = \"organisation\"\n",
            before: "Her lawyer spoke. After she filed complaints, Reporters Without Borders waited.\n\nThe woman said so. Reporters Without Borders said she was free.",
            after: "Her lawyer spoke. After she filed complaints, Reporters Without Borders waited.\n\nThe woman said so. Reporters Without Borders said she was free.",
        },
    ],
    check,
};

const BEFORE_CLAUSE: &[&str] =
    &["after", "although", "as", "because", "before", "since", "though", "until", "when", "while"];
const SPEECH: &[&str] =
    &["added", "announced", "claimed", "confirmed", "declared", "reported", "revealed", "said", "stated", "stressed"];
const PEOPLE: &[&str] = &[
    "boy", "brother", "child", "daughter", "father", "girl", "he", "her", "him", "his", "husband", "man", "mother",
    "person", "she", "sister", "son", "wife", "woman", "who",
];

/// The most words of a sentence that are looked at, and the most bytes before it.
const SENTENCE: usize = 60;
const REACH: usize = 1000;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let all = context.mentions;
        let first = all.partition_point(|m| m.segment < index);
        let last = all.partition_point(|m| m.segment <= index);
        if first == last {
            continue;
        }
        let mentions = Mentions { context, all: &all[first..last] };
        let mut sentence: Vec<Token> = Vec::new();
        for token in scan::tokens(text) {
            let begins = matches!(token.gap, Gap::Paragraph | Gap::End | Gap::Line)
                || token.gap == Gap::Stop && token.is_capital();
            if begins {
                check_sentence(&mentions, index, text, &sentence, out);
                sentence.clear();
            }
            if sentence.len() < SENTENCE {
                sentence.push(token);
            }
        }
        check_sentence(&mentions, index, text, &sentence, out);
    }
}

fn check_sentence(
    mentions: &Mentions<'_, '_, '_>,
    index: usize,
    text: &str,
    sentence: &[Token],
    out: &mut Vec<Diagnostic>,
) {
    let Some((pronoun, name)) = in_clause(mentions, text, sentence).or_else(|| in_speech(mentions, text, sentence))
    else {
        return;
    };
    let (first, verb) = (sentence[0], sentence[pronoun + 1]);
    let span = Span::new(sentence[pronoun].span.start, verb.span.end);
    let earlier = sentence[..pronoun].iter().chain(&sentence[pronoun + 1..]).take_while(|t| t.span.start < name.start);
    if earlier.clone().any(|token| is_person_word(text, token)) || mentions.has_person(text, first.span.start, name) {
        return;
    }
    let instead = format!("it {}", verb.text(text));
    let message = format!("“{}” is “it”", &text[name.range()]);
    Finding::new(mentions.context, &RULE, index, span, message)
        .confidence(0.8)
        .suggest(&instead, None, 0.8, Applicability::Unsafe)
        .related(index, name, "an organisation")
        .push(out);
}

fn is_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she")
}

/// “After she filed complaints, NAME …”: the place of the pronoun, and the name.
fn in_clause(mentions: &Mentions<'_, '_, '_>, text: &str, sentence: &[Token]) -> Option<(usize, Span)> {
    let opens = BEFORE_CLAUSE.contains(&sentence.first()?.text(text).to_ascii_lowercase().as_str());
    if !opens || !is_pronoun(sentence.get(1)?.text(text)) || sentence.get(2)?.gap != Gap::Space {
        return None;
    }
    // The clause ends at the first comma, and the name stands right behind it.
    let subject = sentence.iter().skip(2).position(|token| token.gap == Gap::Mark).map(|at| &sentence[at + 2])?;
    let article = usize::from(subject.text(text) == "the") * "the ".len();
    Some((1, mentions.organisation_at(subject.span.start + article)?))
}

/// “NAME said that she …”: the place of the pronoun, and the name.
fn in_speech(mentions: &Mentions<'_, '_, '_>, text: &str, sentence: &[Token]) -> Option<(usize, Span)> {
    let article = usize::from(matches!(sentence.first()?.text(text), "The" | "the"));
    let name = mentions.organisation_at(sentence.get(article)?.span.start)?;
    let verb = sentence.iter().position(|token| token.span.start >= name.end)?;
    let that = usize::from(sentence.get(verb + 1)?.text(text) == "that");
    let pronoun = sentence.get(verb + 1 + that)?;
    let said = SPEECH.contains(&sentence[verb].text(text)) && sentence[verb].gap == Gap::Space;
    let goes_on = sentence.get(verb + 2 + that)?.gap == Gap::Space;
    (said && goes_on && is_pronoun(pronoun.text(text))).then_some((verb + 1 + that, name))
}

/// Whether the word says that somebody is spoken of.
fn is_person_word(text: &str, token: &Token) -> bool {
    let word = token.text(text);
    let singular = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word).to_lowercase();
    PEOPLE.contains(&singular.as_str())
        || Word::fold(&singular).is_some_and(|word| {
            let kinds = Lexicon::builtin().kinds(&word);
            kinds.role() || kinds.title()
        })
}

/// The names of a segment.
struct Mentions<'c, 'a, 'd> {
    context: &'c Context<'a, 'd>,
    all: &'a [Mention],
}

impl Mentions<'_, '_, '_> {
    /// The organisation or outlet whose name begins there.
    fn organisation_at(&self, start: usize) -> Option<Span> {
        let mention = &self.all[self.all.binary_search_by_key(&start, |m| m.span.start).ok()?];
        self.is_organisation(mention).then_some(mention.span)
    }

    fn is_organisation(&self, mention: &Mention) -> bool {
        match &mention.resolution {
            Resolution::Form(exact) => {
                !exact.is_empty()
                    && exact.iter().all(|e| matches!(self.kind(e.entry), Kind::Organisation | Kind::Outlet))
            }
            _ => false,
        }
    }

    fn kind(&self, entry: crate::dictionary::EntryRef) -> Kind {
        self.context.ranker.view(entry).kind(entry.index)
    }

    /// Whether the sentence up to `name`, the paragraph before it or the paragraph before that has somebody whom a pronoun could mean.
    fn has_person(&self, text: &str, sentence: usize, name: Span) -> bool {
        let start = paragraphs_start(text, sentence);
        let from = self.all.partition_point(|m| m.span.start < start);
        let named = self.all[from..].iter().take_while(|m| m.span.start <= name.start).any(|m| self.may_be_person(m));
        named || scan::tokens(&text[start..sentence]).any(|token| is_person_word(&text[start..sentence], &token))
    }

    fn may_be_person(&self, mention: &Mention) -> bool {
        match &mention.resolution {
            Resolution::Form(exact) => exact.iter().any(|e| self.kind(e.entry) == Kind::Person),
            Resolution::Garbled(garbled) => garbled.readings.iter().any(|r| self.kind(r.entry) == Kind::Person),
            Resolution::Unknown => mention.words.iter().any(|word| word.word.is_none_or(|word| may_name_person(&word))),
        }
    }
}

/// Where the paragraph before that of `at` begins, not too far back.
fn paragraphs_start(text: &str, at: usize) -> usize {
    let window = before(text, at, REACH);
    let start = at - window.len();
    let mut breaks = window.rmatch_indices("\n\n").map(|(place, _)| start + place);
    let own = breaks.next();
    // A break right before the sentence parts it from the paragraph before.
    own.and(breaks.next()).unwrap_or(start)
}

/// Whether the word is neither a common one nor a day or a place: “On Monday” is nobody.
fn may_name_person(word: &Word) -> bool {
    let lexicon = Lexicon::builtin();
    let is_common = lexicon.grade(word) == Some(Grade::Common);
    !is_common && !lexicon.kinds(word).calendar() && !lexicon.is_place(word)
}
