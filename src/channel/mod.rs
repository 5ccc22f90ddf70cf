//! The transliteration channel.
