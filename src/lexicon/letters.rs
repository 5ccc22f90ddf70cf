//! The letter model: how likely a name is to be spelled so, letter by letter.
//!
//! A back-off n-gram model laid out as an automaton. A state is a context (the letters just read, as many as
//! training found worth keeping), an arc is a letter seen there with its cost and the state it leads to.
//! Where a state has no arc for a letter, its back-off cost is paid and the next shorter context is asked; the empty
//! context, state 0, has every letter. A letter thus costs one bit test and one or two table reads, and nothing
//! is searched.
//!
//! The bytes, little-endian: [`MAGIC`]; states and arcs, `u32` each; the checksum of the rest , `u64`;
//! the states, [`STATE_BYTES`] each (letters that have arcs as bits of a `u32`, bit 0 being the end of the word and
//! bit 26 `z`; the first arc's number in the lower 24 bits of a `u32` with the back-off cost above it; the
//! back-off state, `u16`); the arcs, [`ARC_BYTES`] each (cost `u8`, next state `u16`). State 1 is where a word starts.
//! A cost is −ln p in steps of 1/[`COST_SCALE`].

use super::{Corrupt, checksum};
use crate::text::fold::Word;

/// The first bytes of a letter model.
pub const MAGIC: [u8; 8] = *b"ortholm\x01";
/// Bytes before the states.
pub const HEADER_BYTES: usize = 24;
/// Bytes of one state.
pub const STATE_BYTES: usize = 10;
/// Bytes of one arc.
pub const ARC_BYTES: usize = 3;
/// Cost steps in one unit of −ln p.
pub const COST_SCALE: f32 = 16.0;
/// The code of the end of a word; letters are 1 to 26.
pub const END: u8 = 0;

/// The empty context, which every other one backs off to.
const ROOT: usize = 0;
/// The context at the start of a word.
const START: usize = 1;

/// The letter model over the bytes of its data file.
pub struct LetterModel {
    states: &'static [u8],
    arcs: &'static [u8],
}

struct State {
    present: u32,
    first_arc: usize,
    backoff_cost: u32,
    backoff: usize,
}

impl LetterModel {
    /// Reads the header only.
    pub fn new(data: &'static [u8]) -> Result<LetterModel, Corrupt> {
        let corrupt = || Corrupt("letter model");
        if data.get(..MAGIC.len()) != Some(&MAGIC[..]) {
            return Err(corrupt());
        }
        let states = u32_at(data, 8).ok_or_else(corrupt)? as usize * STATE_BYTES;
        let arcs = u32_at(data, 12).ok_or_else(corrupt)? as usize * ARC_BYTES;
        let body = data.get(HEADER_BYTES..).ok_or_else(corrupt)?;
        if body.len() != states + arcs {
            return Err(corrupt());
        }
        let (states, arcs) = body.split_at(states);
        Ok(LetterModel { states, arcs })
    }

    /// Whether the bytes are those that were written; reads all of them.
    pub fn verify(data: &[u8]) -> Result<(), Corrupt> {
        let stored = data.get(16..HEADER_BYTES).map(|b| b.iter().rev().fold(0u64, |n, &b| n << 8 | u64::from(b)));
        match data.get(HEADER_BYTES..) {
            Some(body) if stored == Some(checksum(body)) => Ok(()),
            _ => Err(Corrupt("letter model")),
        }
    }

    /// ln P(letters, then the end | a name starts here): never positive, always finite.
    pub fn log_prob(&self, word: &Word) -> f32 {
        let mut at = START;
        let mut cost = 0;
        for &letter in word.letters().iter().chain(&[END]) {
            let (paid, next) = self.step(at, letter);
            cost += paid;
            at = next;
        }
        -(cost as f32) / COST_SCALE
    }

    /// The context before the first letter of a word.
    pub fn start(&self) -> usize {
        START
    }

    /// What a letter costs after the context `at`, in steps of 1/[`COST_SCALE`] nats, and the context that it makes.
    pub fn step(&self, mut at: usize, letter: u8) -> (u32, usize) {
        let mut cost = 0;
        while let Some(state) = self.state(at) {
            let below = state.present & ((1 << letter) - 1);
            if state.present >> letter & 1 == 1 {
                let arc = (state.first_arc + below.count_ones() as usize) * ARC_BYTES;
                if let Some(&[paid, low, high]) = self.arcs.get(arc..arc + ARC_BYTES) {
                    return (cost + u32::from(paid), usize::from(u16::from_le_bytes([low, high])));
                }
            }
            if at == ROOT {
                break;
            }
            cost += state.backoff_cost;
            // Contexts are numbered by length, so that backing off ends whatever the bytes say.
            at = state.backoff.min(at - 1);
        }
        (u32::from(u8::MAX), ROOT)
    }

    fn state(&self, at: usize) -> Option<State> {
        let bytes = self.states.get(at * STATE_BYTES..(at + 1) * STATE_BYTES)?;
        let packed = u32_at(bytes, 4)?;
        Some(State {
            present: u32_at(bytes, 0)?,
            first_arc: (packed & 0xff_ffff) as usize,
            backoff_cost: packed >> 24,
            backoff: usize::from(u16::from_le_bytes([bytes[8], bytes[9]])),
        })
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}
