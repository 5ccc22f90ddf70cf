//! Chains of capitalised words: the spans of a chain that may be garbled names, weighed; and the cut of the chain that
//! explains it best, once the document has been heard.

use super::follow::Alone;
use super::{Garbled, Mention, Place, Reading, Resolution, Resolver, words_span};
use crate::dictionary::{FormIndex, FormKind, View};
use crate::names::decide::{AMBIGUOUS_MARGIN, Model};
use crate::names::features::Features;
use crate::names::query::{QueryWord, without_possessive};
use crate::names::rank::Candidate;
use crate::names::sketch::{self, Distance};
use crate::names::vocabulary::{Known, WordIndex};
use crate::span::Span;
use crate::text::fold::Word;
use crate::text::scan::{Gap, Shape, Token};
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::sync::Arc;

/// The most words of a span.
const MAX_SPAN_WORDS: usize = 6;
/// Proposals below these log-odds are forgotten: no document lifts them.
const HOPELESS: f32 = -2.5;
/// How much less a single word is likely to be a garbled name than the words of a full one, in nats: most capitalised words that no
/// list has are terms, abbreviations and rare surnames. Chosen on 52 MB of English dictionaries and fortunes.
const SINGLE: f32 = 3.0;
/// How much less likely any chain of running text is to be a garbled name than a name that is asked for by itself, in nats.
const IN_TEXT: f32 = 0.25;
/// What a word more is worth where two cuts of a chain are equally probable, in nats.
const LONGER: f32 = 0.5;

/// Two words no farther apart are spellings of one: "Khruschev" and "Khrushchev", not "Rangoon" and "Yangon".
const OTHER_SPELLING: Distance = 12;

/// What a span is, whatever the document says.
pub(super) struct Weighed {
    pub(super) log_odds: f32,
    pub(super) features: Features,
    pub(super) candidates: Vec<Candidate>,
}

/// A chain's words and the spans of it that may be garbled names. It depends on the chain's text alone.
pub(super) struct Analysis {
    pub(super) words: Arc<[QueryWord]>,
    pub(super) proposals: Vec<Proposal>,
}

/// What is known of a word of a chain, see [`crate::names::vocabulary::Known`].
struct Part {
    is_ordinary: bool,
    is_rare: bool,
    /// Whether it names what belongs to no person's name: a kind of institution, a people.
    is_institution: bool,
}

/// What is known of a chain of one word.
#[derive(Clone)]
pub(super) enum Single {
    /// It has not been met yet.
    Unasked,
    /// It is nothing worth remembering.
    Nothing,
    /// No list has it, and by itself it is no garbled name.
    Unheard(Arc<Analysis>),
    Name(Arc<Analysis>),
}

/// A span of a chain that may be a garbled name.
#[derive(Clone)]
pub(super) struct Proposal {
    pub(super) words: Range<usize>,
    /// Log-odds of garbled in its chain, before the document is heard.
    pub(super) log_odds: f32,
    pub(super) weighed: Arc<Weighed>,
}

/// A chain of the document, not yet cut.
pub(super) struct Waiting {
    pub(super) segment: usize,
    /// The words' places in the segment's text, possessive endings cut off.
    pub(super) spans: Vec<Span>,
    pub(super) analysis: Arc<Analysis>,
    /// Of a single word: which one of the vocabulary.
    pub(super) single: Option<WordIndex>,
}

