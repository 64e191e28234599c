//! What was found in one draft that was sent, and what became of it when it was fixed.

use serde::Serialize;
use utoipa::ToSchema;

use crate::exchange::draft_file::DraftFile;
use crate::wire::FileShape;
use crate::workspace::check::CheckReport;
use crate::workspace::fix::FixReport;

/// The findings in one draft, shaped as for several.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckedShape<'a> {
    files: Vec<FileShape<'a>>,
    /// Beside a source, whether the two are versions of one text; where they are not, the draft was checked alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    aligned: Option<bool>,
}

impl<'a> CheckedShape<'a> {
    /// Shapes the report on a draft.
    pub fn new(file: &'a DraftFile, report: &'a CheckReport) -> Self {
        Self { files: vec![FileShape::new(&file.name, file, report)], aligned: report.aligned }
    }
}

/// A draft that was fixed.
#[derive(Debug, Serialize, ToSchema)]
pub struct FixedShape<'a> {
    /// The text as it is now, with its markup.
    text: &'a str,
    /// How many fixes were made.
    fixed: usize,
    /// What has changed, as a unified diff; empty where nothing has.
    diff: &'a str,
    /// What is left to say about it.
    left: FileShape<'a>,
}

impl<'a> FixedShape<'a> {
    /// Shapes a report.
    pub fn new(report: &'a FixReport, diff: &'a str) -> Self {
        let FixReport { file, fixed, left, .. } = report;
        Self { text: file.source_text(), fixed: *fixed, diff, left: FileShape::new(&file.name, file, left) }
    }
}
