use super::super::{Context, Example, Finding, Languages, Rule};
use super::surroundings::{after, before};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::span::Span;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

pub static RULE: Rule = Rule {
    name: "text/markup",
    summary: "entities, tags, short codes and escapes shown as text",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Safe),
    mqm: "design-and-markup/markup",
    documentation: "\
Mark-up that went through the translation as if it were text: `&quot;`, often torn apart or capitalised (`& Quot;`), `< /p>`, \
short codes of a site (`[ad_1]`, `[/caption]`), escapes of a program (`\\u00e9`, `\\x0d`).

Left alone: what stands between back-ticks; tags, entities and escapes that are not known; paths (`C:\\x00`).

The fix is safe: an entity or escape is replaced by its character, a tag or short code is taken out.",
    examples: &[
        Example {
            dictionary: "",
            before: "He said &quot;no& Quot; &amp; left.< /p> Caf\\u00e9 [ad_1] AT&T &#8211; R&D;",
            after: "He said \"no\" & left. Café  AT&T – R&D;",
        },
        Example {
            dictionary: "",
            before: "If a < b and c > d, write `&lt;` or <stdio.h>; C:\\x00 [sic] [1] \\frac.",
            after: "If a < b and c > d, write `&lt;` or <stdio.h>; C:\\x00 [sic] [1] \\frac.",
        },
    ],
    check,
};

/// `dictionaries/marks/entities.tsv`.
static ENTITIES: &str = include_str!("../../../dictionaries/marks/entities.tsv");

/// Tags that articles are made of.
const TAGS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "center",
    "div",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "iframe",
    "img",
    "li",
    "ol",
    "p",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "u",
    "ul",
];

/// Short codes that sites leave.
const SHORT_CODES: &[&str] = &[
    "ad_1",
    "ad_2",
    "adsense",
    "audio",
    "caption",
    "embed",
    "gallery",
    "playlist",
    "video",
    "vc_row",
    "vc_column",
    "youtube",
];

/// The longest tag or short code that is looked for.
const MAX_TAG: usize = 300;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let mut at = 0;
        while let Some(place) = next_mark(text.as_bytes(), at) {
            let rest = after(text, place, MAX_TAG);
            let found = match rest.as_bytes()[0] {
                b'&' => entity(rest),
                b'<' => tag(rest),
                b'[' => short_code(rest),
                _ => escape(rest).filter(|_| !before(text, place, 1).ends_with([':', '\\'])),
            };
            at = place + 1;
            let Some((length, instead)) = found.filter(|_| !is_code(text, place)) else { continue };
            at = place + length;
            let what = "mark-up shown as text".to_owned();
            Finding::new(context, &RULE, index, Span::new(place, at), what)
                .confidence(0.95)
                .suggest(&instead, None, 0.95, Applicability::Safe)
                .push(out);
        }
    }
}

fn next_mark(bytes: &[u8], at: usize) -> Option<usize> {
    bytes[at..].iter().position(|b| matches!(b, b'&' | b'<' | b'[' | b'\\')).map(|found| at + found)
}

/// Whether a back-tick is open on the line.
fn is_code(text: &str, at: usize) -> bool {
    let line = before(text, at, 200).rsplit('\n').next().unwrap_or_default();
    line.bytes().filter(|b| *b == b'`').count() % 2 == 1
}

/// `&quot;`, `& Quot;`, `&#39;`, `&#x27;`: its length and the character.
fn entity(rest: &str) -> Option<(usize, String)> {
    static NAMES: OnceLock<FxHashMap<&'static str, &'static str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        ENTITIES.lines().filter(|line| !line.starts_with('#')).skip(1).filter_map(|row| row.split_once('\t')).collect()
    });
    let inside = after(rest, 1, 12);
    let (inside, torn) = inside.strip_prefix(' ').map_or((inside, 0), |inside| (inside, 1));
    let name = inside.split_once(';')?.0;
    let length = 1 + torn + name.len() + 1;
    let name = name.trim_end();
    if let Some(number) = name.strip_prefix('#') {
        let number = number.trim_start();
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((length, char::from_u32(code).filter(|c| !c.is_control())?.to_string()));
    }
    let exact = names.get(name).or_else(|| names.get(name.to_ascii_lowercase().as_str()))?;
    Some((length, (*exact).to_owned()))
}

/// `<br />`, `< /p>`, `<a href="…">`: its length; nothing stands in its place.
fn tag(rest: &str) -> Option<(usize, String)> {
    let inside = rest[1..].trim_start_matches([' ', '/']);
    let name = inside.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let behind = &inside[name.len()..];
    let closes = rest[1..].trim_start().starts_with('/');
    let end = rest.find('>')?;
    let attributes = behind.split('>').next()?.trim().trim_end_matches('/').trim();
    let is_shaped = attributes.is_empty() || !closes && behind.starts_with(' ') && attributes.contains('=');
    let lower = name.to_ascii_lowercase();
    let known = TAGS.binary_search(&lower.as_str()).is_ok();
    (known && is_shaped && !attributes.contains('\n')).then(|| (end + 1, String::new()))
}

/// `[ad_1]`, `[/caption]`, `[caption id="…"]`: its length.
fn short_code(rest: &str) -> Option<(usize, String)> {
    let inside = rest[1..].split(']').next().filter(|inside| inside.len() + 1 < rest.len())?;
    let bare = inside.trim_start_matches('/');
    let name = bare.split(' ').next()?;
    let is_code = SHORT_CODES.contains(&name)
        && (name.contains('_') || inside.starts_with('/') || bare.contains('=') || name == "gallery");
    is_code.then(|| (inside.len() + 2, String::new()))
}

/// `\u00e9`, `\x0d`, `\r\n`: its length and the character; line breaks become spaces.
fn escape(rest: &str) -> Option<(usize, String)> {
    if rest.starts_with("\\r\\n") {
        return Some((4, " ".to_owned()));
    }
    let digits = match rest.as_bytes().get(1)? {
        b'u' => 4,
        b'x' => 2,
        _ => return None,
    };
    let code = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
    let c = char::from_u32(code)?;
    let said = if c.is_control() { " ".to_owned() } else { c.to_string() };
    Some((2 + digits, said))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tags_are_sorted() {
        assert!(super::TAGS.is_sorted());
    }
}
