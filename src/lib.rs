#![forbid(unsafe_code)]
pub mod channel;
pub mod lexicon;
pub mod text;
