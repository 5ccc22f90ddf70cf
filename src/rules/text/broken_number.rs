use super::super::{Context, Example, Finding, Languages, Rule};
use super::surroundings::{after, before, char_before};
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::Span;

pub static RULE: Rule = Rule {
    name: "text/broken-number",
    summary: "numbers torn apart or fused, dates and times that there are none of",
    severity: Severity::Info,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: None,
    mqm: "accuracy/mistranslation",
    documentation: "\
A translation that spells numbers digit by digit tears them (“1 1 years”, “2 0 2 1”, “1, 000”), says them twice (“2013-2013”) or makes up \
others: “65438+0998” is “1998”, where a 1 became 65438+0. Reported are these, and days and hours that no calendar has (2021-13-45, 32 \
March, 25:70 pm).

Left alone: lists of numbers, scores, and whatever may be a reference or a telephone number.

Nothing is suggested: the number stands in the source only.",
    examples: &[
        Example {
            dictionary: "",
            before: "After 1 1 years, in 65438+0998 and in 2 0 2 1, it was 2013-2013; on 2021-13-45, 32 March at 25:70 pm, 1, 000 left.",
            after: "After ⟦1 1⟧ years, in ⟦65438+0998⟧ and in ⟦2 0 2 1⟧, it was ⟦2013-2013⟧; on ⟦2021-13-45⟧, ⟦32 March⟧ at ⟦25:70⟧ pm, ⟦1, 000⟧ left.",
        },
        Example {
            dictionary: "",
            before: "In 2012-2013, on 2021-02-28, 31 March at 12:45 pm, 1,000 won 2:1; 10 000 km; 1 2 3 4 5.",
            after: "In 2012-2013, on 2021-02-28, 31 March at 12:45 pm, 1,000 won 2:1; 10 000 km; 1 2 3 4 5.",
        },
    ],
    check,
};

/// The longest number that is looked at, with what it is joined to.
const REACH: usize = 40;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(found) = bytes[at..].iter().position(u8::is_ascii_digit) {
            let start = at + found;
            let rest = after(text, start, REACH);
            let digits = digits(rest);
            at = start + digits.max(1);
            let begins = !char_before(text, start)
                .is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '–' | '/' | ':' | '+'));
            if !begins || digits > 6 {
                continue;
            }
            if let Some((length, what)) = broken(rest, digits, before(text, start, 4)) {
                at = start + length;
                Finding::new(context, &RULE, index, Span::new(start, at), what.to_owned()).confidence(0.85).push(out);
            }
        }
    }
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Whether the text goes on with neither digit nor letter.
fn ends(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

/// What is wrong with the number that a text begins with, and how long it is.
fn broken(rest: &str, first: usize, ahead: &str) -> Option<(usize, &'static str)> {
    let number: u32 = rest[..first].parse().ok()?;
    let behind = &rest[first..];
    made_up(rest, first)
        .or_else(|| torn(rest, first, ahead))
        .or_else(|| twice(rest, first))
        .or_else(|| iso_date(rest, first))
        .or_else(|| clock(rest, first))
        .or_else(|| day_of_month(behind, number).map(|length| (first + length, "a day that the month does not have")))
}

/// “65438+0998”.
fn made_up(rest: &str, first: usize) -> Option<(usize, &'static str)> {
    let behind = rest[..first].eq("65438").then(|| rest[first..].strip_prefix('+'))??;
    let second = digits(behind);
    (second > 0).then_some((first + 1 + second, "a number that a translation made up"))
}

/// “1 1 years”, “2 0 2 1”, “1, 000”.
fn torn(rest: &str, first: usize, ahead: &str) -> Option<(usize, &'static str)> {
    let what = "a number torn apart";
    if first <= 3 && rest[first..].starts_with(", 000") && ends(&rest[first + 5..]) {
        return Some((first + 5, what));
    }
    let listed = ahead.trim_end().ends_with(|c: char| c.is_ascii_digit());
    let single = |at: usize| digits(&rest[at..]) == 1;
    if first != 1 || listed || !rest[1..].starts_with(' ') {
        return None;
    }
    let year = matches!(rest.as_bytes()[0], b'1' | b'2')
        && (2..=6)
            .step_by(2)
            .all(|at| rest.as_bytes().get(at - 1) == Some(&b' ') && rest.is_char_boundary(at) && single(at));
    let (length, next) = if year { (7, 7) } else { (3, 3) };
    if !single(2) || !rest.is_char_boundary(next) {
        return None;
    }
    let behind = &rest[next..];
    let goes_on = behind.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let unit = ["years", "percent", "days", "months", "people", "million", "billion", "%", "km", "hours", "minutes"];
    let counts = || unit.iter().any(|unit| behind.trim_start().starts_with(unit));
    (!goes_on && ends(behind) && (year || counts())).then_some((length, what))
}

/// “2013-2013”.
fn twice(rest: &str, first: usize) -> Option<(usize, &'static str)> {
    let behind = rest[first..].strip_prefix(['-', '–'])?;
    let joint = rest.len() - first - behind.len();
    let same = first == 4 && behind.starts_with(&rest[..first]) && matches!(rest.as_bytes()[0], b'1' | b'2');
    let length = 2 * first + joint;
    (same && ends(&rest[length..]) && !rest[length..].starts_with(['-', '–']))
        .then_some((length, "from a year to the same year"))
}

/// “2021-13-45”.
fn iso_date(rest: &str, first: usize) -> Option<(usize, &'static str)> {
    let mut parts = rest.splitn(3, '-');
    let (_, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let day = &day[..digits(day)];
    let is_date = first == 4 && rest.as_bytes()[4] == b'-' && month.len() == 2 && digits(month) == 2 && day.len() == 2;
    let (month, day): (usize, u32) = (month.parse().ok()?, day.parse().ok()?);
    let exists = (1..=12).contains(&month) && (1..=DAYS[month - 1]).contains(&day);
    let is_year = matches!(rest.as_bytes()[0], b'1' | b'2');
    (is_date && is_year && !exists && ends(&rest[10..])).then_some((10, "a date that there is not"))
}

/// “25:70 pm”.
fn clock(rest: &str, first: usize) -> Option<(usize, &'static str)> {
    let behind = rest[first..].strip_prefix(':').filter(|_| first <= 2)?;
    let (hour, minute): (u32, u32) = (rest[..first].parse().ok()?, behind.get(..2)?.parse().ok()?);
    let half = behind[2..].trim_start().to_ascii_lowercase();
    let is_time = ["am", "pm", "a.m", "p.m"].iter().any(|name| half.starts_with(name) && ends(&half[name.len()..]));
    (is_time && (hour > 24 || minute > 59)).then_some((first + 3, "a time that there is not"))
}

/// “32 March”: the length behind the number.
fn day_of_month(behind: &str, day: u32) -> Option<usize> {
    let word = behind.strip_prefix(' ')?;
    let month = MONTHS.iter().position(|month| word.starts_with(month) && ends(&word[month.len()..]))?;
    // “May” and “March” are words; beyond a hundred it is a year, or a count.
    (day > DAYS[month] && day <= 99).then(|| 1 + MONTHS[month].len())
}
