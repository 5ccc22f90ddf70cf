//! Configuration: found, read, checked, explained. A value is known with the place where it was said.
//!
//! [`keys`] lists what can be said; [`layer`] holds what was said; [`find`] lays the files and the command line over one another;
//! [`resolve`] says what that comes to for a path. Knows nothing of linting: `cli` puts the two together.

mod error;
mod find;
pub mod keys;
mod layer;
mod read;
mod resolve;
pub mod schema;
pub mod show;
mod tables;
pub mod template;
pub mod write;

pub use error::{ConfigError, Place};
pub use find::{Config, Finder, Request, is_configuration};
pub use layer::{IgnoreTable, Layer, Level, Origin, Override, Patterns, Set, Settled};
pub use read::language;
