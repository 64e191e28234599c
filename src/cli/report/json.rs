//! Findings for programs: one JSON object.

use std::io::Write;

use tongsa::wire::{CheckShape, FileShape};

use crate::cli::failure::Failure;
use crate::cli::report::CheckedFile;

/// Writes the report on some drafts.
pub fn write(out: &mut dyn Write, checked: &[CheckedFile]) -> Result<(), Failure> {
    let files = checked.iter().map(|draft| FileShape::new(&draft.path, &draft.file, &draft.report));
    serde_json::to_writer(&mut *out, &CheckShape { files: files.collect() })?;
    writeln!(out)?;
    Ok(())
}
