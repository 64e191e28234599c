//! Files of translation units: what a reader of any format yields, what a writer takes, and why a file is refused.
//!
//! A reader yields one record at a time and holds no more than that. A record that cannot be a unit carries its reason and
//! the reading goes on; a file that is broken ends it with an error, and whoever reads keeps nothing of it. Which format a file
//! is in is for [`super::unit_format`] to tell.

use std::io;

use crate::exchange::encoding::ReadError;
use crate::exchange::metered_text::Place;
use crate::lang::Lang;
use crate::memory::unit::TranslationUnit;

/// What the user says about a file beforehand.
#[derive(Clone, Debug, Default)]
pub struct UnitFileOptions {
    /// The encoding, where it is not to be detected.
    pub encoding: Option<String>,
    /// The character between the cells of a table, where it is not to be told from the file.
    pub separator: Option<u8>,
    /// The columns of a table, where it has no header or a wrong one: `document,lang,en,target`.
    pub columns: Option<String>,
    /// The language of the source segments, where the file does not say it or says it wrong. TMX says it in each segment.
    pub from: Option<Lang>,
    /// The language of the target segments, likewise.
    pub to: Option<Lang>,
    /// The source of each unit that names none itself: the name of the file.
    pub source: String,
}

/// A record with its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRecord {
    /// The line in which it begins, from 1.
    pub line: u64,
    /// The unit, or why the record is none: a rejection.
    pub unit: Result<TranslationUnit, String>,
}

impl UnitRecord {
    /// Makes a record of a unit, rejected where the unit is flawed.
    pub(super) fn of(line: u64, unit: TranslationUnit) -> Self {
        let flaw = unit.flaw().map(|flaw| flaw.to_string());
        Self { line, unit: flaw.map_or(Ok(unit), Err) }
    }

    /// Makes a record that is rejected.
    pub(super) fn rejected(line: u64, reason: impl Into<String>) -> Self {
        Self { line, unit: Err(reason.into()) }
    }
}

/// Reads the units of a file.
pub trait UnitReader: Send {
    /// Returns the next record, or `None` at the end.
    fn next_unit(&mut self) -> Result<Option<UnitRecord>, UnitFileError>;

    /// Returns how many bytes of the decoded text have been read.
    fn position(&self) -> u64;

    /// Says how the file is read, for the report.
    fn describe(&self) -> String;

    /// Returns how many records were left out because nobody has finished them: untranslated, fuzzy or obsolete.
    fn left_out(&self) -> u64 {
        0
    }
}

/// Writes units to a file.
pub trait UnitWriter {
    /// Writes one unit.
    fn write(&mut self, unit: &TranslationUnit) -> io::Result<()>;

    /// Writes what is left, and the end of the file.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Why a file of units cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum UnitFileError {
    /// The bytes cannot be read as text.
    #[error(transparent)]
    Source(#[from] ReadError),
    /// The bytes cannot be read any more; may hold a [`ReadError`].
    #[error(transparent)]
    Read(#[from] io::Error),
    /// The format cannot be told.
    #[error("its format cannot be told; it should be TMX, XLIFF, gettext PO, or a table with tabs or commas")]
    UnknownFormat,
    /// The file is not in the format it should be in.
    #[error("it is no {format}, since its first element is <{root}>; check its name and its content")]
    OtherRoot {
        /// The format that was asked for.
        format: &'static str,
        /// The name of its first element.
        root: String,
    },
    /// Something in the file breaks the rules of its format.
    #[error("line {line}, column {column}: {reason}; repair the file and import it again")]
    Malformed {
        /// The line, from 1.
        line: u64,
        /// The column in Unicode scalar values, from 1.
        column: u64,
        /// What is wrong.
        reason: String,
    },
    /// The file ends too early.
    #[error("the file ends in line {line}, column {column}, before it is complete; get the whole file and import it again")]
    CutOff {
        /// The last line.
        line: u64,
        /// The column after its last character.
        column: u64,
    },
    /// The file defines entities of its own.
    #[error("line {line}: the file defines XML entities of its own, which are never expanded; remove them from its DOCTYPE")]
    Entities {
        /// The line in which the DOCTYPE begins.
        line: u64,
    },
    /// The languages of the units cannot be told.
    #[error("{0}")]
    Languages(String),
}

impl UnitFileError {
    /// Says that something at a place is wrong.
    pub(super) fn malformed(place: Place, reason: impl Into<String>) -> Self {
        Self::Malformed { line: place.line, column: place.column, reason: reason.into() }
    }

    /// Says that the file ends at a place.
    pub(super) fn cut_off(place: Place) -> Self {
        Self::CutOff { line: place.line, column: place.column }
    }
}
