//! Fixing: draft → findings → changes → the changed file → findings, until nothing changes any more.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Fix};
use crate::check::fixing::{self, FixScope};
use crate::exchange::draft_file::DraftFile;
use crate::exchange::draft_file::change::Change;
use crate::exchange::unified_diff;
use crate::lang::Lang;
use crate::workspace::WorkspaceError;
use crate::workspace::check::CheckReport;

/// One fix may make way for another; what goes on after so many rounds goes in a circle.
const MOST_ROUNDS: usize = 5;

/// What became of a draft.
#[derive(Clone, Debug)]
pub struct FixReport {
    /// The draft as it is now.
    pub file: DraftFile,
    /// The bytes of its file, where they are others than before.
    pub bytes: Option<Vec<u8>>,
    /// How many fixes were made.
    pub fixed: usize,
    /// What is left to say about it.
    pub left: CheckReport,
}

/// Makes the fixes of a draft that `check` finds, again and again until it finds no more: fixing the result changes nothing.
pub fn fix<E: From<WorkspaceError>>(
    file: DraftFile,
    scope: FixScope,
    mut check: impl FnMut(&DraftFile) -> Result<CheckReport, E>,
) -> Result<FixReport, E> {
    let left = check(&file)?;
    let mut report = FixReport { file, bytes: None, fixed: 0, left };
    let mut seen = vec![report.file.text.clone()];
    for _ in 0..MOST_ROUNDS {
        let changes = changes(&report, scope);
        if changes.is_empty() {
            break;
        }
        let bytes = report.file.with_changes(&changes).map_err(WorkspaceError::from)?;
        let file = report.file.reread(bytes.clone()).map_err(WorkspaceError::from)?;
        if seen.contains(&file.text) {
            break;
        }
        seen.push(file.text.clone());
        let left = check(&file)?;
        report = FixReport { file, bytes: Some(bytes), fixed: report.fixed + changes.len(), left };
    }
    Ok(report)
}

fn changes(report: &FixReport, scope: FixScope) -> Vec<Change> {
    let FixReport { file, left, .. } = report;
    let fixes = fixing::fixes(&file.text, &file.blocks, &left.lang, &left.findings, scope);
    let changes = fixes.into_iter().map(|fix| Change { span: fix.span, text: fix.text });
    changes.filter(|change| file.accepts(change)).collect()
}

/// The changes of a draft among which somebody chooses.
pub struct Choices<'a> {
    file: &'a DraftFile,
    draft: Draft<'a>,
}

impl<'a> Choices<'a> {
    /// Makes ready to choose in a draft of a language.
    pub fn new(file: &'a DraftFile, lang: &Lang) -> Self {
        Self { file, draft: Draft::new(&file.text, lang.clone(), &file.blocks, Vec::new()) }
    }

    /// Returns the change that writes one of the suggestions of a finding, the first being number 0, with what has to agree beside
    /// it; `None` where it cannot be made. What is not the first can only stand where the first would stand alone.
    pub fn change(&self, finding: &Finding, number: usize) -> Option<Change> {
        let fix = finding.fix.as_ref()?;
        let other = finding.suggestions.get(number).filter(|_| number > 0);
        let fix = match other {
            Some(other) => self.other_fix(finding, fix, other)?,
            None => fix.clone(),
        };
        let made = fixing::fix_made(&self.file.text, &self.file.blocks, &self.draft.lang, &fix)?;
        let change = Change { span: made.span, text: made.text };
        self.file.accepts(&change).then_some(change)
    }

    /// Returns the fix by another suggestion than the first: the fix of the finding is one that does nothing but write its first
    /// suggestion at its place.
    fn other_fix(&self, finding: &Finding, fix: &Fix, other: &str) -> Option<Fix> {
        let first = self.draft.fix(finding.span, finding.suggestions.first()?, fix.safe);
        (first == *fix).then(|| self.draft.fix(finding.span, other, false))
    }
}

/// Returns what has changed between two versions of a draft as a unified diff; of office documents in the text that is read.
pub fn unified_diff(path: &str, before: &DraftFile, after: &DraftFile) -> String {
    unified_diff::written(path, before.source_text(), after.source_text())
}
