//! A draft as it lies in a file: the text that is read, the blocks of its prose, and where its places are in the file.

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
        source: TextSource,
        format: Option<DraftFormat>,
        encoding: Option<&str>,
    ) -> Result<Self, ReadError> {
        let name = name.into();
        let (text, encoding) = source.read_all(encoding)?;
        let format = format.unwrap_or_else(|| DraftFormat::of_name(&name));
        Ok(Self { encoding: Some(encoding), ..Self::of_text(name, text, format) })
    }

    /// Takes a text that lies in no file.
    pub fn of_text(name: impl Into<String>, text: impl Into<String>, format: DraftFormat) -> Self {
        let text = text.into();
        let (blocks, lines) = (prose::blocks(&text, format), LineIndex::new(&text));
        Self { name: name.into(), text, blocks, format, encoding: None, lines }
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

    /// Returns what stands in the file before a place of the text, from the beginning of its line: for columns in other units
    /// than those of [`DraftFile::place`].
    pub fn line_before(&self, offset: usize) -> &str {
        &self.text[self.lines.line_start(offset)..offset]
    }
}
