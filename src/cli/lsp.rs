//! `tongsa lsp`.

use std::io::{self, BufReader};
use std::path::Path;
use std::time::Duration;

use tongsa::server::lsp::Ending;
use tongsa::server::lsp::transport;
use tongsa::server::readers::{Clock, Readers};

use crate::cli::Outcome;
use crate::cli::failure::Failure;

/// A check begins when nothing was typed for so long: shorter than the pause between two keys of who types on, and not felt.
const PAUSE: Duration = Duration::from_millis(30);

/// Answer an editor in the Language Server Protocol, on standard input and output
///
/// Editors start this themselves. It shows findings while a draft is typed, the card of a name, fixes, and names that go on from
/// their first letters.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Taken for the sake of editors that add it; standard input and output are used in any case
    #[arg(long, hide = true)]
    stdio: bool,
}

/// Answers until the editor ends the conversation; the exit code is the one that the protocol asks for.
pub fn run(_arguments: &Arguments, store: &Path, clock: Clock) -> Result<Outcome, Failure> {
    let readers = Readers::open(store, clock)?;
    let ending = transport::serve(BufReader::new(io::stdin()), io::stdout(), &readers, clock, PAUSE);
    match ending.map_err(|error| Failure::question(error.to_string()))? {
        Ending::Announced => Ok(Outcome::Good),
        Ending::Abrupt => Ok(Outcome::Wanting),
    }
}
