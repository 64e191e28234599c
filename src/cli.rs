//! The command line: one command a file, output styles, failures and exit codes.
//!
//! Parses, calls the workspace, and hands what comes back to an output style; computes nothing itself.

mod add;
mod align;
mod batches;
mod brief;
mod card;
mod check;
mod compare;
mod completions;
mod concordance;
mod desk;
mod drafts;
mod explain;
mod export;
mod failure;
mod fix;
mod fuzzy_match;
mod glossary;
mod import;
mod known_findings;
mod lookup;
mod lsp;
mod man;
mod mcp;
mod output_file;
mod parallel;
mod passed_over;
mod pretranslation;
mod queries;
mod report;
mod revision;
mod rules;
mod scope;
mod serve;
mod shelf;
mod show;
mod suggest;
mod terms;
mod undo;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use tongsa::workspace::Workspace;

use crate::cli::failure::Failure;

/// Keeps names right when a story crosses English, Korean and Chinese.
///
/// Looks up the official rendering of a name, imports the desk's glossaries, checks drafts, keeps articles with the names in
/// them, aligns articles with their translations and matches new sentences with old ones. Nothing leaves this machine.
#[derive(Debug, Parser)]
#[command(
    name = "tongsa",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 found, clean, complete; 1 nothing found, \
    findings, or rejected records; 2 the question could not be answered."
)]
struct Arguments {
    /// The store [default: tongsa/store.db in the data folder of the platform]
    #[arg(long, global = true, value_name = "PATH", env = "TONGSA_STORE", hide_env_values = true)]
    store: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Lookup(lookup::Arguments),
    Suggest(suggest::Arguments),
    Compare(compare::Arguments),
    Check(check::Arguments),
    Brief(brief::Arguments),
    Rules(rules::Arguments),
    Explain(explain::Arguments),
    Import(import::Arguments),
    Export(export::Arguments),
    Glossary(glossary::Arguments),
    Match(fuzzy_match::Arguments),
    Concordance(concordance::Arguments),
    Align(align::Arguments),
    Terms(terms::Arguments),
    Add(add::Arguments),
    Show(show::Arguments),
    Batches(batches::Arguments),
    Undo(undo::Arguments),
    Serve(serve::Arguments),
    Lsp(lsp::Arguments),
    Mcp(mcp::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

/// What a command has to say by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Found, clean, complete.
    Good,
    /// Nothing found, findings, rejected records.
    Wanting,
    /// A part of the question could not be answered; it has been said which.
    Unanswered,
}

/// Runs the program.
pub fn run() -> ExitCode {
    if completions::answer_shell() {
        return ExitCode::SUCCESS;
    }
    let arguments = Arguments::parse();
    let outcome = answer(arguments.command, arguments.store);
    match outcome {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Wanting) => ExitCode::from(1),
        Ok(Outcome::Unanswered) => ExitCode::from(2),
        Err(failure) => failure.report(),
    }
}

fn answer(command: Command, store: Option<PathBuf>) -> Result<Outcome, Failure> {
    let path = || store.clone().map_or_else(default_store, Ok);
    let open = || path().and_then(open);
    match command {
        Command::Lookup(arguments) => lookup::run(&arguments, open()?),
        Command::Suggest(arguments) => suggest::run(&arguments, &open()?),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Check(arguments) => check::run(&arguments, open()?),
        Command::Brief(arguments) => brief::run(&arguments, open()?),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Import(arguments) => import::run(&arguments, open()?),
        Command::Export(arguments) => export::run(&arguments, &open()?),
        Command::Glossary(arguments) => glossary::run(&arguments, open()?),
        Command::Match(arguments) => fuzzy_match::run(&arguments, &open()?),
        Command::Concordance(arguments) => concordance::run(&arguments, &open()?),
        Command::Align(arguments) => align::run(&arguments, open()?),
        Command::Terms(arguments) => terms::run(&arguments, &open()?),
        Command::Add(arguments) => add::run(&arguments, open()?),
        Command::Show(arguments) => show::run(&arguments, open()?),
        Command::Batches(arguments) => batches::run(&arguments, &open()?),
        Command::Undo(arguments) => undo::run(&arguments, open()?),
        Command::Serve(arguments) => serve::run(&arguments, &path()?, now),
        Command::Lsp(arguments) => lsp::run(&arguments, &path()?, now),
        Command::Mcp(arguments) => mcp::run(&arguments, &path()?, now),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
    }
}

fn open(path: PathBuf) -> Result<Workspace, Failure> {
    Ok(Workspace::open(&path, now())?)
}

fn now() -> String {
    humantime::format_rfc3339_seconds(std::time::SystemTime::now()).to_string()
}

fn default_store() -> Result<PathBuf, Failure> {
    let names = AppStrategyArgs { top_level_domain: "org".into(), author: "tongsa".into(), app_name: "tongsa".into() };
    let folders = choose_app_strategy(names)
        .map_err(|_| Failure::question("there is no home folder to keep the store in; name a file with --store"))?;
    Ok(folders.in_data_dir("store.db"))
}
