//! The commands. One command, one file.

pub mod check;
pub mod rule;
