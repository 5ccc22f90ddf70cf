use super::super::{Context, Example, Finding, Languages, Rule};
use super::surroundings::{after, before, char_at, char_before};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::rules::languages::primary;
use crate::span::Span;

pub static RULE: Rule = Rule {
    name: "text/quotes",
    summary: "brackets and quotation marks that have no partner or another style's",
    severity: Severity::Info,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Unsafe),
    mqm: "linguistic-conventions/punctuation",
    documentation: "\
A translation loses one of a pair, doubles it, or begins with one style and ends with another. Reported are, within a paragraph, \
brackets without a partner, curly quotation marks opened twice, never closed or closed unopened, and a straight mark that closes a curly one.

Left alone: the brackets of list items (“a)”) and emoticons; quotations that go on in the next paragraph, which begins with a mark again; single \
quotation marks, which are apostrophes; and quotation marks in languages that pair them in other ways than English, Spanish, Italian, \
Portuguese, Dutch and French do.

The fix is not safe: a doubled or mixed mark is put right; where a partner is missing, nobody knows where it belongs, and nothing is suggested.",
    examples: &[
        Example {
            dictionary: "",
            before: "He called it ““a farce”, and then “a tragedy\".",
            after: "He called it “a farce”, and then “a tragedy”.",
        },
        Example {
            dictionary: "",
            before: "The agency (founded in 1944 said so.\n\nIt did not] say more.",
            after: "The agency ⟦(⟧founded in 1944 said so.\n\nIt did not⟦]⟧ say more.",
        },
        Example {
            dictionary: "",
            before: "a) first\nb) second :) “One paragraph.\n\n“And the next.” (So [it] was.)",
            after: "a) first\nb) second :) “One paragraph.\n\n“And the next.” (So [it] was.)",
        },
    ],
    check,
};

/// Languages that open with “ and close with ”.
const CURLY: &[&str] = &["en", "es", "fr", "it", "nl", "pt"];

/// Deeper nesting is no text.
const MAX_OPEN: usize = 32;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    let curly = CURLY.contains(&primary(context.target_language));
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let mut pairs = Pairs { text, open: Vec::new(), slips: Vec::new() };
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'\n' if ends_paragraph(text, at) => pairs.end_paragraph(Some(at)),
                b'(' | b'[' => pairs.open(at, char::from(byte)),
                b')' => pairs.close(at, '(', ")"),
                b']' => pairs.close(at, '[', "]"),
                b'"' if curly => pairs.straight(at),
                0xe2 if curly && text[at..].starts_with('“') => pairs.open(at, '“'),
                0xe2 if curly && text[at..].starts_with('”') => pairs.close(at, '“', "”"),
                _ => {}
            }
        }
        pairs.end_paragraph(None);
        for slip in pairs.slips {
            let finding = Finding::new(context, &RULE, index, slip.span, slip.what.to_owned()).confidence(0.8);
            match slip.instead {
                Some(instead) => finding.suggest(instead, None, 0.8, Applicability::Unsafe).push(out),
                None => finding.push(out),
            }
        }
    }
}

/// Whether the line break is followed by a blank line or an indented one.
fn ends_paragraph(text: &str, at: usize) -> bool {
    after(text, at + 1, 1).starts_with(['\n', '\r', ' ', '\t'])
}

struct Pairs<'t> {
    text: &'t str,
    /// What is open, outermost first.
    open: Vec<(usize, char)>,
    slips: Vec<Slip>,
}

struct Slip {
    span: Span,
    what: &'static str,
    instead: Option<&'static str>,
}

impl Pairs<'_> {
    fn slip(&mut self, start: usize, end: usize, what: &'static str, instead: Option<&'static str>) {
        self.slips.push(Slip { span: Span::new(start, end), what, instead });
    }

    fn open(&mut self, at: usize, mark: char) {
        let is_emoticon = mark != '“' && before(self.text, at, 2).ends_with([':', ';', '-', '=']);
        if is_emoticon || self.open.len() >= MAX_OPEN {
            return;
        }
        if mark == '“' && self.open.last().is_some_and(|&(last, c)| c == '“' && last + '“'.len_utf8() == at) {
            return self.slip(at - '“'.len_utf8(), at + '“'.len_utf8(), "opened twice", Some("“"));
        }
        self.open.push((at, mark));
    }

    fn close(&mut self, at: usize, opening: char, closing: &'static str) {
        if let Some(place) = self.open.iter().rposition(|(_, mark)| *mark == opening) {
            // What was opened inside and not closed has no partner any more.
            for (lonely, mark) in self.open.split_off(place).into_iter().skip(1) {
                self.slip(lonely, lonely + mark.len_utf8(), "opened and not closed", None);
            }
            return;
        }
        let is_text = if opening == '“' { !self.measures(at) } else { !self.is_item(at) };
        if self.open.len() < MAX_OPEN && is_text {
            let doubled = closing == "”" && before(self.text, at, 4).ends_with('”');
            let (start, instead) = if doubled { (at - closing.len(), Some(closing)) } else { (at, None) };
            let what = if doubled { "closed twice" } else { "closed and not opened" };
            self.slip(start, at + closing.len(), what, instead);
        }
    }

    /// A straight mark that closes a curly one.
    fn straight(&mut self, at: usize) {
        let behind_word = char_before(self.text, at).is_some_and(|c| !c.is_whitespace() && !c.is_ascii_digit());
        let before_word = char_at(self.text, at + 1).is_some_and(char::is_alphanumeric);
        if behind_word && !before_word && self.open.last().is_some_and(|(_, mark)| *mark == '“') {
            self.open.pop();
            self.slip(at, at + 1, "a straight mark closes a curly one", Some("”"));
        }
    }

    /// Whether the bracket stands behind the number or letter of an item, or in an emoticon.
    fn is_item(&self, at: usize) -> bool {
        let word = before(self.text, at, 12).rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_number = word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'i' | b'v' | b'x'));
        is_number && word.len() <= 4 || word.chars().count() == 1 || word.ends_with([':', ';', '-', '=', '.', '8'])
    }

    /// Whether the mark stands for inches.
    fn measures(&self, at: usize) -> bool {
        char_before(self.text, at).is_some_and(|c| c.is_ascii_digit())
    }

    /// What is open at the end of a paragraph was not closed, unless the next one begins with the mark again.
    fn end_paragraph(&mut self, at: Option<usize>) {
        let next = at.and_then(|at| after(self.text, at, 200).trim_start().chars().next());
        for (lonely, mark) in std::mem::take(&mut self.open) {
            let goes_on = mark == '“' && next == Some('“');
            if !goes_on {
                self.slip(lonely, lonely + mark.len_utf8(), "opened and not closed", None);
            }
        }
    }
}
