//! `tongsa undo`.

use std::io::{self, Write};

use tongsa::workspace::Workspace;

use crate::cli::Outcome;
use crate::cli::failure::Failure;

/// Take an import back: the latest, or the one with this number
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The number that `tongsa batches` lists
    batch: Option<i64>,
}

/// Takes an import back.
pub fn run(arguments: &Arguments, mut workspace: Workspace) -> Result<Outcome, Failure> {
    let batch = workspace.undo(arguments.batch)?;
    writeln!(io::stdout(), "import {} ({}) is taken back", batch.id, batch.source)?;
    Ok(Outcome::Good)
}