impl Resolver<'_> {
    /// Analyses a chain and keeps it until the whole document is read.
    pub(super) fn chain(&mut self, place: &mut Place<'_, '_>, tokens: &[Token]) {
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
        let spans = tokens.iter().map(|token| name_span(place.text, token)).collect();
        place.waiting.push(Waiting { segment: place.segment, spans, analysis, single: None });
    }

    /// The same of a chain of one word, which has that number in the vocabulary.
    pub(super) fn single(&mut self, place: &mut Place<'_, '_>, number: WordIndex, token: &Token) {
        let Known { is_rare, is_unheard, .. } = *self.vocabulary.word(number);
        if !is_rare && !is_unheard {
            return;
        }
        let index = number as usize;
        if index >= self.singles.len() {
            self.singles.resize(index + 1, Single::Unasked);
        }
        if let Single::Unasked = self.singles[index] {
            let analysis = self.analyse(place.text, std::slice::from_ref(token));
            self.singles[index] = match analysis.proposals.is_empty() {
                false => Single::Name(Arc::new(analysis)),
                true if is_unheard => Single::Unheard(Arc::new(analysis)),
                true => Single::Nothing,
            };
        }
        let segment = place.segment;
        match &self.singles[index] {
            Single::Unasked | Single::Nothing => {}
            Single::Unheard(_) => {
                place.alone.push(Alone { segment: segment as u32, number, start: token.span.start });
            }
            Single::Name(analysis) => place.waiting.push(Waiting {
                segment,
                spans: vec![name_span(place.text, token)],
                analysis: Arc::clone(analysis),
                single: Some(number),
            }),
        }
    }

    /// The word of a chain of one word that has been met.
    pub(super) fn single_words(&self, number: WordIndex) -> Option<&Arc<[QueryWord]>> {
        match self.singles.get(number as usize)? {
            Single::Unheard(analysis) | Single::Name(analysis) => Some(&analysis.words),
            Single::Unasked | Single::Nothing => None,
        }
    }

    /// Weighs the spans of a chain.
    pub(super) fn analyse(&mut self, text: &str, tokens: &[Token]) -> Analysis {
        let words: Arc<[QueryWord]> = tokens.iter().map(|t| QueryWord::new(without_possessive(t.text(text)))).collect();
        let parts: Vec<Part> = tokens.iter().map(|token| self.part(text, token)).collect();
        let mut proposals: Vec<Proposal> = Vec::new();
        for start in 0..words.len() {
            for len in 1..=MAX_SPAN_WORDS.min(words.len() - start) {
                let range = start..start + len;
                let joined_on = tokens.get(start + 1).is_some_and(|t| t.gap == Gap::Hyphen);
                let may_stand_alone =
                    || parts[start].is_rare && tokens[start].shape != Shape::Initial && words[start].letters() >= 5;
                if tokens[start].shape == Shape::Lower && !joined_on
                    || tokens[start + len - 1].shape == Shape::Lower
                    || len == 1 && !may_stand_alone()
                {
                    continue;
                }
                // A word with a digit in it is a part number or the like.
                if words[range.clone()].iter().any(|word| word.key.contains(|c: char| c.is_ascii_digit())) {
                    break;
                }
                // Ordinary words beside one another are a title or a term.
                if len > 1 && parts[range.clone()].iter().all(|part| part.is_ordinary) {
                    continue;
                }
                let is_strange = parts[range.clone()].iter().any(|part| part.is_rare);
                let Some(weighed) = self.weigh(&words[range.clone()], is_strange) else { continue };
                let log_odds = in_chain(&weighed, tokens, &parts, range.clone());
                if log_odds > HOPELESS {
                    proposals.push(Proposal { words: range, log_odds, weighed });
                }
            }
        }
        Analysis { words, proposals }
    }

    fn part(&mut self, text: &str, token: &Token) -> Part {
        let index = self.vocabulary.index(&self.ranker, token.text(text));
        let known = self.vocabulary.word(index);
        Part {
            is_ordinary: known.is_opener,
            is_rare: known.is_rare,
            is_institution: known.kinds.is_some_and(|kinds| kinds.institution() || kinds.demonym()),
        }
    }

    /// What a span is by itself; `None` where it is surely nothing.
    pub(super) fn weigh(&mut self, words: &[QueryWord], is_strange: bool) -> Option<Arc<Weighed>> {
        let ranking = self.ranker.rank_near(words, is_strange);
        if ranking.exact.iter().any(|exact| exact.kind.is_right()) {
            return None;
        }
        let features = Features::of(&mut self.ranker, words, &ranking)?;
        if self.is_plural(words) || ranking.candidates.first().is_some_and(|best| self.holds_whole(words, best)) {
            return None;
        }
        // A word alone is no name of two.
        let unlikely = words.len() == 1 && features.skipped_form + features.merged > 0.0
            || features.worst_gain < 0.0 && features.native <= 0.0;
        if unlikely {
            return None;
        }
        let mut candidates = ranking.candidates;
        candidates.truncate(5);
        Some(Arc::new(Weighed { log_odds: Model::builtin().log_odds(&features), features, candidates }))
    }

    /// Whether a span is a right name in the plural: "the Teddy Roosevelts".
    fn is_plural(&self, words: &[QueryWord]) -> bool {
        let Some((last, before)) = words.split_last() else { return false };
        last.text.strip_suffix('s').is_some_and(|singular| {
            let words: Vec<QueryWord> = before.iter().cloned().chain([QueryWord::new(singular)]).collect();
            self.ranker.exact(&words).iter().any(|exact| exact.kind.is_right())
        })
    }

    /// Whether the form that a span is taken for stands in it, right, beside other words: "A Volvo", "Volvo T4".
    fn holds_whole(&self, words: &[QueryWord], candidate: &Candidate) -> bool {
        let view = self.ranker.view(candidate.entry);
        let form = view.words_of(candidate.matched.form);
        let is_form = |window: &[QueryWord]| window.iter().map(|word| word.token(view)).eq(form.clone().map(Some));
        form.len() < words.len() && words.windows(form.len().max(1)).any(is_form)
    }

    /// Cuts a chain into the spans that explain it best, now that the document has been heard.
    pub(super) fn cut(&self, chain: &Waiting, lift: f32, mentions: &mut Vec<Mention>, alone: &mut Vec<Alone>) {
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
            1 => alone.extend(chain.single.map(|number| Alone {
                segment: chain.segment as u32,
                number,
                start: chain.spans[0].start,
            })),
            count => mentions.push(Mention {
                segment: chain.segment,
                span: chain.spans[0].hull(chain.spans[count - 1]),
                words: Arc::clone(words),
                resolution: Resolution::Unknown,
            }),
        }
    }

    pub(super) fn garbled(&self, proposal: &Proposal, lift: f32) -> Garbled {
        let confidence = calibrated(proposal.log_odds + lift);
        let best = &proposal.weighed.candidates[0];
        let mut readings = Vec::new();
        for candidate in &proposal.weighed.candidates {
            let view = self.ranker.view(candidate.entry);
            let share = (candidate.standing() - best.standing()).exp() * confidence;
            if share < 0.01 && !readings.is_empty() {
                break;
            }
            let text = preferred(view, candidate.matched.form).to_owned();
            readings.push(Reading { entry: candidate.entry, text, confidence: share, candidate: candidate.clone() });
        }
        let ambiguous = proposal.weighed.features.margin < AMBIGUOUS_MARGIN;
        let attested = proposal.weighed.features.all_attested > 0.0;
        Garbled { readings, confidence, ambiguous, attested, follows: None }
    }
}

