//! Defects of machine translation that are seen on one side, without a dictionary.

pub mod repeated_word;
