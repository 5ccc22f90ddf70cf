use super::super::{Context, Example, Finding, Languages, Rule};
use super::surroundings::{around, char_at, char_before, next_beyond_ascii};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::span::Span;
use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1256};

pub static RULE: Rule = Rule {
    name: "text/mojibake",
    summary: "text that was read in the wrong encoding",
    severity: Severity::Error,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Unsafe),
    mqm: "design-and-markup/character-encoding",
    documentation: "\
“RÃ©publique” is “République” whose UTF-8 was read as Windows-1252; “РџСѓС‚РёРЅ” is “Путин” read as Windows-1251. Reported are \
runs of characters that, written back in Windows-1252, Latin-1, Windows-1250, Windows-1251, Windows-1256 or Mac Roman, are the \
UTF-8 of likely characters; the same twice over; words of accented letters only that are Russian or Arabic read as Latin-1; \
stray control characters U+0080 to U+009F; and U+FFFD, where what stood there is lost.

A single pair of characters counts only where it makes a letter or mark of Western text out of what nobody writes; for other \
letters, and in the encodings in which such pairs are ordinary words, it takes several in a row.

The fix is not safe: where a byte was lost on the way the guess may be wrong.",
    examples: &[
        Example {
            dictionary: "",
            before: "La RÃ©publique FranÃ§aise â€“ itâ€™s РџСѓС‚РёРЅ, ظ…طµط±, caf√© and Ïðèâåò.",
            after: "La République Française – it’s Путин, مصر, café and Привет.",
        },
        Example { dictionary: "", before: "It cost Ã‚Â£5.", after: "It cost £5." },
        Example {
            dictionary: "",
            before: "CAFÉ™, Ä°zmir’s neighbour, «Я», ВІЙНІ, Œuvre and ÀÉÈ stay.",
            after: "CAFÉ™, İzmir’s neighbour, «Я», ВІЙНІ, Œuvre and ÀÉÈ stay.",
        },
    ],
    check,
};

/// What UTF-8 is read as by mistake, the most frequent first.
const WRONG: [&Encoding; 5] = [WINDOWS_1252, WINDOWS_1251, WINDOWS_1256, MACINTOSH, WINDOWS_1250];

/// The most characters that are put right together.
const MAX_RUN: usize = 4096;

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, segment) in context.document.segments.iter().enumerate() {
        let text: &str = &segment.text;
        let mut words = Words { context, segment: index, text, open: None };
        let mut at = 0;
        while let Some(place) = next_beyond_ascii(text, at) {
            let rest = &text[place..];
            let length = rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
            let run = &rest[..rest.floor_char_boundary(length.min(MAX_RUN))];
            at = place + run.len();
            pieces(text, Span::new(place, at), |span, repaired| words.add(span, repaired, out));
        }
        words.close(out);
    }
}

/// Calls `each` with the damaged parts of a run of characters beyond ASCII, and what they were.
fn pieces(text: &str, run: Span, mut each: impl FnMut(Span, String)) {
    if let Some(word) = eight_bit_word(text, run) {
        return each(run, word);
    }
    let mut at = run.start;
    while let Some(c) = char_at(text, at).filter(|_| at < run.end) {
        let found = WRONG.iter().find_map(|wrong| sequences(text, Span::new(at, run.end), wrong));
        let (length, repaired) = match found {
            Some((length, repaired)) => (length, Some(repaired)),
            None => (c.len_utf8(), lost(c)),
        };
        if let Some(repaired) = repaired {
            each(Span::new(at, at + length), repaired);
        }
        at += length;
    }
}

/// What a single character that no text has was; itself for U+FFFD, of which nothing is known.
fn lost(c: char) -> Option<String> {
    match c {
        '\u{80}'..='\u{9f}' => {
            let decoded = WINDOWS_1252.decode_without_bom_handling(&[c as u8]).0.into_owned();
            Some(decoded).filter(|d| !d.chars().any(char::is_control))
        }
        '\u{fffd}' => Some(c.to_string()),
        _ => None,
    }
}

/// The byte that a character was read from, if the encoding has it. What it leaves undefined is taken as Latin-1 has it.
fn byte(wrong: &'static Encoding, c: char) -> Option<u8> {
    let mut utf8 = [0; 4];
    let (bytes, _, failed) = wrong.encode(c.encode_utf8(&mut utf8));
    match (*bytes).first() {
        Some(&byte) if !failed && bytes.len() == 1 => Some(byte),
        _ => u8::try_from(u32::from(c)).ok().filter(|_| wrong == WINDOWS_1252),
    }
}

/// The sequences of UTF-8 that begin at the run's start, read in the wrong encoding: how long they are and what they say.
/// `None` unless they are more likely than what stands there.
fn sequences(text: &str, run: Span, wrong: &'static Encoding) -> Option<(usize, String)> {
    let mut said = String::new();
    let mut end = run.start;
    let mut count = 0;
    while let Some((c, next)) = sequence(text, Span::new(end, run.end), wrong) {
        said.push(c);
        end = next;
        count += 1;
    }
    let whole = end == run.end;
    let enough = match wrong {
        _ if wrong == WINDOWS_1252 || wrong == MACINTOSH => {
            let single = said.chars().all(is_western) && !may_close_a_word(text, run.start, end);
            single || count >= 2 && said.chars().all(|c| is_western(c) || c.is_alphabetic())
        }
        // Pairs that words of these encodings' own languages have: only where all of the word is made of them.
        _ => count >= 2 && whole && is_one_script(&said),
    };
    if count == 0 || !enough || said.chars().any(char::is_control) {
        return None;
    }
    // Twice over: what was read wrong was wrong already.
    let again = sequences(&said, Span::new(0, said.len()), wrong).filter(|(length, _)| *length == said.len());
    Some((end - run.start, again.map_or(said, |(_, first)| first)))
}

