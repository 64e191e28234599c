//! Which pairs of places in two texts are looked at: all of them in short texts, the neighbourhood of a chain of anchors in
//! long ones, so that the work grows with the length and not with its square.

use std::ops::RangeInclusive;

use crate::memory::align::anchor::{self, Anchor};
use crate::memory::align::field::Field;

/// For each number of source sentences that are done, the numbers of target sentences that may be done.
#[derive(Clone, Debug)]
pub struct Corridor {
    rows: Vec<(usize, usize)>,
}

/// Texts with no more pairs than this are looked at as a whole.
const SMALL: usize = 40 * 40;
/// Between two anchors that enclose no more pairs than this, all of them are looked at.
const SMALL_GAP: usize = 14 * 14;
/// How far the corridor reaches on either side of an anchor.
const MARGIN: usize = 8;
/// Without anchors, the path may leave the straight line by a share of the length, but by no more than the most.
const SLACK: usize = 8;
const MOST_SLACK: usize = 150;

impl Corridor {
    /// Lays a corridor through two texts of so many sentences.
    pub fn new(field: &Field, sources: usize, targets: usize) -> Self {
        if sources * targets <= SMALL {
            return Self { rows: vec![(0, targets); sources + 1] };
        }
        Self::along(&anchor::chain(field, sources, targets), sources, targets)
    }

    fn along(anchors: &[Anchor], sources: usize, targets: usize) -> Self {
        let mut rows = vec![(usize::MAX, 0); sources + 1];
        let mut from = Anchor { source: 0, target: 0 };
        let end = Anchor { source: sources, target: targets };
        for to in anchors.iter().copied().chain([end]) {
            widen(&mut rows, from, to, targets);
            from = to;
        }
        let corridor = Self { rows };
        corridor.monotone()
    }

    /// Makes the lower bounds and the upper bounds rise with the rows.
    fn monotone(mut self) -> Self {
        let mut highest = 0;
        for (_, high) in &mut self.rows {
            highest = highest.max(*high);
            *high = highest;
        }
        let mut lowest = usize::MAX;
        for (low, _) in self.rows.iter_mut().rev() {
            lowest = lowest.min(*low);
            *low = lowest;
        }
        self
    }

    /// Returns the target places of a source place.
    pub fn row(&self, source: usize) -> RangeInclusive<usize> {
        self.rows[source].0..=self.rows[source].1
    }

    /// Returns how many source places there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
}

/// Widens the rows between two anchors, and a margin around them, to hold the ways from one to the other.
fn widen(rows: &mut [(usize, usize)], from: Anchor, to: Anchor, targets: usize) {
    let (down, across) = (to.source - from.source, to.target - from.target);
    let whole = down * across <= SMALL_GAP;
    let slack = MARGIN + ((down + across) / SLACK).min(MOST_SLACK);
    let first = from.source.saturating_sub(MARGIN);
    let last = (to.source + MARGIN).min(rows.len() - 1);
    for (source, row) in rows.iter_mut().enumerate().take(last + 1).skip(first) {
        let (low, high) = if whole {
            (from.target.saturating_sub(MARGIN), to.target + MARGIN)
        } else {
            let done = source.clamp(from.source, to.source) - from.source;
            let straight = from.target + across * done / down.max(1);
            (straight.saturating_sub(slack), straight + slack)
        };
        *row = (row.0.min(low), row.1.max(high.min(targets)));
    }
}
