//! Resolving: every name-like span of a document, and what it is in the light of the whole document.
//!
//! First the phrases that are forms of entries, word for word; then the chains of capitalised words between them, of
//! which the most probable cut into spans is taken; then the surnames that stand alone, once the person is resolved.
//! How many names of the document are garbled counts for each: one in a text full of garblings is likelier than one in a clean text.
//!
//! A chain of n words is weighed as at most 6n spans, each distinct chain of a run once.

use super::decide::{AMBIGUOUS_MARGIN, Model};
use super::features::Features;
use super::query::{QueryWord, without_possessive};
use super::rank::{Candidate, Exact, Ranker};
use super::score::Step;
use super::spot::{self, Chain};
use super::vocabulary::{Vocabulary, WordIndex};
use crate::dictionary::{EntryRef, FormKind, Kind};
use crate::document::Document;
use crate::lexicon::{Grade, Lexicon};
use crate::span::Span;
use crate::text::fold::Word;
use crate::text::scan::{self, Gap, Shape, Token};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

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

/// What a span is, whatever the document says.
struct Weighed {
    log_odds: f32,
    features: Features,
    candidates: Vec<Candidate>,
}

/// A chain's words and the spans of it that may be garbled names. It depends on the chain's text alone.
struct Analysis {
    words: Arc<[QueryWord]>,
    proposals: Vec<Proposal>,
}

/// A span of a chain that may be a garbled name.
#[derive(Clone)]
struct Proposal {
    words: std::ops::Range<usize>,
    /// Log-odds of garbled in its chain, before the document is heard.
    log_odds: f32,
    weighed: Arc<Weighed>,
}

/// A chain of the document, not yet cut.
struct Waiting {
    segment: usize,
    /// The words' places in the segment's text, possessive endings cut off.
    spans: Vec<Span>,
    analysis: Arc<Analysis>,
}

/// Finds and resolves names; one for each thread of a run. It remembers the words and chains that it has weighed.
pub struct Resolver<'d> {
    ranker: Ranker<'d>,
    lexicon: &'static Lexicon,
    vocabulary: Vocabulary,
    /// A sentence's words in the vocabulary, where something is asked of them.
    numbers: Vec<Option<WordIndex>>,
    chains: FxHashMap<String, Arc<Analysis>>,
}

/// Beyond this many remembered chains the memory is emptied: it bounds a run's use of memory.
const MAX_CHAINS: usize = 1 << 17;
/// Proposals below these log-odds are forgotten: no document lifts them.
const HOPELESS: f32 = -2.5;
/// From this confidence in the full name on, its surname alone is reported in a clean text even where people are called so.
const SURNAME_SURE: f32 = 0.985;
/// What a word more is worth where two cuts of a chain are equally probable, in nats.
const LONGER: f32 = 0.5;

impl<'d> Resolver<'d> {
    pub fn new(ranker: Ranker<'d>) -> Resolver<'d> {
        Resolver {
            ranker,
            lexicon: Lexicon::builtin(),
            vocabulary: Vocabulary::default(),
            numbers: Vec::new(),
            chains: FxHashMap::default(),
        }
    }

    pub fn ranker(&self) -> &Ranker<'d> {
        &self.ranker
    }

    /// All names of a document, in order; behind them the surnames that follow one, which [`Garbled::follows`] counts on.
    pub fn resolve(&mut self, document: &Document<'_>) -> Vec<Mention> {
        if self.chains.len() > MAX_CHAINS {
            self.chains.clear();
        }
        self.vocabulary.trim();
        let mut mentions = Vec::new();
        let mut waiting = Vec::new();
        for (segment, part) in document.segments.iter().enumerate() {
            let text: &str = &part.text;
            let mut place = Place { segment, text, mentions: &mut mentions, waiting: &mut waiting };
            spot::sentences(text, |sentence| self.sentence(&mut place, sentence));
        }
        let lift = lift(&mentions, &waiting);
        let mut alone = Vec::new();
        for chain in &waiting {
            self.cut(chain, lift, &mut mentions, &mut alone);
        }
        drop_parts(&mut mentions);
        mentions.sort_by_key(|m| (m.segment, m.span));
        self.follow_up(&mut mentions, alone, lift);
        mentions
    }

