//! `tongsa undo`.

use std::io::{self, Write};

use clap_complete::engine::ArgValueCandidates;
use tongsa::workspace::Workspace;

use crate::cli::failure::Failure;
use crate::cli::{Outcome, completions};

/// Take an import back: the latest, or the one with this number
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The number that `tongsa batches` lists
    #[arg(add = ArgValueCandidates::new(completions::batches))]
    batch: Option<i64>,
}

/// Takes an import back.
pub fn run(arguments: &Arguments, mut workspace: Workspace) -> Result<Outcome, Failure> {
    let batch = workspace.undo(arguments.batch)?;
    writeln!(io::stdout(), "import {} ({}) is taken back", batch.id, batch.source)?;
    Ok(Outcome::Good)
}