/// One character of UTF-8 whose bytes were read one by one.
fn sequence(text: &str, run: Span, wrong: &'static Encoding) -> Option<(char, usize)> {
    let mut bytes = [0; 4];
    let mut end = run.start;
    let lead = char_at(text, end).filter(|_| end < run.end)?;
    bytes[0] = byte(wrong, lead)?;
    let length = match bytes[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    end += lead.len_utf8();
    for slot in &mut bytes[1..length] {
        let c = char_at(text, end).filter(|_| end < run.end)?;
        *slot = byte(wrong, c).filter(|b| (0x80..0xc0).contains(b))?;
        end += c.len_utf8();
    }
    let c = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    Some((c, end))
}

/// Characters that Western text is full of.
fn is_western(c: char) -> bool {
    matches!(u32::from(c), 0xa0..=0x17f | 0x2010..=0x203a | 0x20ac | 0x2122 | 0x1f300..=0x1faff | 0xfeff | 0xfffd)
}

/// Whether the characters may be a capital at the end of a word and the mark that follows it: “MALMÖ”.
fn may_close_a_word(text: &str, start: usize, end: usize) -> bool {
    let mark = char_before(text, end);
    char_before(text, start).is_some_and(char::is_uppercase)
        && !char_at(text, end).is_some_and(char::is_alphabetic)
        && mark.is_some_and(|c| matches!(c, '”' | '“' | '’' | '‘' | '…' | '–' | '—' | '»' | '™' | '®' | '©' | '\u{a0}'))
}

fn is_one_script(said: &str) -> bool {
    use super::scripts::of_letter;
    let mut scripts = said.chars().filter_map(of_letter);
    match scripts.next() {
        Some(first) => {
            scripts.all(|script| script == first) && said.chars().filter(|&c| of_letter(c).is_some()).count() >= 2
        }
        None => said.chars().all(is_western),
    }
}

/// A word of at least five letters, all accented: Russian or Arabic in an encoding of eight bits, read as Latin-1.
fn eight_bit_word(text: &str, run: Span) -> Option<String> {
    let word = &text[run.range()];
    let is_letter = |c: char| matches!(c, '\u{c0}'..='\u{ff}');
    let neighbours = [char_before(text, run.start), char_at(text, run.end)];
    let letters = word.chars().count();
    if letters < 5 || !word.chars().all(is_letter) || neighbours.into_iter().flatten().any(char::is_alphanumeric) {
        return None;
    }
    let bytes: Vec<u8> = word.chars().map(|c| c as u8).collect();
    let russian = WINDOWS_1251.decode_without_bom_handling(&bytes).0.into_owned();
    let arabic = WINDOWS_1256.decode_without_bom_handling(&bytes).0.into_owned();
    let small_first = |w: &str| w.chars().zip(w.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    let decoded = if small_first(&russian) { arabic } else { russian };
    (is_one_script(&decoded) && !decoded.chars().any(is_western)).then_some(decoded)
}

/// Gathers the damaged parts of one word into one finding.
struct Words<'c, 'a, 'd> {
    context: &'c Context<'a, 'd>,
    segment: usize,
    text: &'c str,
    open: Option<(Span, String)>,
}

impl Words<'_, '_, '_> {
    fn add(&mut self, span: Span, repaired: String, out: &mut Vec<Diagnostic>) {
        if let Some((open, said)) = &mut self.open {
            let between = &self.text[open.end..span.start];
            if between.len() <= 40 && open.len() <= MAX_RUN && between.bytes().all(|b| b.is_ascii_alphanumeric()) {
                said.push_str(between);
                said.push_str(&repaired);
                open.end = span.end;
                return;
            }
        }
        self.close(out);
        self.open = Some((span, repaired));
    }

    fn close(&mut self, out: &mut Vec<Diagnostic>) {
        let Some((damaged, repaired)) = self.open.take() else { return };
        let is_letter = |c: char| c.is_ascii_alphanumeric();
        let left = around(self.text, damaged.start, 40, is_letter).start;
        let right = around(self.text, damaged.end, 40, is_letter).end;
        let span = Span::new(left, right);
        let word = format!("{}{repaired}{}", &self.text[left..damaged.start], &self.text[damaged.end..right]);
        if word.contains('\u{fffd}') {
            Finding::new(self.context, &RULE, self.segment, span, "a character was lost here (U+FFFD)".to_owned())
                .push(out);
            return;
        }
        let message = format!("“{word}”, read in the wrong encoding");
        Finding::new(self.context, &RULE, self.segment, span, message)
            .confidence(0.97)
            .suggest(&word, None, 0.95, Applicability::Unsafe)
            .push(out);
    }
}
