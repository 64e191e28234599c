//! What a check has found, one file a style.

mod human;
mod json;

use std::io::Write;

use tongsa::exchange::draft_file::DraftFile;
use tongsa::workspace::check::CheckReport;

use crate::cli::failure::Failure;

/// A draft with what was found in it.
pub struct CheckedFile {
    /// What the user calls it; `-` for standard input.
    pub path: String,
    /// The draft.
    pub file: DraftFile,
    /// What was found.
    pub report: CheckReport,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Style {
    /// The line, a caret under the place, what to write
    Human,
    /// One JSON object
    Json,
}

impl Style {
    /// Writes the report on some drafts.
    pub fn write(self, out: &mut dyn Write, checked: &[CheckedFile]) -> Result<(), Failure> {
        match self {
            Self::Human => human::write(out, checked),
            Self::Json => json::write(out, checked),
        }
    }
}
