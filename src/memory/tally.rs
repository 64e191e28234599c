//! How many of some rows of bits are set in each lane: the count of each lane stands upright, a bit in each of several planes,
//! so that one addition serves all lanes of a register (bit-sliced carry-save adders, as in Muła, Kurz and Lemire, "Faster
//! population counts using AVX2 instructions", 2018). The widest registers of the machine are used, whatever it was compiled for.

use std::ops::Range;

use pulp::{Arch, Scalar256b, Simd, WithSimd};

use crate::memory::run::{BITMAP, Bitmap, CONTAINER};

/// The most rows that are counted together.
pub const MOST_ROWS: usize = (1 << (PLANES - 1)) - 1;

/// How many planes a count has at the most, with the one that tells whether it is above its bound.
const PLANES: usize = 12;

/// Words of a container.
const WORDS: usize = CONTAINER / 64;

/// A number for each 64 lanes of a container.
#[derive(Clone, Debug)]
pub struct Bounds([u16; WORDS]);

impl Default for Bounds {
    fn default() -> Self {
        Self([0; WORDS])
    }
}

impl Bounds {
    /// Raises the numbers of the lanes of some words to a number, where they are lower.
    pub fn raise(&mut self, words: Range<usize>, number: usize) {
        let number = number.min(usize::from(u16::MAX)) as u16;
        self.0.iter_mut().take(words.end).skip(words.start).for_each(|own| *own = number.max(*own));
    }
}

/// A row, or two for one that is set where either of them is.
pub type Either<'a> = (&'a Bitmap, Option<&'a Bitmap>);

/// How the rows that a lane lacks are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Count {
    /// Each of them.
    #[default]
    Each,
    /// Of those that follow each other every second one.
    Apart,
}

impl Count {
    /// Returns the one of the two that this is not.
    pub fn other(self) -> Self {
        match self {
            Self::Each => Self::Apart,
            Self::Apart => Self::Each,
        }
    }
}

/// Counts rows, in the same room from container to container; none before the first.
#[derive(Default)]
pub struct Tally {
    planes: Vec<Bitmap>,
}

impl Tally {
    /// Returns those of some lanes of a container that lack at most so many of the rows, with a few before and after them.
    pub fn lanes_lacking(&mut self, rows: &[Either<'_>], count: Count, lanes: Range<usize>, most: &Bounds) -> &Bitmap {
        // The first three planes are always there.
        let last = ((usize::BITS - rows.len().leading_zeros()) as usize).clamp(3, PLANES - 1);
        self.planes.resize(PLANES + 1, [0; BITMAP]);
        let (planes, room) = self.planes.split_at_mut(last + 1);
        begin(planes, most);
        room[0].fill(0);
        let bytes = lanes.start / LINE * (LINE / 8)..(lanes.end.div_ceil(LINE) * (LINE / 8)).min(BITMAP);
        let lacking = Lacking { rows, count, counts: Counts { planes, broken: &mut room[0], bytes } };
        match Arch::new() {
            // Registers that the compiler makes of those that every machine has.
            Arch::Scalar => Scalar256b.vectorize(lacking),
            arch => arch.dispatch(lacking),
        }
        &self.planes[last]
    }
}

/// So many lanes are read from memory together.
const LINE: usize = 512;

/// Lets each count begin so high that the last plane is set as soon as it is above its bound.
fn begin(planes: &mut [Bitmap], most: &Bounds) {
    let Some((above, planes)) = planes.split_last_mut() else { return };
    above.fill(0);
    let highest = (1 << planes.len()) - 1;
    for (bit, plane) in planes.iter_mut().enumerate() {
        for (word, most) in plane.as_chunks_mut().0.iter_mut().zip(most.0) {
            let start = u64::from(highest - most.min(highest));
            *word = 0_u64.wrapping_sub(start >> bit & 1).to_ne_bytes();
        }
    }
}

struct Lacking<'a> {
    rows: &'a [Either<'a>],
    count: Count,
    counts: Counts<'a>,
}

impl WithSimd for Lacking<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        // Loops and functions that are always inlined: what a closure does is not sure to come into the wide registers.
        for rows in self.rows.chunks(EIGHT) {
            match self.count {
                Count::Each => self.counts.add::<S, false>(simd, &Eight::new(rows)),
                Count::Apart => self.counts.add::<S, true>(simd, &Eight::new(rows)),
            }
        }
        self.counts.turn();
    }
}

/// How many rows are added at once: each is read along, so that the memory can keep up.
const EIGHT: usize = 8;

