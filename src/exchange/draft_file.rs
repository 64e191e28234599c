//! A draft as it lies in a file: the text that is read, the blocks of its prose, and where its places are in the file.
//!
//! The one door to drafts of any format. Text formats are read as they stand or through a map of what markup leaves; office
//! documents are archives, of which only the parts with text are read. How each format is marked up is left to its own file.

pub mod change;
pub mod unfit;

mod archive;
mod encoded;
mod html;
mod html_token;
mod office;
mod office_document;
mod office_elements;
mod reference;
mod subtitles;
mod text_map;
mod transcript;

use std::borrow::Cow;

use encoding_rs::UTF_8;

use crate::exchange::draft_file::change::{Change, ChangeError};
use crate::exchange::draft_file::encoded::Encoded;
use crate::exchange::draft_file::office_document::{NotWritten, OfficeDocument};
use crate::exchange::draft_file::subtitles::SubtitleFormat;
use crate::exchange::draft_file::text_map::TextMap;
use crate::exchange::draft_file::transcript::Transcript;
use crate::exchange::draft_file::unfit::Unfit;
use crate::exchange::encoding::{FileEncoding, ReadError, TextSource};
use crate::exchange::prose::{self, Block, DraftFormat};
use crate::text::line_index::{ColumnUnit, LineColumn, LineIndex};
use crate::text::span::Span;

pub use crate::exchange::draft_file::office_document::RunPlace;

/// A draft that was read from a file.
#[derive(Clone, Debug)]
pub struct DraftFile {
    /// What it is called in messages: its path, or `standard input`.
    pub name: String,
    /// The text that is read: of plain text and Markdown the file itself, of other formats what a reader of it sees, an
    /// empty line between paragraphs. Every span of a finding is a place in it.
    pub text: String,
    /// The blocks of its prose: pieces that are read on without a break.
    pub blocks: Vec<Block>,
    /// How it is marked up.
    pub format: DraftFormat,
    /// How it is encoded; `None` for an office document and for a text that lies in no file.
    pub encoding: Option<FileEncoding>,
    ground: Ground,
    /// The bytes of a text file, where they are not its text as UTF-8.
    raw: Option<Vec<u8>>,
}

/// What lies under the text that is read.
#[derive(Clone, Debug)]
enum Ground {
    /// The text is that of the file.
    Itself(LineIndex),
    /// The text is read out of the markup of a text file.
    Markup {
        source: String,
        lines: LineIndex,
        map: TextMap,
        /// The places of comments in the source, in order.
        comments: Vec<Span>,
    },
    /// The text is read out of an archive.
    Office(Box<OfficeDocument>),
}

/// A place of the text as it lies in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilePlace<'f> {
    /// The bytes of the file, half-open; of its text as UTF-8 where it is in another encoding, and of the text that is read
    /// where the file is an office document.
    pub bytes: Span,
    /// Where it begins, for people. Lines of an office document are the paragraphs of the text that is read.
    pub start: LineColumn,
    /// Where it ends, for people: one column behind its last character.
    pub end: LineColumn,
    /// Where it begins in an office document.
    pub run: Option<RunPlace<'f>>,
}

impl DraftFile {
    /// Reads a draft; `encoding` is detected and `format` told by the name or the content where they are `None`. What is an
    /// archive is read as the office document that it is, whatever its name.
    pub fn read(
        name: impl Into<String>,
        mut source: TextSource,
        format: Option<DraftFormat>,
        encoding: Option<&str>,
    ) -> Result<Self, ReadError> {
        let name = name.into();
        let unfit = |unfit| ReadError::Unfit { path: (&name).into(), unfit };
        let beginning = source.beginning(BEGINNING)?;
        if archive::is_archive(&beginning) {
            let (document, format, text) = OfficeDocument::read(source.beginning(usize::MAX)?).map_err(unfit)?;
            return Ok(Self::on(name, text, format, Ground::Office(Box::new(document))));
        }
        if Unfit::of_content(&beginning).is_some() {
            let whole = source.beginning(usize::MAX)?;
            return Err(unfit(Unfit::of_content(&whole).unwrap_or(Unfit::OldOffice)));
        }
        let format =
            format.or_else(|| DraftFormat::known_by_name(&name)).unwrap_or_else(|| DraftFormat::of_content(&beginning));
        if format.is_archive() && !beginning.is_empty() {
            return Err(unfit(Unfit::NoArchive(format.name())));
        }
        let encoding = detect(&mut source, format, &beginning, encoding)?;
        let raw = if encoding.encoding == UTF_8 { None } else { Some(source.beginning(usize::MAX)?) };
        let text = source.read_as(encoding)?;
        Ok(Self { encoding: Some(encoding), raw, ..Self::of_text(name, text, format) })
    }

