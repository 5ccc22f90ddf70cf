//! Nearby: from a span of running text to the dictionary's forms that lie near enough to be what it was.
//!
//! What [`super::retrieve`] does for a name given by itself, for text, where most spans are no names of the dictionary and must
//! cost next to nothing. A form of several words lies near where one of its tokens meets a word of the span under a whole skeleton key,
//! another one comes within one class of another word's, and their letters are close in the sketch's distance; a form of
//! one word where its own keys meet. What is asked of a word alone is remembered from span to span. At most [`MAX_WALK`]
//! records of a span and layer are read, those of the rarest words first.

use super::query::{MAX_WORDS, QueryWord};
use super::rank::{EXTRA_WORD, NO_WORD};
use super::retrieve::{LONG, RARE};
use super::sketch::{self, Distance};
use crate::dictionary::compile::MAX_FORM_WORDS;
use crate::dictionary::skeleton::{self, Key, Side};
use crate::dictionary::{FormIndex, TokenIndex, View};
use crate::text::fold::Word;
use rustc_hash::{FxHashMap, FxHashSet};

/// The most records that are read for one span and layer.
const MAX_WALK: usize = 1_500;
/// How far a garbled span lies from its name at most, in tenths of [`Distance`] a letter.
const NEAR_A_LETTER: Distance = 22;
/// How many letters more or fewer words have that were run together or split.
const RUN_TOGETHER: usize = 3;
/// Beyond this many remembered words the memory is emptied: it bounds a run's use of memory.
const MAX_REMEMBERED: usize = 1 << 16;

/// A set of skeleton keys in which a few more seem to be than are (a Bloom filter of one hash): they cost a look, no more.
#[derive(Clone, Copy)]
struct Keys([u64; 32]);

impl Keys {
    const NONE: Keys = Keys([0; 32]);

    /// The word and the bit in it.
    fn place(key: Key) -> (usize, u64) {
        let hash = key.wrapping_mul(0x9e37_79b1) >> 21;
        ((hash >> 6) as usize % 32, 1 << (hash & 63))
    }

    fn add(&mut self, key: Key) {
        let (word, bit) = Keys::place(key);
        self.0[word] |= bit;
    }

    fn add_all(&mut self, others: &Keys) {
        self.0.iter_mut().zip(others.0).for_each(|(own, other)| *own |= other);
    }

    fn may_hold(&self, key: Key) -> bool {
        let (word, bit) = Keys::place(key);
        self.0[word] & bit != 0
    }
}

/// The tokens of one layer that a word meets under a whole skeleton key.
struct Met {
    /// The keys near those of the word's readings.
    near: Keys,
    word: Word,
    /// Each with its distance from the word, once that has been asked for.
    tokens: Vec<(TokenIndex, Option<Distance>)>,
    /// How many records they have in all.
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
    pub fn forms(
        &mut self,
        layer: u16,
        view: &View<'_>,
        words: &[QueryWord],
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
            self.walk(layer, view, words);
        }
        if self.near.len() > most {
            self.near.select_nth_unstable(most);
            self.near.truncate(most);
        }
        self.near.iter().map(|&(_, form)| form)
    }

    /// Forms of several words.
    fn walk(&mut self, layer: u16, view: &View<'_>, words: &[QueryWord]) {
        self.seen.clear();
        self.wanted.clear();
        let span = Span::of(words);
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
        let mut walked = 0;
        for at in 0..self.wanted.len() {
            let Wanted { words: met_words, met, .. } = self.wanted[at];
            let mut near = Keys::NONE;
            let rest = self.wanted.iter().filter(|other| other.words & met_words == 0);
            rest.for_each(|other| near.add_all(&self.met[other.met].near));
            let Met { word, tokens, .. } = &mut self.met[met];
            for (token, distance) in tokens {
                let records = view.partners(*token);
                walked += records.len();
                if walked > MAX_WALK {
                    return;
                }
                let rare = records.len() <= RARE && skeleton::len(view.skeleton(*token)) >= LONG;
                for (form, _) in records.filter(|(_, key)| rare || near.may_hold(*key)) {
                    let to_word = || view.token_word(*token).map_or(NO_WORD, |own| sketch::distance(&own, word));
                    let met = *distance.get_or_insert_with(to_word);
                    if met > span.reach {
                        break;
                    }
                    if self.seen.insert(form) {
                        self.near.extend(span.distance(view, form, met_words, (*token, met)).map(|d| (d, form)));
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
        let mut tokens: Vec<TokenIndex> = keys.iter().flat_map(|&key| view.tokens_of_key(key)).collect();
        tokens.sort_unstable();
        tokens.dedup();
        let mut near = Keys::NONE;
        keys.iter().for_each(|&key| skeleton::for_each_near(key, |key| near.add(key)));
        let records = tokens.iter().map(|&token| view.partners(token).len()).sum();
        Met { near, word, tokens: tokens.into_iter().map(|token| (token, None)).collect(), records }
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
    let (word, reach) = (*word, reach(word.len()));
    tokens.into_iter().flat_map(move |token| {
        let other = view.token_word(token);
        let distance = other.and_then(|other| sketch::distance_within(&other, &word, reach));
        let forms = distance.map(|distance| view.postings(token).map(move |form| (distance, form)));
        forms.into_iter().flatten().filter(|&(_, form)| view.words_of(form).len() == 1)
    })
}

fn reach(letters: usize) -> Distance {
    NEAR_A_LETTER * letters.min(1000) as Distance / 10
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
    fn of(words: &[QueryWord]) -> Span {
        let mut span = Span { words: [None; MAX_WORDS], len: words.len(), letters: 0, whole: None, reach: 0 };
        span.words.iter_mut().zip(words).for_each(|(to, word)| *to = word.word);
        span.letters = words.iter().map(|word| word.key.len()).sum();
        span.whole = join(&span.words[..span.len]);
        span.reach = reach(span.letters);
        span
    }

    /// How far a form lies, of which `met_token` lies `met` from the words of the span in the bits of `met_words`; `None` beyond
    /// reach.
    fn distance(
        &self,
        view: &View<'_>,
        form: FormIndex,
        met_words: u16,
        (met_token, met): (TokenIndex, Distance),
    ) -> Option<Distance> {
        let units = self.len + 1 - met_words.count_ones() as usize;
        let words = view.words_of(form).take(MAX_FORM_WORDS);
        let count = words.len();
        let mut far = met + EXTRA_WORD * units.abs_diff(count) as Distance;
        if far > self.reach && count == self.len {
            return None;
        }
        if let (2, 2, Some(other)) = (count, self.len, [0, 1].into_iter().find(|i| met_words == 1 << (1 - i))) {
            let partner = words.clone().find(|&token| token != met_token).unwrap_or(met_token);
            let word = view.token_word(partner)?;
            return sketch::distance_within(&word, self.words[other].as_ref()?, self.reach - far).map(|d| far + d);
        }
        let mut tokens = [None; MAX_FORM_WORDS];
        let mut letters = 0;
        for (word, token) in tokens.iter_mut().zip(words) {
            *word = view.token_word(token);
            letters += word.map_or(0, |word| word.len());
        }
        let tokens = &tokens[..count];
        let others = (0..self.len).filter(|i| met_words >> i & 1 == 0);
        for word in others.map(|i| &self.words[i]) {
            if far > self.reach {
                break;
            }
            let left = self.reach - far;
            let to = |token: &Option<Word>| sketch::distance_within(token.as_ref()?, word.as_ref()?, left);
            far += tokens.iter().filter_map(to).min().unwrap_or(NO_WORD);
        }
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
