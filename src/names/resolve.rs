//! Resolving: every name-like span of a document, and what it is in the light of the whole document.
//!
//! First the phrases that are forms of entries, word for word; then the chains of capitalised words between them, of
//! which the most probable cut into spans is taken; then the surnames that stand alone, once the person is resolved.
//! The cost of a chain of n words is at most 6n spans; each distinct span of a run is weighed once.

use super::decide::{AMBIGUOUS_MARGIN, Model};
use super::features::Features;
use super::query::{QueryWord, without_possessive};
use super::rank::{Candidate, Exact, Ranker};
use super::score::Step;
use super::spot::{self, Chain};
use crate::dictionary::{EntryRef, FormKind, Kind};
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::text::fold::Word;
use crate::text::scan::{Gap, Shape, Token};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// The most words of a span.
pub const MAX_SPAN_WORDS: usize = 6;

/// A name in a document.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Which segment of the document.
    pub segment: usize,
    /// Bytes of the segment's text; a possessive ending is not part of it.
    pub span: Span,
    /// Its words, possessive ending cut off.
    pub words: Vec<QueryWord>,
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

/// What a span is, whatever the document says.
struct Weighed {
    log_odds: f32,
    features: Features,
    candidates: Vec<Candidate>,
}

/// Finds and resolves names; one for each thread of a run. It remembers the spans it has weighed.
pub struct Resolver<'d> {
    ranker: Ranker<'d>,
    lexicon: &'static Lexicon,
    weighed: FxHashMap<String, Option<Rc<Weighed>>>,
}

/// Beyond this many remembered spans the memory is emptied: it bounds a run's use of memory.
const MAX_WEIGHED: usize = 1 << 18;

/// A span that may be reported, while the chain's best cut is sought.
#[derive(Clone)]
struct Proposal {
    words: std::ops::Range<usize>,
    value: f32,
    log_odds: f32,
    weighed: Rc<Weighed>,
}

impl<'d> Resolver<'d> {
    pub fn new(ranker: Ranker<'d>) -> Resolver<'d> {
        Resolver { ranker, lexicon: Lexicon::builtin(), weighed: FxHashMap::default() }
    }

    pub fn ranker(&self) -> &Ranker<'d> {
        &self.ranker
    }

    /// All names of a document, in order.
    pub fn resolve(&mut self, document: &Document<'_>) -> Vec<Mention> {
        if self.weighed.len() > MAX_WEIGHED {
            self.weighed.clear();
        }
        let mut mentions = Vec::new();
        let mut alone = Vec::new();
        for (segment, part) in document.segments.iter().enumerate() {
            let text: &str = &part.text;
            let mut sentences = SentenceSink { segment, text, mentions: &mut mentions, alone: &mut alone };
            spot::sentences(text, |sentence| self.sentence(&mut sentences, sentence));
        }
        self.follow_up(&mut mentions, alone);
        mentions.sort_by_key(|m| (m.segment, m.span));
        mentions
    }

    fn sentence(&mut self, sink: &mut SentenceSink<'_, '_>, sentence: &[Token]) {
        if !sentence.iter().any(Token::is_capital) {
            return;
        }
        let text = sink.text;
        let covered = self.phrases(sink, sentence);
        let lexicon = self.lexicon;
        let chains = spot::chains(text, sentence, |i| covered.get(i).is_some_and(|c| *c), lexicon);
        for chain in chains {
            self.chain(sink, sentence, chain);
        }
    }

    /// Marks the words of known phrases, the longest first where they begin; empty where there are none.
    fn phrases(&mut self, sink: &mut SentenceSink<'_, '_>, sentence: &[Token]) -> Vec<bool> {
        let mut covered = Vec::new();
        let mut i = 0;
        while i < sentence.len() {
            let found = if may_begin(&sentence[i]) { self.phrase_at(sink.text, sentence, i) } else { None };
            let Some((len, words, exact)) = found else {
                i += 1;
                continue;
            };
            covered.resize(sentence.len(), false);
            covered[i..i + len].fill(true);
            let span = words_span(sink.text, &sentence[i..i + len]);
            let resolution = Resolution::Form(exact);
            sink.mentions.push(Mention { segment: sink.segment, span, words, resolution });
            i += len;
        }
        covered
    }

    /// The longest phrase of the dictionary that begins at word `i`.
    fn phrase_at(&mut self, text: &str, sentence: &[Token], i: usize) -> Option<(usize, Vec<QueryWord>, Vec<Exact>)> {
        let first = QueryWord::new(without_possessive(sentence[i].text(text)));
        let reach = self.ranker.views().iter().filter_map(|v| Some(v.reach(first.token(v)?))).max().unwrap_or(0);
        if reach == 0 {
            return None;
        }
        let mut words = vec![first];
        for token in sentence[i + 1..].iter().take(reach - 1) {
            if !matches!(token.gap, Gap::Space | Gap::Line | Gap::Hyphen | Gap::Stop | Gap::Mark) {
                break;
            }
            words.push(QueryWord::new(without_possessive(token.text(text))));
        }
        while !words.is_empty() {
            let tokens = &sentence[i..i + words.len()];
            let mut exact = self.ranker.exact(&words);
            exact.retain(|e| self.may_stand_for(tokens, e));
            if !exact.is_empty() {
                return Some((words.len(), words, exact));
            }
            words.pop();
        }
        None
    }

