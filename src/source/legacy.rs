//! The bytes of a file that is neither UTF-8 nor UTF-16, and the way from its text back to them.

use super::DecodeError;
use encoding_rs::{Decoder, DecoderResult, Encoding as Standard};

/// Bytes of text between two places that are known on disk.
const STEP: usize = 4096;

/// The bytes of a file in an encoding that spells ASCII as ASCII. They are kept, so that the way back holds for bytes that the
/// encoding itself would write otherwise.
#[derive(Debug)]
pub struct Legacy {
    encoding: &'static Standard,
    bytes: Vec<u8>,
    /// A byte of the text and the byte on disk that it begins at, every so often.
    places: Vec<(usize, usize)>,
}

impl Legacy {
    /// Decodes bytes; the text, and the way back.
    ///
    /// # Errors
    /// Bytes that mean nothing in the encoding, or a NUL.
    pub fn decode(encoding: &'static Standard, bytes: Vec<u8>) -> Result<(String, Legacy), DecodeError> {
        let mut text = String::with_capacity(bytes.len());
        let mut places = vec![(0, 0)];
        let mut last = 0;
        for step in Steps::new(encoding, &bytes, 0) {
            let (at, piece) = step.map_err(|offset| {
                let line = 1 + memchr::memchr_iter(b'\n', &bytes[..offset]).count();
                DecodeError::Legacy { encoding: encoding.name(), offset, line }
            })?;
            if piece == "\0" {
                return Err(DecodeError::Binary { offset: at });
            }
            if text.len() - last >= STEP {
                last = text.len();
                places.push((last, at));
            }
            text.push_str(&piece);
        }
        Ok((text, Legacy { encoding, bytes, places }))
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The byte on disk at which a byte of the text lies.
    pub fn on_disk(&self, offset: usize) -> usize {
        let index = self.places.partition_point(|(text, _)| *text <= offset).saturating_sub(1);
        let (mut text, disk) = self.places[index];
        for (at, piece) in Steps::new(self.encoding, &self.bytes, disk).map_while(Result::ok) {
            if text >= offset {
                return at;
            }
            text += piece.len();
        }
        self.bytes.len()
    }
}

/// The characters of some bytes, each with the byte that it begins at; bytes that belong together come as one. An error is the
/// last, with the byte that means nothing.
struct Steps<'b> {
    decoder: Decoder,
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Steps<'b> {
    fn new(encoding: &'static Standard, bytes: &'b [u8], at: usize) -> Steps<'b> {
        Steps { decoder: encoding.new_decoder_without_bom_handling(), bytes, at }
    }
}

impl Iterator for Steps<'_> {
    type Item = Result<(usize, Piece), usize>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        if let Some(byte) = self.bytes.get(start).filter(|byte| byte.is_ascii()) {
            self.at += 1;
            return Some(Ok((start, Piece::of(&[*byte]))));
        }
        let mut out = [0; 16];
        while let Some(byte) = self.bytes.get(self.at) {
            let is_last = self.at + 1 == self.bytes.len();
            let (result, _, written) = self.decoder.decode_to_utf8_without_replacement(&[*byte], &mut out, is_last);
            self.at += 1;
            match result {
                DecoderResult::InputEmpty if written == 0 => {}
                DecoderResult::InputEmpty => return Some(Ok((start, Piece::of(&out[..written])))),
                DecoderResult::Malformed(..) | DecoderResult::OutputFull => {
                    self.at = self.bytes.len();
                    return Some(Err(start));
                }
            }
        }
        None
    }
}

/// A few characters.
struct Piece {
    bytes: [u8; 16],
    len: usize,
}

impl Piece {
    fn of(utf8: &[u8]) -> Piece {
        let mut bytes = [0; 16];
        bytes[..utf8.len()].copy_from_slice(utf8);
        Piece { bytes, len: utf8.len() }
    }
}

impl std::ops::Deref for Piece {
    type Target = str;

    fn deref(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

impl PartialEq<&str> for Piece {
    fn eq(&self, other: &&str) -> bool {
        &**self == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, GB18030, SHIFT_JIS, WINDOWS_1251};

    #[test]
    fn every_character_is_found_on_disk() {
        let bytes = |encoding: &'static Standard, text: &str| encoding.encode(text).0.into_owned();
        for (encoding, text) in [
            (WINDOWS_1251, "Эдви Пленель, x\n"),
            (SHIFT_JIS, "エドウィー・プレネル ｱx\n"),
            (GB18030, "埃德威·普莱内尔 é 😀x\n"),
        ] {
            let text = text.repeat(500);
            let disk = bytes(encoding, &text);
            let (read, legacy) = Legacy::decode(encoding, disk.clone()).unwrap();
            assert_eq!(read, text);
            for (at, c) in text.char_indices().step_by(37) {
                let place = legacy.on_disk(at)..legacy.on_disk(at + c.len_utf8());
                assert_eq!(disk[place], bytes(encoding, c.encode_utf8(&mut [0; 4])), "{c}");
            }
            assert_eq!(legacy.on_disk(text.len()), disk.len());
        }
    }

    #[test]
    fn bytes_that_the_encoding_would_not_write_keep_their_places() {
        // One code of Big5 is two characters, which it has no way to write.
        let (text, legacy) = Legacy::decode(BIG5, b"a\x88\x62b".to_vec()).unwrap();
        assert_eq!((text.as_str(), legacy.on_disk(text.len() - 1)), ("aÊ\u{304}b", 3));
    }

    #[test]
    fn what_means_nothing_says_where() {
        let error = Legacy::decode(SHIFT_JIS, b"a\nb\x83".to_vec()).unwrap_err();
        assert_eq!(error, DecodeError::Legacy { encoding: "Shift_JIS", offset: 3, line: 2 });
        assert_eq!(Legacy::decode(WINDOWS_1251, b"\xfd\0".to_vec()).unwrap_err(), DecodeError::Binary { offset: 1 });
    }
}
