//! The shape of a run: which of its lanes have texts of which length and width.

use std::ops::Range;

use crate::memory::run::{CONTAINER, LEAST_WITH_ROWS};
use crate::text::characters::Width;

/// Which lanes have which length and width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunShape {
    stretches: Vec<Stretch>,
    lanes: u32,
}

/// Lanes side by side whose texts are of one size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The length of each text, in characters.
    pub length: u32,
    /// The width of its characters.
    pub width: Width,
    /// The first of the lanes.
    pub first: u32,
}

impl Stretch {
    /// Returns how many bytes a text takes.
    pub fn text_bytes(&self) -> usize {
        self.length as usize * self.width.bytes()
    }

    fn size(&self) -> (u32, Width) {
        (self.length, self.width)
    }
}

impl RunShape {
    pub(super) fn of(sizes: impl Iterator<Item = (u32, Width)>) -> Self {
        let mut shape = Self::default();
        for (length, width) in sizes {
            if shape.stretches.last().is_none_or(|last| last.size() != (length, width)) {
                shape.stretches.push(Stretch { length, width, first: shape.lanes });
            }
            shape.lanes += 1;
        }
        shape
    }

    /// Returns the number of lanes.
    pub fn lanes(&self) -> usize {
        self.lanes as usize
    }

    /// Returns the number of containers.
    pub fn containers(&self) -> usize {
        self.lanes().div_ceil(CONTAINER)
    }

    /// Returns whether the run has rows.
    pub fn has_rows(&self) -> bool {
        self.lanes() >= LEAST_WITH_ROWS
    }

    /// Returns the length of the longest text.
    pub fn longest(&self) -> Option<usize> {
        self.stretches.last().map(|last| last.length as usize)
    }

    /// Returns the lanes whose texts have these lengths.
    pub fn lanes_of(&self, lengths: Range<usize>) -> Range<usize> {
        let first = |length: usize| {
            let at = self.stretches.partition_point(|stretch| (stretch.length as usize) < length);
            self.stretches.get(at).map_or(self.lanes(), |stretch| stretch.first as usize)
        };
        first(lengths.start)..first(lengths.end)
    }

    /// Returns the stretches that some lanes stand in, each with those of the lanes that are its own.
    pub fn stretches_of(&self, lanes: Range<usize>) -> impl Iterator<Item = (&Stretch, Range<usize>)> {
        let from = self.stretches.partition_point(|stretch| stretch.first as usize <= lanes.start).saturating_sub(1);
        let ends = self.stretches[from..].iter().skip(1).map(|next| next.first as usize).chain([self.lanes()]);
        let own = move |(stretch, end): (_, usize)| {
            let stretch: &Stretch = stretch;
            (stretch, lanes.start.max(stretch.first as usize)..lanes.end.min(end))
        };
        self.stretches[from..].iter().zip(ends).map(own).take_while(|(_, lanes)| !lanes.is_empty())
    }

    /// Writes the shape: for each stretch its length with two bits for the width below, and its first lane.
    pub fn to_bytes(&self) -> Vec<u8> {
        let numbers = |stretch: &Stretch| [stretch.length << 2 | stretch.width.bytes().ilog2(), stretch.first];
        self.stretches.iter().flat_map(numbers).flat_map(u32::to_le_bytes).collect()
    }

    /// Reads a shape; `None` where the bytes are none.
    pub fn from_bytes(bytes: &[u8], lanes: usize) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks::<4>();
        let (pairs, odd) = numbers.as_chunks::<2>();
        let stretches = pairs.iter().map(|[size, first]| {
            let (size, first) = (u32::from_le_bytes(*size), u32::from_le_bytes(*first));
            Some(Stretch { length: size >> 2, width: *WIDTHS.get(size as usize & 3)?, first })
        });
        let stretches: Vec<Stretch> = stretches.collect::<Option<_>>()?;
        let ordered = stretches.windows(2).all(|pair| pair[0].size() < pair[1].size() && pair[0].first < pair[1].first);
        let bounded = lanes <= u16::MAX as usize * CONTAINER
            && stretches.first().is_none_or(|first| first.first == 0)
            && stretches.last().is_none_or(|last| (last.first as usize) < lanes);
        (rest.is_empty() && odd.is_empty() && ordered && bounded && stretches.is_empty() == (lanes == 0))
            .then_some(Self { stretches, lanes: lanes as u32 })
    }
}

/// The widths by the logarithm of their bytes.
const WIDTHS: [Width; 3] = [Width::One, Width::Two, Width::Four];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_shape_knows_the_sizes_of_its_lanes(
            mut sizes in proptest::collection::vec((0_u32..40, (0_usize..3).prop_map(|width| WIDTHS[width])), 0..200),
            range in 0_usize..40,
        ) {
            sizes.sort_unstable();
            let shape = RunShape::of(sizes.iter().copied());
            let bytes = shape.to_bytes();
            prop_assert_eq!(RunShape::from_bytes(&bytes, sizes.len()), Some(shape.clone()));
            let lanes = shape.lanes_of(range..range + 5);
            let inside: Vec<usize> = (0..sizes.len()).filter(|lane| (range..range + 5).contains(&(sizes[*lane].0 as usize))).collect();
            prop_assert_eq!(lanes.clone().collect::<Vec<_>>(), inside.clone());
            let own: Vec<_> = shape.stretches_of(lanes).flat_map(|(stretch, lanes)| lanes.map(|_| stretch.size())).collect();
            prop_assert_eq!(own, inside.iter().map(|lane| sizes[*lane]).collect::<Vec<_>>());
        }

        #[test]
        fn a_damaged_shape_does_no_harm(bytes in proptest::collection::vec(0_u8.., 0..200), lanes in 0_usize..500) {
            let shape = RunShape::from_bytes(&bytes, lanes);
            prop_assert!(shape.is_none_or(|shape| shape.lanes() == lanes));
        }
    }
}
