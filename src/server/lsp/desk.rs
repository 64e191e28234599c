//! What the documents are checked with: the settings in force where each lies, the store, and the further glossaries that the
//! settings ask for.
//!
//! Settings and glossaries are looked at anew for each question, so that a change of them is seen without a new start.

use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use crate::server::readers::{Clock, Readers};
use crate::settings::{self, CheckSettings, SettingsFile};
use crate::workspace::{Result, Workspace};

/// The desk of one thread.
pub struct Desk<'r> {
    readers: &'r Readers,
    clock: Clock,
    layers: Vec<Layer>,
    /// Rows of glossaries that were not taken, a sentence for each glossary, which nobody has been told yet.
    pub notices: Vec<String>,
}

/// The store with further glossaries over it, and the state of the files that it was made of.
struct Layer {
    glossaries: Vec<PathBuf>,
    files: Vec<FileState>,
    workspace: Workspace,
}

/// When a file was last written, since 1970, and how long it is; `None` where there is none.
type FileState = Option<(Duration, u64)>;

impl<'r> Desk<'r> {
    /// Takes the store.
    pub fn new(readers: &'r Readers, clock: Clock) -> Self {
        Self { readers, clock, layers: Vec::new(), notices: Vec::new() }
    }

    /// Returns the settings for a draft at an absolute path; `None` where they keep it from being checked. The error is a
    /// sentence about the settings file.
    pub fn settings(&self, draft: &Path) -> std::result::Result<Option<CheckSettings>, String> {
        let folder = draft.parent().unwrap_or(draft);
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let Some(file) = settings::find(&folder) else { return Ok(Some(CheckSettings::default())) };
        let file = SettingsFile::load(&file, &file.display().to_string()).map_err(|error| error.to_string())?;
        let draft = folder.join(draft.file_name().unwrap_or(draft.as_os_str()));
        Ok((!file.excludes(&draft)).then(|| file.for_draft(&draft)))
    }

    /// Answers a question from the store, with some further glossaries over it.
    pub fn ask<T>(&mut self, glossaries: &[PathBuf], job: impl FnOnce(&mut Workspace) -> Result<T>) -> Result<T> {
        if glossaries.is_empty() {
            return self.readers.read(job);
        }
        let workspace = self.layered(glossaries)?;
        let answer = job(workspace);
        workspace.rest()?;
        answer
    }

    fn layered(&mut self, glossaries: &[PathBuf]) -> Result<&mut Workspace> {
        let files = self.states(glossaries);
        let known = self.layers.iter().position(|layer| layer.glossaries == glossaries && layer.files == files);
        let at = match known {
            Some(at) => at,
            None => {
                let layered = self.readers.read(|workspace| workspace.with_glossaries(glossaries))?;
                self.notices.extend(layered.notices());
                self.layers.retain(|layer| layer.glossaries != glossaries);
                self.layers.push(Layer { glossaries: glossaries.to_vec(), files, workspace: layered.workspace });
                self.layers.len() - 1
            }
        };
        let workspace = &mut self.layers[at].workspace;
        workspace.wake((self.clock)())?;
        Ok(workspace)
    }

    /// Returns the states of the glossaries and of the store, whose concepts they may change.
    fn states(&self, glossaries: &[PathBuf]) -> Vec<FileState> {
        let store = self.readers.path();
        let mut log = store.as_os_str().to_owned();
        log.push("-wal");
        let files = glossaries.iter().map(PathBuf::as_path).chain([store, Path::new(&log)]);
        files.map(state).collect()
    }
}

fn state(path: &Path) -> FileState {
    let metadata = path.metadata().ok()?;
    let written = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Some((written.unwrap_or_default(), metadata.len()))
}
