//! The language server: `orthonym server`, on standard input and output.
//!
//! It adds no rule and no exception: what a file is linted with comes from [`crate::profiles`], findings from
//! [`crate::lint`], fixes from [`crate::fix`], all as on the command line.
//!
//! | file | what it does |
//! |---|---|
//! | `serve` | the loop: one message at a time, each answered, whatever happens in it |
//! | `refusal` | why a request is not answered |
//! | `inbox` | messages that wait; which requests nobody wants any more |
//! | `client` | what the client can do, and what is said to it |
//! | `settings` | what the client sets |
//! | `documents`, `position`, `uri` | open texts; positions and addresses as the protocol has them |
//! | `workshop` | linters at work, and what they found last |
//! | `keystroke` | what is found after a key in a long text, until there is time for the whole |
//! | `diagnostics`, `publishing`, `workspace` | findings: as the protocol has them, of open documents, of all files |
//! | `actions`, `ignoring`, `commands` | what can be done about a finding |
//! | `names`, `hover`, `completion`, `rename`, `symbols`, `hints` | what is known of names |
//!
//! UTF-16 is spoken here and in `emit`, nowhere else.

mod actions;
mod capabilities;
mod client;
mod commands;
mod completion;
mod diagnostics;
mod documents;
mod hints;
mod hover;
mod ignoring;
mod inbox;
mod keystroke;
mod names;
mod position;
mod publishing;
mod refusal;
mod rename;
mod serve;
mod settings;
mod symbols;
mod uri;
mod workshop;
mod workspace;

use crate::config::Request;
use crate::rules::Selection;
use lsp_server::Connection;
use thiserror::Error;

/// What ends the server, beside the client.
#[derive(Debug, Error)]
pub enum ServerError {
    #[error("the client does not speak the protocol")]
    Protocol(#[from] lsp_server::ProtocolError),
    #[error("the client's first request cannot be read")]
    Initialize(#[source] serde_json::Error),
    #[error("cannot read or write messages")]
    Transport(#[source] std::io::Error),
}

/// What the command line asks for, in force for every document.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The configuration, with flags over it.
    pub request: Request,
    /// `--select` and the like.
    pub selection: Selection,
}

/// Serves one client on standard input and output, until it says goodbye.
///
/// # Errors
/// The client goes against the protocol, or the pipe breaks.
pub fn run_stdio(options: &Options) -> Result<(), ServerError> {
    let (connection, threads) = Connection::stdio();
    run(&connection, options)?;
    // The writer ends when nobody can send to it any more.
    drop(connection);
    threads.join().map_err(ServerError::Transport)
}

/// Serves one client until it says goodbye.
///
/// # Errors
/// The client goes against the protocol.
pub fn run(connection: &Connection, options: &Options) -> Result<(), ServerError> {
    let (id, params) = connection.initialize_start()?;
    let params = serde_json::from_value(params).map_err(ServerError::Initialize)?;
    let client = client::Client::new(connection.sender.clone(), &params);
    let answer = capabilities::initialize_result(&client);
    connection.initialize_finish(id, answer)?;
    serve::serve(connection, client, &params, options);
    Ok(())
}
