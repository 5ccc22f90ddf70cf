use super::super::{Context, Example, Finding, Languages, Rule};
use super::scripts;
use super::surroundings::{after, before, char_at, char_before, next_beyond_ascii};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::span::Span;
use crate::text::character::{self, Script};

pub static RULE: Rule = Rule {
    name: "text/control",
    summary: "invisible characters: control characters, bidi controls, zero-width characters, soft hyphens",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Safe),
    mqm: "design-and-markup/character-formatting",
    documentation: "\
What cannot be seen breaks searches, word counts and comparisons, and may make a text read otherwise than it is stored \
(CVE-2021-42574, “Trojan Source”). Reported are bidi controls, zero-width spaces and joiners, word joiners, soft hyphens, a byte order \
mark inside the text, and control characters other than tabs and line breaks.

Left alone where they have work to do: bidi marks and isolates on a line with right-to-left letters (overrides never), joiners \
and non-joiners beside letters of Arabic, Indic and other scripts that join, joiners and tags in emoji, zero-width spaces \
beside letters of scripts that write no spaces, and a byte order mark at the start of the file.

The fix is safe: it takes out what nobody sees.",
    examples: &[
        Example {
            dictionary: "",
            before: "A zero\u{200b}width space, a soft hy\u{ad}phen and an \u{202e}override\u{202c}.",
            after: "A zerowidth space, a soft hyphen and an override.",
        },
        Example {
            dictionary: "",
            before: "می\u{200c}خواهم, 👩\u{200d}🔬 and \u{2067}שלום\u{2069} stay.",
            after: "می\u{200c}خواهم, 👩\u{200d}🔬 and \u{2067}שלום\u{2069} stay.",
        },
    ],
    check,
};

/// How far on a line right-to-left letters are looked for.
const REACH: usize = 200;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let mut at = 0;
        while let Some(place) = next_invisible(text, at) {
            let Some(c) = char_at(text, place) else { break };
            at = place + c.len_utf8();
            let Some(what) = name(c).filter(|_| !has_work(text, place, c)) else { continue };
            // A run of them is one finding.
            while let Some(next) = char_at(text, at).filter(|&next| name(next).is_some() && !has_work(text, at, next)) {
                at += next.len_utf8();
            }
            let span = Span::new(place, at);
            Finding::new(context, &RULE, index, span, format!("{what} (U+{:04X}) cannot be seen", u32::from(c)))
                .confidence(0.98)
                .suggest("", None, 0.98, Applicability::Safe)
                .push(out);
        }
    }
}

/// Where the next character that may be invisible stands.
fn next_invisible(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = at;
    loop {
        let beyond = next_beyond_ascii(text, at).unwrap_or(bytes.len());
        let is_control = |b: &u8| (*b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c)) || *b == 0x7f;
        if let Some(found) = bytes[at..beyond].iter().position(is_control) {
            return Some(at + found);
        }
        // Invisible characters begin with one of these bytes; letters of most scripts with none.
        match bytes.get(beyond)? {
            0xc2 | 0xcd | 0xd8 | 0xe1 | 0xe2 | 0xe3 | 0xef | 0xf3 => return Some(beyond),
            _ => at = beyond + char_at(text, beyond)?.len_utf8(),
        }
    }
}

fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\t' | '\n' | '\r' | '\u{c}' => return None,
        '\0'..='\u{1f}' | '\u{7f}' => "a control character",
        '\u{ad}' => "a soft hyphen",
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{180e}' => "a filler",
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a bidi control",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200d}' => "a zero-width joiner",
        '\u{2060}' => "a word joiner",
        '\u{2061}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' => "a format character",
        '\u{feff}' => "a byte order mark",
        '\u{e0001}'..='\u{e007f}' => "a tag character",
        _ => return None,
    })
}

/// Whether the character does at that place what it is there for.
fn has_work(text: &str, at: usize, c: char) -> bool {
    let previous = char_before(text, at);
    let next = text[at..].chars().nth(1);
    let beside = |belongs: fn(char) -> bool| previous.is_some_and(belongs) || next.is_some_and(belongs);
    match c {
        '\u{feff}' => at == 0,
        '\u{200c}' => beside(joins),
        '\u{200d}' => beside(joins) || beside(is_pictograph),
        '\u{200b}' | '\u{2060}' => beside(writes_no_spaces),
        '\u{e0020}'..='\u{e007f}' => previous.is_some_and(|p| p == '🏴' || ('\u{e0020}'..='\u{e007e}').contains(&p)),
        '\u{202d}' | '\u{202e}' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}' => {
            let line_before = before(text, at, REACH).rsplit('\n').next().unwrap_or_default();
            let line_after = after(text, at, REACH).split('\n').next().unwrap_or_default();
            line_before.chars().chain(line_after.chars()).any(is_right_to_left)
        }
        '\u{34f}' => beside(|c| !c.is_ascii()),
        '\u{115f}' | '\u{1160}' | '\u{3164}' => beside(|c| character::script(c) == Script::Hangul && c != '\u{3164}'),
        '\u{180e}' => beside(|c| character::script(c) == Script::Mongolian),
        _ => false,
    }
}

fn is_right_to_left(c: char) -> bool {
    use Script::*;
    !c.is_ascii()
        && matches!(character::script(c), Arabic | Hebrew | Syriac | Thaana | Nko | Samaritan | Mandaic | Adlam)
}

/// Scripts whose letters are shaped by their neighbours; Latin, Cyrillic and Greek are not.
fn joins(c: char) -> bool {
    scripts::of_letter(c).is_some_and(|script| !scripts::is_western(script) && script != Script::Hebrew)
        || (!c.is_ascii() && is_right_to_left(c))
        || unicode_normalization::char::is_combining_mark(c)
}

fn writes_no_spaces(c: char) -> bool {
    use Script::*;
    !c.is_ascii()
        && matches!(
            character::script(c),
            Thai | Lao | Khmer | Myanmar | Tibetan | Han | Hiragana | Katakana | Javanese | Balinese
        )
}

/// Emoji, and what makes a sign one.
fn is_pictograph(c: char) -> bool {
    matches!(u32::from(c), 0x1f000..=0x1faff | 0x2190..=0x2bff | 0xfe0f)
}
