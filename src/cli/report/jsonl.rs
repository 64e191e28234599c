//! Findings for programs that read line by line: one JSON object a finding.

use std::io::Write;

use tongsa::wire::FindingLine;

use crate::cli::failure::Failure;
use crate::cli::report::CheckedFile;

/// Writes the report on some drafts.
pub fn write(out: &mut dyn Write, checked: &[CheckedFile]) -> Result<(), Failure> {
    for draft in checked {
        for finding in &draft.report.findings {
            serde_json::to_writer(&mut *out, &FindingLine::new(&draft.path, &draft.file, &draft.report, finding))?;
            writeln!(out)?;
        }
    }
    Ok(())
}
