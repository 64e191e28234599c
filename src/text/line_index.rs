//! Lines and columns for people, from byte offsets.

/// A place as a reader counts it: line and column from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

/// What a column is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnUnit {
    /// Unicode scalar values.
    Character,
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16.
    Utf16,
}

/// The line starts of one text. Lines end with `\n`, `\r\n` or a lone `\r`.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// How much of the text begins before each stretch of [`STRETCH`] bytes: a line may be as long as the text.
    marks: Vec<Mark>,
}

/// After so many bytes the characters are counted anew.
const STRETCH: usize = 1 << 10;

/// How many characters begin before a place, and how many of them take two units of UTF-16.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Mark {
    characters: usize,
    pairs: usize,
}

impl Mark {
    /// Returns the counts behind some more bytes: a character begins with its first byte, and only those of four have two units.
    fn beyond(self, bytes: &[u8]) -> Self {
        let characters = bytes.iter().filter(|byte| !(0x80..0xC0).contains(*byte)).count();
        let pairs = bytes.iter().filter(|byte| **byte >= 0xF0).count();
        Self { characters: self.characters + characters, pairs: self.pairs + pairs }
    }
}

impl LineIndex {
    /// Reads the line starts of `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(at + 1);
            }
        }
        Self::with_starts(text, starts)
    }

    /// Takes the places where the lines of `text` begin; the first one begins with the text.
    pub fn with_starts(text: &str, mut starts: Vec<usize>) -> Self {
        match starts.first_mut() {
            Some(first) => *first = 0,
            None => starts.push(0),
        }
        let stretches = text.as_bytes().chunks(STRETCH).scan(Mark::default(), |mark, stretch| {
            let before = *mark;
            *mark = mark.beyond(stretch);
            Some(before)
        });
        Self { starts, marks: stretches.collect() }
    }

    /// Returns the place of byte `offset` of `text`, the text this index was made from.
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        self.line_column_in(text, offset, ColumnUnit::Character)
    }

    /// Returns the place of byte `offset` of `text`, the column in some unit.
    pub fn line_column_in(&self, text: &str, offset: usize, unit: ColumnUnit) -> LineColumn {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let (from, to) = (self.mark(text, start), self.mark(text, offset));
        let characters = to.characters - from.characters;
        let before = match unit {
            ColumnUnit::Character => characters,
            ColumnUnit::Utf8 => offset - start,
            ColumnUnit::Utf16 => characters + to.pairs - from.pairs,
        };
        LineColumn { line, column: before + 1 }
    }

    /// Returns how much of the text begins before a byte.
    fn mark(&self, text: &str, offset: usize) -> Mark {
        let stretch = offset / STRETCH;
        match self.marks.get(stretch) {
            Some(mark) => mark.beyond(&text.as_bytes()[stretch * STRETCH..offset]),
            // The text ends where a stretch would begin.
            None => {
                self.marks.last().copied().unwrap_or_default().beyond(&text.as_bytes()[offset.saturating_sub(STRETCH)..offset])
            }
        }
    }

    /// Returns the byte offset of a place, or `None` where the text has no such line or column.
    pub fn offset(&self, text: &str, place: LineColumn) -> Option<usize> {
        let start = *self.starts.get(place.line.checked_sub(1)?)?;
        let end = self.starts.get(place.line).copied().unwrap_or(text.len());
        let line = &text[start..end];
        let mut columns = line.char_indices().map(|(at, _)| at).chain([line.len()]);
        columns.nth(place.column.checked_sub(1)?).map(|at| start + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_two_directions_are_inverses(text in "[a-c가-깋漢-濶😀\r\n]{0,40}") {
            let index = LineIndex::new(&text);
            for (offset, _) in text.char_indices() {
                let place = index.line_column(&text, offset);
                prop_assert_eq!(index.offset(&text, place), Some(offset));
            }
        }
    }

    #[test]
    fn columns_are_counted_in_each_unit() {
        let text = "가나\r\n다 漢😀字\n";
        let index = LineIndex::new(text);
        let at = text.find('字').unwrap();
        for (unit, column) in [(ColumnUnit::Character, 5), (ColumnUnit::Utf8, 12), (ColumnUnit::Utf16, 6)] {
            assert_eq!(index.line_column_in(text, at, unit), LineColumn { line: 2, column });
        }
    }

    #[test]
    fn long_lines_are_counted_from_their_beginning() {
        for letters in ["a", "가", "漢😀", "é字b\n", "\r"] {
            let text = letters.repeat(STRETCH);
            let index = LineIndex::new(&text);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]).step_by(61) {
                let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
                let line = &text[start..at];
                assert_eq!(index.line_column(&text, at).column, line.chars().count() + 1, "{letters} {at}");
                let units = index.line_column_in(&text, at, ColumnUnit::Utf16).column;
                assert_eq!(units, line.encode_utf16().count() + 1, "{letters} {at}");
            }
            let end = index.line_column(&text, text.len());
            assert_eq!(index.offset(&text, end), Some(text.len()));
        }
    }
}
