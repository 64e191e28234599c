//! Where the units and the texts of the lanes of a container stand in their page: all units, then all texts.

use std::ops::Range;

use crate::memory::run::shape::RunShape;
use crate::memory::run::{CONTAINER, UnitRow};
use crate::text::characters::Width;

/// Bytes of the number of a unit.
const UNIT: usize = size_of::<UnitRow>();

/// Where the lanes of a container stand in its page.
#[derive(Clone, Debug, Default)]
pub struct LaneDirectory {
    places: Box<[Places]>,
    lanes: usize,
    end: usize,
}

/// Where lanes side by side have their texts, each of which takes the same room.
#[derive(Clone, Copy, Debug)]
struct Places {
    first: usize,
    start: usize,
    each: usize,
    width: Width,
}

impl LaneDirectory {
    /// Returns where the lanes of a container of a run stand.
    pub fn of(shape: &RunShape, container: usize) -> Self {
        let first = container * CONTAINER;
        let lanes = CONTAINER.min(shape.lanes().saturating_sub(first));
        let mut end = UNIT * lanes;
        let places = shape.stretches_of(first..first + lanes).map(|(stretch, own)| {
            let places = Places { first: own.start - first, start: end, each: stretch.text_bytes(), width: stretch.width };
            end = end.saturating_add(places.each.saturating_mul(own.len()));
            places
        });
        Self { places: places.collect(), lanes, end }
    }

    /// Returns the number of lanes.
    pub fn len(&self) -> usize {
        self.lanes
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lanes == 0
    }

    /// Returns where the number of the unit of a lane stands in the page.
    #[inline]
    pub fn unit_at(&self, lane: usize) -> Range<usize> {
        UNIT * lane..UNIT * (lane + 1)
    }

    /// Returns where the text of a lane stands in the page, and its width.
    #[inline]
    pub fn text_at(&self, lane: usize) -> (Range<usize>, Width) {
        let at = self.places.partition_point(|places| places.first <= lane).saturating_sub(1);
        let Some(places) = self.places.get(at) else { return (0..0, Width::One) };
        let start = places.start.saturating_add(places.each.saturating_mul(lane - places.first));
        (start..start.saturating_add(places.each), places.width)
    }

    /// Returns where the units and the texts of some lanes stand in the page, of those that there are.
    pub fn lanes_at(&self, lanes: Range<usize>) -> (Range<usize>, Range<usize>) {
        let (first, end) = (lanes.start.min(self.lanes), lanes.end.min(self.lanes));
        let text = |lane: usize| if lane < self.lanes { self.text_at(lane).0.start } else { self.end };
        (UNIT * first..UNIT * end, text(first)..text(end))
    }

    /// Returns the length of the page.
    pub fn page_length(&self) -> usize {
        self.end
    }
}
