//! `tongsa man`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_mangen::Man;

use crate::cli::failure::Failure;
use crate::cli::{self, Outcome};

/// Print the manual page of the program or of one command, or write all pages into a folder
///
/// To read one: tongsa man check | man -l -
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The command, as in `check` or `glossary test` [default: the program]
    command: Vec<String>,
    /// Write the pages of all commands into this folder, one file a command
    #[arg(long, short, value_name = "FOLDER", conflicts_with = "command")]
    output: Option<PathBuf>,
}

/// Prints or writes manual pages.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    // Names of whole pages, as `tongsa-check`, are made when the command is built.
    let mut program = cli::Arguments::command().disable_help_subcommand(true);
    program.build();
    match &arguments.output {
        Some(folder) => write_all(program, folder)?,
        None => {
            let mut page = Vec::new();
            Man::new(named(&program, &arguments.command)?.clone()).render(&mut page)?;
            io::stdout().write_all(&page)?;
        }
    }
    Ok(Outcome::Good)
}

fn named<'c>(program: &'c clap::Command, names: &[String]) -> Result<&'c clap::Command, Failure> {
    names.iter().try_fold(program, |command, name| {
        let no_command = || {
            let known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
            let known = if known.is_empty() { "it has none".to_owned() } else { format!("it has {}", known.join(", ")) };
            Failure::question(format!("{} has no command {name}; {known}", command.get_name()))
        };
        command.find_subcommand(name).ok_or_else(no_command)
    })
}

fn write_all(program: clap::Command, folder: &Path) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::question(format!("{} cannot be written: {error}", folder.display()));
    std::fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(program, folder).map_err(failed)
}
