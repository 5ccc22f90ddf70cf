//! text/: the other marks that machine translation leaves, seen on one side. What they need is the text itself, its
//! language, and lists of words and marks under `dictionaries/`.
//!
//! Every rule is linear in the text, however long its lines: it looks a bounded way around a place, and goes on behind it.

pub mod boilerplate;
pub mod broken_number;
pub mod control;
pub mod foreign_punctuation;
pub mod foreign_script;
pub mod fragment;
pub mod glued_words;
pub mod markup;
pub mod mixed_script;
pub mod mojibake;
mod phrases;
pub mod pronoun;
pub mod punctuation;
pub mod quotes;
pub mod refusal;
pub mod repeated_heading;
pub mod repeated_phrase;
pub mod repeated_word;
mod scripts;
mod surroundings;
#[cfg(test)]
mod tests;
