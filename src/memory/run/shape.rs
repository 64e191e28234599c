//! The shape of a run: which of its lanes have which length.

use std::ops::Range;

use crate::memory::run::{CONTAINER, LEAST_WITH_ROWS};

/// Which lanes have which length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunShape {
    /// Each length with the first lane of it, in order.
    starts: Vec<(u32, u32)>,
    lanes: u32,
}

impl RunShape {
    pub(super) fn of(lengths: impl Iterator<Item = u32>) -> Self {
        let mut shape = Self::default();
        for length in lengths {
            if shape.starts.last().is_none_or(|(last, _)| *last != length) {
                shape.starts.push((length, shape.lanes));
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
        self.starts.last().map(|(length, _)| *length as usize)
    }

    /// Returns the lanes whose texts have these lengths.
    pub fn lanes_of(&self, lengths: Range<usize>) -> Range<usize> {
        let first = |length: usize| {
            let at = self.starts.partition_point(|(other, _)| (*other as usize) < length);
            self.starts.get(at).map_or(self.lanes(), |(_, lane)| *lane as usize)
        };
        first(lengths.start)..first(lengths.end)
    }

    /// Returns the length of each of these lanes.
    pub fn lane_lengths(&self, lanes: Range<usize>) -> impl Iterator<Item = usize> {
        let mut at = self.starts.partition_point(|(_, lane)| *lane as usize <= lanes.start).saturating_sub(1);
        lanes.map(move |lane| {
            while self.starts.get(at + 1).is_some_and(|(_, next)| *next as usize <= lane) {
                at += 1;
            }
            self.starts.get(at).map_or(0, |(length, _)| *length as usize)
        })
    }

    /// Returns the lengths of these lanes, each with the lanes that have it.
    pub fn lengths_of(&self, lanes: Range<usize>) -> impl Iterator<Item = (usize, Range<usize>)> {
        let from = self.starts.partition_point(|(_, lane)| *lane as usize <= lanes.start).saturating_sub(1);
        let ends = self.starts[from..].iter().skip(1).map(|(_, lane)| *lane as usize).chain([self.lanes()]);
        let of = move |((length, start), end): (&(u32, u32), usize)| {
            (*length as usize, lanes.start.max(*start as usize)..lanes.end.min(end))
        };
        self.starts[from..].iter().zip(ends).map(of).take_while(|(_, lanes)| !lanes.is_empty())
    }

    /// Writes the shape.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.starts.iter().flat_map(|(length, lane)| [length.to_le_bytes(), lane.to_le_bytes()]).flatten().collect()
    }

    /// Reads a shape; `None` where the bytes are none.
    pub fn from_bytes(bytes: &[u8], lanes: usize) -> Option<Self> {
        let (pairs, rest) = bytes.as_chunks::<8>();
        let number = |bytes: &[u8]| bytes.try_into().map(u32::from_le_bytes).unwrap_or_default();
        let starts: Vec<(u32, u32)> = pairs.iter().map(|pair| (number(&pair[..4]), number(&pair[4..]))).collect();
        let ordered = starts.windows(2).all(|pair| pair[0] < pair[1] && pair[0].1 < pair[1].1);
        let bounded = lanes <= u16::MAX as usize * CONTAINER
            && starts.first().is_none_or(|(_, lane)| *lane == 0)
            && starts.last().is_none_or(|(_, lane)| (*lane as usize) < lanes);
        (rest.is_empty() && ordered && bounded && starts.is_empty() == (lanes == 0))
            .then_some(Self { starts, lanes: lanes as u32 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_shape_knows_the_lengths_of_its_lanes(mut lengths in proptest::collection::vec(0_u32..40, 0..200), range in 0_usize..40) {
            lengths.sort_unstable();
            let shape = RunShape::of(lengths.iter().copied());
            let bytes = shape.to_bytes();
            prop_assert_eq!(RunShape::from_bytes(&bytes, lengths.len()), Some(shape.clone()));
            let lanes = shape.lanes_of(range..range + 5);
            let inside: Vec<usize> = (0..lengths.len()).filter(|lane| (range..range + 5).contains(&(lengths[*lane] as usize))).collect();
            prop_assert_eq!(lanes.clone().collect::<Vec<_>>(), inside.clone());
            let own: Vec<usize> = shape.lane_lengths(lanes.clone()).collect();
            prop_assert_eq!(&own, &inside.iter().map(|lane| lengths[*lane] as usize).collect::<Vec<_>>());
            let by_length: Vec<usize> =
                shape.lengths_of(lanes).flat_map(|(length, lanes)| lanes.map(move |_| length)).collect();
            prop_assert_eq!(by_length, own);
        }

        #[test]
        fn a_damaged_shape_does_no_harm(bytes in proptest::collection::vec(0_u8.., 0..200), lanes in 0_usize..500) {
            let shape = RunShape::from_bytes(&bytes, lanes);
            prop_assert!(shape.is_none_or(|shape| shape.lanes() == lanes));
        }
    }
}
