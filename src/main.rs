//! The command line program: arguments to `cli`, exit code back.

mod cli;

use std::process::ExitCode;

/// An import hands millions of small strings from one thread to another, which mimalloc does without locks.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
