//! Where the texts of the lanes of a container stand in their page.

use std::ops::Range;

use crate::memory::run::CONTAINER;
use crate::text::characters::Width;

/// Where the texts of a container stand in its page.
#[derive(Clone, Debug, Default)]
pub struct LaneDirectory {
    widths: Box<[Width]>,
    starts: Box<[u32]>,
}

impl LaneDirectory {
    /// Reads the beginning of a page of `lengths.len()` lanes; `None` where it is none.
    pub fn new(beginning: &[u8], lengths: impl Iterator<Item = usize>) -> Option<Self> {
        let mut widths = Vec::with_capacity(CONTAINER);
        let mut lengths_kept = Vec::with_capacity(CONTAINER);
        for (byte, length) in beginning.iter().zip(lengths) {
            widths.push(match byte {
                1 => Width::One,
                2 => Width::Two,
                4 => Width::Four,
                _ => return None,
            });
            lengths_kept.push(length);
        }
        let mut at = 5 * widths.len() as u32;
        let mut starts = vec![at];
        for (width, length) in widths.iter().zip(lengths_kept) {
            at = at.checked_add(u32::try_from(length * width.bytes()).ok()?)?;
            starts.push(at);
        }
        Some(Self { widths: widths.into_boxed_slice(), starts: starts.into_boxed_slice() })
    }

    /// Returns the number of lanes.
    pub fn len(&self) -> usize {
        self.widths.len()
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.widths.is_empty()
    }

    /// Returns where the number of the unit of a lane stands in the page.
    pub fn unit_at(&self, lane: usize) -> Range<usize> {
        let start = self.widths.len() + 4 * lane;
        start..start + 4
    }

    /// Returns where the text of a lane stands in the page, and its width.
    pub fn text_at(&self, lane: usize) -> (Range<usize>, Width) {
        (self.starts[lane] as usize..self.starts[lane + 1] as usize, self.widths[lane])
    }

    /// Returns the length of the page.
    pub fn page_length(&self) -> usize {
        self.starts.last().map_or(0, |end| *end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_damaged_beginning_does_no_harm(bytes in proptest::collection::vec(0_u8..6, 0..200)) {
            let directory = LaneDirectory::new(&bytes, (0..bytes.len()).map(|lane| lane * 7919));
            prop_assert!(directory.is_none_or(|directory| directory.len() == bytes.len() && directory.page_length() >= 5 * bytes.len()));
        }
    }
}
