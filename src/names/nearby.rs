//! Nearby: from a span of running text to the dictionary's forms that lie near enough to be what it was.
//!
//! What [`super::retrieve`] does for a name given by itself, for text, where most spans are no names of the dictionary and must
//! cost next to nothing. A form of several words is met where one of its words has a whole skeleton key of a word of the span;
//! what stands beside that word is read off its records, in one go, and only where it comes within one class of another word of the
//! span, and its letters within reach, the form itself is looked at. A form of one word is near where its own keys meet. What is
//! asked of a word alone is remembered from span to span. At most [`MAX_WALK`] records of a span and layer are read, those of the
//! rarest words first and of the nearest tokens that they meet.

use super::query::{MAX_WORDS, QueryWord};
use super::rank::{EXTRA_WORD, NO_WORD};
use super::sketch::{self, Distance};
use crate::dictionary::compile::MAX_FORM_WORDS;
use crate::dictionary::partner::Partner;
use crate::dictionary::skeleton::{self, Key, Side};
use crate::dictionary::{FormIndex, TokenIndex, View};
use crate::text::fold::Word;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// The most records that are read for one span and layer.
const MAX_WALK: u32 = 250;
/// How far a garbled span lies from its name at most, in tenths of [`Distance`] a letter: so far in a dictionary of
/// [`FEW_FORMS`], and two less with each doubling. The more names, the more lie near by chance, and the less the distant ones
/// convince.
const NEAR_A_LETTER: Distance = 19;
/// The same of a span of several words with a strange one among them. Most spans have none, and most that are garbled have:
/// looking this far for all would take twice the time, and find hardly a name more.
const NEAR_A_LETTER_IF_STRANGE: Distance = 28;
const FEW_FORMS: u32 = 100_000;
/// It is never less than this.
const LEAST_A_LETTER: Distance = 12;
/// The same of one of its words.
const NEAR_IN_WORD: Distance = 35;
/// How many letters more or fewer words have that were run together or split.
const RUN_TOGETHER: usize = 3;
/// Beyond this many remembered words the memory is emptied: it bounds a run's use of memory.
const MAX_REMEMBERED: usize = 1 << 16;

/// A set of skeleton keys in which a few more seem to be than are: they cost a look, no more (Bloom 1970; two hashes, each with
/// bits of its own).
#[derive(Clone, Copy)]
struct Keys([u64; 64]);

impl Keys {
    const NONE: Keys = Keys([0; 64]);

    /// Two words and the bit in each.
    fn places(key: Key) -> [(usize, u64); 2] {
        let hash = key.wrapping_mul(0x9e37_79b1);
        let bits = [hash >> 21, hash >> 10];
        std::array::from_fn(|half| ((bits[half] >> 6) as usize % 32 + 32 * half, 1 << (bits[half] & 63)))
    }

    fn add(&mut self, key: Key) {
        Keys::places(key).iter().for_each(|(word, bit)| self.0[*word] |= bit);
    }

    fn add_all(&mut self, others: &Keys) {
        self.0.iter_mut().zip(others.0).for_each(|(own, other)| *own |= other);
    }

    fn may_hold(&self, key: Key) -> bool {
        Keys::places(key).iter().all(|(word, bit)| self.0[*word] & bit != 0)
    }
}

/// What a word meets in one layer under its whole keys.
struct Met {
    word: Word,
    /// The keys near those of the word's readings. Boxed: thousands are remembered, and a growing list is moved.
    near: Box<Keys>,
    /// How far each token that is met lies, and its records, see [`View::partners`]; the nearest first, those with the first
    /// [`MAX_WALK`] records.
    tokens: Box<[(Distance, Range<u32>)]>,
    /// How many records all have that are met.
    records: usize,
}

/// A word of the span, or two of them run together.
struct Wanted {
    /// The words of the span that it stands for: bit `i` for word `i`.
    words: u16,
    /// Index of what it meets.
    met: usize,
    /// How many records that has.
    records: usize,
}