    /// Whether these words of the text can be that form: its marks stand where the form has them, and it is no ordinary word.
    fn may_stand_for(&self, tokens: &[Token], exact: &Exact) -> bool {
        let form = self.ranker.view(exact.entry).form_text(exact.form);
        let last = tokens.len() - 1;
        let inner_marks = tokens[1..].iter().filter(|t| matches!(t.gap, Gap::Stop | Gap::Mark)).count();
        let form_tokens: Vec<Token> = crate::text::scan::tokens(form).collect();
        if inner_marks > form_tokens.iter().skip(1).filter(|t| matches!(t.gap, Gap::Stop | Gap::Mark)).count() {
            return false;
        }
        if last == 0 {
            // A word alone must be written as a name, where the form is.
            let capital = form_tokens.first().is_some_and(Token::is_capital);
            return !capital || tokens[0].is_capital() || tokens[0].shape == Shape::Number;
        }
        tokens.iter().any(Token::is_capital) || !form_tokens.iter().any(Token::is_capital)
    }

    /// Cuts a chain into the spans that explain it best.
    fn chain(&mut self, sink: &mut SentenceSink<'_, '_>, sentence: &[Token], chain: Chain) {
        let text = sink.text;
        let tokens = &sentence[chain.clone()];
        let words: Vec<QueryWord> = tokens.iter().map(|t| QueryWord::new(without_possessive(t.text(text)))).collect();
        let mut proposals: Vec<Proposal> = Vec::new();
        for start in 0..words.len() {
            for len in 1..=MAX_SPAN_WORDS.min(words.len() - start) {
                let range = start..start + len;
                if tokens[start].shape == Shape::Lower && tokens.get(start + 1).is_none_or(|t| t.gap != Gap::Hyphen)
                    || tokens[start + len - 1].shape == Shape::Lower
                {
                    continue;
                }
                if len == 1 && !self.may_stand_alone(&words[start], &tokens[start]) {
                    continue;
                }
                let Some(weighed) = self.weigh(&words[range.clone()]) else { continue };
                let log_odds = self.in_text(&weighed, sentence, &chain, &words, range.clone());
                if log_odds > 0.0 {
                    proposals.push(Proposal { words: range, value: log_odds + 0.5 * len as f32, log_odds, weighed });
                }
            }
        }
        let chosen = best_cut(words.len(), &proposals);
        if chosen.is_empty() && words.len() > 1 {
            let span = words_span(text, tokens);
            let (segment, resolution) = (sink.segment, Resolution::Unknown);
            sink.mentions.push(Mention { segment, span, words: words.clone(), resolution });
        }
        let taken: FxHashSet<usize> = chosen.iter().flat_map(|p| p.words.clone()).collect();
        for proposal in chosen {
            let span = words_span(text, &tokens[proposal.words.clone()]);
            let garbled = self.garbled(&proposal);
            sink.mentions.push(Mention {
                segment: sink.segment,
                span,
                words: words[proposal.words].to_vec(),
                resolution: Resolution::Garbled(garbled),
            });
        }
        if words.len() == 1 && taken.is_empty() {
            sink.alone.push((sink.segment, words_span(text, tokens), words[0].clone()));
        }
    }

    /// Whether a single word is worth weighing by itself: no ordinary word, no attested name, no initial.
    fn may_stand_alone(&mut self, word: &QueryWord, token: &Token) -> bool {
        let Some(folded) = word.word else { return false };
        let entry = self.lexicon.entry(&folded);
        folded.len() >= 5
            && token.shape != Shape::Initial
            && entry.grade.is_none()
            && !entry.proper
            && !entry.place
            && entry.name().is_none_or(|stats| stats.weight < 0.2)
    }

    /// What a span is by itself; remembered.
    fn weigh(&mut self, words: &[QueryWord]) -> Option<Rc<Weighed>> {
        let mut key = String::new();
        for word in words {
            key.push_str(&word.key);
            key.push(' ');
        }
        if let Some(known) = self.weighed.get(&key) {
            return known.clone();
        }
        let ranking = self.ranker.rank(words);
        let features = Features::of(&mut self.ranker, words, &ranking);
        let weighed = features.map(|features| {
            let log_odds = Model::builtin().log_odds(&features);
            let mut candidates = ranking.candidates;
            candidates.truncate(5);
            Rc::new(Weighed { log_odds, features, candidates })
        });
        self.weighed.insert(key, weighed.clone());
        weighed
    }