/// Eight rows that are added at once, those that are missing filled up with such as no lane lacks.
struct Eight<'a> {
    first: [&'a Bitmap; EIGHT],
    second: [&'a Bitmap; EIGHT],
    /// Whether any of the second has a bit.
    has_second: bool,
}

impl<'a> Eight<'a> {
    #[inline(always)]
    fn new(rows: &[Either<'a>]) -> Self {
        let (mut first, mut second) = ([&[u8::MAX; BITMAP]; EIGHT], [&[0; BITMAP]; EIGHT]);
        let mut has_second = false;
        for (nth, row) in rows.iter().enumerate() {
            first[nth] = row.0;
            if let Some(row) = row.1 {
                second[nth] = row;
                has_second = true;
            }
        }
        Self { first, second, has_second }
    }
}

/// The counts of all lanes of a container.
struct Counts<'a> {
    planes: &'a mut [Bitmap],
    /// The lanes whose lack of the row before counts.
    broken: &'a mut Bitmap,
    /// Which bytes are counted, whole lines of them.
    bytes: Range<usize>,
}

impl Counts<'_> {
    #[inline(always)]
    fn add<S: Simd, const APART: bool>(&mut self, simd: S, rows: &Eight<'_>) {
        if rows.has_second { self.add_rows::<S, APART, true>(simd, rows) } else { self.add_rows::<S, APART, false>(simd, rows) }
    }

    #[inline(always)]
    fn add_rows<S: Simd, const APART: bool, const SECOND: bool>(&mut self, simd: S, rows: &Eight<'_>) {
        let bytes = &self.bytes;
        let length = bytes.len() / S::U8_LANES;
        let mut first: [&[S::u8s]; EIGHT] = [&[]; EIGHT];
        let mut second = first;
        for row in 0..EIGHT {
            first[row] = registers::<S>(rows.first[row], bytes);
            second[row] = registers::<S>(rows.second[row], bytes);
        }
        let [ones, twos, fours, higher @ ..] = &mut *self.planes else { return };
        let (ones, twos) = (registers_mut::<S>(ones, bytes), registers_mut::<S>(twos, bytes));
        let (fours, broken) = (registers_mut::<S>(fours, bytes), registers_mut::<S>(self.broken, bytes));
        for at in 0..length {
            let mut before = broken[at];
            let mut lacking = [before; EIGHT];
            for (row, lacking) in lacking.iter_mut().enumerate() {
                let mut has = first[row][at];
                if SECOND {
                    has = simd.or_u8s(has, second[row][at]);
                }
                if APART {
                    has = simd.or_u8s(has, before);
                }
                before = simd.not_u8s(has);
                *lacking = before;
            }
            let (mut one, mut two, mut four) = (ones[at], twos[at], fours[at]);
            let a = carry(simd, &mut one, lacking[0], lacking[1]);
            let b = carry(simd, &mut one, lacking[2], lacking[3]);
            let c = carry(simd, &mut two, a, b);
            let a = carry(simd, &mut one, lacking[4], lacking[5]);
            let b = carry(simd, &mut one, lacking[6], lacking[7]);
            let d = carry(simd, &mut two, a, b);
            let mut carried = carry(simd, &mut four, c, d);
            (ones[at], twos[at], fours[at]) = (one, two, four);
            if APART {
                broken[at] = before;
            }
            for plane in higher.iter_mut() {
                let plane = &mut registers_mut::<S>(plane, bytes)[at];
                let both = simd.and_u8s(*plane, carried);
                *plane = simd.xor_u8s(*plane, carried);
                carried = both;
            }
        }
    }

    /// Makes the last plane say whose count is not above its bound.
    #[inline(always)]
    fn turn(&mut self) {
        if let Some(last) = self.planes.last_mut() {
            last[self.bytes.clone()].iter_mut().for_each(|above| *above = !*above);
        }
    }
}

/// Returns some bytes as registers. All are of one length, which is seen here: nothing is checked for each of them then.
#[inline(always)]
fn registers<'a, S: Simd>(row: &'a Bitmap, bytes: &Range<usize>) -> &'a [S::u8s] {
    &S::as_simd_u8s(&row[bytes.start..bytes.end]).0[..bytes.len() / S::U8_LANES]
}

#[inline(always)]
fn registers_mut<'a, S: Simd>(row: &'a mut Bitmap, bytes: &Range<usize>) -> &'a mut [S::u8s] {
    &mut S::as_mut_simd_u8s(&mut row[bytes.start..bytes.end]).0[..bytes.len() / S::U8_LANES]
}

