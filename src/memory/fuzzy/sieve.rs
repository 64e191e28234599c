//! The second sieve: which lanes of a container have enough of the query's grams in about the right places.

use std::ops::Range;

use bumpalo::Bump;

use crate::memory::gram::Halves;
use crate::memory::run::gram_row::{Piece, Row};
use crate::memory::run::{BITMAP, Bitmap};
use crate::memory::tally::{Bounds, Count, Either, Tally};

/// What the lanes of a container are held to.
#[derive(Default)]
pub(super) struct Limits {
    /// For each 64 lanes, how many grams of the query they lack at the most, each counted ...
    pub each: Bounds,
    /// ... and those apart.
    pub apart: Bounds,
    /// Which of the two counts leaves fewer lanes.
    pub sharper: Count,
    /// Where each gram of the query may stand.
    pub halves: Vec<Halves>,
}

impl Limits {
    fn most(&self, count: Count) -> &Bounds {
        match count {
            Count::Each => &self.each,
            Count::Apart => &self.apart,
        }
    }
}

/// Room for what a search reads of one run, kept from run to run and from search to search; none before the first.
#[derive(Default)]
pub struct Room {
    read: Bump,
    work: Work,
}

impl Room {
    /// Returns the room for the rows that are read of a run, empty, and that for what is made of one container.
    pub(super) fn for_run(&mut self) -> (&Bump, &mut Work) {
        if self.read.allocated_bytes() == 0 {
            self.read = Bump::with_capacity(READ);
        }
        self.read.reset();
        (&self.read, &mut self.work)
    }
}

/// What the rows of a sentence take in one run, in bytes: each room that it outgrew would have been cleared by the system in vain.
const READ: usize = 2 << 20;

/// Room for what is made of one container.
#[derive(Default)]
pub(super) struct Work {
    /// The bits of the rows that are not kept as bits.
    bits: Vec<Bitmap>,
    tally: Tally,
}

/// The rows of a query's grams in one run.
pub(super) struct Sieve<'a> {
    rows: Vec<Row<'a>>,
    /// The rows of each gram in the first and in the second half; `None` for a row that no lane has or that is not asked.
    grams: Vec<(Option<usize>, Option<usize>)>,
    work: &'a mut Work,
}

/// From so many lanes on a container is worth a second count.
const MANY_LANES: u32 = 384;
/// A row that no lane has.
const NO_LANE: &Bitmap = &[0; BITMAP];

impl<'a> Sieve<'a> {
    /// Makes a sieve of rows, and for each gram which of them are its own.
    pub fn new(rows: Vec<Row<'a>>, grams: Vec<(Option<usize>, Option<usize>)>, work: &'a mut Work) -> Self {
        work.bits.resize(work.bits.len().max(rows.len()), [0; BITMAP]);
        Self { rows, grams, work }
    }

    /// Returns those of some lanes of a container that may be near enough, with a few before and after them.
    pub fn lanes(&mut self, container: usize, own: Range<usize>, limits: &Limits) -> Bitmap {
        let Work { bits, tally } = &mut *self.work;
        let rows = either_rows(&self.grams, &limits.halves, &row_bits(&self.rows, container, bits));
        let mut lanes = *tally.lanes_lacking(&rows, limits.sharper, own.clone(), limits.most(limits.sharper));
        let words = lanes.as_chunks().0.iter().map(|word| u64::from_ne_bytes(*word));
        if words.map(u64::count_ones).sum::<u32>() >= MANY_LANES {
            let other = limits.sharper.other();
            let left = tally.lanes_lacking(&rows, other, own, limits.most(other));
            lanes.iter_mut().zip(left).for_each(|(lanes, left)| *lanes &= left);
        }
        lanes
    }
}

/// Returns the lanes of a container that have each row, those of which there are no bits in `room`.
fn row_bits<'r>(rows: &'r [Row<'_>], container: usize, room: &'r mut [Bitmap]) -> Vec<&'r Bitmap> {
    let mut room = room.iter_mut();
    let bits = |row: &'r Row<'_>| match row.piece(container) {
        Piece::Empty => NO_LANE,
        Piece::Bits(bits) => bits,
        piece => room.next().map_or(NO_LANE, |bits| {
            bits.fill(0);
            piece.expand(bits);
            bits
        }),
    };
    rows.iter().map(bits).collect()
}

/// Returns the lanes that have each gram where it may stand.
fn either_rows<'r>(grams: &[(Option<usize>, Option<usize>)], halves: &[Halves], bits: &[&'r Bitmap]) -> Vec<Either<'r>> {
    let of = |reached: bool, row: Option<usize>| row.filter(|_| reached).map(|row| bits[row]);
    let either = |((first, second), halves): (&(Option<usize>, Option<usize>), &Halves)| {
        let (first, second) = (of(halves.first, *first), of(halves.second, *second));
        let (one, other) = if first.is_some() { (first, second) } else { (second, None) };
        (one.unwrap_or(NO_LANE), other)
    };
    grams.iter().zip(halves).map(either).collect()
}
