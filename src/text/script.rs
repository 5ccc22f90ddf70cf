//! The script of a letter, by table where most texts are.

use std::sync::LazyLock;
use unicode_script::UnicodeScript;

pub use unicode_script::Script;

/// The characters below this one are in the table: alphabets, kana, and signs of all scripts.
const TABLED: usize = 0x3100;

/// The script of each, and whether it is a letter or a digit.
static TABLE: LazyLock<Box<[(Script, bool)]>> = LazyLock::new(|| {
    let characters = (0..TABLED as u32).map(|code| char::from_u32(code).unwrap_or_default());
    characters.map(|c| (c.script(), c.is_alphanumeric())).collect()
});

/// The script of a character, as Unicode has it.
pub fn of(c: char) -> Script {
    look_up(c).0
}

/// The script of a letter or a digit; `None` for any other character. Digits are of the script [`Script::Common`].
pub fn of_alphanumeric(c: char) -> Option<Script> {
    let (script, is_alphanumeric) = look_up(c);
    is_alphanumeric.then_some(script)
}

#[inline]
fn look_up(c: char) -> (Script, bool) {
    match c {
        'a'..='z' | 'A'..='Z' => (Script::Latin, true),
        '\0'..='\x7f' => (Script::Common, c.is_ascii_digit()),
        '\u{4e00}'..='\u{9fff}' => (Script::Han, true),
        '\u{ac00}'..='\u{d7a3}' => (Script::Hangul, true),
        _ => TABLE.get(c as usize).copied().unwrap_or_else(|| (c.script(), c.is_alphanumeric())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_unicode_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(of(c), c.script(), "{c:?}");
            assert_eq!(of_alphanumeric(c), c.is_alphanumeric().then(|| c.script()), "{c:?}");
        }
    }
}
