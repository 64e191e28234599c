//! What a check has found, one file a style.

mod checkstyle;
mod csv;
mod github;
mod html;
mod human;
mod json;
mod jsonl;
mod junit;
mod place;
mod rdjson;
mod repeated;
mod sarif;
mod short;

#[cfg(test)]
mod readers;

use std::io::Write;
use std::path::Path;

use anstream::adapter::strip_bytes;
use tongsa::exchange::draft_file::DraftFile;
use tongsa::workspace::check::CheckReport;

use crate::cli::failure::Failure;
use crate::cli::output_file;

/// A draft with what was found in it.
#[derive(Debug)]
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
    /// One line a finding, for editors and grep
    Short,
    /// One JSON object
    Json,
    /// One JSON object a finding, a line each
    Jsonl,
    /// SARIF 2.1.0, with fixes
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// The XML of Checkstyle
    Checkstyle,
    /// The XML of JUnit
    Junit,
    /// The diagnostics of reviewdog, with suggestions
    Rdjson,
    /// A table for a spreadsheet
    Csv,
    /// A page to mail: the draft with its findings, and the names in it
    Html,
}

impl Style {
    /// Returns whether the style tells of the names that a draft uses, beside the findings.
    pub fn shows_names(self) -> bool {
        self == Self::Html
    }

    /// Writes the report on some drafts to a file, or to standard output where there is no path.
    pub fn write_to(self, path: Option<&Path>, checked: &[CheckedFile]) -> Result<(), Failure> {
        if path.is_none() && self == Self::Human {
            let mut out = std::io::BufWriter::new(anstream::stdout().lock());
            self.write(&mut out, checked)?;
            return Ok(out.flush()?);
        }
        output_file::write_to(path, |out| {
            if self != Self::Human {
                return self.write(out, checked);
            }
            // Colours are for terminals.
            let mut coloured = Vec::new();
            self.write(&mut coloured, checked)?;
            Ok(out.write_all(&strip_bytes(&coloured).into_vec())?)
        })
    }

    /// Writes the report on some drafts.
    pub fn write(self, out: &mut dyn Write, checked: &[CheckedFile]) -> Result<(), Failure> {
        match self {
            Self::Human => human::write(out, checked),
            Self::Short => short::write(out, checked),
            Self::Json => json::write(out, checked),
            Self::Jsonl => jsonl::write(out, checked),
            Self::Sarif => sarif::write(out, checked),
            Self::Github => github::write(out, checked),
            Self::Checkstyle => checkstyle::write(out, checked),
            Self::Junit => junit::write(out, checked),
            Self::Rdjson => rdjson::write(out, checked),
            Self::Csv => csv::write(out, checked),
            Self::Html => html::write(out, checked),
        }
    }
}