    /// Takes a text that lies in no file. An office document is no text; what is called one is taken as plain text.
    pub fn of_text(name: impl Into<String>, text: impl Into<String>, format: DraftFormat) -> Self {
        let (name, source) = (name.into(), text.into());
        let Some(transcript) = transcript(&source, format) else {
            let lines = LineIndex::new(&source);
            return Self::on(name, source, format, Ground::Itself(lines));
        };
        let Transcript { text, stretches, comments, .. } = transcript;
        let lines = LineIndex::new(&source);
        Self::on(name, text, format, Ground::Markup { source, lines, map: TextMap { stretches }, comments })
    }

    fn on(name: String, text: String, format: DraftFormat, ground: Ground) -> Self {
        let blocks = prose::blocks(&text, format);
        Self { name, text, blocks, format, encoding: None, ground, raw: None }
    }

    /// Returns where a place of the text lies in the file.
    pub fn place(&self, span: Span) -> FilePlace<'_> {
        self.place_in(span, ColumnUnit::Character)
    }

    /// Returns where a place of the text lies in the file, the columns in some unit.
    pub fn place_in(&self, span: Span, unit: ColumnUnit) -> FilePlace<'_> {
        let bom = self.encoding.is_some_and(|encoding| encoding.bom && encoding.encoding == UTF_8);
        let offset = if bom { 3 } else { 0 };
        let place = self.source_place(span);
        let (source, lines) = match &self.ground {
            Ground::Itself(lines) => (&self.text, lines),
            Ground::Markup { source, lines, .. } => (source, lines),
            Ground::Office(document) => {
                let [start, end] = [span.start, span.end].map(|offset| document.lines.line_column_in(&self.text, offset, unit));
                return FilePlace { bytes: span, start, end, run: document.run(span.start) };
            }
        };
        let [start, end] = [place.start, place.end].map(|offset| lines.line_column_in(source, offset, unit));
        FilePlace { bytes: place.shifted(offset), start, end, run: None }
    }

    /// Returns where a place of the text lies in the [source text](Self::source_text).
    fn source_place(&self, span: Span) -> Span {
        match &self.ground {
            Ground::Markup { map, .. } => map.source(span),
            Ground::Itself(_) | Ground::Office(_) => span,
        }
    }

    /// Returns the bytes of the whole file with changes of its text, which stand in order and do not overlap. All else stays
    /// byte for byte: encoding, byte order mark, line ends, markup; in an archive all other entries as they are packed.
    pub fn with_changes(&self, changes: &[Change]) -> Result<Vec<u8>, ChangeError> {
        if !change::are_placed(changes, &self.text) {
            return Err(ChangeError::Misplaced { name: self.name.clone() });
        }
        match &self.ground {
            Ground::Itself(_) => self.encoded(&self.text).changed(changes),
            Ground::Markup { source, map, .. } => self.encoded(source).changed(&self.source_changes(source, map, changes)?),
            Ground::Office(document) => document.with_changes(&self.text, changes).map_err(|reason| match reason {
                NotWritten::OverBreak => ChangeError::OverBreak { name: self.name.clone() },
                NotWritten::Archive(reason) => ChangeError::Archive { name: self.name.clone(), reason },
            }),
        }
    }

    /// Returns how a text has to be written in the file to stand in the [place](Self::place) of another, for those who put it
    /// there themselves; `None` where that is not one place with nothing but read text in it.
    pub fn replacement<'t>(&self, span: Span, text: &'t str) -> Option<Cow<'t, str>> {
        match &self.ground {
            Ground::Itself(_) => self.is_read_on(span).then_some(Cow::Borrowed(text)),
            Ground::Markup { map, .. } => map.is_one_place(span).then(|| Cow::Owned(self.escaped(text))),
            Ground::Office(_) => {
                let change = Change { span, text: text.to_owned() };
                self.accepts(&change).then_some(Cow::Borrowed(text))
            }
        }
    }

    /// Returns whether nothing within a place is left out of the prose, as the signs of an emphasis are.
    fn is_read_on(&self, span: Span) -> bool {
        let at = self.blocks.partition_point(|block| block.last().is_some_and(|last| last.end < span.end));
        let Some(block) = self.blocks.get(at) else { return true };
        let from = block.partition_point(|piece| piece.end <= span.start);
        let to = block.partition_point(|piece| piece.start < span.end);
        block[from..to.max(from)].windows(2).all(|two| two[0].end == two[1].start)
    }

    /// Returns whether a change can be written: it goes over no break that stands for text.
    pub fn accepts(&self, change: &Change) -> bool {
        match &self.ground {
            Ground::Itself(_) => true,
            Ground::Markup { map, .. } => map.edits(&self.text, change).is_some(),
            Ground::Office(document) => document.accepts(&self.text, change),
        }
    }

    /// Reads other bytes of the same file as this one was read.
    pub fn reread(&self, bytes: Vec<u8>) -> Result<Self, ReadError> {
        let encoding = self.encoding.map(|encoding| encoding.encoding.name());
        let source = TextSource::from_bytes(&self.name, bytes);
        Self::read(&self.name, source, Some(self.format), encoding)
    }

    /// Returns the text of the file, markup included; of an office document the text that is read.
    pub fn source_text(&self) -> &str {
        match &self.ground {
            Ground::Markup { source, .. } => source,
            Ground::Itself(_) | Ground::Office(_) => &self.text,
        }
    }

    fn encoded<'f>(&'f self, text: &'f str) -> Encoded<'f> {
        let references = self.format == DraftFormat::Html;
        Encoded { name: &self.name, text, raw: self.raw.as_deref(), encoding: self.encoding, references }
    }

    /// Returns a text as the markup of the file has to write it.
    fn escaped(&self, text: &str) -> String {
        if self.format == DraftFormat::Srt { text.to_owned() } else { reference::escaped(text) }
    }

    fn source_changes(&self, source: &str, map: &TextMap, changes: &[Change]) -> Result<Vec<Change>, ChangeError> {
        let over_break = || ChangeError::OverBreak { name: self.name.clone() };
        let mut source_changes = Vec::new();
        for change in changes {
            let edits = map.edits(&self.text, change).ok_or_else(over_break)?;
            source_changes.extend(edits.into_iter().map(|edit| Change { span: edit.source, text: self.escaped(&edit.text) }));
        }
        if change::are_placed(&source_changes, source) { Ok(source_changes) } else { Err(over_break()) }
    }

    /// Returns the text of the file with blanks in the place of its markup: what is read and what its comments say, each where
    /// it stands in the file.
    pub fn commented_text(&self) -> Cow<'_, str> {
        match &self.ground {
            Ground::Markup { source, map, comments, .. } => {
                let kept = map.stretches.iter().map(|stretch| stretch.source).chain(comments.iter().copied());
                Cow::Owned(blanked(source, kept))
            }
            Ground::Itself(_) | Ground::Office(_) => Cow::Borrowed(&self.text),
        }
    }

    /// Returns what is read of a place of the [source text](Self::source_text); an empty place where nothing is.
    pub fn read_place(&self, source: Span) -> Span {
        match &self.ground {
            Ground::Markup { map, .. } => map.text(source),
            Ground::Itself(_) | Ground::Office(_) => source,
        }
    }

    /// Returns the paragraphs of the text without markup, an empty line between them.
    pub fn plain_text(&self) -> Cow<'_, str> {
        prose::plain_text(&self.text, self.format)
    }
}

