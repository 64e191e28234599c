//! The command line program: arguments to `cli`, exit code back.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
