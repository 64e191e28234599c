//! The workspaces of a check: the store as it is, and with the further glossaries that some drafts ask for.

use std::path::PathBuf;

use tongsa::workspace::Workspace;

use crate::cli::failure::{Failure, complain};

/// One workspace for each list of further glossaries.
pub struct Shelf {
    plain: Workspace,
    layered: Vec<(Vec<PathBuf>, Workspace)>,
}

impl Shelf {
    /// Reads the glossaries of all lists that drafts ask for, each list once.
    pub fn new<'t>(plain: Workspace, lists: impl Iterator<Item = &'t [PathBuf]>) -> Result<Self, Failure> {
        let mut layered: Vec<(Vec<PathBuf>, Workspace)> = Vec::new();
        for list in lists.filter(|list| !list.is_empty()) {
            if layered.iter().any(|(known, _)| known == list) {
                continue;
            }
            let layer = plain.with_glossaries(list)?;
            layer.notices().for_each(|notice| complain(&notice));
            layered.push((list.to_vec(), layer.workspace));
        }
        Ok(Self { plain, layered })
    }

    /// Returns the workspace with some further glossaries.
    pub fn workspace(&self, glossaries: &[PathBuf]) -> &Workspace {
        let layered = self.layered.iter().find(|(list, _)| list == glossaries);
        layered.map_or(&self.plain, |(_, workspace)| workspace)
    }

    /// Opens the same once more for another thread; `None` where the store is in memory.
    pub fn reader(&self) -> Result<Option<Self>, Failure> {
        let Some(plain) = self.plain.reader()? else { return Ok(None) };
        let mut layered = Vec::new();
        for (list, workspace) in &self.layered {
            let Some(reader) = workspace.reader()? else { return Ok(None) };
            layered.push((list.clone(), reader));
        }
        Ok(Some(Self { plain, layered }))
    }
}
