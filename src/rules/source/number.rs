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
Numbers are compared by their value, of whatever script: ٢٠٢٣ is 2023, and 1.000,5 or 1 000,50 is 1,000.5. Where one number of the source is missing \
and one of the target is not in the source, the second is reported and the first suggested; unsafe, for dates and \
units may have been converted.

Left alone: numbers up to 31, which may be written out, be days, hours or months; texts with signs that multiply a number (万, 억), as it is written in other ways; \
and digits inside words and links. Beside a word that multiplies (million, مليون), and for a separator that may be a decimal one or not (1.234), the digits alone count.",
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

/// Words that multiply the number beside them.
const WORDS: &[&str] = &[
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
    "χιλιάδες",
    "εκατομμ",
    "δισεκατομμ",
];
/// Signs that multiply, and stand between digits.
const SIGNS: &[&str] = &["万", "亿", "萬", "億", "千", "兆", "만", "억", "천", "조"];

/// A number as it is written, and what it comes to.
#[derive(Clone, Debug)]
struct Number {
    span: Span,
    /// Digits before the decimal sign, without leading zeros, and behind it, without zeros at the end.
    whole: String,
    decimals: String,
    /// The one separator in it has three digits behind it: it may be of either kind.
    unclear: bool,
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        let unclear = (self.unclear || other.unclear) && self.digits() == other.digits();
        self.whole == other.whole && self.decimals == other.decimals || unclear
    }
}

impl Number {
    /// All digits but zeros at the end.
    fn digits(&self) -> String {
        format!("{}{}", self.whole, self.decimals).trim_matches('0').to_owned()
    }

    fn is_small(&self) -> bool {
        self.whole.parse::<usize>().map_or(self.whole.is_empty(), |value| value <= SMALL)
    }
}

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment, source) in pairs(context) {
        let (ours, theirs) = (numbers(&segment.text), numbers(&source.text));
        let has = |list: &[&str]| [&segment.text, &source.text].iter().any(|text| holds(text, list));
        if ours == theirs || has(SIGNS) {
            continue;
        }
        let (mut missing, mut extra) = (left_over(&theirs, &ours), left_over(&ours, &theirs));
        if has(WORDS) {
            let digits = |numbers: &[Number]| numbers.iter().map(Number::digits).collect::<Vec<_>>();
            let (own, other) = (digits(&extra), digits(&missing));
            missing.retain(|number| !own.contains(&number.digits()));
            extra.retain(|number| !other.contains(&number.digits()));
        }
        let counts = |number: &Number| !number.is_small() || !number.decimals.is_empty();
        missing.retain(counts);
        extra.retain(counts);
        let written = |number: &Number| latin(&source.text[number.span.range()]);
        match (missing.as_slice(), extra.as_slice()) {
            ([missing], [extra]) => {
                let said = match context.target_language {
                    "en" => english(missing, &source.text),
                    _ => written(missing),
                };
                Finding::new(context, &RULE, index, extra.span, format!("the source says {said}"))
                    .suggest(&said, None, 0.8, Applicability::Unsafe)
                    .push(out);
            }
            ([], extra) if theirs.is_empty() || extra.is_empty() => {}
            ([], extra) => {
                for number in extra.iter().filter(|number| !number.is_small()) {
                    Finding::new(context, &RULE, index, number.span, "the source has no such number".to_owned())
                        .confidence(0.7)
                        .push(out);
                }
            }
            (missing, _) => {
                let list: Vec<String> = missing.iter().filter(|number| !number.is_small()).map(written).collect();
                if !list.is_empty() {
                    let message = format!("the source says {}, the translation does not", list.join(", "));
                    whole(context, &RULE, index, message).push(out);
                }
            }
        }
    }
}

fn holds(text: &str, list: &[&str]) -> bool {
    let text = text.to_lowercase();
    list.iter().any(|word| text.contains(word))
}

/// The numbers of a text; not the digits of words.
fn numbers(text: &str) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let mut at = 0;
    let may_begin = |byte: &u8| byte.is_ascii_digit() || *byte >= LEAD_OF_DIGITS;
    while let Some(behind) = text.as_bytes()[at..].iter().position(may_begin) {
        at += behind;
        let Some(c) = text[at..].chars().next() else { break };
        if digit(c).is_none() {
            at += c.len_utf8();
            continue;
        }
        let before = text[..at].chars().next_back();
        let is_word = before.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '/' | '%' | '{' | '#' | '='));
        let groups = groups(text, at);
        at = groups.last().map_or(at + c.len_utf8(), |group| group.span.end);
        if !is_word {
            push(&groups, &mut numbers);
        }
    }
    numbers
}

