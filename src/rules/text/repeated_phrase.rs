use super::super::{Context, Example, Finding, Languages, Rule};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::span::Span;
use crate::text::scan::{self, Gap, Shape, Token};
use rustc_hash::FxHasher;
use std::hash::Hasher;

pub static RULE: Rule = Rule {
    name: "text/repeated-phrase",
    summary: "words or a sentence said again and again",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Unsafe),
    mqm: "accuracy/addition",
    documentation: "\
A decoder that has lost its way says the same words over and over: “the head of the office of the head of the office of the \
head of the office”. Reported are runs of up to 64 words that follow themselves, across line breaks too: two words four times; \
more words three times, also with a word changed now and then; and twice where no mark stands in them or they are eight or more. Also a \
sentence of eight words or more that stands again within the next four of its paragraph.

Left alone: runs of numbers, what is said twice for effect (“step by step by step”, “they will go away. They will go away”), and \
sentences taken out of the text to stand between its paragraphs.

The fix keeps the first of them. It is not safe: refrains and minutes repeat themselves rightly.",
    examples: &[
        Example {
            dictionary: "",
            before: "He is the head of the office of the head of the office of the head of the office of state.",
            after: "He is the head of the office of state.",
        },
        Example {
            dictionary: "",
            before: "The council met in the old town hall on Monday. It was late. The council met in the old town hall on Monday.",
            after: "The council met in the old town hall on Monday. It was late.",
        },
        Example {
            dictionary: "",
            before: "It was won by the club in 1991, it was won by the club in 1992, it was won by the club in 1993 and so on.",
            after: "It was won by the club in 1991 and so on.",
        },
        Example {
            dictionary: "",
            before: "Step by step by step, again and again and again, 1 2 1 2 1 2 1 2.",
            after: "Step by step by step, again and again and again, 1 2 1 2 1 2 1 2.",
        },
    ],
    check,
};

/// The longest run of words that is looked for, and how many words are remembered for it: a power of two, two runs or more.
const MAX_PERIOD: usize = 64;
const MEMORY: usize = 256;

/// Matching words between two changed ones.
const BETWEEN_CHANGES: usize = 4;

/// The fewest words of a sentence that counts when it stands again, and how many sentences are remembered.
const SENTENCE_WORDS: usize = 8;
const SENTENCES: usize = 4;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut loops = Loops::new();
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        loops.begin();
        let mut sentences = Sentences::default();
        let mut covered = 0;
        let mut report = |span: Span, kept: Span, out: &mut Vec<Diagnostic>| {
            if span.start < covered {
                return;
            }
            covered = span.end;
            Finding::new(context, &RULE, index, span, "the same words again".to_owned())
                .confidence(0.9)
                .suggest(&text[kept.range()], None, 0.85, Applicability::Unsafe)
                .push(out);
        };
        let mut before = 0;
        for token in scan::tokens(text) {
            let word = Word::of(text, &token, before);
            before = token.span.end;
            if let Some(span) = sentences.push(text, &token, word.hash) {
                report(span, Span::new(span.start, span.start), out);
            }
            if let Some((span, kept)) = loops.push(word) {
                report(span, kept, out);
            }
        }
        if let Some((span, kept)) = loops.close() {
            report(span, kept, out);
        }
        if let Some(span) = sentences.close(text) {
            report(span, Span::new(span.start, span.start), out);
        }
    }
}

/// A word as it is compared, and where it stands.
#[derive(Clone, Copy, Default)]
struct Word {
    hash: u64,
    span: Span,
    letters: usize,
    joint: Joint,
}

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Joint {
    /// A paragraph or the item of a list begins.
    #[default]
    Break,
    Mark,
    Space,
}

impl Word {
    fn of(text: &str, token: &Token, before: usize) -> Word {
        let word = token.text(text);
        let mut hasher = FxHasher::default();
        if word.is_ascii() {
            word.bytes().for_each(|b| hasher.write_u8(b.to_ascii_lowercase()));
        } else {
            word.chars().flat_map(char::to_lowercase).for_each(|c| hasher.write_u32(c.into()));
        }
        let letters = if token.shape == Shape::Number { 0 } else { word.len() };
        let joint = match token.gap {
            Gap::Space | Gap::Line => Joint::Space,
            Gap::Hyphen => Joint::Mark,
            _ if text[before..token.span.start].contains('\n') => Joint::Break,
            _ => Joint::Mark,
        };
        Word { hash: hasher.finish(), span: token.span, letters, joint }
    }
}

/// Finds words that follow themselves, one word at a time. Of the words gone by it remembers [`MEMORY`].
struct Loops {
    words: [Word; MEMORY],
    /// Words seen, and of them those of the texts before this one.
    count: usize,
    first: usize,
    /// Where three words of a hash were last seen: the index of the last of them, plus one.
    seen: Box<[usize; 4096]>,
    run: Option<Run>,
}

/// Words that are those `period` words before.
#[derive(Clone, Copy)]
struct Run {
    period: usize,
    /// The index of the first word that is a repetition, and of the one behind the last.
    start: usize,
    end: usize,
    /// Up to here nothing was changed.
    exact_end: usize,
    /// Matching words since something was changed.
    since: usize,
}

impl Loops {
    fn new() -> Loops {
        Loops { words: [Word::default(); MEMORY], count: 0, first: 0, seen: Box::new([0; 4096]), run: None }
    }

    /// Begins a text: nothing of those before it is looked at again.
    fn begin(&mut self) {
        self.first = self.count;
    }

    fn word(&self, index: usize) -> &Word {
        &self.words[index % MEMORY]
    }