    /// The log-odds of a span in its place: what stands beside it in the chain counts.
    fn in_text(
        &mut self,
        weighed: &Weighed,
        sentence: &[Token],
        chain: &Chain,
        words: &[QueryWord],
        range: std::ops::Range<usize>,
    ) -> f32 {
        let mut log_odds = weighed.log_odds;
        let outside = words.len() - range.len();
        log_odds -= 1.5 * outside.min(2) as f32;
        let tokens = &sentence[chain.start + range.start..chain.start + range.end];
        if tokens.iter().all(|t| t.shape == Shape::Upper) {
            log_odds -= 1.5;
        }
        let lexicon = self.lexicon;
        for word in &words[range] {
            if let Some(folded) = word.word {
                let kinds = lexicon.kinds(&folded);
                if kinds.institution() || kinds.demonym() {
                    log_odds -= 3.0;
                }
            }
        }
        log_odds
    }

    fn garbled(&self, proposal: &Proposal) -> Garbled {
        let confidence = 1.0 / (1.0 + (-proposal.log_odds).exp());
        let best = &proposal.weighed.candidates[0];
        let mut readings = Vec::new();
        for candidate in &proposal.weighed.candidates {
            let view = self.ranker.view(candidate.entry);
            let share = (candidate.log_prob - best.log_prob).exp() * confidence;
            if share < 0.01 && !readings.is_empty() {
                break;
            }
            let text = view.form_text(candidate.matched.form).to_owned();
            readings.push(Reading { entry: candidate.entry, text, confidence: share, candidate: candidate.clone() });
        }
        let ambiguous = proposal.weighed.features.margin < AMBIGUOUS_MARGIN;
        let attested = proposal.weighed.features.all_attested > 0.0;
        Garbled { readings, confidence, ambiguous, attested, follows: None }
    }

    /// Surnames that stand alone, garbled as in a name resolved before: "Blenil" after "Eduy Blenil".
    fn follow_up(&mut self, mentions: &mut Vec<Mention>, alone: Vec<(usize, Span, QueryWord)>) {
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
        for (segment, span, word) in alone {
            let Some(sources) = resolved.get(&word.key) else { continue };
            let entries: FxHashSet<EntryRef> = sources.iter().filter_map(|&i| entry_of(&mentions[i])).collect();
            let Some(&first) = sources.first().filter(|_| entries.len() == 1) else { continue };
            let Some(reading) = self.last_word_reading(&mentions[first], &word) else { continue };
            let confidence = reading.confidence;
            let attested = word.word.is_some_and(|w| self.lexicon.name(&w).is_some());
            let garbled =
                Garbled { readings: vec![reading], confidence, ambiguous: false, attested, follows: Some(first) };
            mentions.push(Mention { segment, span, words: vec![word], resolution: Resolution::Garbled(garbled) });
        }
    }

    /// What the last word of a resolved mention should be, if that word was garbled.
    fn last_word_reading(&self, mention: &Mention, word: &QueryWord) -> Option<Reading> {
        let Resolution::Garbled(garbled) = &mention.resolution else { return None };
        let reading = garbled.readings.first()?;
        let matched = &reading.candidate.matched;
        let Some(&Step::Pair { form, form_words, span_words: 1, .. }) = matched.steps.last() else { return None };
        let view = self.ranker.view(reading.entry);
        if view.kind(reading.entry.index) != Kind::Person {
            return None;
        }
        let text = view.form_text(matched.form);
        let tokens: Vec<Token> = crate::text::scan::tokens(text).collect();
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

/// Where the mentions of a segment's sentences go.
struct SentenceSink<'t, 'm> {
    segment: usize,
    text: &'t str,
    mentions: &'m mut Vec<Mention>,
    /// Chains of one word that nothing explains.
    alone: &'m mut Vec<(usize, Span, QueryWord)>,
}

/// The entry of a mention: of its form, or of its first reading.
pub fn entry_of(mention: &Mention) -> Option<EntryRef> {
    match &mention.resolution {
        Resolution::Form(exact) => exact.iter().find(|e| e.kind != FormKind::Wrong).or(exact.first()).map(|e| e.entry),
        Resolution::Garbled(garbled) => garbled.readings.first().map(|r| r.entry),
        Resolution::Unknown => None,
    }
}

fn may_begin(token: &Token) -> bool {
    token.is_capital() || matches!(token.shape, Shape::Number) || token.gap == Gap::Hyphen
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

/// The disjoint proposals of the greatest total value, in order (weighted interval scheduling).
fn best_cut(words: usize, proposals: &[Proposal]) -> Vec<Proposal> {
    let mut best: Vec<(f32, Option<usize>)> = vec![(0.0, None); words + 1];
    for end in 1..=words {
        best[end] = (best[end - 1].0, None);
        for (i, proposal) in proposals.iter().enumerate().filter(|(_, p)| p.words.end == end) {
            let value = best[proposal.words.start].0 + proposal.value;
            if value > best[end].0 {
                best[end] = (value, Some(i));
            }
        }
    }
    let mut chosen = Vec::new();
    let mut end = words;
    while end > 0 {
        match best[end].1 {
            Some(i) => {
                chosen.push(proposals[i].clone());
                end = proposals[i].words.start;
            }
            None => end -= 1,
        }
    }
    chosen.reverse();
    chosen
}
