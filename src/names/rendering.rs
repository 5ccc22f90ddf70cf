//! How a name that the source has stands in its translation: right, garbled, in part, or not at all.
//!
//! That the source names somebody makes a garbling likely that would be a guess elsewhere: a span needs only to be likelier
//! what became of the name than a stranger's right name.

use super::query::{QueryWord, without_possessive};
use super::rank::Ranker;
use super::resolve::{Mention, Resolution};
use super::score::{log_mean_exp, native_words};
use crate::channel::{Channel, NativeWord};
use crate::dictionary::{EntryRef, Kind, View};
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::text::fold::Word;
use crate::text::scan::{self, Gap, Token};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// How an entry's name stands in a translation.
#[derive(Clone, Debug, PartialEq)]
pub enum Rendering {
    /// In one of its right forms, its words in whatever order, or as its initials.
    Right,
    Garbled(Garbling),
    /// A word of it that can stand for it: a last name.
    Part,
    Absent,
}

/// What a name has become.
#[derive(Clone, Debug, PartialEq)]
pub struct Garbling {
    /// Bytes of the translation.
    pub span: Span,
    /// The right form.
    pub form: String,
    /// Nothing speaks against putting the right form in its place: no other name of the text adjoins it, and it is nobody's usual name.
    pub sure: bool,
}

/// A translation, read once for all the names that its source has.
pub struct Target<'t> {
    text: &'t str,
    words: Vec<TargetWord>,
    /// What the engine made of its names.
    mentions: &'t [&'t Mention],
}

struct TargetWord {
    token: Token,
    span: Span,
    query: QueryWord,
}

/// How much likelier than strangers' names the changed words together must be, in nats, and each of them at least.
const GAIN: f32 = 0.0;
const LEAST_GAIN: f32 = -4.0;
/// How much likelier than the next best span.
const LEAD: f32 = 2.0;
/// What a word that is right counts where two spans could be the name, in nats.
const SAME: f32 = 4.0;
/// From this weight on a word is a name that many have.
const USUAL: f32 = 8.0;
/// Below this log-probability a word is not what became of another.
const FLOOR: f32 = -40.0;
/// How far, in nats, below what is asked for a route is still told: it counts in the mean of all.
const SLACK: f32 = 3.0;

