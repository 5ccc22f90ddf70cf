use super::super::{Context, Example, Finding, Languages, Rule};
use super::{left_over, pairs, whole};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{self, Tag};
use crate::span::Span;
use std::borrow::Cow;

pub static RULE: Rule = Rule {
    name: "source/placeholder",
    summary: "a placeholder or inline tag lost, added, or in an order that changes its meaning",
    severity: Severity::Error,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: None,
    mqm: "design/markup",
    documentation: "\
A program puts values in the place of `%s`, `%1$d`, `%(name)s`, `%@`, `{0}`, `{{name}}` or `${name}`, and an editor shows a tag for `<x id=\"1\"/>`. \
What is lost in translation is lost on the screen, and what is added may crash the program.

Placeholders may be in any order where they have a name or a number; those that have neither (`%s … %d`) must keep theirs, or be numbered. Of an ICU argument \
(`{count, plural, …}`) the name alone counts. A percent sign behind a digit or before a space is no placeholder, unless a gettext catalogue says by a \
flag such as `c-format` that the text is a format string; where it says `no-c-format`, none is.",
    examples: &[
        Example {
            dictionary: "",
            before: "source\ttarget\nملف %s في {dir}\tFile %s is in\n%d من %s\t%s of %d\n",
            after: "source\ttarget\nملف %s في {dir}\t⟦File %s is in⟧\n%d من %s\t⟦%s⟧ of %d\n",
        },
        Example {
            dictionary: "",
            before: "source\ttarget\n%1$s و %2$s\t%2$s and %1$s\n50 % des cas\t50% of cases\n",
            after: "source\ttarget\n%1$s و %2$s\t%2$s and %1$s\n50 % des cas\t50% of cases\n",
        },
    ],
    check,
};

#[derive(Clone)]
struct Placeholder<'t> {
    span: Span,
    text: Cow<'t, str>,
}

impl PartialEq for Placeholder<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment, source) in pairs(context) {
        tags(context, index, &segment.tags, &source.tags, out);
        let said = source.placeholders;
        let (mut ours, mut theirs) = (placeholders(&segment.text, said), placeholders(&source.text, said));
        if ours.iter().any(is_numbered) != theirs.iter().any(is_numbered) {
            number(&mut ours);
            number(&mut theirs);
        }
        let (missing, extra) = (left_over(&theirs, &ours), left_over(&ours, &theirs));
        for placeholder in &extra {
            let message = format!("the source has no `{}`", placeholder.text);
            Finding::new(context, &RULE, index, placeholder.span, message).push(out);
        }
        if !missing.is_empty() {
            let list: Vec<String> = missing.iter().map(|placeholder| format!("`{}`", placeholder.text)).collect();
            whole(context, &RULE, index, format!("{} of the source is missing", list.join(", "))).push(out);
        }
        if missing.is_empty() && extra.is_empty() {
            let in_order = |all: &[Placeholder<'_>]| -> Vec<String> {
                all.iter().filter(|p| has_no_name(&p.text)).map(|p| p.text.clone().into_owned()).collect()
            };
            let (own, other) = (in_order(&ours), in_order(&theirs));
            let wrong = ours.iter().filter(|p| has_no_name(&p.text)).zip(&other).find(|(p, other)| p.text != **other);
            if own != other
                && let Some((placeholder, other)) = wrong
            {
                let message =
                    format!("`{}` stands where the source has `{other}`: the values change places", placeholder.text);
                Finding::new(context, &RULE, index, placeholder.span, message).push(out);
            }
        }
    }
}

fn tags(context: &Context<'_, '_>, index: usize, ours: &[Tag], theirs: &[Tag], out: &mut Vec<Diagnostic>) {
    if ours.iter().map(|tag| &tag.label).eq(theirs.iter().map(|tag| &tag.label)) {
        return;
    }
    let labels = |tags: &[Tag]| -> Vec<String> { tags.iter().map(|tag| tag.label.clone()).collect() };
    let (ours, theirs) = (labels(ours), labels(theirs));
    for (tags, message) in
        [(left_over(&theirs, &ours), "of the source is missing"), (left_over(&ours, &theirs), "is not in the source")]
    {
        if !tags.is_empty() {
            whole(context, &RULE, index, format!("the tag {} {message}", tags.join(", "))).push(out);
        }
    }
}

/// Whether it says which value it takes: `%2$d`.
fn is_numbered(placeholder: &Placeholder<'_>) -> bool {
    placeholder.text.starts_with('%') && placeholder.text.contains('$')
}

