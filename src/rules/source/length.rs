use super::super::{Context, Example, Languages, Rule};
use super::{pairs, whole};
use crate::diagnostic::{Diagnostic, Severity};
use unicode_script::{Script, UnicodeScript};

pub static RULE: Rule = Rule {
    name: "source/length",
    summary: "a translation that is improbably long or short",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: None,
    mqm: "accuracy/omission",
    documentation: "\
A translation of a third of the length that its source lets expect has lost something; one of three times that length has something added, or belongs elsewhere. \
Lengths are counted in letters and weighed by script, for one letter of Chinese is three of English.

Short texts vary too much: nothing is said of sources that let expect fewer than thirty letters, and of targets where both are that short.",
    examples: &[Example {
        dictionary: "",
        before: "source\ttarget\nقال الوزير أمس إن الحكومة ستنظر في الأمر خلال الأسبوع المقبل\tHe said.\n",
        after: "source\ttarget\nقال الوزير أمس إن الحكومة ستنظر في الأمر خلال الأسبوع المقبل\t⟦He said.⟧\n",
    }],
    check,
};

/// Fewer letters than this, on the longer side, are too few to tell.
const FEW: f32 = 30.0;
const FACTOR: f32 = 3.0;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment, source) in pairs(context) {
        let (ours, expected) = (weight(&segment.text), weight(&source.text));
        if ours.max(expected) < FEW || expected < 10.0 {
            continue;
        }
        let what = if ours > expected * FACTOR {
            "long"
        } else if ours * FACTOR < expected {
            "short"
        } else {
            continue;
        };
        let message =
            format!("the translation is improbably {what}: {ours:.0} letters where about {expected:.0} are usual");
        whole(context, &RULE, index, message).confidence(0.8).push(out);
    }
}

/// How many letters a text would have in English.
fn weight(text: &str) -> f32 {
    let weigh = |c: char| match c.script() {
        _ if !c.is_alphanumeric() => 0.0,
        Script::Han => 3.0,
        Script::Hangul => 2.2,
        Script::Hiragana | Script::Katakana => 1.7,
        Script::Arabic | Script::Hebrew => 1.25,
        _ => 1.0,
    };
    text.chars().map(weigh).sum()
}