impl<'t> Target<'t> {
    pub fn new(text: &'t str, mentions: &'t [&'t Mention]) -> Target<'t> {
        let word = |token: Token| {
            let bare = without_possessive(token.text(text));
            let span = Span::new(token.span.start, token.span.start + bare.len());
            TargetWord { token, span, query: QueryWord::new(bare) }
        };
        Target { text, words: scan::tokens(text).map(word).collect(), mentions }
    }

    /// How an entry stands in the text; `native` is how the source has it.
    pub fn rendering(&self, ranker: &Ranker<'_>, known: &mut RightForms, entry: EntryRef, native: &str) -> Rendering {
        let view = ranker.view(entry);
        let forms = known.of(view, entry);
        if forms.iter().any(|form| self.holds(form)) {
            return Rendering::Right;
        }
        if let Some(garbling) = self.garbled(forms, native).or_else(|| self.resolved(ranker, entry)) {
            return Rendering::Garbled(garbling);
        }
        let is_person = view.kind(entry.index) == Kind::Person;
        let has_part = forms.iter().any(|form| if is_person { self.has_name_of(form) } else { self.has_most_of(form) });
        if has_part { Rendering::Part } else { Rendering::Absent }
    }

    /// Whether the words of a form stand side by side, the last ones first as well; or its initials do.
    fn holds(&self, form: &Form) -> bool {
        let len = form.words.len();
        let same = |word: &TargetWord, key: &str| word.query.key == key || is_plural(&word.query.key, key);
        let stands = |window: &[TargetWord]| {
            (0..len).any(|turn| (0..len).all(|i| same(&window[i], &form.words[(i + turn) % len].key)))
        };
        len > 0 && self.words.windows(len).any(stands)
            || form.initials().is_some_and(|initials| self.has_initials(&initials))
    }

    fn has_initials(&self, initials: &str) -> bool {
        let written = |word: &TargetWord| word.query.text.chars().filter(|c| *c != '.').eq(initials.chars());
        let apart = |window: &[TargetWord]| {
            window.iter().map(|word| word.query.text.as_str()).eq(initials.split_inclusive(|_: char| true))
        };
        self.words.iter().any(written) || self.words.windows(initials.chars().count()).any(apart)
    }

    fn has_name_of(&self, form: &Form) -> bool {
        form.words.iter().any(|own| own.capital && self.words.iter().any(|word| is_same_name(word, own)))
    }

    fn has_most_of(&self, form: &Form) -> bool {
        let long: Vec<_> = form.words.iter().filter(|own| own.key.len() > 3).collect();
        let held = long.iter().filter(|own| self.words.iter().any(|word| word.query.key == own.key)).count();
        held > 0 && held * 2 >= long.len()
    }

    /// What the engine found of the entry, whichever reading it thought best: the source decides.
    fn resolved(&self, ranker: &Ranker<'_>, entry: EntryRef) -> Option<Garbling> {
        let mut found = self.mentions.iter().filter_map(|mention| {
            let Resolution::Garbled(garbled) = &mention.resolution else { return None };
            let reading = garbled.readings.iter().find(|reading| reading.entry == entry)?;
            Some((mention.span, reading.text.clone()))
        });
        let (span, form) = found.next().filter(|_| ranker.view(entry).name(entry.index).contains(' '))?;
        if found.next().is_some() {
            return None;
        }
        let first = self.words.iter().position(|word| word.span.start == span.start)?;
        let last = self.words.iter().position(|word| word.span.end == span.end)?;
        let window = self.words.get(first..=last)?;
        let own = Form::new(&form);
        if is_part(window, &own) {
            return None;
        }
        let sure = self.is_apart(first, window.len()) && is_nobodys(window, &own);
        Some(Garbling { span, form, sure })
    }

    /// The span that is likeliest what became of one of the forms, where it stands clear.
    fn garbled(&self, forms: &[Form], native: &str) -> Option<Garbling> {
        let natives: Vec<Option<NativeWord>> = native_words(native).map(NativeWord::new).collect();
        let mut spans: Vec<(f32, Garbling)> = Vec::new();
        for (whole, form) in forms.iter().flat_map(|form| form.run_together().map(move |other| (form, other))) {
            let form = &*form;
            let natives = if natives.len() == form.words.len() { natives.as_slice() } else { &[] };
            // Where a word of the name stands in the text, the rest of it is beside that.
            let anchored = self.has_name_of(form) && form.words.len() > 1;
            for (at, window) in self.words.windows(form.words.len().max(1)).enumerate() {
                let Some(gain) = gain(form, natives, window, anchored) else { continue };
                let span = window[0].span.hull(window[window.len() - 1].span);
                if self.is_known(span) || is_part(window, whole) {
                    continue;
                }
                let sure = self.is_apart(at, window.len()) && is_nobodys(window, form);
                spans.push((gain, Garbling { span, form: form.text.clone(), sure }));
            }
        }
        spans.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, found) = spans.first()?;
        let rival = spans.iter().find(|(_, other)| !other.span.overlaps(found.span));
        rival.is_none_or(|(next, _)| best - next >= LEAD).then(|| found.clone())
    }

    /// Whether a span is, or is in, the right name of an entry.
    fn is_known(&self, span: Span) -> bool {
        self.mentions.iter().any(|mention| {
            matches!(mention.resolution, Resolution::Form(_))
                && mention.span.overlaps(span)
                && (mention.words.len() > 1 || mention.span == span)
        })
    }

    /// Whether no name goes on before or behind a run of words.
    fn is_apart(&self, at: usize, len: usize) -> bool {
        let joins = |word: &TargetWord| matches!(word.token.gap, Gap::Space | Gap::Line | Gap::Hyphen);
        let is_name = |word: &TargetWord| {
            let Some(folded) = word.query.word.filter(|_| word.token.is_capital()) else { return false };
            !says_more(&folded) && Lexicon::builtin().grade(&folded).is_none()
        };
        let before = at.checked_sub(1).map(|before| &self.words[before]).filter(|_| joins(&self.words[at]));
        let behind = self.words.get(at + len).filter(|word| joins(word) && !self.is_possessive(at + len - 1));
        !before.is_some_and(is_name) && !behind.is_some_and(is_name)
    }

    fn is_possessive(&self, at: usize) -> bool {
        self.words[at].span.len() < self.words[at].token.text(self.text).len()
    }
}

/// The right forms of entries, each cut into words once.
#[derive(Default)]
pub struct RightForms(FxHashMap<EntryRef, Vec<Form>>);

impl RightForms {
    fn of(&mut self, view: &View<'_>, entry: EntryRef) -> &[Form] {
        self.0.entry(entry).or_insert_with(|| {
            let right = view.forms_of(entry.index).filter(|form| view.form_kind(*form).is_right());
            right.map(|form| Form::new(view.form_text(form))).collect()
        })
    }
}

/// A right form of an entry.
#[derive(Clone)]
struct Form {
    text: String,
    words: Vec<FormWord>,
}

#[derive(Clone)]
struct FormWord {
    key: String,
    word: Option<Word>,
    capital: bool,
}

impl Form {
    fn new(text: &str) -> Form {
        let word = |token: Token| {
            let QueryWord { key, word, .. } = QueryWord::new(token.text(text));
            FormWord { key, word, capital: token.is_capital() }
        };
        Form { text: text.to_owned(), words: scan::tokens(text).map(word).collect() }
    }