/// Writes the numbers of values into placeholders that take them in order: `%s … %d` is `%1$s … %2$d`.
fn number(placeholders: &mut [Placeholder<'_>]) {
    for (at, placeholder) in placeholders.iter_mut().filter(|p| has_no_name(&p.text)).enumerate() {
        placeholder.text = Cow::Owned(placeholder.text.replacen('%', &format!("%{}$", at + 1), 1));
    }
}

/// Whether values are put in its place by order alone.
fn has_no_name(placeholder: &str) -> bool {
    placeholder.strip_prefix('%').is_some_and(|rest| {
        !rest.starts_with(['(', '{']) && !rest.contains('$') && !rest.ends_with(|c: char| c.is_ascii_digit())
    })
}

fn placeholders(text: &str, said: document::Placeholders) -> Vec<Placeholder<'_>> {
    let is_format = said.percent == Some(true);
    let mut found = Vec::new();
    if memchr::memchr3(b'%', b'{', b'$', text.as_bytes()).is_none() {
        return found;
    }
    let mut at = 0;
    let mut before = ' ';
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let len = match c {
            '%' if is_format || said.percent.is_none() && !before.is_ascii_digit() => printf(rest, is_format),
            '{' | '$' if said.braces != Some(false) => braces(rest),
            _ => None,
        };
        let step = match len {
            Some(len) => {
                let icu = rest[..len].find(',').filter(|_| c == '{');
                let shown = icu.map_or(&rest[..len], |comma| rest[..comma].trim_end());
                found.push(Placeholder { span: Span::new(at, at + len), text: Cow::Borrowed(shown) });
                len
            }
            None if rest.starts_with("%%") => 2,
            None => c.len_utf8(),
        };
        at += step;
        before = c;
    }
    found
}

/// The length of a placeholder as C, Python, Objective-C and Qt have it. In what is said to be a format string a space is a flag,
/// and letters may follow at once.
fn printf(text: &str, is_format: bool) -> Option<usize> {
    let mut at = 1;
    let bytes = text.as_bytes();
    match bytes.get(1)? {
        b'(' | b'{' => {
            let close = if bytes[1] == b'(' { ')' } else { '}' };
            let end = text.find(close)?;
            let is_name = text[2..end].chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-')) && end > 2;
            if bytes[1] == b'{' {
                return is_name.then_some(end + 1);
            }
            at = is_name.then_some(end + 1)?;
        }
        _ => {}
    }
    let is_flag =
        |b: &u8| matches!(b, b'0'..=b'9' | b'.' | b'$' | b'-' | b'+' | b'#' | b'*') || is_format && *b == b' ';
    while bytes.get(at).is_some_and(is_flag) {
        at += 1;
    }
    let numbered = at > 1 && bytes[1..at].iter().all(u8::is_ascii_digit);
    while bytes.get(at).is_some_and(|b| matches!(b, b'l' | b'h' | b'z' | b'j' | b't')) {
        at += 1;
    }
    let converts = bytes.get(at).is_some_and(|b| b"diouxXeEfFgGcsrapn@".contains(b));
    let goes_on = bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
    if converts && (is_format || !goes_on) {
        return Some(at + 1);
    }
    // Qt: %1
    (numbered && !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric)).then_some(at)
}

/// The length of a placeholder in braces.
fn braces(text: &str) -> Option<usize> {
    let open = text.find('{').filter(|open| text[..*open].chars().all(|c| c == '$') && *open <= 1)?;
    let mut depth = 0usize;
    for (at, c) in text[open..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let inner = text[open..open + at].trim_matches(['{', '}', ' ']);
            let name = inner.split(',').next().unwrap_or_default();
            let is_name = name.len() <= 64 && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.-: $%".contains(c));
            return is_name.then_some(open + at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;
    use crate::lint::{Linter, Settings};
    use crate::source::Source;

    /// The findings in a gettext entry with these flags.
    fn found(flags: &str, source: &str, target: &str) -> usize {
        let settings = Settings { rules: vec![(&RULE, RULE.severity)], ..Settings::default() };
        let file = Source::new("a.po", format!("#, {flags}\nmsgid \"{source}\"\nmsgstr \"{target}\"\n"));
        Linter::new(crate::dictionary::Dictionary::empty(), settings).worker().lint(&file, Format::Po).diagnostics.len()
    }

    #[test]
    fn a_catalogue_says_what_is_a_format_string() {
        let of_all = ("100 % des cas", "100 % of cases");
        assert_eq!(found("wrap", of_all.0, of_all.1), 0);
        assert_eq!(found("no-c-format", of_all.0, of_all.1), 0);
        // To C it is an octal number that the source lacks.
        assert_eq!(found("c-format", "100 %% des cas", of_all.1), 1);
        assert_eq!(found("c-format", "%dpx sur %dpx", "%dpx by px"), 1);
        assert_eq!(found("no-c-format", "le code %s", "the code"), 0);
        assert_eq!(found("no-python-brace-format", "l’ensemble {a}", "the set a"), 0);
        assert_eq!(found("python-brace-format", "l’ensemble {a}", "the set a"), 1);
    }
}
