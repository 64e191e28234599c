//! Exporting: concepts → rows.

use std::io::{self, Write};

use crate::exchange::csv::{ColumnSurvey, GlossaryWriter};
use crate::store::StoreError;
use crate::workspace::{Result, Workspace, WorkspaceError};

/// Why an export has ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store fails.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    /// The output fails.
    #[error("the export cannot be written: {0}")]
    Write(#[from] io::Error),
}

impl From<StoreError> for ExportError {
    fn from(error: StoreError) -> Self {
        Self::Workspace(error.into())
    }
}

impl Workspace {
    /// Writes every current concept as CSV, or only the user's own, and returns how many.
    pub fn export(&self, out: impl Write, own_only: bool) -> std::result::Result<usize, ExportError> {
        let mut survey = ColumnSurvey::default();
        self.store.for_each_concept(own_only, |stored| -> Result<()> {
            survey.see(&stored.concept);
            Ok(())
        })?;
        let mut writer = GlossaryWriter::new(out, survey.columns())?;
        let mut count = 0;
        self.store.for_each_concept(own_only, |stored| -> std::result::Result<(), ExportError> {
            count += 1;
            Ok(writer.write(&stored.concept)?)
        })?;
        writer.finish()?;
        Ok(count)
    }
}
