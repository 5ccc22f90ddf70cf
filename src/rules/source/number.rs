use super::super::{Context, Example, Finding, Languages, Rule};
use super::{left_over, pairs, whole};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::span::Span;

pub static RULE: Rule = Rule {
    name: "source/number",
    summary: "a number that differs from the source's",
    severity: Severity::Error,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Unsafe),
    mqm: "accuracy/mistranslation/number",
    documentation: "\
Numbers are compared by their digits, of whatever script: ٢٠٢٣ is 2023, and 1.000,5 is 1,000.5. Where one number of the source is missing \
and one of the target is not in the source, the second is reported and the first suggested; unsafe, for dates and \
units may have been converted.

Left alone: numbers up to 31, which may be written out, be days, hours or months; numbers beside a word or sign that multiplies them (million, \
مليون, 万), as they are written in other ways; and digits inside words and links.",
    examples: &[
        Example {
            dictionary: "",
            before: "source\ttarget\nفي عام ٢٠٢٣ كان ٣\tIn 2032 there were three\n",
            after: "source\ttarget\nفي عام ٢٠٢٣ كان ٣\tIn 2023 there were three\n",
        },
        Example {
            dictionary: "",
            before: "source\ttarget\n1.250,5 евро\t1,250.5 euros\n5万人\t50,000 people\n١٥٠ شخصا\tmany people\n",
            after: "source\ttarget\n1.250,5 евро\t1,250.5 euros\n5万人\t50,000 people\n١٥٠ شخصا\t⟦many people⟧\n",
        },
    ],
    check,
};

/// Numbers up to this one are often written as words.
const SMALL: usize = 31;

/// Words and signs that multiply the number beside them.
const MULTIPLIERS: &[&str] = &[
    "thousand",
    "million",
    "billion",
    "trillion",
    "mille",
    "milliard",
    "tausend",
    "millón",
    "mil ",
    "ألف",
    "آلاف",
    "مليون",
    "ملايين",
    "مليار",
    "тыс",
    "миллион",
    "млн",
    "миллиард",
    "млрд",
    "мільйон",
    "мільярд",
    "אלף",
    "מיליון",
    "מיליארד",
    "هزار",
    "میلیون",
    "میلیارد",
    "万",
    "亿",
    "萬",
    "億",
    "千",
    "兆",
    "만",
    "억",
    "천",
    "조",
    "χιλιάδες",
    "εκατομμ",
    "δισεκατομμ",
];

/// A number as it is written, and its digits without signs and leading zeros.
#[derive(Clone)]
struct Number {
    span: Span,
    digits: String,
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        self.digits == other.digits
    }
}

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment, source) in pairs(context) {
        let (ours, theirs) = (numbers(&segment.text), numbers(&source.text));
        if ours == theirs || multiplies(&segment.text) || multiplies(&source.text) {
            continue;
        }
        let big = |number: &Number| number.digits.parse::<usize>().is_ok_and(|value| value > SMALL);
        let mut missing = left_over(&theirs, &ours);
        missing.retain(big);
        let mut extra = left_over(&ours, &theirs);
        extra.retain(big);
        let written = |number: &Number| latin(&source.text[number.span.range()]);
        match (missing.as_slice(), extra.as_slice()) {
            ([missing], [extra]) => {
                let message = format!("the source says {}", written(missing));
                Finding::new(context, &RULE, index, extra.span, message)
                    .suggest(&written(missing), None, 0.8, Applicability::Unsafe)
                    .push(out);
            }
            ([], extra) if theirs.is_empty() || extra.is_empty() => {}
            ([], extra) => {
                for number in extra {
                    Finding::new(context, &RULE, index, number.span, "the source has no such number".to_owned())
                        .confidence(0.7)
                        .push(out);
                }
            }
            (missing, _) => {
                let list: Vec<String> = missing.iter().map(written).collect();
                whole(context, &RULE, index, format!("the source says {}, the translation does not", list.join(", ")))
                    .push(out);
            }
        }
    }
}

fn multiplies(text: &str) -> bool {
    let text = text.to_lowercase();
    MULTIPLIERS.iter().any(|word| text.contains(word))
}

/// The numbers of a text; not the digits of words.
fn numbers(text: &str) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let Some(first) = digit(c) else {
            before = c;
            continue;
        };
        let mut number = Number { span: Span::new(at, at + c.len_utf8()), digits: first.to_string() };
        while let Some(&(at, c)) = chars.peek() {
            let mut rest = text[at + c.len_utf8()..].chars();
            let digit = match digit(c) {
                None if is_separator(c) && rest.next().is_some_and(|next| digit(next).is_some()) => None,
                None => break,
                digit => digit,
            };
            if let Some(digit) = digit {
                number.digits.push_str(&digit.to_string());
                number.span.end = at + c.len_utf8();
            }
            chars.next();
        }
        number.digits = number.digits.trim_start_matches('0').to_owned();
        let behind = chars.peek().map_or(' ', |(_, c)| *c);
        let joins = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '/');
        let is_word = joins(before) || joins(behind) || matches!(before, '%' | '{' | '#' | '=');
        if !is_word {
            numbers.push(number);
        }
        before = ' ';
    }
    numbers
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '٫' | '٬' | '،' | '\'' | '’' | '\u{a0}' | '\u{202f}')
}

/// The value of a decimal digit of any usual script.
fn digit(c: char) -> Option<u32> {
    const ZEROS: &[u32] = &[0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xe50, 0xff10];
    ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero).filter(|value| *value < 10))
}

/// A number in the digits and signs of English.
fn latin(number: &str) -> String {
    let sign = |c: char| match c {
        '٫' => '.',
        '٬' | '،' | '’' | '\'' | '\u{a0}' | '\u{202f}' => ',',
        c => c,
    };
    number.chars().map(|c| digit(c).and_then(|value| char::from_digit(value, 10)).unwrap_or_else(|| sign(c))).collect()
}