/// The spelling of a form that is suggested: where it is but another spelling of the entry's name, the name.
fn preferred<'d>(view: &View<'d>, form: FormIndex) -> &'d str {
    let name = view.forms_of(view.entry_of(form)).start;
    let words = |form| view.words_of(form).map(|token| view.token_word(token));
    let is_near = |(a, b): (Option<Word>, Option<Word>)| {
        a.zip(b).is_some_and(|(a, b)| sketch::distance_within(&a, &b, OTHER_SPELLING).is_some())
    };
    let is_spelling = view.form_kind(form) == FormKind::Accepted
        && view.words_of(form).len() == view.words_of(name).len()
        && words(form).zip(words(name)).all(is_near);
    view.form_text(if is_spelling { name } else { form })
}

/// The log-odds of a span in its chain: the words left over beside it count against it.
fn in_chain(weighed: &Weighed, tokens: &[Token], parts: &[Part], range: Range<usize>) -> f32 {
    let mut log_odds = weighed.log_odds - IN_TEXT;
    if range.len() == 1 {
        log_odds -= SINGLE;
    }
    log_odds -= 1.5 * (tokens.len() - range.len()).min(2) as f32;
    if tokens[range.clone()].iter().all(|t| t.shape == Shape::Upper) {
        log_odds -= 1.5;
    }
    let institutions = parts[range].iter().filter(|part| part.is_institution).count();
    log_odds - 3.0 * institutions as f32
}

/// A word's place without its possessive ending.
fn name_span(text: &str, token: &Token) -> Span {
    words_span(text, std::slice::from_ref(token))
}

/// The disjoint proposals of the greatest total value, in order (weighted interval scheduling).
pub(super) fn best_cut<'p>(words: usize, proposals: &[&'p Proposal], lift: f32) -> Vec<&'p Proposal> {
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

/// Probability of log-odds in running text, calibrated on resolved documents.
pub(super) fn calibrated(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-(1.0 * log_odds + 0.5)).exp())
}

/// What the document says of each of its names, in nats: how much likelier than in any text a garbling is in this one.
/// The share of names that are surely garbled, smoothed, against what it is on average.
pub(super) fn lift(mentions: &[Mention], waiting: &[Waiting]) -> f32 {
    const USUAL: f32 = 0.1;
    const PSEUDO: f32 = 4.0;
    const SURE: f32 = 1.5;
    let mut garbled: FxHashSet<&str> = FxHashSet::default();
    let mut names: FxHashSet<String> = FxHashSet::default();
    // Chains that read alike share what is known of them.
    let mut seen: FxHashSet<*const Analysis> = FxHashSet::default();
    let is_new = |chain: &&Waiting| chain.analysis.words.len() > 1 && seen.insert(Arc::as_ptr(&chain.analysis));
    for chain in waiting.iter().filter(is_new) {
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