/// What is remembered of words, and buffers that are kept from span to span.
#[derive(Default)]
pub struct Nearby {
    /// Index of what a word meets in a layer.
    known: FxHashMap<(u16, Word), usize>,
    met: Vec<Met>,
    wanted: Vec<Wanted>,
    seen: FxHashSet<FormIndex>,
    near: Vec<(Distance, FormIndex)>,
}

impl Nearby {
    /// The forms of a layer that lie near a span of at most [`MAX_WORDS`] words, each once; the `most` nearest, in no order.
    /// `is_strange` where one of the words is neither an ordinary one nor a name that people are known to have.
    pub fn forms(
        &mut self,
        layer: u16,
        view: &View<'_>,
        words: &[QueryWord],
        is_strange: bool,
        most: usize,
    ) -> impl Iterator<Item = FormIndex> + '_ {
        if self.met.len() > MAX_REMEMBERED {
            self.met.clear();
            self.known.clear();
        }
        self.near.clear();
        if let [word] = words {
            self.near.extend(word.word.into_iter().flat_map(|word| alone(view, &word)));
        } else {
            self.walk(layer, view, words, is_strange);
        }
        sketch::keep_nearest(&mut self.near, most);
        self.near.iter().map(|&(_, form)| form)
    }

    /// Forms of several words.
    fn walk(&mut self, layer: u16, view: &View<'_>, words: &[QueryWord], is_strange: bool) {
        self.seen.clear();
        self.wanted.clear();
        let near_a_letter = if is_strange { NEAR_A_LETTER_IF_STRANGE } else { NEAR_A_LETTER };
        let span = Span::of(view, words, near_a_letter);
        for (i, word) in span.words[..span.len].iter().enumerate() {
            self.want(layer, view, *word, 1 << i);
        }
        for (i, pair) in span.words[..span.len].windows(2).enumerate() {
            let joined = pair[0].zip(pair[1]).and_then(|(a, b)| Word::join(&a, &b));
            match joined {
                Some(joined) if span.len == 2 => self.near.extend(alone(view, &joined)),
                joined => self.want(layer, view, joined, 0b11 << i),
            }
        }
        self.wanted.sort_by_key(|wanted| wanted.records);
        let mut left = MAX_WALK;
        for wanted in self.wanted.iter().filter(|wanted| wanted.records > 0) {
            if left == 0 {
                return;
            }
            let beside = Beside::of(wanted, &self.wanted, &self.met, span.len);
            let Met { word, tokens, .. } = &self.met[wanted.met];
            for (distance, records) in tokens {
                if left == 0 {
                    return;
                }
                let Some(reach) = span.reach.checked_sub(*distance) else { break };
                let mut last = (TokenIndex::MAX, false);
                let records = view.partners(records.clone()).take(left as usize);
                left -= records.len() as u32;
                for (partner, token, form) in records.filter(|(partner, ..)| beside.may_be(*partner)) {
                    if last.0 != token {
                        last = (token, beside.is_near(view, partner, token, reach));
                    }
                    if (last.1 || partner.is_rare()) && self.seen.insert(form) {
                        let distance = span.distance(view, form, token, wanted.words, word);
                        self.near.extend(distance.map(|distance| (distance, form)));
                    }
                }
            }
        }
    }

    fn want(&mut self, layer: u16, view: &View<'_>, word: Option<Word>, words: u16) {
        let Some(word) = word else { return };
        let met = *self.known.entry((layer, word)).or_insert_with(|| {
            self.met.push(Met::of(view, word));
            self.met.len() - 1
        });
        self.wanted.push(Wanted { words, met, records: self.met[met].records });
    }
}

