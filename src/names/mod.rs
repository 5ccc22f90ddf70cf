//! The engine: finds the names in a document and decides what each is (known, garbled, unknown).
//!
//! Spans of words go in, weighed explanations come out. It knows dictionaries, the channel and the lexicon; it knows
//! nothing of rules, messages and output.

mod affixes;
pub mod answer;
pub mod decide;
pub mod explain;
pub mod features;
pub mod natives;
mod nearby;
pub mod original;
pub mod query;
pub mod rank;
pub mod rendering;
pub mod resolve;
mod retrieve;
pub mod score;
mod sketch;
pub mod spot;
mod vocabulary;