    /// Takes the next word; the repetition that it ends, if it ends one: all of it, and what is kept.
    fn push(&mut self, word: Word) -> Option<(Span, Span)> {
        let index = self.count;
        let mut ended = None;
        if let Some(run) = &mut self.run {
            let same = self.words[(index - run.period) % MEMORY].hash == word.hash;
            let exact = run.exact_end == index;
            if same {
                run.end = index + 1;
                run.since += 1;
                if exact {
                    run.exact_end = index + 1;
                }
            } else if run.period > BETWEEN_CHANGES && run.since >= BETWEEN_CHANGES {
                run.end = index + 1;
                run.since = 0;
            } else {
                ended = self.close();
            }
            // A run that outgrows the memory is given up to keep what it began with within reach.
            if self.run.is_some_and(|run| index - run.start >= MEMORY - 2 * MAX_PERIOD) {
                ended = self.close();
            }
        }
        self.words[index % MEMORY] = word;
        self.count += 1;
        if index >= self.first + 2 {
            self.look_back(index);
        }
        ended
    }

    /// Begins a run where the last three words were the same a while ago.
    fn look_back(&mut self, index: usize) {
        let three = [index - 2, index - 1, index].map(|i| self.word(i).hash);
        let slot =
            three.into_iter().fold(0u64, |h, w| (h.rotate_left(21) ^ w).wrapping_mul(0x9e37_79b9_7f4a_7c15)) >> 52;
        let last = std::mem::replace(&mut self.seen[slot as usize], index + 1);
        let Some(period) = (index + 1).checked_sub(last).filter(|p| last > self.first && (2..=MAX_PERIOD).contains(p))
        else {
            return;
        };
        let is_same = (0..3).all(|back| self.word(index - back).hash == self.word(index - period - back).hash);
        if self.run.is_none() && index >= self.first + period + 2 && is_same {
            let (start, end) = (index - 2, index + 1);
            self.run = Some(Run { period, start, end, exact_end: end, since: 3 });
        }
    }

    /// Ends the run; what it repeats, if that is enough.
    fn close(&mut self) -> Option<(Span, Span)> {
        let run = self.run.take()?;
        let first = run.start - run.period;
        let end = if self.is_loop(&run, first, run.end, false) {
            run.end
        } else if self.is_loop(&run, first, run.exact_end, true) {
            run.exact_end
        } else {
            return None;
        };
        // Whole repetitions only: what is left over goes on after the one that is kept.
        let whole = first + (end - first) / run.period * run.period;
        let hull = |from: usize, to: usize| self.word(from).span.hull(self.word(to - 1).span);
        Some((hull(first, whole), hull(first, first + run.period)))
    }

    /// Whether words `first..end` say `run.period` words often enough.
    fn is_loop(&self, run: &Run, first: usize, end: usize, exact: bool) -> bool {
        let times = (end - first) / run.period;
        let once = || (first..first + run.period).map(|i| self.word(i));
        let all = |belongs: fn(Joint) -> bool| (first + 1..end).all(|i| belongs(self.word(i).joint));
        let enough = match (run.period, times) {
            (2, _) => times >= 4,
            (_, 3..) => exact || all(|joint| joint != Joint::Break),
            (SENTENCE_WORDS.., 2) => exact && all(|joint| joint != Joint::Break),
            (_, 2) => exact && all(|joint| joint == Joint::Space),
            _ => false,
        };
        let lettered = once().filter(|w| w.letters > 1).count();
        let letters: usize = once().map(|w| w.letters).sum();
        enough && lettered >= 2 && letters >= 6 && (exact || run.exact_end < run.end)
    }
}

/// Finds sentences that stand again, a few sentences later.
#[derive(Default)]
struct Sentences {
    /// What the last sentences said.
    said: [u64; SENTENCES],
    next: usize,
    /// The sentence in progress: words, hash, where it begins and ends, and where the one before it ended.
    words: usize,
    hash: u64,
    span: Span,
    before: usize,
}

impl Sentences {
    fn push(&mut self, text: &str, token: &Token, hash: u64) -> Option<Span> {
        let ends = match token.gap {
            Gap::Paragraph | Gap::End => true,
            Gap::Stop => token.shape != Shape::Lower,
            _ => false,
        };
        let again = if ends { self.close(text) } else { None };
        if token.gap == Gap::Paragraph {
            self.said = [0; SENTENCES];
        }
        if self.words == 0 {
            self.span = token.span;
        }
        self.words += 1;
        self.hash = (self.hash.rotate_left(5) ^ hash).wrapping_mul(0x517c_c1b7_2722_0a95);
        self.span.end = token.span.end;
        again
    }

    /// Ends the sentence; its place, with the space before it and the mark behind it, if it was said before.
    fn close(&mut self, text: &str) -> Option<Span> {
        let stop =
            super::surroundings::char_at(text, self.span.end).filter(|c| matches!(c, '.' | '!' | '?' | '。' | '؟'));
        let end = self.span.end + stop.map_or(0, char::len_utf8);
        let counts = self.words >= SENTENCE_WORDS && stop.is_some();
        let again = counts && self.said.contains(&self.hash);
        let between = &text[self.before.min(self.span.start)..self.span.start];
        let start = if between.trim().is_empty() { self.span.start - between.len() } else { self.span.start };
        if self.words > 0 {
            self.said[self.next % SENTENCES] = if counts { self.hash } else { 0 };
            self.next += 1;
        }
        (self.words, self.hash, self.before) = (0, 0, end);
        again.then(|| Span::new(start, end))
    }
}
