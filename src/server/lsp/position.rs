//! Places in a document as the protocol counts them: lines and columns from 0.
//!
//! A line ends with `\n`, `\r\n` or a lone `\r`. What a column counts, the two sides agree on when they meet.

use memchr::memchr2_iter;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::exchange::draft_file::DraftFile;
use crate::text::line_index::{ColumnUnit, LineColumn};
use crate::text::span::Span;

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PositionEncoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16, as long as nothing else is agreed on.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A place between two characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// The line, from 0.
    pub line: u32,
    /// The column, from 0.
    pub character: u32,
}

/// A stretch of a document, half-open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
}

impl PositionEncoding {
    const NAMES: [(&'static str, Self); 3] = [("utf-8", Self::Utf8), ("utf-16", Self::Utf16), ("utf-32", Self::Utf32)];

    /// Returns the first that is known of those that a client offers.
    pub fn of_offer(offered: Option<&Value>) -> Self {
        let offered = offered.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let known = |name: &str| Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, encoding)| *encoding);
        offered.filter_map(known).next().unwrap_or_default()
    }

    /// Returns its name in the protocol.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, encoding)| *encoding == self).map_or("utf-16", |(name, _)| name)
    }

    /// Returns the bytes of a line before a column. One behind the end is the end, one within a character its beginning.
    fn bytes_before(self, line: &str, column: usize) -> usize {
        let width = match self {
            Self::Utf8 => return line.floor_char_boundary(column.min(line.len())),
            Self::Utf16 => char::len_utf16,
            Self::Utf32 => |_: char| 1,
        };
        let mut before = 0;
        let behind = line.char_indices().find(|(_, c)| {
            before += width(*c);
            before > column
        });
        behind.map_or(line.len(), |(at, _)| at)
    }

    fn unit(self) -> ColumnUnit {
        match self {
            Self::Utf8 => ColumnUnit::Utf8,
            Self::Utf16 => ColumnUnit::Utf16,
            Self::Utf32 => ColumnUnit::Character,
        }
    }

    /// Returns where a place of the text of a draft lies in its document.
    pub fn range(self, file: &DraftFile, span: Span) -> Range {
        let place = file.place_in(span, self.unit());
        Range { start: position(place.start), end: position(place.end) }
    }
}

fn position(place: LineColumn) -> Position {
    let [line, character] = [place.line, place.column].map(|number| u32::try_from(number - 1).unwrap_or(u32::MAX));
    Position { line, character }
}

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Reads the lines of a text.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr2_iter(b'\n', b'\r', bytes).filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        Self { starts: std::iter::once(0).chain(ends.map(|at| at + 1)).collect() }
    }

    /// Returns the byte at a place; the end of the text behind its last line, the end of a line behind its last column.
    pub fn offset(&self, text: &str, place: Position, encoding: PositionEncoding) -> usize {
        let Some(start) = self.starts.get(place.line as usize) else { return text.len() };
        let end = self.starts.get(place.line as usize + 1).copied().unwrap_or(text.len());
        let line = text[*start..end].trim_end_matches(['\n', '\r']);
        start + encoding.bytes_before(line, place.character as usize)
    }

    /// Returns the place of a byte.
    pub fn position(&self, text: &str, offset: usize, encoding: PositionEncoding) -> Position {
        let start = self.line_start(offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = &text[start..offset];
        let column = match encoding {
            PositionEncoding::Utf8 => before.len(),
            PositionEncoding::Utf16 => before.chars().map(char::len_utf16).sum(),
            PositionEncoding::Utf32 => before.chars().count(),
        };
        position(LineColumn { line: line + 1, column: column + 1 })
    }

    /// Returns where the line of a byte begins.
    pub fn line_start(&self, offset: usize) -> usize {
        self.starts[self.starts.partition_point(|start| *start <= offset) - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::prose::DraftFormat;
    use proptest::prelude::*;
    use serde_json::json;

    const ENCODINGS: [PositionEncoding; 3] = [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32];

    #[test]
    fn what_is_offered_first_and_known_is_taken() {
        for (offered, taken) in [
            (json!(["utf-7", "utf-8", "utf-16"]), "utf-8"),
            (json!(["utf-32"]), "utf-32"),
            (json!([]), "utf-16"),
            (json!("utf-8"), "utf-16"),
        ] {
            assert_eq!(PositionEncoding::of_offer(Some(&offered)).name(), taken);
        }
        assert_eq!(PositionEncoding::of_offer(None).name(), "utf-16");
    }

    #[test]
    fn places_outside_are_brought_inside() {
        let text = "a😀𠮷\r\n習b\rc";
        let lines = Lines::of(text);
        for (line, character, expected) in [(0, 9, 9), (1, 1, 14), (1, 9, 15), (2, 1, 17), (2, 7, 17), (3, 0, 17), (99, 0, 17)]
        {
            let place = Position { line, character };
            assert_eq!(lines.offset(text, place, PositionEncoding::Utf16), expected, "{place:?}");
        }
        // Within a pair of units, and within the bytes of a character.
        assert_eq!(lines.offset(text, Position { line: 0, character: 2 }, PositionEncoding::Utf16), 1);
        assert_eq!(lines.offset(text, Position { line: 0, character: 4 }, PositionEncoding::Utf8), 1);
        assert_eq!(lines.offset(text, Position { line: 0, character: 2 }, PositionEncoding::Utf32), 5);
    }

    proptest! {
        #[test]
        fn the_two_directions_are_inverses_and_agree_with_the_draft(text in "[a-c가-깋漢-濶😀𠮷\r\n]{0,40}") {
            let lines = Lines::of(&text);
            let file = DraftFile::of_text("a.txt", text.as_str(), DraftFormat::Plain);
            for (offset, c) in text.char_indices().chain([(text.len(), ' ')]) {
                for encoding in ENCODINGS {
                    let place = lines.position(&text, offset, encoding);
                    prop_assert_eq!(encoding.range(&file, Span::new(offset, offset)).start, place);
                    // No place lies between the two signs of a line end.
                    if !(c == '\n' && text[..offset].ends_with('\r')) {
                        prop_assert_eq!(lines.offset(&text, place, encoding), offset);
                    }
                }
            }
        }
    }
}
