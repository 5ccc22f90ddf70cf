//! The scanner: running text cut into words, each with its shape and with what stands between it and the word before.
//!
//! A word is a run of letters, marks and digits, with apostrophes inside it ("O’Neill", "L’Équipe"). Hyphens part words
//! ("Jean-Luc" is two, joined by [`Gap::Hyphen`]). Linear in the text, one pass, no allocation.

use super::character::{self, Case};
use crate::span::Span;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Begins with a lower-case letter.
    Lower,
    /// Begins with a capital and goes on with at least one lower-case letter.
    Capital,
    /// Two or more letters, all capitals.
    Upper,
    /// A single capital letter.
    Initial,
    /// Begins with a digit.
    Number,
    /// A script without case.
    Uncased,
}

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gap {
    /// Spaces on one line.
    Space,
    /// A single line break, with spaces around it.
    Line,
    /// A hyphen and nothing else.
    Hyphen,
    /// A full stop, then optional spaces: an abbreviation or a sentence end, the reader decides.
    Stop,
    /// Opening or closing marks, commas, dashes, slashes …: no name goes across.
    Mark,
    /// `?`, `!`, `…` or the like: a sentence ends.
    End,
    /// The start of the text, or a blank line.
    Paragraph,
}

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
    pub shape: Shape,
    /// What stands before it.
    pub gap: Gap,
}

impl Token {
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.span.range()]
    }

    /// Begins with a capital letter.
    pub fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Initial)
    }
}

/// The words of a text, in order.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, first: true }
}

/// Iterator over the words of a text: see [`tokens`].
#[derive(Clone, Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    at: usize,
    first: bool,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        let gap_start = self.at;
        let start = loop {
            // A single space stands before most words.
            let behind = self.at + usize::from(bytes.get(self.at) == Some(&b' '));
            self.at = behind + bytes[behind..].iter().position(|&b| class(b) != Class::Mark)?;
            if bytes[self.at].is_ascii() {
                break self.at;
            }
            let c = char_at(self.text, self.at);
            if character::is_alphanumeric(c) {
                break self.at;
            }
            self.at += c.len_utf8();
        };
        let gap = if std::mem::take(&mut self.first) { Gap::Paragraph } else { gap(&self.text[gap_start..start]) };
        let shape = self.word();
        Some(Token { span: Span::new(start, self.at), shape, gap })
    }
}

impl Tokens<'_> {
    /// Moves behind the word that begins here and tells its shape.
    fn word(&mut self) -> Shape {
        let bytes = self.text.as_bytes();
        if let Some((len, shape)) = plain_word(&bytes[self.at..]) {
            self.at += len;
            return shape;
        }
        let mut shape = ShapeOf::default();
        while let Some(&b) = bytes.get(self.at) {
            if b.is_ascii_alphanumeric() {
                shape.ascii(b);
                self.at += 1;
            } else if b == b'\'' {
                if !bytes.get(self.at + 1).is_some_and(|&next| next.is_ascii_alphabetic() || next >= 0xc3) {
                    break;
                }
                self.at += 1;
            } else if b.is_ascii() {
                break;
            } else {
                let c = char_at(self.text, self.at);
                let next = self.at + c.len_utf8();
                if matches!(c, '’' | 'ʼ' | 'ʻ' | '‘' | '´') {
                    let follows = self.text[next..].chars().next().is_some_and(char::is_alphabetic);
                    if !follows {
                        break;
                    }
                } else if character::is_alphanumeric(c) {
                    shape.char(c);
                } else if !(is_word_mark(c)) {
                    break;
                }
                self.at = next;
            }
        }
        shape.shape()
    }
}

/// What a byte is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// ASCII that stands between words.
    Mark,
    Small,
    Capital,
    Digit,
    /// A part of a character beyond ASCII.
    Wide,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Wide; 256];
    let mut b = 0;
    while b < 128 {
        classes[b as usize] = match b {
            b'a'..=b'z' => Class::Small,
            b'A'..=b'Z' => Class::Capital,
            b'0'..=b'9' => Class::Digit,
            _ => Class::Mark,
        };
        b += 1;
    }
    classes
};

fn class(b: u8) -> Class {
    CLASSES[usize::from(b)]
}

/// The length in bytes and the shape of the word that begins here where it is as most words are: small ASCII letters, the
/// first perhaps a capital, and no mark behind them that may belong to it.
fn plain_word(bytes: &[u8]) -> Option<(usize, Shape)> {
    let (&first, rest) = bytes.split_first()?;
    let len = 1 + small_letters(rest);
    let ends = bytes.get(len).is_none_or(|&b| class(b) == Class::Mark && b != b'\'');
    let shape = match (class(first), len) {
        (Class::Small, _) => Shape::Lower,
        (Class::Capital, 1) => Shape::Initial,
        (Class::Capital, _) => Shape::Capital,
        _ => return None,
    };
    ends.then_some((len, shape))
}