/// Puts a blank in the place of each byte of a text that lies in none of some places, but for the ends of lines.
fn blanked(text: &str, kept: impl Iterator<Item = Span>) -> String {
    let blank = |c: char| if matches!(c, '\n' | '\r') { c } else { ' ' };
    let mut places: Vec<Span> = kept.collect();
    places.sort();
    let mut blanked = String::with_capacity(text.len());
    for place in places.into_iter().chain([Span::new(text.len(), text.len())]) {
        let from = blanked.len();
        for c in text[from..place.start.max(from)].chars() {
            blanked.extend(std::iter::repeat_n(blank(c), c.len_utf8()));
        }
        blanked.push_str(&text[blanked.len()..place.end.max(blanked.len())]);
    }
    blanked
}

/// So much of a file tells its format.
const BEGINNING: usize = 4096;

/// Reads the text out of markup; `None` for formats that are read as they stand.
fn transcript(source: &str, format: DraftFormat) -> Option<Transcript> {
    match format {
        DraftFormat::Html => Some(html::read(source)),
        DraftFormat::Srt => Some(subtitles::read(source, SubtitleFormat::Srt)),
        DraftFormat::Vtt => Some(subtitles::read(source, SubtitleFormat::Vtt)),
        _ => None,
    }
}

/// Tells the encoding; a guess gives way to what a page says of itself.
fn detect(
    source: &mut TextSource,
    format: DraftFormat,
    beginning: &[u8],
    named: Option<&str>,
) -> Result<FileEncoding, ReadError> {
    let encoding = source.detect(named);
    let guessed = encoding.as_ref().map_or(true, |encoding| encoding.guessed);
    match html::declared_encoding(beginning).filter(|_| guessed && format == DraftFormat::Html && named.is_none()) {
        Some(declared) => source.detect(Some(&declared)).or(encoding),
        None => encoding,
    }
}
