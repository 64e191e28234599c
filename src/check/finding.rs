//! What the checker reports.

use std::fmt;

use crate::glossary::concept::ConceptId;
use crate::text::line_index::LineColumn;
use crate::text::span::Span;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// To be changed.
    Warning,
    /// Must not be printed.
    Error,
}

impl Severity {
    /// Returns the word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whether it can be made without asking.
    pub safe: bool,
    /// What is replaced: the finding with the particles that change.
    pub span: Span,
    /// What stands there instead.
    pub text: String,
}

/// A place of the text that the draft was translated from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceQuote {
    /// The name of the source text.
    pub name: String,
    /// The bytes of its file.
    pub bytes: Span,
    /// Where they begin, for people.
    pub place: LineColumn,
    /// The words there.
    pub text: String,
}

/// What is wrong at one place of a draft, what proves it, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The place in the draft.
    pub span: Span,
    /// What is wrong, in a sentence.
    pub message: String,
    /// The concept that is meant, where the glossary has it.
    pub concept: Option<ConceptId>,
    /// What the source text has there, where the draft was checked beside one.
    pub source: Option<SourceQuote>,
    /// The forms to write, best first.
    pub suggestions: Vec<String>,
    /// The change, where there is one.
    pub fix: Option<Fix>,
}

impl Finding {
    /// Says which concept is meant.
    pub(super) fn about(self, concept: &ConceptId) -> Self {
        Self { concept: Some(concept.clone()), ..self }
    }

    /// Says what the source text has there.
    pub(super) fn quoting(self, source: SourceQuote) -> Self {
        Self { source: Some(source), ..self }
    }

    /// Says what to write, the best first.
    pub(super) fn suggesting(self, suggestions: Vec<String>) -> Self {
        Self { suggestions, ..self }
    }

    /// Says which change mends it, where one does.
    pub(super) fn fixed_by(self, fix: impl Into<Option<Fix>>) -> Self {
        Self { fix: fix.into(), ..self }
    }
}
