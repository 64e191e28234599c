//! Why a command ends without an answer: one sentence on standard error and exit code 2.

use std::io;
use std::process::ExitCode;

use tongsa::exchange::csv::CsvError;
use tongsa::exchange::encoding::ReadError;
use tongsa::exchange::header::HeaderError;
use tongsa::store::StoreError;
use tongsa::workspace::WorkspaceError;
use tongsa::workspace::export::ExportError;

/// Why a command ends early.
#[derive(Debug)]
pub enum Failure {
    /// The question cannot be answered; the sentence says why and what to do.
    Question(String),
    /// Nobody reads the output any more, which is no error.
    ClosedPipe,
}

impl Failure {
    /// Makes a failure of a sentence.
    pub fn question(sentence: impl Into<String>) -> Self {
        Self::Question(sentence.into())
    }

    /// Says the sentence and returns the exit code.
    pub fn report(self) -> ExitCode {
        match self {
            Self::ClosedPipe => ExitCode::SUCCESS,
            Self::Question(sentence) => {
                complain(&sentence);
                ExitCode::from(2)
            }
        }
    }
}

/// Writes one sentence to standard error.
pub fn complain(sentence: &str) {
    use std::io::Write;
    // The name of a file may have a line end or a command to the terminal in it.
    let escaped: String = sentence.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect();
    let end = if escaped.ends_with('?') { "" } else { "." };
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(anstream::stderr(), "tongsa: {escaped}{end}");
}

impl From<WorkspaceError> for Failure {
    fn from(error: WorkspaceError) -> Self {
        Self::Question(match way_out(&error) {
            Some(way_out) => format!("{error} ({way_out})"),
            None => error.to_string(),
        })
    }
}

/// Returns what on the command line does what a sentence advises; the other surfaces have no flags.
fn way_out(error: &WorkspaceError) -> Option<&'static str> {
    match error {
        WorkspaceError::NoLanguage(_) => Some("--lang"),
        WorkspaceError::NoVersionLanguage(_) => Some("as in --langs en,ko"),
        WorkspaceError::SameLanguage(..) => Some("--to and --lang"),
        WorkspaceError::ArticleElsewhere { .. } => Some("--name"),
        WorkspaceError::Read(ReadError::BrokenUtf8 { .. } | ReadError::WrongEncoding { .. } | ReadError::NoGuess(_)) => {
            Some("--encoding")
        }
        WorkspaceError::Glossary { reason: CsvError::Header(HeaderError::NoLanguage), .. } => Some("--columns"),
        WorkspaceError::NoBatch(_) => Some("`tongsa batches`"),
        WorkspaceError::Store(StoreError::NotAStore(_) | StoreError::ReadOnly(_) | StoreError::CannotOpen { .. }) => {
            Some("--store")
        }
        _ => None,
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        WorkspaceError::from(error).into()
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Write(error) => error.into(),
            error => Self::Question(error.to_string()),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            io::ErrorKind::StorageFull => Self::question("the disk is full; the output is not complete"),
            _ => Self::Question(format!("the output cannot be written: {error}")),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}
