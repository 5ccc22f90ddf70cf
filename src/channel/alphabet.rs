//! The letters that units are made of: the Latin alphabet of folded words, one alphabet a native script, and the
//! marks for a word's start and end.
//!
//! Shared with the build script, so it depends on nothing. A letter is a code of 6 bits: 1–26, then from 29 on;
//! 27 and 28 are the marks. Latin letters need 5 bits.

/// Stands before the first letter of a word.
pub const START: u8 = 27;
/// Stands after the last letter of a word.
pub const END: u8 = 28;
/// How the marks and the empty side of a unit are written in a table.
pub const START_SIGN: char = '^';
/// See [`START_SIGN`].
pub const END_SIGN: char = '$';
/// See [`START_SIGN`].
pub const EMPTY_SIGN: &str = "-";

/// A script other than Latin that the channel can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Script {
    /// Arabic letters, those of Persian and Urdu included.
    Arabic,
    /// Cyrillic letters of the Slavic languages and Kazakh.
    Cyrillic,
    /// Hebrew letters, the geresh as a letter of its own.
    Hebrew,
    /// Greek letters without accents.
    Greek,
    /// Katakana; hiragana is read as katakana, voicing marks are letters of their own.
    Kana,
    /// Hangul, taken apart into initial, vowel and final.
    Hangul,
    /// Han characters, read as pinyin.
    Han,
}

impl Script {
    /// All scripts, in the order of the compiled tables.
    pub const ALL: [Script; 7] =
        [Script::Arabic, Script::Cyrillic, Script::Hebrew, Script::Greek, Script::Kana, Script::Hangul, Script::Han];

    /// The name of the script's table among the weights.
    pub fn stem(self) -> &'static str {
        match self {
            Script::Arabic => "native-arabic",
            Script::Cyrillic => "native-cyrillic",
            Script::Hebrew => "native-hebrew",
            Script::Greek => "native-greek",
            Script::Kana => "native-kana",
            Script::Hangul => "native-hangul",
            Script::Han => "native-han",
        }
    }

    /// The letters of the alphabet, at most 61.
    fn letters(self) -> &'static str {
        match self {
            Script::Arabic => "اأإآبتثجحخدذرزسشصضطظعغفقكلمنهويىةءؤئپچژگڤٹڈڑںھے",
            Script::Cyrillic => "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћђџѓќѕәөүұқғңһ",
            Script::Hebrew => "אבגדהוזחטיכךלמםנןסעפףצץקרשת׳",
            Script::Greek => "αβγδεζηθικλμνξοπρστυφχψω",
            Script::Kana => {
                "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー゛゜"
            }
            Script::Hangul => {
                "\u{1100}\u{1101}\u{1102}\u{1103}\u{1104}\u{1105}\u{1106}\u{1107}\u{1108}\u{1109}\u{110a}\u{110b}\u{110c}\
                 \u{110d}\u{110e}\u{110f}\u{1110}\u{1111}\u{1112}\
                 \u{1161}\u{1162}\u{1163}\u{1164}\u{1165}\u{1166}\u{1167}\u{1168}\u{1169}\u{116a}\u{116b}\u{116c}\u{116d}\
                 \u{116e}\u{116f}\u{1170}\u{1171}\u{1172}\u{1173}\u{1174}\u{1175}\
                 \u{11a8}\u{11ab}\u{11ae}\u{11af}\u{11b7}\u{11b8}\u{11ba}\u{11bc}\u{11bd}\u{11be}\u{11bf}\u{11c0}\u{11c1}\
                 \u{11c2}"
            }
            Script::Han => LATIN,
        }
    }
}

const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";

/// The letters of one side of a unit: a native script's, or the Latin ones where there is no script.
pub type Alphabet = Option<Script>;

fn letters(alphabet: Alphabet) -> &'static str {
    alphabet.map_or(LATIN, Script::letters)
}

/// The code of a letter, where the alphabet has it. A start or end sign has its mark's code.
pub fn code(alphabet: Alphabet, letter: char) -> Option<u8> {
    match letter {
        START_SIGN => Some(START),
        END_SIGN => Some(END),
        _ => letters(alphabet).chars().position(|l| l == letter).map(nth_code),
    }
}

/// The letter that has this code.
pub fn letter(alphabet: Alphabet, code: u8) -> Option<char> {
    match code {
        START => Some(START_SIGN),
        END => Some(END_SIGN),
        _ => codes(alphabet).position(|c| c == code).and_then(|nth| letters(alphabet).chars().nth(nth)),
    }
}

/// The codes of all letters of an alphabet, the marks left out.
pub fn codes(alphabet: Alphabet) -> impl Iterator<Item = u8> {
    (0..letters(alphabet).chars().count()).map(nth_code)
}

/// Letters are numbered from 1 and step over the two marks.
fn nth_code(nth: usize) -> u8 {
    let code = nth as u8 + 1;
    if code < START { code } else { code + 2 }
}

/// One side of a unit, at most three letters, packed into 18 bits.
pub fn pack(side: &[u8]) -> u32 {
    side.iter().rev().fold(0, |packed, &letter| packed << 6 | u32::from(letter))
}
