//! Why a request is not answered.

use std::fmt::Display;

use lsp_server::ErrorCode;

use crate::workspace::WorkspaceError;

/// An error of the protocol.
#[derive(Debug)]
pub struct Refusal {
    /// What kind it is.
    pub code: ErrorCode,
    /// Why, in a sentence.
    pub sentence: String,
}

impl Refusal {
    /// Makes a refusal of a sentence.
    pub fn new(code: ErrorCode, sentence: impl Into<String>) -> Self {
        Self { code, sentence: sentence.into() }
    }

    /// Refuses parameters.
    pub fn params(method: &str, reason: impl Display) -> Self {
        Self::new(ErrorCode::InvalidParams, format!("the parameters of {method} cannot be used: {reason}"))
    }

    /// Refuses a document that is not open.
    pub fn not_open(uri: &str) -> Self {
        Self::new(ErrorCode::InvalidParams, format!("{uri} is not open"))
    }
}

impl From<WorkspaceError> for Refusal {
    fn from(error: WorkspaceError) -> Self {
        Self::new(ErrorCode::RequestFailed, error.to_string())
    }
}
