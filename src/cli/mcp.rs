//! `tongsa mcp`.

use std::io::IsTerminal;
use std::path::Path;

use tongsa::server::mcp::{self, McpServer};
use tongsa::server::readers::{Clock, Readers};

use crate::cli::Outcome;
use crate::cli::failure::{Failure, complain};

/// Serve an assistant over standard input and output by the Model Context Protocol
///
/// An assistant starts this program itself; docs/assistants.md says how it is told to. It may read the store and change nothing
/// in it, unless --allow-write is given.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Let the assistant add terms to the desk's glossary; each can be taken back with `tongsa undo`
    #[arg(long)]
    allow_write: bool,
}

/// Serves until the client goes away.
pub fn run(arguments: &Arguments, store: &Path, clock: Clock) -> Result<Outcome, Failure> {
    if std::io::stdin().is_terminal() {
        complain("an assistant is waited for on standard input; end with Ctrl-C");
    }
    let server = McpServer::new(Readers::open(store, clock)?, arguments.allow_write);
    mcp::serve(server).map_err(|error| Failure::question(error.to_string()))?;
    Ok(Outcome::Good)
}
