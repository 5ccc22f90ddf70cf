use super::super::{Context, Example, Languages, Rule};
use super::{mistransliteration, text_of};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::names::resolve::{Garbled, Mention, Resolution};
use crate::text::fold::Word;

pub static RULE: Rule = Rule {
    name: "names/truncated",
    summary: "a name that lost a part which it is never written without",
    severity: Severity::Info,
    on_by_default: true,
    languages: Languages::ENGLISH,
    needs_names: true,
    fix: Some(Applicability::Unsafe),
    mqm: "accuracy/omission",
    documentation: "\
A translation that takes the end of a name for a case ending or a suffix drops it: “Stroma” for Stromae. \
Reported are names of one word of which nothing but the end is lost, a vowel with it. Where only a consonant is lost (“Mediapar”), or \
letters before the end have changed as well, it is `names/mistransliteration`.

The fix is unsafe: what is left may be another name.",
    examples: &[Example {
        dictionary: "[[name]]\nname = \"Stromae\"\nnative = { ru = \"Стромай\" }\nrole = [\"singer\"]\n",
        before: "The singer Stroma was there.",
        after: "The singer Stromae was there.",
    }],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for mention in context.mentions {
        let Resolution::Garbled(garbled) = &mention.resolution else { continue };
        if is_truncated(context, mention, garbled) {
            mistransliteration::report(context, mention, garbled, &RULE, out);
        }
    }
}

/// Whether a garbled name is the first reading, a single word, less its end, of which a vowel is a part.
pub(super) fn is_truncated(context: &Context<'_, '_>, mention: &Mention, garbled: &Garbled) -> bool {
    let Some(reading) = garbled.readings.first() else { return false };
    if mention.words.len() > 1 || reading.text.contains(' ') {
        return false;
    }
    let (Some(seen), Some(whole)) = (Word::fold(text_of(context, mention)), Word::fold(&reading.text)) else {
        return false;
    };
    let vowel = |l: &u8| matches!(l - 1 + b'a', b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    whole.letters().strip_prefix(seen.letters()).is_some_and(|lost| lost.iter().any(vowel))
}
