//! Lines and columns for people, from byte offsets.

/// A place as a reader counts it: line and column from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

/// The line starts of one text. Lines end with `\n`, `\r\n` or a lone `\r`.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
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
        Self { starts }
    }

    /// Returns the place of byte `offset` of `text`, the text this index was made from.
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        LineColumn { line, column: text[start..offset].chars().count() + 1 }
    }

    /// Returns where the line of byte `offset` begins.
    pub fn line_start(&self, offset: usize) -> usize {
        self.starts[self.starts.partition_point(|start| *start <= offset) - 1]
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
    fn columns_count_scalar_values() {
        let text = "가나\r\n다 漢😀字\n";
        let index = LineIndex::new(text);
        let at = text.find('字').unwrap();
        assert_eq!(index.line_column(text, at), LineColumn { line: 2, column: 5 });
    }
}
