//! `tongsa glossary`.

use std::io::{self, Write};
use std::path::PathBuf;

use tongsa::exchange::encoding::TextSource;
use tongsa::workspace::Workspace;
use tongsa::workspace::glossary_test::GlossaryTest;
use tongsa::workspace::import::ImportOptions;

use crate::cli::{Failure, Outcome};

/// Look after glossaries
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    job: Job,
}

#[derive(Debug, clap::Subcommand)]
enum Job {
    Test(TestArguments),
}

/// Test glossaries: their own sentences, and terms that contradict, double or never match
///
/// A concept may carry sentences in the columns `must_hit` and `must_not_hit`, several with `|` between them: in the former it
/// must be seen, in the latter it must be neither seen nor reported.
#[derive(Debug, clap::Args)]
struct TestArguments {
    /// Glossaries to test beside what comes with tongsa, without keeping them [default: those in the store]
    files: Vec<PathBuf>,
    /// Test the glossaries that came with tongsa, too
    #[arg(long)]
    shipped: bool,
}

/// Does a job on the glossaries.
pub fn run(arguments: &Arguments, workspace: Workspace) -> Result<Outcome, Failure> {
    match &arguments.job {
        Job::Test(arguments) => test(arguments, workspace),
    }
}

fn test(arguments: &TestArguments, workspace: Workspace) -> Result<Outcome, Failure> {
    let workspace = if arguments.files.is_empty() { workspace } else { with_glossaries(&arguments.files)? };
    let test = workspace.test_glossaries(arguments.shipped)?;
    let mut out = io::stdout().lock();
    for failure in &test.failures {
        writeln!(out, "{}: {}", failure.concept, failure.reason)?;
    }
    writeln!(out, "{}", summary(&test))?;
    Ok(if test.failures.is_empty() { Outcome::Good } else { Outcome::Wanting })
}

/// Returns a workspace with some glossaries that keeps nothing.
fn with_glossaries(files: &[PathBuf]) -> Result<Workspace, Failure> {
    let mut workspace = Workspace::in_memory()?;
    for path in files {
        let source = TextSource::open(path)?;
        let options = ImportOptions { csv: Default::default(), encoding: None, dry_run: false, progress: &mut |_| {} };
        let report = workspace.import(path, source, options)?;
        if let Some(rejection) = report.rejected.kept.first() {
            let (path, line) = (path.display(), rejection.line);
            let sentence = format!("{path}:{line} cannot be imported, so it cannot be tested: {}", rejection.reason);
            return Err(Failure::question(sentence));
        }
    }
    Ok(workspace)
}

fn summary(test: &GlossaryTest) -> String {
    let count = |number: usize, one: &str| if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") };
    let tested = format!("{}, {}", count(test.concepts, "concept"), count(test.sentences, "sentence"));
    match test.failures.len() {
        0 => format!("{tested}: all well"),
        failures => format!("{tested}: {}", count(failures, "failure")),
    }
}