    fn sentence(&mut self, place: &mut Place<'_, '_>, sentence: &[Token]) {
        if !sentence.iter().any(Token::is_capital) {
            return;
        }
        let text = place.text;
        let mut numbers = std::mem::take(&mut self.numbers);
        numbers.clear();
        numbers.extend(sentence.iter().map(|token| {
            (spot::is_asked(token) || may_begin(token)).then(|| self.vocabulary.index(&self.ranker, token.text(text)))
        }));
        let covered = self.phrases(place, sentence, &numbers);
        let words = sentence.iter().zip(&numbers).enumerate().map(|(i, (token, number))| spot::Word {
            token: *token,
            known: number.map(|number| self.vocabulary.word(number)),
            covered: covered.get(i).is_some_and(|covered| *covered),
        });
        for chain in spot::chains(text, &words.collect::<Vec<_>>()) {
            self.chain(place, sentence, chain);
        }
        self.numbers = numbers;
    }

    /// Marks the words of known phrases, the longest first where they begin; empty where there are none.
    fn phrases(&mut self, place: &mut Place<'_, '_>, sentence: &[Token], numbers: &[Option<WordIndex>]) -> Vec<bool> {
        let mut covered = Vec::new();
        let mut i = 0;
        while i < sentence.len() {
            let reach = numbers[i].map_or(0, |number| self.vocabulary.word(number).reach);
            let found = match reach > 0 && may_begin(&sentence[i]) {
                true => self.phrase_at(place.text, sentence, i, reach),
                false => None,
            };
            let Some((len, exact)) = found else {
                i += 1;
                continue;
            };
            // A single word beside another capital may be a part of a longer name.
            if len > 1 || !self.stands_in_chain(sentence, numbers, i) {
                covered.resize(sentence.len(), false);
                covered[i..i + len].fill(true);
            }
            let tokens = &sentence[i..i + len];
            let span = words_span(place.text, tokens);
            let words = tokens.iter().map(|t| QueryWord::new(without_possessive(t.text(place.text)))).collect();
            let resolution = Resolution::Form(exact);
            place.mentions.push(Mention { segment: place.segment, span, words, resolution });
            i += len;
        }
        covered
    }

    /// Whether a word has a neighbour with which it may make a longer name.
    fn stands_in_chain(&self, sentence: &[Token], numbers: &[Option<WordIndex>], i: usize) -> bool {
        let joins = |i: &usize| matches!(sentence[*i].gap, Gap::Space | Gap::Line | Gap::Hyphen);
        let before = i.checked_sub(1).filter(|_| joins(&i));
        let after = Some(i + 1).filter(|next| *next < sentence.len()).filter(joins);
        [before, after].into_iter().flatten().any(|i| {
            let kinds = numbers[i].and_then(|number| self.vocabulary.word(number).kinds);
            sentence[i].is_capital()
                && kinds.is_some_and(|k| !k.title() && !k.role() && !k.demonym() && !k.calendar())
        })
    }

    /// The longest phrase of the dictionary that begins at word `i`, and its length in words, `reach` at the most.
    fn phrase_at(&mut self, text: &str, sentence: &[Token], i: usize, reach: usize) -> Option<(usize, Vec<Exact>)> {
        let mut len = 1;
        while len < reach && sentence.get(i + len).is_some_and(|token| !matches!(token.gap, Gap::End | Gap::Paragraph))
        {
            len += 1;
        }
        let tokens = &sentence[i..i + len];
        let numbers: Vec<_> = tokens.iter().map(|t| self.vocabulary.index(&self.ranker, t.text(text))).collect();
        for len in (1..=len).rev() {
            let words = numbers[..len].iter().map(|&number| self.vocabulary.word(number).tokens.as_slice());
            let mut exact = Vec::new();
            self.ranker.exact_tokens(words, &mut exact);
            exact.retain(|e| self.may_stand_for(&tokens[..len], e));
            if !exact.is_empty() {
                return Some((len, exact));
            }
        }
        None
    }

    /// Whether these words of the text can be that form: its marks stand where the form has them, and it is no ordinary word.
    fn may_stand_for(&self, tokens: &[Token], exact: &Exact) -> bool {
        let form = self.ranker.view(exact.entry).form_text(exact.form);
        let form_tokens: Vec<Token> = scan::tokens(form).collect();
        let marks = |tokens: &[Token]| tokens.iter().skip(1).filter(|t| matches!(t.gap, Gap::Stop | Gap::Mark)).count();
        if marks(tokens) > marks(&form_tokens) {
            return false;
        }
        if tokens.len() == 1 {
            // A word alone must be written as a name, where the form is.
            let capital = form_tokens.first().is_some_and(Token::is_capital);
            return !capital || tokens[0].is_capital() || tokens[0].shape == Shape::Number;
        }
        tokens.iter().any(Token::is_capital) || !form_tokens.iter().any(Token::is_capital)
    }

