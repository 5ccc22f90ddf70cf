use super::super::{Context, Example, Finding, Languages, Rule};
use super::{left_over, pairs, whole};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::span::Span;

pub static RULE: Rule = Rule {
    name: "source/link",
    summary: "a link, e-mail address or handle that differs from the source's",
    severity: Severity::Error,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Unsafe),
    mqm: "accuracy/mistranslation",
    documentation: "\
Addresses are not translated: a letter changed in one leads nowhere, or somewhere else. Compared are web addresses, e-mail addresses, handles (`@name`) \
and hashtags in Latin letters. Punctuation behind an address is no part of it.

Where one is missing and another is in its place, the source's is suggested; unsafe, as a page may well exist in another language.",
    examples: &[Example {
        dictionary: "",
        before: "source\ttarget\nانظر https://a.org/x، @ann\tSee https://a.org/y, @ann\nانظر b@c.org.\tSee the page\n",
        after: "source\ttarget\nانظر https://a.org/x، @ann\tSee https://a.org/x, @ann\nانظر b@c.org.\t⟦See the page⟧\n",
    }],
    check,
};

#[derive(Clone)]
struct Link<'t> {
    span: Span,
    text: &'t str,
}

impl PartialEq for Link<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text.trim_end_matches('/').eq_ignore_ascii_case(other.text.trim_end_matches('/'))
    }
}

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment, source) in pairs(context) {
        let (ours, theirs) = (links(&segment.text), links(&source.text));
        let (missing, extra) = (left_over(&theirs, &ours), left_over(&ours, &theirs));
        match (missing.as_slice(), extra.as_slice()) {
            ([missing], [extra]) => {
                Finding::new(context, &RULE, index, extra.span, format!("the source has {}", missing.text))
                    .suggest(missing.text, None, 0.8, Applicability::Unsafe)
                    .push(out)
            }
            ([], extra) => {
                for link in extra {
                    Finding::new(context, &RULE, index, link.span, "the source has no such address".to_owned())
                        .push(out);
                }
            }
            (missing, _) => {
                let list: Vec<&str> = missing.iter().map(|link| link.text).collect();
                whole(context, &RULE, index, format!("{} of the source is missing", list.join(", "))).push(out);
            }
        }
    }
}

/// The addresses of a text: runs of ASCII without spaces that look like one.
fn links(text: &str) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    if !text.contains(['@', '#']) && !text.contains("://") && !text.contains("www.") {
        return links;
    }
    let is_part = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '}' | '|');
    let mut at = 0;
    while let Some(start) = text[at..].find(is_part).map(|found| at + found) {
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |found| start + found);
        let run = &text[start..end];
        let trimmed = run.trim_start_matches(['(', '[', '\'', '*', ',', ';', ':']);
        let from = end - trimmed.len();
        let word = trimmed.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '*']);
        if is_link(word) {
            links.push(Link { span: Span::new(from, from + word.len()), text: word });
        }
        at = end;
    }
    links
}

fn is_link(word: &str) -> bool {
    let named = |mark: char| {
        word.strip_prefix(mark).is_some_and(|name| {
            name.len() >= 2
                && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
                && name.chars().any(|c| c.is_ascii_alphabetic())
        })
    };
    let is_mail = || word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    ["http://", "https://", "ftp://", "www."].iter().any(|start| word.len() > start.len() && word.starts_with(start))
        || named('@')
        || named('#')
        || is_mail()
}