/// How many small ASCII letters come first. Eight at a time: adding to seven bits carries into the eighth where a byte is at
/// least some letter (Lamport 1975, "Multiple byte processing with full-word instructions").
fn small_letters(bytes: &[u8]) -> usize {
    const EIGHTH: u64 = 0x80 * ONES;
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for (at, chunk) in chunks.iter().enumerate() {
        let word = u64::from_le_bytes(*chunk);
        let seven = word & !EIGHTH;
        let from_a = seven + u64::from(0x80 - b'a') * ONES;
        let behind_z = seven + u64::from(0x7f - b'z') * ONES;
        let others = !(from_a & !behind_z & !word) & EIGHTH;
        if others != 0 {
            return 8 * at + others.trailing_zeros() as usize / 8;
        }
    }
    let in_chunks = bytes.len() - rest.len();
    in_chunks + rest.iter().position(|b| !b.is_ascii_lowercase()).unwrap_or(rest.len())
}

/// Marks that belong to the word they stand in: combining marks, joiners and the soft hyphen.
fn is_word_mark(c: char) -> bool {
    character::is_mark(c) || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '·')
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Gathers a word's shape letter by letter.
#[derive(Default)]
struct ShapeOf {
    letters: u32,
    first_upper: bool,
    first_digit: bool,
    has_lower: bool,
    has_case: bool,
}

impl ShapeOf {
    fn ascii(&mut self, b: u8) {
        if self.letters == 0 {
            self.first_upper = b.is_ascii_uppercase();
            self.first_digit = b.is_ascii_digit();
        }
        self.letters += 1;
        self.has_lower |= b.is_ascii_lowercase();
        self.has_case |= b.is_ascii_alphabetic();
    }

    fn char(&mut self, c: char) {
        let case = character::case(c);
        if self.letters == 0 {
            self.first_upper = case == Some(Case::Upper);
            self.first_digit = c.is_numeric();
        }
        self.letters += 1;
        self.has_lower |= case == Some(Case::Lower);
        self.has_case |= case.is_some();
    }

    fn shape(&self) -> Shape {
        match self {
            _ if self.first_digit => Shape::Number,
            _ if !self.has_case => Shape::Uncased,
            _ if !self.first_upper => Shape::Lower,
            _ if self.has_lower => Shape::Capital,
            _ if self.letters == 1 => Shape::Initial,
            _ => Shape::Upper,
        }
    }
}

/// What a stretch between two words amounts to.
fn gap(between: &str) -> Gap {
    match between {
        " " => return Gap::Space,
        ", " => return Gap::Mark,
        ". " => return Gap::Stop,
        "\n" => return Gap::Line,
        _ => {}
    }
    let (mut newlines, mut stops, mut hyphens, mut marks, mut ends, mut spaces) = (0, 0, 0, 0, 0, 0);
    for c in between.chars() {
        match c {
            ' ' => spaces += 1,
            '\n' => newlines += 1,
            '.' => stops += 1,
            '-' | '\u{2010}' | '\u{2011}' => hyphens += 1,
            '!' | '?' | '…' | '؟' | '。' | '\u{2029}' => ends += 1,
            c if c.is_whitespace() => spaces += 1,
            _ => marks += 1,
        }
    }
    match (newlines, stops, hyphens, marks, ends) {
        (2.., ..) => Gap::Paragraph,
        (.., 1..) => Gap::End,
        (_, _, _, 1.., 0) => {
            if stops > 0 {
                Gap::End
            } else {
                Gap::Mark
            }
        }
        (0, 0, 0, 0, 0) => Gap::Space,
        (1, 0, 0, 0, 0) => Gap::Line,
        (0, 0, 1, 0, 0) if spaces == 0 => Gap::Hyphen,
        (0, 1, 0, 0, 0) => Gap::Stop,
        (_, 1.., ..) => Gap::End,
        _ => Gap::Mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(&str, Shape, Gap)> {
        tokens(text).map(|t| (t.text(text), t.shape, t.gap)).collect()
    }

    #[test]
    fn apostrophes_stay_inside_and_hyphens_part() {
        let words: Vec<&str> = tokens("O’Neill's Jean-Luc al-Sisi 'tis rock'")
            .map(|t| &"O’Neill's Jean-Luc al-Sisi 'tis rock'"[t.span.range()])
            .collect();
        assert_eq!(words, ["O’Neill's", "Jean", "Luc", "al", "Sisi", "tis", "rock"]);
    }

    #[test]
    fn shapes() {
        let shapes: Vec<Shape> = tokens("Émile NATO J 24 deux مصر iPhone McCoy").map(|t| t.shape).collect();
        use Shape::*;
        assert_eq!(shapes, [Capital, Upper, Initial, Number, Lower, Uncased, Lower, Capital]);
    }

    #[test]
    fn gaps() {
        use Gap::*;
        let gaps: Vec<Gap> = words("A b\nc-d e. F, g! h\n\ni (j). k .. l").into_iter().map(|w| w.2).collect();
        assert_eq!(gaps, [Paragraph, Space, Line, Hyphen, Space, Stop, Mark, End, Paragraph, Mark, End, End]);
    }

    #[test]
    fn small_letters_are_counted_eight_at_a_time_as_one_by_one() {
        for stop in 0..=255u8 {
            for before in 0..20 {
                let mut bytes = vec![b'a' + stop % 26; before];
                bytes.push(stop);
                bytes.extend(b"zebra");
                let expected = bytes.iter().position(|b| !b.is_ascii_lowercase()).unwrap_or(bytes.len());
                assert_eq!(small_letters(&bytes), expected, "{bytes:?}");
            }
        }
    }

    #[test]
    fn nothing_in_nothing_out() {
        assert!(words("").is_empty());
        assert!(words(" …\n").is_empty());
    }
}
