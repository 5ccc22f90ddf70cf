#![deny(unsafe_code)]
pub mod channel;
pub mod diagnostic;
pub mod dictionaries;
pub mod dictionary;
pub mod document;
pub mod lexicon;
pub mod lint;
mod mmap;
pub mod names;
pub mod rules;
pub mod source;
pub mod span;
pub mod text;
