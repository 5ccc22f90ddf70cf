//! What Unicode says of a character, by table where most texts are.

use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;
use unicode_script::UnicodeScript;

pub use unicode_script::Script;

/// The characters below this one are in the table: alphabets, kana, and signs of all scripts.
const TABLED: usize = 0x3100;

static TABLE: LazyLock<Box<[Character]>> = LazyLock::new(|| {
    let characters = (0..TABLED as u32).map(|code| char::from_u32(code).unwrap_or_default());
    characters.map(Character::new).collect()
});

/// Capital or small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Upper,
    Lower,
}

#[derive(Clone, Copy)]
struct Character {
    script: Script,
    is_alphanumeric: bool,
    is_mark: bool,
    case: Option<Case>,
    /// Whether it is its own small letter.
    is_lower_case: bool,
}

/// The script of a character, as Unicode has it.
pub fn script(c: char) -> Script {
    look_up(c).script
}

/// The script of a letter or a digit; `None` for any other character. Digits are of the script [`Script::Common`].
pub fn script_of_alphanumeric(c: char) -> Option<Script> {
    let character = look_up(c);
    character.is_alphanumeric.then_some(character.script)
}

/// Whether it is a letter or a digit.
pub fn is_alphanumeric(c: char) -> bool {
    look_up(c).is_alphanumeric
}

/// Whether it is a mark that combines with the letter before it.
pub fn is_mark(c: char) -> bool {
    look_up(c).is_mark
}

/// Whether it is a capital or a small letter; `None` where it is neither.
pub fn case(c: char) -> Option<Case> {
    look_up(c).case
}

/// Appends a character in lower case.
pub fn push_lower(c: char, text: &mut String) {
    match look_up(c).is_lower_case {
        true => text.push(c),
        false => text.extend(c.to_lowercase()),
    }
}

impl Character {
    fn new(c: char) -> Character {
        let case = if c.is_uppercase() { Some(Case::Upper) } else { c.is_lowercase().then_some(Case::Lower) };
        Character {
            script: c.script(),
            is_alphanumeric: c.is_alphanumeric(),
            is_mark: is_combining_mark(c),
            case,
            is_lower_case: c.to_lowercase().eq([c]),
        }
    }

    /// A letter of a script without case.
    const fn letter(script: Script) -> Character {
        Character { script, is_alphanumeric: true, is_mark: false, case: None, is_lower_case: true }
    }
}

#[inline]
fn look_up(c: char) -> Character {
    match c {
        '\u{4e00}'..='\u{9fff}' => Character::letter(Script::Han),
        '\u{ac00}'..='\u{d7a3}' => Character::letter(Script::Hangul),
        _ => TABLE.get(c as usize).copied().unwrap_or_else(|| Character::new(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_unicode_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(script(c), c.script(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(script_of_alphanumeric(c), c.is_alphanumeric().then(|| c.script()), "{c:?}");
            assert_eq!(is_mark(c), is_combining_mark(c), "{c:?}");
            assert_eq!(case(c) == Some(Case::Upper), c.is_uppercase(), "{c:?}");
            assert_eq!(case(c) == Some(Case::Lower), c.is_lowercase(), "{c:?}");
            let mut lower = String::new();
            push_lower(c, &mut lower);
            assert!(lower.chars().eq(c.to_lowercase()), "{c:?}");
        }
    }
}
