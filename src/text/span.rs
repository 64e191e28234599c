//! A place in a text.

use std::ops::Range;

/// A half-open range of bytes in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// Returns the span from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Returns the text at this place.
    ///
    /// # Panics
    /// Where the span does not lie on character boundaries of `text`; every span of this crate is made from the text it
    /// is used with.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Returns whether the two places share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns whether `other` lies within this place.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns the number of bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Returns whether the place is between two bytes.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns the same place in a text that begins `offset` bytes earlier.
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start + offset, self.end + offset)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}