    /// Analyses a chain and keeps it until the whole document is read.
    fn chain(&mut self, place: &mut Place<'_, '_>, sentence: &[Token], chain: Chain) {
        let tokens = &sentence[chain];
        let (first, last) = (&tokens[0], &tokens[tokens.len() - 1]);
        let raw = &place.text[first.span.hull(last.span).range()];
        let analysis = match self.chains.get(raw) {
            Some(analysis) => Arc::clone(analysis),
            None => {
                let analysis = Arc::new(self.analyse(place.text, tokens));
                self.chains.insert(raw.to_owned(), Arc::clone(&analysis));
                analysis
            }
        };
        if analysis.words.is_empty() {
            return;
        }
        let spans = tokens.iter().map(|t| words_span(place.text, std::slice::from_ref(t))).collect();
        place.waiting.push(Waiting { segment: place.segment, spans, analysis });
    }

    /// Weighs the spans of a chain. One word that is nothing worth remembering yields an empty analysis.
    fn analyse(&mut self, text: &str, tokens: &[Token]) -> Analysis {
        let words: Arc<[QueryWord]> = tokens.iter().map(|t| QueryWord::new(without_possessive(t.text(text)))).collect();
        let mut proposals: Vec<Proposal> = Vec::new();
        for start in 0..words.len() {
            for len in 1..=MAX_SPAN_WORDS.min(words.len() - start) {
                let range = start..start + len;
                let joined_on = tokens.get(start + 1).is_some_and(|t| t.gap == Gap::Hyphen);
                if tokens[start].shape == Shape::Lower && !joined_on
                    || tokens[start + len - 1].shape == Shape::Lower
                    || len == 1 && !self.may_stand_alone(&words[start], &tokens[start])
                {
                    continue;
                }
                // Ordinary words beside one another are a title or a term.
                if len > 1 && tokens[range.clone()].iter().all(|t| self.is_ordinary(text, t)) {
                    continue;
                }
                let Some(weighed) = self.weigh(&words[range.clone()]) else { continue };
                let log_odds = self.in_chain(&weighed, tokens, &words, range.clone());
                if log_odds > HOPELESS {
                    proposals.push(Proposal { words: range, log_odds, weighed });
                }
            }
        }
        let alone = words.len() == 1 && proposals.is_empty();
        let no_name = alone && words[0].word.is_none_or(|w| self.lexicon.grade(&w).is_some());
        Analysis { words: if no_name { Arc::new([]) } else { words }, proposals }
    }

    fn is_ordinary(&mut self, text: &str, token: &Token) -> bool {
        let index = self.vocabulary.index(&self.ranker, token.text(text));
        self.vocabulary.word(index).is_opener
    }

    /// Whether a single word is worth weighing by itself: no ordinary word, no attested name, no initial.
    fn may_stand_alone(&mut self, word: &QueryWord, token: &Token) -> bool {
        let Some(folded) = word.word else { return false };
        let entry = self.lexicon.entry(&folded);
        folded.len() >= 5
            && token.shape != Shape::Initial
            && entry.grade.is_none_or(|grade| grade == Grade::Rare)
            && !entry.proper
            && !entry.place
            && entry.name().is_none_or(|stats| stats.weight < 0.2)
    }

    /// What a span is by itself; `None` where it is surely nothing.
    fn weigh(&mut self, words: &[QueryWord]) -> Option<Arc<Weighed>> {
        let ranking = self.ranker.rank_near(words);
        if ranking.exact.iter().any(|exact| exact.kind.is_right()) {
            return None;
        }
        let features = Features::of(&mut self.ranker, words, &ranking)?;
        // A shorter span does without the word that the entry has not; a word alone is no name of two.
        let unlikely = features.skipped_span > 0.0
            || words.len() == 1 && features.skipped_form + features.merged > 0.0
            || features.worst_gain < 0.0 && features.native <= 0.0;
        if unlikely {
            return None;
        }
        let mut candidates = ranking.candidates;
        candidates.truncate(5);
        Some(Arc::new(Weighed { log_odds: Model::builtin().log_odds(&features), features, candidates }))
    }

    /// The log-odds of a span in its chain: the words left over beside it count against it.
    fn in_chain(&self, weighed: &Weighed, tokens: &[Token], words: &[QueryWord], range: std::ops::Range<usize>) -> f32 {
        let mut log_odds = weighed.log_odds;
        log_odds -= 1.5 * (words.len() - range.len()).min(2) as f32;
        if tokens[range.clone()].iter().all(|t| t.shape == Shape::Upper) {
            log_odds -= 1.5;
        }
        for folded in words[range].iter().filter_map(|word| word.word) {
            let kinds = self.lexicon.kinds(&folded);
            if kinds.institution() || kinds.demonym() {
                log_odds -= 3.0;
            }
        }
        log_odds
    }

