//! `tongsa batches`.

use std::io::{self, Write};

use tongsa::workspace::Workspace;

use crate::cli::Outcome;
use crate::cli::failure::Failure;

/// List the imports that can be taken back
#[derive(Debug, clap::Args)]
pub struct Arguments {}

/// Lists the imports, oldest first.
pub fn run(_: &Arguments, workspace: &Workspace) -> Result<Outcome, Failure> {
    let batches = workspace.batches()?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for batch in &batches {
        let counts = batch.counts;
        let (added, changed, unchanged) = (counts.added, counts.changed, counts.unchanged);
        writeln!(
            out,
            "{}  {}  {}: {added} added, {changed} changed, {unchanged} unchanged, {} rejected",
            batch.id, batch.made_at, batch.source, counts.rejected
        )?;
    }
    out.flush()?;
    Ok(if batches.is_empty() { Outcome::Wanting } else { Outcome::Good })
}
