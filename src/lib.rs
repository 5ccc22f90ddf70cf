#![forbid(unsafe_code)]
pub mod channel;
pub mod diagnostic;
pub mod document;
pub mod lexicon;
pub mod lint;
pub mod rules;
pub mod source;
pub mod span;
pub mod text;
