//! How a name that the source has stands in its translation: right, garbled, in part, or not at all.
//!
//! That the source names somebody makes a garbling likely that would be a guess elsewhere: a span needs only to be likelier
//! what became of the name than a stranger's right name.

mod forms;
mod gain;

use super::query::without_possessive;
use super::rank::Ranker;
use super::resolve::{Mention, Resolution};
use super::score::native_words;
use crate::channel::NativeWord;
use crate::dictionary::{EntryRef, Kind};
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::text::fold::{Word, push_key};
use crate::text::scan::{self, Gap, Token};
use forms::{Beginnings, Form, FormWord, RightForms, is_plural};
use gain::Scale;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use std::sync::Arc;

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
    words: Vec<TargetWord<'t>>,
    /// Which of them begin with a capital.
    capitals: Vec<usize>,
    beginnings: Beginnings,
    /// What the engine made of its names.
    mentions: &'t [&'t Mention],
}

struct TargetWord<'t> {
    token: Token,
    /// Without a possessive ending, like the text.
    span: Span,
    text: &'t str,
    /// The key it is looked up by.
    key: &'t str,
    folded: OnceCell<Option<Word>>,
    is_no_name: OnceCell<bool>,
}

/// Holds names against translations. It remembers what it has read and weighed from one to the next.
pub struct Renderer<'r, 'd> {
    ranker: &'r Ranker<'d>,
    forms: RightForms,
    natives: FxHashMap<String, Arc<[Option<NativeWord>]>>,
    scale: Scale,
}

/// How much likelier than the next best span.
const LEAD: f32 = 2.0;
/// From this weight on a word is a name that many have.
const USUAL: f32 = 8.0;

impl<'r, 'd> Renderer<'r, 'd> {
    pub fn new(ranker: &'r Ranker<'d>) -> Renderer<'r, 'd> {
        Renderer { ranker, forms: RightForms::default(), natives: FxHashMap::default(), scale: Scale::default() }
    }

    /// How an entry stands in a translation; `native` is how the source has it.
    pub fn rendering(&mut self, target: &Target<'_>, entry: EntryRef, native: &str) -> Rendering {
        let view = self.ranker.view(entry);
        let forms = self.forms.of(view, entry);
        if forms.iter().any(|form| target.holds(form)) {
            return Rendering::Right;
        }
        let natives = match self.natives.get(native) {
            Some(natives) => natives.clone(),
            None => {
                let natives: Arc<[_]> = native_words(native).map(NativeWord::new).collect();
                self.natives.entry(native.to_owned()).or_insert(natives).clone()
            }
        };
        let garbled = target.garbled(&mut self.scale, forms, &natives);
        if let Some(garbling) = garbled.or_else(|| target.resolved(self.ranker, entry)) {
            return Rendering::Garbled(garbling);
        }
        let is_person = view.kind(entry.index) == Kind::Person;
        let part = |form: &Form| if is_person { target.has_name_of(&form.words) } else { target.has_most_of(form) };
        let has_part = forms.iter().any(|form| target.beginnings.has_any(form.beginnings) && part(form));
        if has_part { Rendering::Part } else { Rendering::Absent }
    }
}

impl<'t> Target<'t> {
    /// Reads a translation; `keys` is a buffer.
    pub fn new(text: &'t str, mentions: &'t [&'t Mention], keys: &'t mut String) -> Target<'t> {
        keys.clear();
        let mut cut: Vec<(Token, usize, usize)> = Vec::new();
        for token in scan::tokens(text) {
            let bare = without_possessive(token.text(text));
            push_key(bare, keys);
            cut.push((token, bare.len(), keys.len()));
        }
        let mut start = 0;
        let word = |(token, len, end): (Token, usize, usize)| {
            let key = &keys[std::mem::replace(&mut start, end)..end];
            let span = Span::new(token.span.start, token.span.start + len);
            let text = &text[span.range()];
            TargetWord { token, span, text, key, folded: OnceCell::new(), is_no_name: OnceCell::new() }
        };
        let words: Vec<TargetWord<'_>> = cut.into_iter().map(word).collect();
        let beginnings = Beginnings::of(words.iter().map(|word| word.key));
        let capitals = (0..words.len()).filter(|at| words[*at].token.is_capital()).collect();
        Target { text, words, capitals, beginnings, mentions }
    }

    /// The words that a form may begin at.
    fn starts(&self, capital: bool) -> impl Iterator<Item = usize> {
        let (some, all) = if capital { (self.capitals.as_slice(), 0) } else { (&[][..], self.words.len()) };
        some.iter().copied().chain(0..all)
    }

