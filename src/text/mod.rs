//! From text to tokens: what Unicode says of characters, folding words to plain letters, their hashes, and the scanner that cuts a
//! segment into words.
//!
//! Knows nothing of dictionaries, names or rules.

pub mod character;
pub mod fold;
pub mod hash;
pub mod scan;