/// Digits in a row, and the separator before them.
struct Group {
    span: Span,
    digits: String,
    separator: char,
}

/// The groups of digits from a place on that may be one number.
fn groups(text: &str, start: usize) -> Vec<Group> {
    let mut groups = vec![Group { span: Span::new(start, start), digits: String::new(), separator: ' ' }];
    for (at, c) in text[start..].char_indices().map(|(at, c)| (start + at, c)) {
        let Some(last) = groups.last_mut() else { break };
        if let Some(digit) = digit(c) {
            last.digits.extend(char::from_digit(digit, 10));
            last.span.end = at + c.len_utf8();
            continue;
        }
        let digits_behind = text[at + c.len_utf8()..].chars().take_while(|c| digit(*c).is_some()).count();
        // A space is one only between groups of three.
        let is_space = c.is_whitespace() && c != '\n';
        let grouped =
            digits_behind == 3 && (last.digits.len() == 3 || last.span.start == start && last.digits.len() < 4);
        if digits_behind == 0 || !is_separator(c) && !is_space || is_space && !grouped {
            break;
        }
        let from = at + c.len_utf8();
        groups.push(Group { span: Span::new(from, from), digits: String::new(), separator: c });
    }
    groups
}

/// Reads groups as one number, with a decimal sign or not, or, where they are none (dates, versions), as many.
fn push(groups: &[Group], numbers: &mut Vec<Number>) {
    let number = |groups: &[Group], decimals: &str, unclear: bool| {
        let digits: String = groups.iter().map(|group| group.digits.as_str()).collect();
        let span = groups[0].span.hull(groups[groups.len() - 1].span);
        let (whole, decimals) = (digits.trim_start_matches('0').to_owned(), decimals.trim_end_matches('0').to_owned());
        Number { span, whole, decimals, unclear }
    };
    let [first, rest @ ..] = groups else { return };
    let Some((last, inner)) = rest.split_last() else {
        numbers.push(number(groups, "", false));
        return;
    };
    let in_threes = |groups: &[Group]| groups.iter().all(|group| group.digits.len() == 3) && first.digits.len() < 4;
    let alike = inner.windows(2).all(|pair| pair[0].separator == pair[1].separator);
    let is_decimal = matches!(last.separator, '.' | ',' | '٫' | '،');
    let other_sign = inner.iter().all(|group| group.separator != last.separator);
    if in_threes(rest) && alike && (inner.is_empty() || !other_sign) && last.separator != '٫' {
        let unclear = inner.is_empty() && matches!(last.separator, '.' | ',');
        numbers.push(number(groups, "", unclear));
    } else if is_decimal && in_threes(inner) && alike && other_sign || inner.is_empty() && is_decimal {
        let mut read = number(&groups[..groups.len() - 1], &last.digits, false);
        read.span = read.span.hull(last.span);
        numbers.push(read);
    } else {
        numbers.extend(groups.iter().map(|group| number(std::slice::from_ref(group), "", false)));
    }
}

/// A number of the source as English writes it: with commas between thousands where it had signs there.
fn english(number: &Number, source: &str) -> String {
    let groups = groups(source, number.span.start);
    let decimals = groups.last().filter(|_| !number.decimals.is_empty()).map_or("", |group| group.digits.as_str());
    let is_grouped = groups.len() > 1 + usize::from(!decimals.is_empty());
    let whole = if number.whole.is_empty() { "0" } else { &number.whole };
    let mut said = String::new();
    for (at, c) in whole.chars().enumerate() {
        if is_grouped && at > 0 && (whole.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(c);
    }
    if !decimals.is_empty() {
        said.push('.');
        said.push_str(decimals);
    }
    said
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '٫' | '٬' | '،' | '\'' | '’' | '\u{a0}' | '\u{202f}')
}

/// The least first byte that a digit beyond ASCII has in UTF-8.
const LEAD_OF_DIGITS: u8 = 0xd9;

/// The value of a decimal digit of any usual script.
fn digit(c: char) -> Option<u32> {
    const ZEROS: &[u32] = &[0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xe50, 0xff10];
    if c < '\u{660}' {
        return c.to_digit(10);
    }
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