    /// Whether the words of a form stand side by side, the last ones first as well; or its initials do.
    fn holds(&self, form: &Form) -> bool {
        let len = form.words.len();
        let same = |word: &TargetWord, key: &str| word.key == key || is_plural(word.key, key);
        let stands = |window: &[TargetWord<'_>]| {
            (0..len).any(|turn| (0..len).all(|i| same(&window[i], &form.words[(i + turn) % len].key)))
        };
        let has_all = len > 0 && self.beginnings.has_all(form.beginnings);
        has_all && self.words.windows(len).any(stands)
            || form.initials.as_ref().is_some_and(|initials| self.has_initials(initials))
    }

    fn has_initials(&self, initials: &str) -> bool {
        let begins = |word: &TargetWord<'_>| word.text.as_bytes().first() == initials.as_bytes().first();
        let written =
            |word: &TargetWord<'_>| begins(word) && word.text.chars().filter(|c| *c != '.').eq(initials.chars());
        let apart = |window: &[TargetWord<'_>]| {
            let letters = window.iter().map(|word| word.text);
            begins(&window[0]) && letters.eq(initials.split_inclusive(|_: char| true))
        };
        self.words.iter().any(written) || self.words.windows(initials.chars().count()).any(apart)
    }

    fn has_name_of(&self, form: &[FormWord]) -> bool {
        form.iter().any(|own| own.capital && self.capitals.iter().any(|at| self.words[*at].is_same_name(own)))
    }

    fn has_most_of(&self, form: &Form) -> bool {
        let long: Vec<_> = form.words.iter().filter(|own| own.key.len() > 3).collect();
        let held = long.iter().filter(|own| self.words.iter().any(|word| word.key == own.key)).count();
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
        let sure = self.is_apart(first, window.len()) && is_nobodys(window, &own.words);
        Some(Garbling { span, form, sure })
    }

    /// The span that is likeliest what became of one of the forms, where it stands clear.
    fn garbled(&self, scale: &mut Scale, forms: &[Form], natives: &[Option<NativeWord>]) -> Option<Garbling> {
        let mut spans: Vec<(f32, Garbling)> = Vec::new();
        for (form, words) in forms.iter().flat_map(|form| form.readings().map(move |words| (form, words))) {
            let natives = if natives.len() == words.len() { natives } else { &[] };
            // Where a word of the name stands in the text, the rest of it is beside that.
            let anchored = words.len() > 1 && self.has_name_of(words);
            for at in self.starts(words[0].capital) {
                let Some(window) = self.words.get(at..at + words.len()) else { break };
                let Some(gain) = scale.gain(words, natives, window, anchored) else { continue };
                let span = window[0].span.hull(window[window.len() - 1].span);
                if self.is_known(span) || is_part(window, form) {
                    continue;
                }
                let sure = self.is_apart(at, window.len()) && is_nobodys(window, words);
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
        let joins = |word: &TargetWord<'_>| matches!(word.token.gap, Gap::Space | Gap::Line | Gap::Hyphen);
        let is_name = |word: &TargetWord<'_>| {
            let Some(folded) = word.folded().filter(|_| word.token.is_capital()) else { return false };
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

impl TargetWord<'_> {
    /// `None` where it is no Latin word.
    fn folded(&self) -> Option<Word> {
        *self.folded.get_or_init(|| Word::of_key(self.key.as_bytes()))
    }

    fn is_same_name(&self, own: &FormWord) -> bool {
        self.token.is_capital() && (self.key == own.key || is_plural(self.key, &own.key))
    }

    /// Whether it is as good as sure to be something else than a name: an ordinary word has its capital from the sentence that
    /// it opens; a title stands before a name.
    fn is_no_name(&self) -> bool {
        *self.is_no_name.get_or_init(|| {
            let opens = matches!(self.token.gap, Gap::Paragraph | Gap::End | Gap::Stop);
            let is_word = |word: &Word| opens && Lexicon::builtin().is_word(word) || says_more(word);
            self.folded().as_ref().is_some_and(is_word)
        })
    }
}

/// Whether a word is no part of a name, but says what bears it: a title, a role, a nation.
fn says_more(word: &Word) -> bool {
    let kinds = Lexicon::builtin().kinds(word);
    kinds.title() || kinds.role() || kinds.demonym() || kinds.calendar() || kinds.institution()
}

/// Whether all words are a form's: a part of it that is right is no garbling of the whole.
fn is_part(window: &[TargetWord<'_>], form: &Form) -> bool {
    window.iter().all(|word| form.words.iter().any(|own| own.key == word.key))
}

/// Whether some changed word is no name that many people have.
fn is_nobodys(window: &[TargetWord<'_>], form: &[FormWord]) -> bool {
    window.len() != form.len()
        || window.iter().zip(form).any(|(word, own)| {
            let stats = word.folded().and_then(|folded| Lexicon::builtin().name(&folded));
            word.key != own.key && stats.is_none_or(|stats| stats.weight < USUAL)
        })
}
