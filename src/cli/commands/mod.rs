//! The commands. One command, one file.

pub mod check;
pub mod clean;
pub mod completions;
pub mod config;
pub mod dict;
pub mod explain;
pub mod init;
pub mod man;
pub mod rule;
pub mod schema;
pub mod server;
pub mod suggest;
