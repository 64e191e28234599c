//! A draft as it was checked: what was found, or why nothing was.

use crate::check::finding::Finding;
use crate::exchange::draft_file::DraftFile;
use crate::lang::Lang;
use crate::server::lsp::desk::Desk;
use crate::server::lsp::document::Document;
use crate::settings::CheckSettings;
use crate::text::script;
use crate::workspace::WorkspaceError;
use crate::workspace::check::{CheckOptions, CheckReport};

/// A state of a document with what was found in it.
#[derive(Debug)]
pub struct Checked {
    /// Which state.
    pub turn: u64,
    /// The number that the editor gave it.
    pub version: Option<i32>,
    /// The draft.
    pub file: DraftFile,
    /// What it was checked with.
    pub settings: CheckSettings,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of checking a draft.
#[derive(Debug)]
pub enum Outcome {
    /// It is not checked yet.
    Waiting,
    /// It was checked.
    Report(CheckReport),
    /// There is nothing to check: the settings leave it out, or its language is not known or has no rules.
    Nothing,
    /// It could not be checked; a sentence says why.
    Trouble(String),
}

impl Checked {
    /// Checks a document as it is.
    pub fn of(document: &Document, desk: &mut Desk<'_>) -> Self {
        let mut checked = Self::unchecked(document, desk);
        if let Outcome::Waiting = checked.outcome {
            let options = CheckOptions::of_settings(&checked.settings);
            let report = desk.ask(&checked.settings.glossaries, |workspace| workspace.check(&checked.file, &options));
            checked.outcome = match report {
                Ok(report) => Outcome::Report(report),
                Err(WorkspaceError::NoLanguage(_) | WorkspaceError::NoText(_) | WorkspaceError::NoRule(..)) => Outcome::Nothing,
                Err(error) => Outcome::Trouble(error.to_string()),
            };
        }
        checked
    }

    /// Reads a document with its settings, and does not check it.
    pub fn unchecked(document: &Document, desk: &Desk<'_>) -> Self {
        let (settings, outcome) = match desk.settings(&document.path) {
            Ok(Some(settings)) => (settings, Outcome::Waiting),
            Ok(None) => (CheckSettings::default(), Outcome::Nothing),
            Err(sentence) => (CheckSettings::default(), Outcome::Trouble(sentence)),
        };
        Self { turn: document.turn, version: document.version, file: document.draft(), settings, outcome }
    }

    /// Returns the findings in order of place.
    pub fn findings(&self) -> &[Finding] {
        match &self.outcome {
            Outcome::Report(report) => &report.findings,
            Outcome::Waiting | Outcome::Nothing | Outcome::Trouble(_) => &[],
        }
    }

    /// Returns the language of the draft; `None` where its letters do not tell it.
    pub fn lang(&self) -> Option<Lang> {
        match &self.outcome {
            Outcome::Report(report) => Some(report.lang.clone()),
            _ => self.settings.lang.clone().or_else(|| script::detect_language(&self.file.text)),
        }
    }
}
