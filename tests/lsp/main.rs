//! The language server as editors meet it: a client in the same process, speaking the protocol.

mod actions;
mod agreement;
mod commands;
mod diagnostics;
mod editor;
mod names;
mod robust;
mod typing;