impl Met {
    fn of(view: &View<'_>, word: Word) -> Met {
        let mut keys = Vec::new();
        skeleton::exact_keys(&word, Side::Seen, &mut keys);
        let mut near = Box::new(Keys::NONE);
        keys.iter().for_each(|&key| skeleton::for_each_near(key, |key| near.add(key)));
        let mut met: Vec<(TokenIndex, Range<u32>)> = keys.iter().flat_map(|&key| view.partners_of_key(key)).collect();
        met.retain(|(_, records)| !records.is_empty());
        met.sort_unstable_by_key(|(token, _)| *token);
        met.dedup_by_key(|(token, _)| *token);
        let near_enough = |(token, records)| {
            let token = view.token_word(token)?;
            Some((sketch::distance_within(&token, &word, most_in_word(&token, &word))?, records))
        };
        let mut tokens: Vec<(Distance, Range<u32>)> = met.into_iter().filter_map(near_enough).collect();
        tokens.sort_unstable_by_key(|(distance, records)| (*distance, records.start));
        let records = tokens.iter().map(|(_, records)| records.len()).sum();
        let mut left = MAX_WALK as usize;
        let is_read = |(_, records): &&(Distance, Range<u32>)| {
            let is_read = left > 0;
            left = left.saturating_sub(records.len());
            is_read
        };
        tokens.truncate(tokens.iter().take_while(is_read).count());
        Met { word, near, records, tokens: tokens.into_boxed_slice() }
    }
}

/// How far a word of a span and one of a form lie apart at most.
fn most_in_word(a: &Word, b: &Word) -> Distance {
    NEAR_IN_WORD * a.len().max(b.len()) as Distance / 10
}

/// What is looked for beside a word that is met.
struct Beside<'m> {
    met: &'m Wanted,
    wanted: &'m [Wanted],
    known: &'m [Met],
    /// How many words the span has, those of the met one counted as one.
    units: usize,
    /// The keys near the span's other words, and near two of them run together.
    single: Keys,
    joined: Keys,
}

impl<'m> Beside<'m> {
    fn of(met: &'m Wanted, wanted: &'m [Wanted], known: &'m [Met], len: usize) -> Beside<'m> {
        let units = len + 1 - met.words.count_ones() as usize;
        let mut beside = Beside { met, wanted, known, units, single: Keys::NONE, joined: Keys::NONE };
        for (other, met) in beside.others() {
            let keys = if other.words.count_ones() == 1 { &mut beside.single } else { &mut beside.joined };
            keys.add_all(&met.near);
        }
        beside
    }

    /// The span's other words, and two of them run together.
    fn others(&self) -> impl Iterator<Item = (&'m Wanted, &'m Met)> + use<'m> {
        let (met, known) = (self.met.words, self.known);
        let others = self.wanted.iter().filter(move |other| other.words & met == 0);
        others.map(|other| (other, &known[other.met]))
    }

    /// Whether a form in which a partner stands beside the met word may be the span. One of fewer words has two of the span's as
    /// one.
    fn may_be(&self, partner: Partner) -> bool {
        let words = partner.words();
        match words >= self.units || words == Partner::MANY {
            true => partner.is_rare() || self.single.may_hold(partner.key()),
            false => words + 1 == self.units && self.joined.may_hold(partner.key()),
        }
    }

    /// Whether the partner's token lies within reach of one of the words.
    fn is_near(&self, view: &View<'_>, partner: Partner, token: TokenIndex, reach: Distance) -> bool {
        let token = view.token_word(token);
        token.is_some_and(|token| {
            let may_be = self.others().filter(|(_, met)| partner.is_rare() || met.near.may_hold(partner.key()));
            may_be
                .map(|(_, met)| &met.word)
                .any(|word| sketch::distance_within(&token, word, most_in_word(&token, word).min(reach)).is_some())
        })
    }
}

/// The forms of one word that lie near a word.
fn alone<'v>(view: &'v View<'_>, word: &Word) -> impl Iterator<Item = (Distance, FormIndex)> + use<'v> {
    let mut keys = Vec::new();
    skeleton::exact_keys(word, Side::Seen, &mut keys);
    keys.extend(skeleton::near_keys(word, &keys));
    let stored = keys.into_iter().map(skeleton::stored_alone);
    let mut tokens: Vec<TokenIndex> = stored.flat_map(|key| view.tokens_of_key(key)).collect();
    tokens.sort_unstable();
    tokens.dedup();
    let (word, reach) = (*word, reach(view, word.len(), NEAR_A_LETTER));
    tokens.into_iter().flat_map(move |token| {
        let other = view.token_word(token);
        let distance = other.and_then(|other| sketch::distance_within(&other, &word, reach));
        let forms = distance.map(|distance| view.postings(token).map(move |form| (distance, form)));
        forms.into_iter().flatten().filter(|&(_, form)| view.words_of(form).len() == 1)
    })
}

