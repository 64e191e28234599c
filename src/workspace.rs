//! A store with the shipped glossaries: the one door for every surface. Each job is one short function that reads like its
//! sentence.

pub mod add;
pub mod align;
pub mod brief;
pub mod check;
pub mod completion;
pub mod concepts;
pub mod concordance;
mod counterpart;
pub mod export;
pub mod export_units;
pub mod fix;
pub mod fuzzy_match;
pub mod glossary_test;
pub mod import;
pub mod import_file;
pub mod import_units;
pub mod layer;
pub mod lookup;
pub mod mention;
pub mod names_at;
mod related;
pub mod shipped;
pub mod show;
pub mod suggest;
pub mod terms;
pub mod usage;

use std::path::{Path, PathBuf};

use crate::exchange::csv::CsvError;
use crate::exchange::draft_file::DraftFile;
use crate::exchange::draft_file::change::ChangeError;
use crate::exchange::encoding::ReadError;
use crate::exchange::unit_file::UnitFileError;
use crate::glossary::concept::ConceptId;
use crate::glossary::flaw::Reason;
use crate::lang::Lang;
use crate::store::batches::Batch;
use crate::store::{Store, StoreError};

/// Why a question could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceError {
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A draft cannot be changed.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// A file is no glossary.
    #[error("{path} is no glossary: {reason}")]
    Glossary {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: CsvError,
    },
    /// A file is no file of translation units.
    #[error("{path}: {reason}")]
    UnitFile {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: UnitFileError,
    },
    /// A shipped glossary is flawed; a test keeps this from happening.
    #[error("the glossary {0} that came with tongsa is damaged: {1}; install tongsa again")]
    Shipped(&'static str, String),
    /// The language of a text cannot be told.
    #[error("the language of {0} cannot be told from its letters; say whether it is en, ko, zh-Hans or zh-Hant")]
    NoLanguage(String),
    /// A text has nothing in it.
    #[error("there is no text in {0}; write or name one that has some")]
    NoText(String),
    /// No rule reads this language.
    #[error("{0} is in {1}, for which there is no rule; texts in en, ko, zh-Hans and zh-Hant can be checked")]
    NoRule(String, Lang),
    /// A draft is in the language that its names are wanted in.
    #[error("{0} is in {1}, the language that its names are wanted in; name another for the names, or say what the text is in")]
    SameLanguage(String, Lang),
    /// The language of a version of a text cannot be told.
    #[error("the language of {0} cannot be told from its letters; name the language of each version")]
    NoVersionLanguage(String),
    /// A text has no sentence.
    #[error("{0} has no sentence to align; name a file with text in it")]
    NoSentence(String),
    /// There are no two texts.
    #[error("there is nothing to align; name two or three versions of one text")]
    NothingToAlign,
    /// Two files want to be one article.
    #[error("an article {name} is kept from {kept}; give this one another name")]
    ArticleElsewhere {
        /// The name.
        name: String,
        /// Where the other came from.
        kept: String,
    },
    /// A text is too long to be an article.
    #[error("{0} is longer than an article (1 MB); cut it into its articles")]
    NoArticleText(String),
    /// There is no such article.
    #[error("there is no article {0} in the store; `tongsa add FILE` keeps one, `tongsa show` lists them")]
    NoArticle(String),
    /// A concept is not well formed.
    #[error("{concept} cannot be kept: {reason}")]
    Flawed {
        /// The concept.
        concept: ConceptId,
        /// What is wrong with it.
        reason: Reason,
    },
    /// A concept is not what it was when its change was begun.
    #[error("{0} has been changed by somebody else; look at it as it is now, and change it again")]
    ConceptChanged(ConceptId),
    /// A workspace in memory has no second reader.
    #[error("a store in memory takes no further glossaries; import them")]
    InMemory,
    /// There is no such batch.
    #[error("there is no import number {0} to take back; see the list of imports")]
    NoBatch(i64),
    /// There is no batch.
    #[error("there is no import to take back")]
    NothingToUndo,
}

/// A result of a job.
pub type Result<T> = std::result::Result<T, WorkspaceError>;

impl WorkspaceError {
    /// Says why the language of a text is not known.
    fn no_language(file: &DraftFile) -> Self {
        if file.text.trim().is_empty() { Self::NoText(file.name.clone()) } else { Self::NoLanguage(file.name.clone()) }
    }
}

/// An open store with the shipped glossaries in it.
pub struct Workspace {
    store: Store,
    now: String,
}

impl Workspace {
    /// Opens the store at `path`, making and filling it at first use. `now` is the time in RFC 3339, for what is written.
    pub fn open(path: &Path, now: String) -> Result<Self> {
        Self::with_store(Store::open(path)?, now)
    }

    /// Returns a workspace that keeps nothing: the shipped glossaries in memory.
    pub fn in_memory() -> Result<Self> {
        Self::with_store(Store::in_memory()?, String::new())
    }

    fn with_store(mut store: Store, now: String) -> Result<Self> {
        store.ship(shipped::DIGEST, &now, shipped::concepts)?;
        Ok(Self { store, now })
    }

    /// Makes ready for the next question, asked at `now`, of a program that goes on running.
    pub fn wake(&mut self, now: String) -> Result<()> {
        self.now = now;
        Ok(self.store.wake()?)
    }

    /// Ends a question, so that who writes is not held up.
    pub fn rest(&mut self) -> Result<()> {
        Ok(self.store.rest()?)
    }

    /// Returns a number that changes with everything that others write to the store.
    pub fn version(&self) -> Result<i64> {
        Ok(self.store.version()?)
    }

    /// Returns where the store is.
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// Returns the imports that can be taken back, oldest first.
    pub fn batches(&self) -> Result<Vec<Batch>> {
        Ok(self.store.batches()?)
    }

    /// Returns how many concepts there are.
    pub fn concept_count(&self) -> Result<usize> {
        Ok(self.store.concept_count()?)
    }

    /// Takes an import back, the latest unless one is named, and returns it.
    pub fn undo(&mut self, batch: Option<i64>) -> Result<Batch> {
        let batches = self.store.batches()?;
        let found = match batch {
            Some(id) => batches.into_iter().find(|batch| batch.id == id).ok_or(WorkspaceError::NoBatch(id))?,
            None => batches.into_iter().next_back().ok_or(WorkspaceError::NothingToUndo)?,
        };
        self.store.undo(found.id)?;
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::draft_file::DraftFile;
    use crate::exchange::prose::DraftFormat;
    use crate::workspace::check::CheckOptions;

    #[test]
    fn newer_glossaries_leave_no_double_of_the_older_ones() {
        let mut store = Store::in_memory().unwrap();
        store.ship(1, "", shipped::concepts).unwrap();
        let workspace = Workspace::with_store(store, String::new()).unwrap();
        let draft = DraftFile::of_text("draft", "이재명 대통령은 습근평을 만났다.", DraftFormat::Plain);
        let report = workspace.check(&draft, &CheckOptions::default()).unwrap();
        let safe: Vec<bool> = report.findings.iter().map(|found| found.fix.as_ref().is_some_and(|fix| fix.safe)).collect();
        // A concept that stood twice at one place would be two, of which nobody can tell which is meant.
        assert_eq!(safe, [true]);
    }
}
