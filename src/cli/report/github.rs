//! Findings as annotations of GitHub Actions: one workflow command a line.
//!
//! The commands and their escapes are those of the runner's toolkit (actions/toolkit, `packages/core/src/command.ts`). A
//! column is given only where the place is within one line; GitHub refuses it otherwise.

use std::io::Write;

use tongsa::check::finding::{Finding, Severity};
use tongsa::exchange::draft_file::FilePlace;

use crate::cli::failure::Failure;
use crate::cli::report::CheckedFile;
use crate::cli::report::place::slashed;

/// Writes the report on some drafts.
pub fn write(out: &mut dyn Write, checked: &[CheckedFile]) -> Result<(), Failure> {
    for draft in checked {
        for finding in &draft.report.findings {
            writeln!(out, "{}", annotation(draft, finding))?;
        }
    }
    Ok(())
}

fn annotation(draft: &CheckedFile, finding: &Finding) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let FilePlace { start, end, .. } = draft.file.place(finding.span);
    let path = property(&slashed(&draft.path));
    let columns = match start.line == end.line {
        true => format!(",col={},endColumn={}", start.column, end.column),
        false => String::new(),
    };
    let title = property(finding.rule);
    let message = data(&finding.message);
    format!("::{command} file={path},line={},endLine={}{columns},title={title}::{message}", start.line, end.line)
}

/// Escapes the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
