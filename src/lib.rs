//! orthonym: finds names that were garbled on their way through another script, says what they should be, and fixes them.
//!
//! # The codemap
//!
//! Stages flow one way, each plain data for the next:
//!
//! ```text
//! bytes → source → document (segments) → text (words) → names (mentions) ┐
//!                                         dictionary · channel · lexicon ┤
//!                                                                        ├→ rules → diagnostic → emit, fix
//! config ────────────────────────────────────────────────────────────────┘
//! ```
//!
//! | module | what lives there |
//! |---|---|
//! | [`span`], [`source`] | byte spans; a file's text and positions in it |
//! | [`document`] | formats: a source cut into segments, mapped to its bytes |
//! | [`text`] | words of a text; folding to letters |
//! | [`dictionary`], [`dictionaries`] | entries, the compiled form and its index; where dictionaries come from |
//! | [`lock`] | hashes of dictionaries, so that none changes unasked |
//! | [`curation`] | what `dict check` finds in dictionaries |
//! | [`channel`] | how likely a name becomes another spelling: learned tables |
//! | [`lexicon`] | right names and ordinary words: the null model |
//! | [`names`] | spans, candidates, scores, decisions, explanations |
//! | [`rules`] | one rule, one file |
//! | [`lint`] | the one place where the stages join |
//! | [`profiles`] | which configuration and dictionary each file is linted with |
//! | [`cache`] | results kept from run to run |
//! | [`diagnostic`], [`edits`], [`fix`] | findings as data; edits that cannot overlap; fixes proven in memory |
//! | [`config`], [`suppress`], [`baseline`], [`fingerprint`] | settings, ignores, what was known before |
//! | [`files`] | walking, reading, atomic writing; packages |
//! | [`review`] | deciding findings one at a time |
//! | [`glossary`] | how a project translates its terms |
//! | [`import`] | foreign formats of names → entries |
//! | [`emit`] | one output format, one file |
//! | [`explain`] | why a name is known, garbled or unknown, as text |
//! | [`lsp`] | the language server: beside `cli`, over the same parts |
//! | [`cli`] | arguments, commands, exit status: the only part that prints |
//!
//! # Invariants
//!
//! * Offsets are bytes everywhere inside; UTF-16 only where output is written.
//! * Parsing never fails: it yields a document and problems. Only I/O returns `Result`.
//! * `emit` knows no rules, `rules` know no output; no stage looks back. `tests/it/layering.rs` holds this.
//! * Output order never depends on threads.
//! * Unsafe code stands in `mmap` alone.

#![deny(unsafe_code)]
pub mod baseline;
pub mod cache;
pub mod channel;
pub mod cli;
pub mod config;
pub mod curation;
pub mod diagnostic;
pub mod dictionaries;
pub mod dictionary;
pub mod document;
pub mod edits;
pub mod emit;
pub mod explain;
pub mod files;
pub mod fingerprint;
pub mod fix;
pub mod glossary;
pub mod import;
pub mod lexicon;
pub mod lint;
pub mod lock;
pub mod lsp;
mod mmap;
pub mod names;
pub mod profiles;
pub mod review;
pub mod rules;
pub mod source;
pub mod span;
pub mod suppress;
pub mod text;
