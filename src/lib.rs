#![deny(unsafe_code)]
pub mod channel;
pub mod cli;
pub mod diagnostic;
pub mod dictionaries;
pub mod dictionary;
pub mod document;
pub mod edits;
pub mod emit;
pub mod files;
pub mod fix;
pub mod lexicon;
pub mod lint;
mod mmap;
pub mod names;
pub mod rules;
pub mod source;
pub mod span;
pub mod text;
