//! `tongsa glossary`.

use std::io::{self, Write};
use std::path::PathBuf;

use tongsa::exchange::csv::CsvOptions;
use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::encoding::TextSource;
use tongsa::workspace::Workspace;
use tongsa::workspace::glossary_test::{Alarms, GlossaryTest};
use tongsa::workspace::import::ImportOptions;

use crate::cli::drafts::{self, DraftPath};
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
    /// Articles that are right as they are, files or folders: what is reported in them counts against the budget
    #[arg(long, value_name = "PATH", num_args = 1..)]
    articles: Vec<PathBuf>,
    /// So many findings for every 2,000 words of the articles may be made
    #[arg(long, value_name = "N", default_value_t = 1.0, requires = "articles")]
    budget: f64,
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
    let within = arguments.articles.is_empty() || is_within_budget(arguments, &workspace, &mut out)?;
    Ok(if test.failures.is_empty() && within { Outcome::Good } else { Outcome::Wanting })
}

/// So many of the most reported words are listed.
const MOST_REPORTED: usize = 20;

/// Reads the articles, prints what is reported in them, and returns whether that is within the budget.
fn is_within_budget(arguments: &TestArguments, workspace: &Workspace, out: &mut impl Write) -> Result<bool, Failure> {
    let articles = drafts::find(&arguments.articles, &mut |_| Ok(false))?;
    if let Some(sentence) = articles.failures.first() {
        return Err(Failure::question(sentence));
    }
    let mut alarms = Alarms::default();
    for DraftPath { path, .. } in &articles.paths {
        let file = DraftFile::read(path.display().to_string(), TextSource::open(path)?, None, None)?;
        alarms.add(workspace.alarms(&file, arguments.shipped)?);
    }
    let mut reported: Vec<_> = alarms.reported.iter().collect();
    reported.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    for ((concept, words), count) in reported.iter().take(MOST_REPORTED) {
        writeln!(
            out,
            "{concept}: {words} is reported {}",
            if **count == 1 { "once".into() } else { format!("{count} times") }
        )?;
    }
    let (rate, budget) = (alarms.rate(), arguments.budget);
    let (articles, words) = (count(articles.paths.len(), "article"), count(alarms.words, "word"));
    writeln!(out, "{articles}, {words}: {rate:.2} findings for every 2,000 words; the budget is {budget}")?;
    Ok(rate <= budget)
}

/// Returns a workspace with some glossaries that keeps nothing.
fn with_glossaries(files: &[PathBuf]) -> Result<Workspace, Failure> {
    let mut workspace = Workspace::in_memory()?;
    for path in files {
        let source = TextSource::open(path)?;
        let glossary = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let csv = CsvOptions { glossary, ..CsvOptions::default() };
        let options = ImportOptions { csv, encoding: None, dry_run: false, progress: &mut |_| {} };
        let report = workspace.import(path, source, options)?;
        if let Some(rejection) = report.rejected.kept.first() {
            let (path, line) = (path.display(), rejection.line);
            let sentence = format!("{path}:{line} cannot be imported, so it cannot be tested: {}", rejection.reason);
            return Err(Failure::question(sentence));
        }
    }
    Ok(workspace)
}

fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

fn summary(test: &GlossaryTest) -> String {
    let tested = format!("{}, {}", count(test.concepts, "concept"), count(test.sentences, "sentence"));
    match test.failures.len() {
        0 if test.concepts == 0 => "the desk has no glossary in the store; --shipped tests those that came with tongsa".into(),
        0 => format!("{tested}: all well"),
        failures => format!("{tested}: {}", count(failures, "failure")),
    }
}
