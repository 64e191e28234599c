//! A document that an editor has open: its text, kept as the editor has it, change by change.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::exchange::draft_file::DraftFile;
use crate::exchange::prose::DraftFormat;
use crate::server::lsp::position::{Lines, Position, PositionEncoding};
use crate::server::lsp::protocol::{ContentChange, TextDocumentItem};
use crate::server::lsp::uri;

/// An open document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its address.
    pub uri: String,
    /// Where it lies, for the settings that are in force there; a document that lies nowhere is taken to be in the folder that
    /// the editor works in.
    pub path: PathBuf,
    /// How it is marked up.
    pub format: DraftFormat,
    /// The number of its state.
    pub version: Option<i32>,
    /// Counts its states within this server: also after a document has been closed and opened, and when what it is checked with
    /// has changed.
    pub turn: u64,
    text: Arc<String>,
    lines: Arc<Lines>,
}

impl Document {
    /// Takes a document that is opened; `root` is the folder that the editor works in.
    pub fn open(item: TextDocumentItem, root: Option<&Path>, turn: u64) -> Self {
        let TextDocumentItem { uri, language_id, version, text } = item;
        let name = uri::file_name(&uri);
        let path = uri::file_path(&uri).unwrap_or_else(|| root.unwrap_or(Path::new("")).join(&name));
        let format = format(&language_id, &name);
        let lines = Arc::new(Lines::of(&text));
        Self { uri, path, format, version, turn, text: Arc::new(text), lines }
    }

    /// Makes a change. A range outside of the text is brought inside, one with its ends exchanged is turned.
    pub fn change(&mut self, change: ContentChange, encoding: PositionEncoding) {
        match change.range {
            None => self.text = Arc::new(change.text),
            Some(range) => {
                let [start, end] = [range.start, range.end].map(|place| self.offset(place, encoding));
                Arc::make_mut(&mut self.text).replace_range(start.min(end)..start.max(end), &change.text);
            }
        }
        self.lines = Arc::new(Lines::of(&self.text));
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the byte at a place.
    pub fn offset(&self, place: Position, encoding: PositionEncoding) -> usize {
        self.lines.offset(&self.text, place, encoding)
    }

    /// Returns the place of a byte.
    pub fn position(&self, offset: usize, encoding: PositionEncoding) -> Position {
        self.lines.position(&self.text, offset, encoding)
    }

    /// Returns where the line of a byte begins.
    pub fn line_start(&self, offset: usize) -> usize {
        self.lines.line_start(offset)
    }

    /// Returns the draft that it holds.
    pub fn draft(&self) -> DraftFile {
        DraftFile::of_text(self.path.display().to_string(), self.text.as_str(), self.format)
    }
}

/// Tells how a document is marked up: the editor's word counts, and the name where the word says little.
fn format(language_id: &str, name: &str) -> DraftFormat {
    let named = DraftFormat::known_by_name(name).filter(|format| !format.is_archive());
    match language_id {
        "markdown" => DraftFormat::Markdown,
        "html" | "xhtml" => DraftFormat::Html,
        "plaintext" | "text" => {
            named.filter(|format| matches!(format, DraftFormat::Srt | DraftFormat::Vtt)).unwrap_or_default()
        }
        _ => named.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::lsp::position::Range;
    use proptest::prelude::*;

    fn opened(uri: &str, language_id: &str, text: &str) -> Document {
        let (uri, language_id, text) = (uri.to_owned(), language_id.to_owned(), text.to_owned());
        Document::open(TextDocumentItem { uri, language_id, version: Some(1), text }, Some(Path::new("/desk")), 1)
    }

    #[test]
    fn the_word_of_the_editor_tells_the_format_and_then_the_name() {
        for (uri, language, format, path) in [
            ("file:///a/b.txt", "markdown", DraftFormat::Markdown, "/a/b.txt"),
            ("file:///a/b.md", "plaintext", DraftFormat::Plain, "/a/b.md"),
            ("file:///a/b.srt", "plaintext", DraftFormat::Srt, "/a/b.srt"),
            ("file:///a/b.md", "", DraftFormat::Markdown, "/a/b.md"),
            ("file:///a/b.docx", "", DraftFormat::Plain, "/a/b.docx"),
            ("untitled:Untitled-1", "html", DraftFormat::Html, "/desk/Untitled-1"),
        ] {
            let document = opened(uri, language, "");
            assert_eq!((document.format, document.path.as_path()), (format, Path::new(path)), "{uri}");
        }
    }

    /// What an editor has that keeps its text in units of UTF-16: a twin that shares nothing with the document.
    struct Editor(Vec<u16>);

    impl Editor {
        /// Returns where each line begins and ends, without what ends it.
        fn lines(&self) -> Vec<(usize, usize)> {
            let (mut lines, mut start, mut at) = (Vec::new(), 0, 0);
            while at < self.0.len() {
                let unit = self.0[at];
                let length = if unit == 13 && self.0.get(at + 1) == Some(&10) { 2 } else { 1 };
                if unit == 10 || unit == 13 {
                    lines.push((start, at));
                    start = at + length;
                }
                at += length;
            }
            lines.push((start, self.0.len()));
            lines
        }

        fn unit_at(&self, place: Position) -> usize {
            let lines = self.lines();
            let Some((start, end)) = lines.get(place.line as usize) else { return self.0.len() };
            let unit = (start + place.character as usize).min(*end);
            let within = unit > *start && unit < *end && (0xDC00..0xE000).contains(&self.0[unit]);
            if within { unit - 1 } else { unit }
        }

        fn change(&mut self, range: Range, text: &str) {
            let (start, end) = (self.unit_at(range.start), self.unit_at(range.end));
            self.0.splice(start.min(end)..start.max(end), text.encode_utf16());
        }
    }

    fn place() -> impl Strategy<Value = Position> {
        (0..6u32, 0..14u32).prop_map(|(line, character)| Position { line, character })
    }

    proptest! {
        #[test]
        fn changes_leave_the_text_that_an_editor_has(
            text in "[a-c가-깋漢-濶😀𠮷\r\n]{0,60}",
            changes in proptest::collection::vec((place(), place(), "[a가😀𠮷\r\n]{0,4}"), 0..20),
        ) {
            let mut document = opened("file:///a.txt", "plaintext", &text);
            let mut editor = Editor(text.encode_utf16().collect());
            for (start, end, text) in changes {
                let range = Range { start, end };
                editor.change(range, &text);
                document.change(ContentChange { range: Some(range), text }, PositionEncoding::Utf16);
                prop_assert_eq!(document.text(), String::from_utf16(&editor.0).unwrap());
            }
            document.change(ContentChange { range: None, text: "all".into() }, PositionEncoding::Utf16);
            prop_assert_eq!(document.text(), "all");
        }
    }
}
