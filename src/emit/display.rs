//! Text from files made fit for a terminal: nothing in it moves the cursor or turns the direction of what follows.

use std::borrow::Cow;

/// Isolates what follows, whatever its direction.
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// The text with control and direction characters as escapes (`\u{202e}`) and each right-to-left run isolated.
///
/// Tabs and line breaks become spaces. Joiners inside words stay: scripts need them.
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (b' '..0x7f).contains(&b)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    // Where the right-to-left run ends that began and has not been closed yet.
    let mut run_end: Option<usize> = None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let is_rtl = is_right_to_left(c);
        if let Some(end) = run_end
            && !is_rtl
            && !(c.is_whitespace() && c != '\n' || is_joiner_or_mark(c))
        {
            shown.insert(end, POP_DIRECTIONAL_ISOLATE);
            run_end = None;
        }
        if is_rtl && run_end.is_none() {
            shown.push(FIRST_STRONG_ISOLATE);
        }
        let before = shown.len();
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\t' | '\n' => shown.push(' '),
            c if must_escape(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
        if is_rtl || (run_end == Some(before) && is_joiner_or_mark(c)) {
            run_end = Some(shown.len());
        }
    }
    if let Some(end) = run_end {
        shown.insert(end, POP_DIRECTIONAL_ISOLATE);
    }
    Cow::Owned(shown)
}

/// Letters of Hebrew, Arabic, Syriac, Thaana, N'Ko and the other scripts written from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefe | 0x10800..=0x10fff | 0x1e800..=0x1efff)
        && !must_escape(c)
}

fn is_joiner_or_mark(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}') || unicode_normalization::char::is_combining_mark(c)
}

/// Control characters, direction controls, invisible spaces, line and paragraph separators, stray byte order marks.
pub(super) fn must_escape(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_to_left_runs_are_isolated() {
        assert_eq!(safe("Plenel → بلينيل → Blenil"), "Plenel → \u{2068}بلينيل\u{2069} → Blenil");
        assert_eq!(safe("إدوي بلينيل, עברית"), "\u{2068}إدوي بلينيل\u{2069}, \u{2068}עברית\u{2069}");
        assert_eq!(safe("é\r\n"), "é ");
        assert_eq!(safe("\r\né"), " é");
    }

    #[test]
    fn controls_are_shown_as_what_they_are() {
        assert_eq!(safe("a\u{1b}[31m\tb\r\n\r\u{202e}c\u{0}"), "a\\u{1b}[31m b \\u{d}\\u{202e}c\\u{0}");
        assert_eq!(safe("ا\u{202e}ب"), "\u{2068}ا\u{2069}\\u{202e}\u{2068}ب\u{2069}");
    }
}
