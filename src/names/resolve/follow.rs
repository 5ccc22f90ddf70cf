//! Surnames that stand alone, garbled as in a name resolved before.

use super::{Garbled, Mention, Reading, Resolution, Resolver, entry_of};
use crate::dictionary::{EntryRef, Kind};
use crate::names::query::QueryWord;
use crate::names::score::Step;
use crate::names::vocabulary::WordIndex;
use crate::span::Span;
use crate::text::fold::Word;
use crate::text::scan::{self, Token};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// From this confidence in the full name on, its surname alone is reported in a clean text even where people are called so.
const SURNAME_SURE: f32 = 0.985;
/// A person is named in full before the surname stands alone; a headline or a caption may come first: so many segments and
/// bytes of one.
const HEADLINE_SEGMENTS: usize = 3;
const HEADLINE_BYTES: usize = 400;

/// A single word that is no known name and no garbled one by itself. Small: a big file has many.
pub(super) struct Alone {
    pub(super) segment: u32,
    /// Which word of the vocabulary.
    pub(super) number: WordIndex,
    /// The byte of the segment's text that it begins at.
    pub(super) start: usize,
}

impl Resolver<'_> {
    /// Surnames that stand alone, garbled as in a name resolved before: "Blenil" after "Eduy Blenil".
    pub(super) fn follow_up(&mut self, mentions: &mut Vec<Mention>, alone: Vec<Alone>, lift: f32) {
        let mut resolved: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (index, mention) in mentions.iter().enumerate() {
            let Resolution::Garbled(garbled) = &mention.resolution else { continue };
            if mention.words.len() < 2 || garbled.ambiguous {
                continue;
            }
            if let Some(last) = mention.words.last() {
                resolved.entry(last.key.clone()).or_default().push(index);
            }
        }
        if resolved.is_empty() {
            return;
        }
        for Alone { segment, number, start } in alone {
            let Some(words) = self.single_words(number) else { continue };
            let word = &words[0];
            let (segment, span) = (segment as usize, Span::new(start, start + word.text.len()));
            let Some(sources) = resolved.get(&word.key) else { continue };
            let entries: FxHashSet<EntryRef> = sources.iter().filter_map(|&i| entry_of(&mentions[i])).collect();
            let Some(&first) = sources.first().filter(|_| entries.len() == 1) else { continue };
            if !may_follow(&mentions[first], segment, span) {
                continue;
            }
            let Some(reading) = self.last_word_reading(&mentions[first], word) else { continue };
            let confidence = reading.confidence;
            let attested = word.word.is_some_and(|w| self.lexicon.entry(&w) != Default::default());
            // In a clean text a surname that people have is theirs, and a word is itself, unless the person is all but certain.
            if attested && lift < 0.0 && confidence < SURNAME_SURE {
                continue;
            }
            let garbled =
                Garbled { readings: vec![reading], confidence, ambiguous: false, attested, follows: Some(first) };
            // Behind the others: the places that `follows` counts must stay.
            mentions.push(Mention {
                segment,
                span,
                words: Arc::clone(words),
                resolution: Resolution::Garbled(garbled),
            });
        }
    }

    /// What the last word of a resolved mention should be, if that word was garbled.
    pub(super) fn last_word_reading(&self, mention: &Mention, word: &QueryWord) -> Option<Reading> {
        let Resolution::Garbled(garbled) = &mention.resolution else { return None };
        let reading = garbled.readings.first()?;
        let matched = &reading.candidate.matched;
        let Some(&Step::Pair { form, form_words, span_words: 1, .. }) = matched.steps.last() else { return None };
        let view = self.ranker.view(reading.entry);
        if view.kind(reading.entry.index) != Kind::Person {
            return None;
        }
        // It has as many words as the form that matched.
        let text = reading.text.as_str();
        let tokens: Vec<Token> = scan::tokens(text).collect();
        let from = (form + matched.rotation) % tokens.len().max(1);
        let (first, last) = (tokens.get(from)?, tokens.get(from + form_words - 1)?);
        let text = &text[first.span.hull(last.span).range()];
        (Word::fold(text) != word.word).then(|| Reading {
            entry: reading.entry,
            text: text.to_owned(),
            confidence: reading.confidence,
            candidate: reading.candidate.clone(),
        })
    }
}

/// Whether a word may be short for a name: behind it, or in a headline before.
fn may_follow(full: &Mention, segment: usize, span: Span) -> bool {
    if (segment, span) > (full.segment, full.span) {
        return true;
    }
    match full.segment - segment {
        0 => full.span.start - span.start <= HEADLINE_BYTES,
        before => before <= HEADLINE_SEGMENTS,
    }
}
