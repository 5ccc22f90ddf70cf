//! Evidence: the numbers on which the decision between garbled and unknown rests, each one that a person can read and argue with.

use super::query::QueryWord;
use super::rank::{Candidate, Ranker, Ranking};
use super::score::{NATIVE_WORTH, Step, log_mean_exp};
use super::spot;
use crate::text::fold::Word;

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// What speaks for and against the best candidate of a span.
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct Features { $($(#[$doc])* pub $name: f32),* }

        impl Features {
            /// The features' names, in the order of [`Features::values`].
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// The features as a vector.
            pub fn values(&self) -> [f32; Self::NAMES.len()] {
                [$(self.$name),*]
            }
        }
    };
}

features! {
    /// Log-odds of the garbled name against a stranger's right name, in nats, clipped.
    gain,
    /// The channel's cost of a letter of the span, in nats.
    letter_cost,
    /// The least gain of a changed word, in nats, clipped.
    worst_gain,
    /// Log-odds against the next entry, in nats, at most 12.
    margin,
    /// 1 where that is under 2.
    close,
    /// How rare the words are that agree to the letter: the sum of ln(forms / forms with the word), at most 12. Particles
    /// ("al", "de") say nothing of who is meant.
    rarity,
    /// How many words agree to the letter, particles not counted.
    identical,
    /// ln(1 + names of the dictionary that hold the most frequent of the changed words as it is seen).
    seen_in_dictionary,
    /// ln(16 × weight) of the changed word best attested as a part of a name.
    attested,
    /// 1 where every changed word is attested.
    all_attested,
    /// 1 where a changed word is an ordinary English word, ½ where it is a seldom one.
    ordinary,
    /// Words of the entry that the span lacks.
    skipped_form,
    /// Words of the span that the entry lacks.
    skipped_span,
    /// Words run together or split.
    merged,
    /// 1 where the family name has changed places.
    rotated,
    /// 1 for a span of a single word.
    single,
    /// Changed words beyond the first.
    more_changed,
    /// ln of the letters in the changed words.
    changed_letters,
    /// 1 where no word agrees but particles.
    all_changed,
    /// What the native form adds to the log-probability, in nats, clipped to ±[`NATIVE_WORTH`]; 0 where there is none.
    native,
    /// 1 where a native form was scored.
    has_native,
    /// ln(1 + forms of the dictionary) / 10: the more names, the nearer the nearest by chance.
    crowd,
    /// ln(16 × weight) of the intended word least attested as a part of a name, among the changed ones.
    intended_attested,
    /// 1 where the span's first letter differs from the intended one in a changed word.
    initial_changed,
    /// The letters of the shortest changed word: a short name is soon another one.
    shortest_changed,
    /// The channel's cost of a letter of the changed word that costs most, in nats.
    worst_letter_cost,
    /// 1 where a changed word, as it is seen, is a word of the dictionary.
    in_dictionary,
    /// `gain` × `attested` / 100: what the channel says of a word that people are called.
    gain_attested,
    /// `gain` × `margin` / 100: what it says where no other entry is near.
    gain_margin,
    /// `letter_cost` where a native form was scored.
    native_letter_cost,
    /// ln(16 × weight) of the less attested word of a changed pair, the highest of all pairs: where both are names that people
    /// have, one may be somebody else's.
    both_attested,
    /// The same × what the channel says against that pair, in sixths of nats, 1 at most: "Hani" is no spelling of "Hana", as
    /// "Khalid" is of "Khaled".
    both_attested_cost,
    /// How many changed words are names of weight 1 and more.
    names_changed,
    /// ln(16 × weight) of the changed word least attested as a part of a name.
    least_attested,
    /// How much `margin` lacks of 4, `gain` of 14 and `worst_gain` of 6 nats; how much the worst word's letters cost beyond 2.
    margin_below_4,
    gain_below_14,
    worst_gain_below_6,
    worst_letter_cost_above_2,
}

/// `ln(1 + 16 × weight)` of a name of weight 1.
const NAME: f32 = 2.83;
/// From this many letters on a word counts as long.
const SHORTEST_AT_MOST: f32 = 8.0;

impl Features {
    /// The evidence on the best candidate of a ranking; `None` where there is no candidate.
    pub fn of(ranker: &mut Ranker<'_>, words: &[QueryWord], ranking: &Ranking) -> Option<Features> {
        let best = ranking.candidates.first()?;
        let margin = ranking.candidates.get(1).map_or(12.0, |next| (best.standing() - next.standing()).min(12.0));
        let letters: usize = words.iter().filter_map(|w| w.word).map(|w| w.len()).sum();
        let latin = log_mean_exp(&best.matched.lanes);
        let mut features = Features {
            gain: (best.log_prob - ranking.null).clamp(-20.0, 40.0),
            letter_cost: best.log_prob / letters.max(1) as f32,
            worst_gain: 15.0,
            margin,
            close: f32::from(margin < 2.0),
            rotated: f32::from(best.matched.rotation > 0),
            single: f32::from(words.len() == 1),
            native: best.matched.native.map_or(0.0, |native| (native - latin).clamp(-NATIVE_WORTH, NATIVE_WORTH)),
            has_native: f32::from(best.matched.native.is_some()),
            crowd: (1.0 + ranker.form_count() as f32).ln() / 10.0,
            intended_attested: 12.0,
            all_attested: 1.0,
            least_attested: f32::INFINITY,
            shortest_changed: SHORTEST_AT_MOST,
            ..Features::default()
        };
        let mut changed_letters = 0;
        let mut changed = 0;
        for step in &best.matched.steps {
            match *step {
                Step::SkippedForm { .. } => features.skipped_form += 1.0,
                Step::SkippedSpan { .. } => features.skipped_span += 1.0,
                Step::Pair { form, form_words, span, span_words } => {
                    features.merged += f32::from(form_words + span_words > 2);
                    let intended = intended_words(ranker, best, form, form_words);
                    let seen = &words[span..span + span_words];
                    if form_words == 1 && span_words == 1 && intended[0] == seen[0].key {
                        if spot::is_particle(&seen[0].key) {
                            continue;
                        }
                        features.identical += 1.0;
                        let frequency = ranker.frequency(&seen[0]).max(1) as f32;
                        features.rarity += (ranker.form_count() as f32 / frequency).ln().max(0.0);
                    } else {
                        changed += 1;
                        changed_letters += seen.iter().map(|w| w.key.len()).sum::<usize>();
                        features.add_changed(ranker, &intended, seen);
                    }
                }
            }
        }
        features.rarity = features.rarity.min(12.0);
        features.more_changed = (changed as f32 - 1.0).max(0.0);
        features.changed_letters = (1.0 + changed_letters as f32).ln();
        features.all_changed = f32::from(features.identical == 0.0);
        if changed == 0 {
            features.all_attested = 0.0;
            features.intended_attested = 6.0;
        }
        if !features.least_attested.is_finite() {
            features.least_attested = 0.0;
        }
        features.in_dictionary = f32::from(features.seen_in_dictionary > 0.0);
        features.gain_attested = features.gain * features.attested / 100.0;
        features.gain_margin = features.gain * features.margin / 100.0;
        features.native_letter_cost = features.has_native * features.letter_cost;
        features.margin_below_4 = (4.0 - features.margin).max(0.0);
        features.gain_below_14 = (14.0 - features.gain).max(0.0);
        features.worst_gain_below_6 = (6.0 - features.worst_gain).max(0.0);
        features.worst_letter_cost_above_2 = (-2.0 - features.worst_letter_cost).max(0.0);
        Some(features)
    }

    fn add_changed(&mut self, ranker: &mut Ranker<'_>, intended: &[&str], seen: &[QueryWord]) {
        let fold = |parts: Vec<&str>| Word::fold(&parts.concat());
        let from = fold(intended.to_vec());
        let to = fold(seen.iter().map(|w| w.key.as_str()).collect());
        let lexicon = ranker.scorer().lexicon();
        let weight =
            |word: Option<Word>| word.and_then(|w| lexicon.name(&w)).map_or(0.0, |s| (1.0 + 16.0 * s.weight).ln());
        if let (Some(from), Some(to)) = (from, to) {
            let null: f32 = seen.iter().map(|word| ranker.scorer().null(word)).sum();
            let log_prob = ranker.scorer().pair(&from, &to).1;
            let gain = log_prob - null;
            self.worst_letter_cost = self.worst_letter_cost.min(log_prob / (to.len() + 1) as f32);
            self.shortest_changed = self.shortest_changed.min(to.len() as f32);
            self.worst_gain = self.worst_gain.min(gain.clamp(-15.0, 15.0));
            self.initial_changed = self.initial_changed.max(f32::from(from.letters()[0] != to.letters()[0]));
            let to = weight(Some(to));
            let both = weight(Some(from)).min(to);
            self.both_attested = self.both_attested.max(both);
            self.both_attested_cost = self.both_attested_cost.max(both * (-log_prob / 6.0).min(1.0));
            self.names_changed += f32::from(to >= NAME);
            self.least_attested = self.least_attested.min(to);
        }
        for word in seen {
            let dictionary = (1.0 + ranker.frequency(word) as f32).ln();
            self.seen_in_dictionary = self.seen_in_dictionary.max(dictionary);
            let attested = weight(word.word);
            self.attested = self.attested.max(attested);
            self.all_attested = self.all_attested.min(f32::from(attested > 0.0));
            let grade = word.word.and_then(|w| lexicon.grade(&w));
            self.ordinary = self.ordinary.max(match grade {
                Some(crate::lexicon::Grade::Rare) => 0.25,
                Some(crate::lexicon::Grade::Usual) => 0.6,
                Some(crate::lexicon::Grade::Common) => 1.0,
                None => 0.0,
            });
        }
        for word in intended {
            self.intended_attested = self.intended_attested.min(weight(Word::fold(word)));
        }
    }
}

/// The keys of the form's words that a step took, in the order in which they were aligned.
fn intended_words<'d>(ranker: &Ranker<'d>, candidate: &Candidate, form: usize, count: usize) -> Vec<&'d str> {
    let view = ranker.view(candidate.entry);
    let words = view.words_of(candidate.matched.form);
    let len = words.len().max(1);
    (form..form + count)
        .filter_map(|i| words.clone().nth((i + candidate.matched.rotation) % len))
        .map(|token| view.token_key(token))
        .collect()
}
