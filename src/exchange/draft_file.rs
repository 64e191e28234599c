//! A draft as it lies in a file: the text that is read, the blocks of its prose, and where its places are in the file.

pub mod change;
mod encoded;

use encoding_rs::UTF_8;

use crate::exchange::draft_file::change::{Change, ChangeError};
use crate::exchange::draft_file::encoded::Encoded;
use crate::exchange::encoding::{FileEncoding, ReadError, TextSource};
use crate::exchange::prose::{self, Block, DraftFormat};
use crate::text::line_index::{LineColumn, LineIndex};
use crate::text::span::Span;

/// A draft that was read from a file.
#[derive(Clone, Debug)]
pub struct DraftFile {
    /// What it is called in messages: its path, or `standard input`.
    pub name: String,
    /// The text that is read. Every span of a finding is a place in it.
    pub text: String,
    /// The blocks of its prose: pieces that are read on without a break.
    pub blocks: Vec<Block>,
    /// How it is marked up.
    pub format: DraftFormat,
    /// How it is encoded.
    pub encoding: Option<FileEncoding>,
    lines: LineIndex,
    /// The bytes of the file, where they are not the text as UTF-8.
    raw: Option<Vec<u8>>,
}

/// A place of the text as it lies in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilePlace {
    /// The bytes of the file, half-open; of its text as UTF-8 where it is in another encoding.
    pub bytes: Span,
    /// Where it begins, for people.
    pub start: LineColumn,
    /// Where it ends, for people: one column behind its last character.
    pub end: LineColumn,
}

impl DraftFile {
    /// Reads a draft; `encoding` is detected and `format` told by the name where they are `None`.
    pub fn read(
        name: impl Into<String>,
        mut source: TextSource,
        format: Option<DraftFormat>,
        encoding: Option<&str>,
    ) -> Result<Self, ReadError> {
        let name = name.into();
        let format = format.unwrap_or_else(|| DraftFormat::of_name(&name));
        let encoding = source.detect(encoding)?;
        let raw = if encoding.encoding == UTF_8 { None } else { Some(source.beginning(usize::MAX)?) };
        let text = source.read_as(encoding)?;
        Ok(Self { encoding: Some(encoding), raw, ..Self::of_text(name, text, format) })
    }

    /// Takes a text that lies in no file.
    pub fn of_text(name: impl Into<String>, text: impl Into<String>, format: DraftFormat) -> Self {
        let text = text.into();
        let (blocks, lines) = (prose::blocks(&text, format), LineIndex::new(&text));
        Self { name: name.into(), text, blocks, format, encoding: None, lines, raw: None }
    }

    /// Returns where a place of the text lies in the file.
    pub fn place(&self, span: Span) -> FilePlace {
        let bom = self.encoding.is_some_and(|encoding| encoding.bom && encoding.encoding.name() == "UTF-8");
        let offset = if bom { 3 } else { 0 };
        FilePlace {
            bytes: Span::new(span.start + offset, span.end + offset),
            start: self.lines.line_column(&self.text, span.start),
            end: self.lines.line_column(&self.text, span.end),
        }
    }

    /// Returns the bytes of the whole file with changes of its text, which stand in order and do not overlap. All else stays
    /// byte for byte: encoding, byte order mark, line ends.
    pub fn with_changes(&self, changes: &[Change]) -> Result<Vec<u8>, ChangeError> {
        if !change::are_placed(changes, &self.text) {
            return Err(ChangeError::Misplaced { name: self.name.clone() });
        }
        let (name, text, raw) = (&self.name, &self.text, self.raw.as_deref());
        Encoded { name, text, raw, encoding: self.encoding, references: false }.changed(changes)
    }
}