/// How far what lies near so many letters may lie from them.
fn reach(view: &View<'_>, letters: usize, near_a_letter: Distance) -> Distance {
    let doublings = (view.form_count() / FEW_FORMS).checked_ilog2().unwrap_or(0) as Distance;
    let a_letter = near_a_letter.saturating_sub(2 * doublings).max(LEAST_A_LETTER);
    a_letter * letters.min(1000) as Distance / 10
}

/// The words of a span of several.
struct Span {
    words: [Option<Word>; MAX_WORDS],
    len: usize,
    letters: usize,
    whole: Option<Word>,
    reach: Distance,
}

impl Span {
    fn of(view: &View<'_>, words: &[QueryWord], near_a_letter: Distance) -> Span {
        let mut span = Span { words: [None; MAX_WORDS], len: words.len(), letters: 0, whole: None, reach: 0 };
        span.words.iter_mut().zip(words).for_each(|(to, word)| *to = word.word);
        span.letters = words.iter().map(|word| word.key.len()).sum();
        span.whole = join(&span.words[..span.len]);
        span.reach = reach(view, span.letters, near_a_letter);
        span
    }

    /// How far a form lies in which `partner` stands beside the word that is met, where that is the words of the span in the bits
    /// of `met`, run together into `met_word`; `None` beyond reach.
    fn distance(
        &self,
        view: &View<'_>,
        form: FormIndex,
        partner: TokenIndex,
        met: u16,
        met_word: &Word,
    ) -> Option<Distance> {
        let units = self.len + 1 - met.count_ones() as usize;
        let mut tokens = [None; MAX_FORM_WORDS];
        let (mut count, mut letters, mut beside) = (0, 0, None);
        for (word, token) in tokens.iter_mut().zip(view.words_of(form)) {
            *word = view.token_word(token);
            beside = beside.or((token == partner).then_some(count));
            letters += word.map_or(0, |word| word.len());
            count += 1;
        }
        let tokens = &tokens[..count];
        let beside = beside.unwrap_or(0);
        let mut far = EXTRA_WORD * units.abs_diff(count) as Distance;
        let nearest = |word: &Word, far: Distance, is_asked: &dyn Fn(usize) -> bool| {
            let left = self.reach.checked_sub(far)?;
            let asked = tokens.iter().enumerate().filter(|(i, _)| is_asked(*i));
            asked.filter_map(|(_, token)| sketch::distance_within(token.as_ref()?, word, left)).min()
        };
        for word in (0..self.len).filter(|i| met >> i & 1 == 0).map(|i| &self.words[i]) {
            let is_asked = |i: usize| count > 2 || i == beside;
            far += word.and_then(|word| nearest(&word, far, &is_asked)).unwrap_or(NO_WORD);
        }
        far += nearest(met_word, far, &|i| i != beside).unwrap_or(NO_WORD);
        if count != self.len && letters.abs_diff(self.letters) <= RUN_TOGETHER {
            let run_together = self.whole.zip(join(tokens));
            let whole = run_together.and_then(|(a, b)| sketch::distance_within(&a, &b, self.reach.min(far)));
            far = whole.unwrap_or(far);
        }
        (far <= self.reach).then_some(far)
    }
}

/// All words run together, where they are Latin and not too long.
fn join(words: &[Option<Word>]) -> Option<Word> {
    let (first, rest) = words.split_first()?;
    rest.iter().try_fold((*first)?, |joined, word| Word::join(&joined, word.as_ref()?))
}