/// Adds two rows of bits to a plane and returns what is carried over.
#[inline(always)]
fn carry<S: Simd>(simd: S, plane: &mut S::u8s, a: S::u8s, b: S::u8s) -> S::u8s {
    let half = simd.xor_u8s(a, b);
    let carried = simd.or_u8s(simd.and_u8s(a, b), simd.and_u8s(half, *plane));
    *plane = simd.xor_u8s(*plane, half);
    carried
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn lanes_are_counted_as_one_by_one(
            seeds in proptest::collection::vec(0_u64.., 0..70),
            bounds in proptest::collection::vec(0_u16..70, WORDS),
            (start, length) in (0..CONTAINER, 1..=CONTAINER),
        ) {
            let rows: Vec<(Bitmap, Bitmap)> = seeds.iter().map(|seed| (noise(*seed), noise(seed / 3))).collect();
            // At the end of a text the grams stand in one half only.
            let two = |row: usize| row % 16 < 11;
            let rows: Vec<Either<'_>> =
                rows.iter().enumerate().map(|(row, (one, other))| (one, two(row).then_some(other))).collect();
            let most = Bounds(bounds.clone().try_into().unwrap());
            let mut tally = Tally::default();
            let lanes = start..CONTAINER.min(start + length);
            let each = *tally.lanes_lacking(&rows, Count::Each, lanes.clone(), &most);
            let apart = *tally.lanes_lacking(&rows, Count::Apart, lanes.clone(), &most);
            for (count, found) in [(Count::Each, each), (Count::Apart, apart)] {
                let (mut planes, mut broken) = ([[0; BITMAP]; PLANES], [0; BITMAP]);
                begin(&mut planes, &most);
                let counts = Counts { planes: &mut planes, broken: &mut broken, bytes: 0..BITMAP };
                Scalar256b.vectorize(Lacking { rows: &rows, count, counts });
                for byte in lanes.start.div_ceil(8)..lanes.end / 8 {
                    prop_assert_eq!(planes[PLANES - 1][byte], found[byte], "{:?}", count);
                }
                let outside = |lane: &usize| lane + LINE <= lanes.start || *lane >= lanes.end + LINE;
                prop_assert!((0..CONTAINER).filter(outside).all(|lane| found[lane / 8] >> (lane % 8) & 1 == 0));
            }
            for lane in lanes {
                let is_set = |row: &Bitmap| row[lane / 8] >> (lane % 8) & 1 == 1;
                let lacks: Vec<bool> = rows.iter().map(|row| !is_set(row.0) && !row.1.is_some_and(is_set)).collect();
                let bound = usize::from(bounds[lane / 64]);
                let all = lacks.iter().filter(|lacks| **lacks).count();
                prop_assert_eq!(is_set(&each), all <= bound, "lane {}", lane);
                let mut before = false;
                let lacking_apart = lacks.iter().filter(|lacks| {
                    before = **lacks && !before;
                    before
                });
                prop_assert_eq!(is_set(&apart), lacking_apart.count() <= bound, "lane {}", lane);
            }
        }
    }

    #[test]
    fn as_many_rows_as_there_may_be_are_counted() {
        let (none, even) = ([0; BITMAP], [0b0101_0101; BITMAP]);
        let rows: Vec<Either<'_>> = (0..MOST_ROWS).map(|row| (if row == 5 { &even } else { &none }, None)).collect();
        let mut most = Bounds::default();
        let bounds = [0, MOST_ROWS - 2, MOST_ROWS - 1, MOST_ROWS, usize::from(u16::MAX)];
        bounds.iter().enumerate().for_each(|(word, bound)| most.raise(word..word + 1, *bound));
        let mut tally = Tally::default();
        let lanes = tally.lanes_lacking(&rows, Count::Each, 0..LINE, &most);
        assert_eq!([0, 1, 2, 3, 4].map(|word| lanes[8 * word]), [0, 0, 0b0101_0101, u8::MAX, u8::MAX]);
        // Each even lane lacks 5 rows and 2,041 of them, of which 3 and 1,021 count.
        most.raise(5..6, 1_023);
        most.raise(6..7, 1_024);
        let lanes = tally.lanes_lacking(&rows, Count::Apart, 0..LINE, &most);
        assert_eq!([1, 5, 6].map(|word| lanes[8 * word]), [u8::MAX, 0, u8::MAX]);
    }

    fn noise(seed: u64) -> Bitmap {
        let mut state = seed | 1;
        std::array::from_fn(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as u8 & (state >> 50) as u8
        })
    }
}