    /// Cuts a chain into the spans that explain it best, now that the document has been heard.
    fn cut(&self, chain: &Waiting, lift: f32, mentions: &mut Vec<Mention>, alone: &mut Vec<(usize, Span, QueryWord)>) {
        let words = &chain.analysis.words;
        let likely = |p: &&Proposal| p.log_odds + lift > 0.0;
        let proposals: Vec<&Proposal> = chain.analysis.proposals.iter().filter(likely).collect();
        let chosen = best_cut(words.len(), &proposals, lift);
        for proposal in &chosen {
            let range = proposal.words.clone();
            mentions.push(Mention {
                segment: chain.segment,
                span: chain.spans[range.start].hull(chain.spans[range.end - 1]),
                words: words[range].into(),
                resolution: Resolution::Garbled(self.garbled(proposal, lift)),
            });
        }
        if !chosen.is_empty() {
            return;
        }
        match words.len() {
            1 => alone.push((chain.segment, chain.spans[0], words[0].clone())),
            count => mentions.push(Mention {
                segment: chain.segment,
                span: chain.spans[0].hull(chain.spans[count - 1]),
                words: Arc::clone(words),
                resolution: Resolution::Unknown,
            }),
        }
    }

    fn garbled(&self, proposal: &Proposal, lift: f32) -> Garbled {
        let confidence = calibrated(proposal.log_odds + lift);
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
    fn follow_up(&mut self, mentions: &mut Vec<Mention>, alone: Vec<(usize, Span, QueryWord)>, lift: f32) {
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
            // In a clean text a surname that people have is theirs, unless the person is all but certain.
            if attested && lift < 0.0 && confidence < SURNAME_SURE {
                continue;
            }
            let garbled =
                Garbled { readings: vec![reading], confidence, ambiguous: false, attested, follows: Some(first) };
            // Behind the others: the places that `follows` counts must stay.
            mentions.push(Mention { segment, span, words: Arc::new([word]), resolution: Resolution::Garbled(garbled) });
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

/// A segment, and where its mentions and chains go.
struct Place<'t, 'm> {
    segment: usize,
    text: &'t str,
    mentions: &'m mut Vec<Mention>,
    waiting: &'m mut Vec<Waiting>,
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

/// What the document says of each of its names, in nats: how much likelier than in any text a garbling is in this one.
/// The share of names that are surely garbled, smoothed, against what it is on average.
fn lift(mentions: &[Mention], waiting: &[Waiting]) -> f32 {
    const USUAL: f32 = 0.1;
    const PSEUDO: f32 = 4.0;
    const SURE: f32 = 1.5;
    let mut garbled: FxHashSet<&str> = FxHashSet::default();
    let mut names: FxHashSet<String> = FxHashSet::default();
    for chain in waiting.iter().filter(|c| c.analysis.words.len() > 1) {
        let surest = chain.analysis.proposals.iter().max_by(|a, b| a.log_odds.total_cmp(&b.log_odds));
        if let Some(proposal) = surest.filter(|p| p.log_odds > SURE) {
            garbled.insert(&chain.analysis.words[proposal.words.start].key);
        }
        names.insert(chain.analysis.words.iter().map(|w| w.key.as_str()).collect());
    }
    let known = mentions.iter().filter(|m| m.words.len() > 1);
    names.extend(known.map(|m| m.words.iter().map(|w| w.key.as_str()).collect::<String>()));
    let share = (garbled.len() as f32 + USUAL * PSEUDO) / (names.len() as f32 + PSEUDO);
    let odds = |p: f32| (p / (1.0 - p)).ln();
    (odds(share.min(0.9)) - odds(USUAL)).clamp(-0.5, 1.5)
}

/// Probability of log-odds in running text, calibrated on resolved documents.
fn calibrated(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-(1.0 * log_odds + 0.5)).exp())
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
fn best_cut<'p>(words: usize, proposals: &[&'p Proposal], lift: f32) -> Vec<&'p Proposal> {
    let mut best: Vec<(f32, Option<usize>)> = vec![(0.0, None); words + 1];
    for end in 1..=words {
        best[end] = (best[end - 1].0, None);
        for (i, proposal) in proposals.iter().enumerate().filter(|(_, p)| p.words.end == end) {
            let own = proposal.log_odds + lift + LONGER * proposal.words.len() as f32;
            let value = best[proposal.words.start].0 + own;
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
                chosen.push(proposals[i]);
                end = proposals[i].words.start;
            }
            None => end -= 1,
        }
    }
    chosen.reverse();
    chosen
}