    /// The form, and the form with two neighbouring words run together, for each two: "Antoineandri Jomini".
    fn run_together(&self) -> impl Iterator<Item = Cow<'_, Form>> {
        let joints = if self.words.len() > 2 { self.words.len() - 1 } else { 0 };
        let joined = (0..joints).filter_map(|at| {
            let word = Word::join(&self.words[at].word?, &self.words[at + 1].word?)?;
            let mut words = self.words.clone();
            words[at] =
                FormWord { key: format!("{}{}", words[at].key, words[at + 1].key), word: Some(word), capital: true };
            words.remove(at + 1);
            Some(Cow::Owned(Form { text: self.text.clone(), words }))
        });
        std::iter::once(Cow::Borrowed(self)).chain(joined)
    }

    /// The first letters of a name of two words and more, as capitals; small words do not count.
    fn initials(&self) -> Option<String> {
        let capitals = self.words.iter().filter(|word| word.capital);
        let initials: String =
            capitals.filter_map(|word| word.key.chars().next()).map(|c| c.to_ascii_uppercase()).collect();
        (initials.len() > 1).then_some(initials)
    }
}

/// Whether a word is no part of a name, but says what bears it: a title, a role, a nation.
fn says_more(word: &Word) -> bool {
    let kinds = Lexicon::builtin().kinds(word);
    kinds.title() || kinds.role() || kinds.demonym() || kinds.calendar() || kinds.institution()
}

/// Whether a word is another one in the plural: "the Plenels".
fn is_plural(word: &str, of: &str) -> bool {
    of.len() > 2 && word.strip_prefix(of).is_some_and(|ending| matches!(ending, "s" | "es"))
}

fn is_same_name(word: &TargetWord, own: &FormWord) -> bool {
    word.token.is_capital() && (word.query.key == own.key || is_plural(&word.query.key, &own.key))
}

/// How much likelier words are what became of a form than strangers' names, in nats; `None` where they are surely not.
fn gain(form: &Form, natives: &[Option<NativeWord>], window: &[TargetWord], anchored: bool) -> Option<f32> {
    let joined = window.iter().skip(1).all(|w| matches!(w.token.gap, Gap::Space | Gap::Line | Gap::Hyphen));
    let anchors = || window.iter().zip(&form.words).any(|(word, own)| is_same_name(word, own));
    if !joined || anchored && !anchors() {
        return None;
    }
    let (mut same, mut changed) = (0.0, 0.0);
    for (i, (word, own)) in window.iter().zip(&form.words).enumerate() {
        if own.capital && !word.token.is_capital() {
            return None;
        }
        if word.query.key == own.key {
            same += SAME;
            continue;
        }
        let (intended, seen) = (own.word?, word.query.word?);
        // A word that is an ordinary one has its capital from the sentence that it opens; a title stands before a name.
        let opens = matches!(word.token.gap, Gap::Paragraph | Gap::End | Gap::Stop);
        if opens && Lexicon::builtin().is_word(&seen) || says_more(&seen) {
            return None;
        }
        let native = natives.get(i).and_then(Option::as_ref);
        let null = Lexicon::builtin().log_prob(&seen);
        let gain = likelihood(&intended, native, &seen, FLOOR.max(null + LEAST_GAIN - SLACK))? - null;
        if gain < LEAST_GAIN {
            return None;
        }
        changed += gain;
    }
    (changed >= GAIN).then_some(same + changed)
}

/// Log-probability of a word as what became of another, through any script or through this native form; `None` below `bound`.
fn likelihood(intended: &Word, native: Option<&NativeWord>, seen: &Word, bound: f32) -> Option<f32> {
    let channel = Channel::builtin();
    let lanes = channel.score(intended, seen, bound).map(|lanes| log_mean_exp(&lanes));
    let native = native.and_then(|native| channel.score_native(native, seen, bound));
    lanes.into_iter().chain(native).reduce(f32::max)
}

/// Whether all words are a form's: a part of it that is right is no garbling of the whole.
fn is_part(window: &[TargetWord], form: &Form) -> bool {
    window.iter().all(|word| form.words.iter().any(|own| own.key == word.query.key))
}

/// Whether some changed word is no name that many people have.
fn is_nobodys(window: &[TargetWord], form: &Form) -> bool {
    window.len() != form.words.len()
        || window.iter().zip(&form.words).any(|(word, own)| {
            let stats = word.query.word.and_then(|folded| Lexicon::builtin().name(&folded));
            word.query.key != own.key && stats.is_none_or(|stats| stats.weight < USUAL)
        })
}
