//! From text to tokens: folding words to plain letters, their hashes, scripts, and the scanner that cuts a segment into words.
//!
//! Knows nothing of dictionaries, names or rules.

pub mod character;
pub mod fold;
pub mod hash;
pub mod scan;
