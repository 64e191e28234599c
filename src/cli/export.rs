//! `tongsa export`.

use std::path::PathBuf;

use tongsa::exchange::bitext::TableKind;
use tongsa::workspace::Workspace;
use tongsa::workspace::export_units::UnitOutput;

use crate::cli::{Failure, Outcome, output_file};

/// Export the glossary as CSV, safe to open in a spreadsheet, or the translation memory
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only what was imported, not the glossaries that come with tongsa
    #[arg(long, conflicts_with = "memory")]
    own: bool,
    /// Export the translation memory instead of the glossary
    #[arg(long)]
    memory: bool,
    /// The format of the translation memory [default: by the ending of the file, else TMX]
    #[arg(long, value_enum, requires = "memory")]
    format: Option<MemoryFormat>,
    /// Write to this file [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// A format of translation units, as it is typed.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum MemoryFormat {
    /// TMX 1.4b
    Tmx,
    /// A table with tabs
    Tsv,
    /// A table for a spreadsheet
    Csv,
}

impl MemoryFormat {
    /// Returns what is written.
    pub fn output(self) -> UnitOutput {
        match self {
            Self::Tmx => UnitOutput::Tmx,
            Self::Tsv => UnitOutput::Table(TableKind::Tsv),
            Self::Csv => UnitOutput::Table(TableKind::Csv),
        }
    }
}

impl Arguments {
    fn memory_format(&self) -> MemoryFormat {
        let ending = self.output.as_ref().and_then(|path| path.extension()?.to_str());
        self.format.unwrap_or(match ending {
            Some("tsv" | "tab" | "txt") => MemoryFormat::Tsv,
            Some("csv") => MemoryFormat::Csv,
            _ => MemoryFormat::Tmx,
        })
    }
}

/// Exports the concepts or the units.
pub fn run(arguments: &Arguments, workspace: &Workspace) -> Result<Outcome, Failure> {
    let count = output_file::write_to(arguments.output.as_deref(), |out| {
        Ok(match arguments.memory {
            true => workspace.export_units(out, arguments.memory_format().output())?,
            false => workspace.export(out, arguments.own)?,
        })
    })?;
    Ok(if count == 0 { Outcome::Wanting } else { Outcome::Good })
}
