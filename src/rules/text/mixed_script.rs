use super::super::{Context, Example, Finding, Languages, Rule};
use super::scripts;
use super::surroundings::{around, next_beyond_ascii};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;
use unicode_script::Script;

pub static RULE: Rule = Rule {
    name: "text/mixed-script",
    summary: "one word written in two scripts",
    severity: Severity::Error,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Safe),
    mqm: "linguistic-conventions/spelling",
    documentation: "\
“Pаris” with a Cyrillic а looks right and is found by no search. Reported are words of at least three letters that have \
letters of Latin and of Cyrillic or Greek, where those of the one are look-alikes of the other, or where the scripts change \
more than once.

Left alone: what is meant so: “β-carotene”, “ΔG”, “TNFα”, a Latin abbreviation with a Cyrillic ending.

The fix is safe: each look-alike is replaced by the letter it looks like (Unicode Technical Standard 39), so that the word \
looks the same; towards the text's own script where both are possible. Where a letter has no look-alike nothing is suggested.",
    examples: &[
        Example {
            dictionary: "",
            before: "The talks in P\u{430}ris and \u{39c}adrid went on.",
            after: "The talks in Paris and Madrid went on.",
        },
        Example {
            dictionary: "",
            before: "β-carotene, ΔG and TNFα; Путин and Wi‑Fi.",
            after: "β-carotene, ΔG and TNFα; Путин and Wi‑Fi.",
        },
    ],
    check,
};

/// `dictionaries/marks/lookalikes.tsv`.
static LOOKALIKES: &str = include_str!("../../../dictionaries/marks/lookalikes.tsv");

/// Longer runs of letters are no words.
const MAX_BYTES: usize = 80;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    let own = scripts::of_language(context.target_language)[0];
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let mut at = 0;
        while let Some(place) = next_beyond_ascii(text, at) {
            let span = around(text, place, MAX_BYTES, char::is_alphabetic);
            at = span.end.max(text.ceil_char_boundary(place + 1));
            let word = &text[span.range()];
            let Some(mix) = Mix::of(word).filter(|_| span.len() <= MAX_BYTES) else { continue };
            let mended = mix.mended(word, own);
            if mended.is_none() && mix.changes < 2 {
                continue;
            }
            let message =
                format!("“{word}” has letters of {} and of {}", Script::Latin.full_name(), mix.other.full_name());
            let finding = Finding::new(context, &RULE, index, span, message).confidence(0.97);
            match mended {
                Some(mended) => finding.suggest(&mended, None, 0.95, Applicability::Safe).push(out),
                None => finding.push(out),
            }
        }
    }
}

/// The scripts of a word that has Latin and another one.
struct Mix {
    other: Script,
    latin_letters: usize,
    other_letters: usize,
    /// How often the script changes within the word.
    changes: usize,
}

impl Mix {
    fn of(word: &str) -> Option<Mix> {
        let mut mix = Mix { other: Script::Common, latin_letters: 0, other_letters: 0, changes: 0 };
        let mut previous = None;
        for script in word.chars().filter_map(scripts::of_letter) {
            match script {
                Script::Latin => mix.latin_letters += 1,
                Script::Cyrillic | Script::Greek if mix.other == Script::Common || mix.other == script => {
                    mix.other = script;
                    mix.other_letters += 1;
                }
                _ => return None,
            }
            mix.changes += usize::from(previous.is_some_and(|p| p != script));
            previous = Some(script);
        }
        let letters = mix.latin_letters + mix.other_letters;
        (mix.latin_letters > 0 && mix.other_letters > 0 && letters >= 3).then_some(mix)
    }

    /// The word in one script: the text's own, or the one that more of its letters are of.
    fn mended(&self, word: &str, own: Script) -> Option<String> {
        let towards_latin = || self.all(word, self.other, &Lookalikes::get().to_latin);
        let towards_other = || self.all(word, Script::Latin, &Lookalikes::get().from_latin);
        let latin_first = own == Script::Latin || (own != self.other && self.latin_letters >= self.other_letters);
        if latin_first { towards_latin().or_else(towards_other) } else { towards_other().or_else(towards_latin) }
    }

    /// The word with its letters of one script replaced; `None` where one of them has no look-alike.
    fn all(&self, word: &str, replaced: Script, table: &FxHashMap<(Script, char), char>) -> Option<String> {
        let replace = |c: char| match scripts::of_letter(c) {
            Some(script) if script == replaced => table.get(&(self.other, c)).copied(),
            _ => Some(c),
        };
        word.chars().map(replace).collect()
    }
}

/// Pairs of letters that look alike, by the script that is not Latin.
struct Lookalikes {
    to_latin: FxHashMap<(Script, char), char>,
    from_latin: FxHashMap<(Script, char), char>,
}

impl Lookalikes {
    fn get() -> &'static Lookalikes {
        static LOADED: OnceLock<Lookalikes> = OnceLock::new();
        LOADED.get_or_init(|| {
            let rows = LOOKALIKES.lines().filter(|line| !line.starts_with('#')).skip(1);
            let pairs: Vec<(Script, char, char)> = rows
                .filter_map(|row| {
                    let (other, latin) = row.split_once('\t')?;
                    let (other, latin) = (other.chars().next()?, latin.chars().next()?);
                    Some((scripts::of_letter(other)?, other, latin))
                })
                .collect();
            Lookalikes {
                to_latin: pairs.iter().map(|&(script, other, latin)| ((script, other), latin)).collect(),
                from_latin: pairs.iter().map(|&(script, other, latin)| ((script, latin), other)).collect(),
            }
        })
    }
}
