//! Resolving: every name-like span of a document, and what it is in the light of the whole document.
//!
//! First the phrases that are forms of entries, word for word; then the chains of capitalised words between them, of
//! which the most probable cut into spans is taken; then the surnames that stand alone, once the person is resolved.
//! How many names of the document are garbled counts for each: one in a text full of garblings is likelier than one in a clean text.
//!
//! A chain of n words is weighed as at most 6n spans, each distinct chain of a run once.

mod chains;
mod follow;
mod phrases;

use super::query::{QueryWord, without_possessive};
use super::rank::{Candidate, Exact, Ranker};
use super::spot;
use super::vocabulary::{Vocabulary, WordIndex};
use crate::dictionary::{EntryRef, FormKind};
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::text::scan::Token;
use chains::{Analysis, Single, Waiting};
use follow::Alone;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A name in a document.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Which segment of the document.
    pub segment: usize,
    /// Bytes of the segment's text; a possessive ending is not part of it.
    pub span: Span,
    /// Its words, possessive ending cut off.
    pub words: Arc<[QueryWord]>,
    pub resolution: Resolution,
}

/// What a mention is.
#[derive(Clone, Debug)]
pub enum Resolution {
    /// The words of one or more forms: right ones, calques, listed misspellings.
    Form(Vec<Exact>),
    /// A garbled name.
    Garbled(Garbled),
    /// A chain of two words or more that is nobody known.
    Unknown,
}

/// A garbled name and what it should be.
#[derive(Clone, Debug)]
pub struct Garbled {
    /// Best first.
    pub readings: Vec<Reading>,
    /// Calibrated probability that the first reading is right.
    pub confidence: f32,
    /// Two entries lie too close to tell them apart.
    pub ambiguous: bool,
    /// Every changed word is one that people are called: the span may be somebody else's right name.
    pub attested: bool,
    /// `Some` where this is a short form of a name resolved elsewhere in the document: the index of that mention.
    pub follows: Option<usize>,
}

/// One thing that a garbled name may have been.
#[derive(Clone, Debug)]
pub struct Reading {
    pub entry: EntryRef,
    /// What the text should say.
    pub text: String,
    pub confidence: f32,
    pub candidate: Candidate,
}

/// Finds and resolves names; one for each thread of a run. It remembers the words and chains that it has weighed.
pub struct Resolver<'d> {
    ranker: Ranker<'d>,
    lexicon: &'static Lexicon,
    vocabulary: Vocabulary,
    /// A sentence's words in the vocabulary, where something is asked of them.
    numbers: Vec<Option<WordIndex>>,
    /// What chains were found to be, by their text.
    chains: FxHashMap<String, Arc<Analysis>>,
    /// The same of chains of one word, by its number in the vocabulary.
    singles: Vec<Single>,
}

/// Beyond this many remembered chains the memory is emptied: it bounds a run's use of memory.
const MAX_CHAINS: usize = 1 << 17;

impl<'d> Resolver<'d> {
    pub fn new(ranker: Ranker<'d>) -> Resolver<'d> {
        Resolver {
            ranker,
            lexicon: Lexicon::builtin(),
            vocabulary: Vocabulary::default(),
            numbers: Vec::new(),
            chains: FxHashMap::default(),
            singles: Vec::new(),
        }
    }

    pub fn ranker(&self) -> &Ranker<'d> {
        &self.ranker
    }

    /// All names of a document, in order; behind them the surnames that follow one, which [`Garbled::follows`] counts on.
    /// `None` where `stop` became true on the way.
    pub fn resolve(&mut self, document: &Document<'_>, stop: &AtomicBool) -> Option<Vec<Mention>> {
        if self.chains.len() > MAX_CHAINS {
            self.chains.clear();
        }
        if self.vocabulary.is_full() {
            self.vocabulary = Vocabulary::default();
            self.singles.clear();
        }
        let mut mentions = Vec::new();
        let (mut waiting, mut alone, mut tokens) = (Vec::new(), Vec::new(), Vec::new());
        for (segment, part) in document.segments.iter().enumerate() {
            let text: &str = &part.text;
            let mut place = Place { segment, text, mentions: &mut mentions, waiting: &mut waiting, alone: &mut alone };
            spot::sentences(text, &mut tokens, |sentence| {
                if !stop.load(Ordering::Relaxed) {
                    self.sentence(&mut place, sentence);
                }
            });
        }
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        let lift = chains::lift(&mentions, &waiting);
        for chain in &waiting {
            self.cut(chain, lift, &mut mentions, &mut alone);
        }
        drop_parts(&mut mentions);
        mentions.sort_by_key(|m| (m.segment, m.span));
        self.follow_up(&mut mentions, alone, lift);
        Some(mentions)
    }

    fn sentence(&mut self, place: &mut Place<'_, '_>, sentence: &[Token]) {
        if !sentence.iter().any(Token::is_capital) {
            return;
        }
        let text = place.text;
        let mut numbers = std::mem::take(&mut self.numbers);
        numbers.clear();
        numbers.extend(sentence.iter().map(|token| {
            (spot::is_asked(token) || phrases::may_begin(token))
                .then(|| self.vocabulary.index(&self.ranker, token.text(text)))
        }));
        let covered = self.phrases(place, sentence, &numbers);
        let found = spot::Sentence {
            text,
            tokens: sentence,
            vocabulary: &self.vocabulary,
            numbers: &numbers,
            covered: &covered,
        };
        for chain in found.chains() {
            let alone = numbers[chain.start].filter(|_| chain.len() == 1);
            match alone {
                Some(number) => self.single(place, number, &sentence[chain.start]),
                None => self.chain(place, &sentence[chain]),
            }
        }
        self.numbers = numbers;
    }
}

/// A segment, and where its mentions and chains go.
struct Place<'t, 'm> {
    segment: usize,
    text: &'t str,
    mentions: &'m mut Vec<Mention>,
    waiting: &'m mut Vec<Waiting>,
    alone: &'m mut Vec<Alone>,
}

/// Drops single words that are forms of entries where they are parts of a garbled name.
fn drop_parts(mentions: &mut Vec<Mention>) {
    let garbled: FxHashSet<(usize, usize)> = mentions
        .iter()
        .filter(|m| matches!(m.resolution, Resolution::Garbled(_)) && m.words.len() > 1)
        .flat_map(|m| [(m.segment, m.span.start), (m.segment, m.span.end)])
        .collect();
    mentions.retain(|m| {
        let part = m.words.len() == 1 && matches!(m.resolution, Resolution::Form(_));
        !(part && (garbled.contains(&(m.segment, m.span.start)) || garbled.contains(&(m.segment, m.span.end))))
    });
}

/// The entry of a mention: of its form, or of its first reading.
pub fn entry_of(mention: &Mention) -> Option<EntryRef> {
    match &mention.resolution {
        Resolution::Form(exact) => exact.iter().find(|e| e.kind != FormKind::Wrong).or(exact.first()).map(|e| e.entry),
        Resolution::Garbled(garbled) => garbled.readings.first().map(|r| r.entry),
        Resolution::Unknown => None,
    }
}

/// From the first word to the last, without its possessive ending.
fn words_span(text: &str, tokens: &[Token]) -> Span {
    match tokens {
        [] => Span::new(0, 0),
        [first, .., last] | [first @ last] => {
            Span::new(first.span.start, last.span.start + without_possessive(last.text(text)).len())
        }
    }
}
