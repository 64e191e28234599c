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

/// Returns the lanes that lack at most so many of the rows.
pub fn lanes_lacking(rows: &[Either<'_>], count: Count, most: &Bounds) -> Bitmap {
    let lacking = Lacking { rows, count, most };
    match Arch::new() {
        // Registers that the compiler makes of those that every machine has.
        Arch::Scalar => Scalar256b.vectorize(lacking),
        arch => arch.dispatch(lacking),
    }
}

struct Lacking<'a> {
    rows: &'a [Either<'a>],
    count: Count,
    most: &'a Bounds,
}

impl WithSimd for Lacking<'_> {
    type Output = Bitmap;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Bitmap {
        let mut counts = Counts::new(self.rows.len(), self.most);
        let eights = self.rows.chunks(EIGHT).map(Eight::new);
        match self.count {
            Count::Each => eights.for_each(|eight| counts.add::<S, false>(simd, &eight)),
            Count::Apart => eights.for_each(|eight| counts.add::<S, true>(simd, &eight)),
        }
        counts.within_bounds()
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
        let first = std::array::from_fn(|row| rows.get(row).map_or(&[u8::MAX; BITMAP], |row| row.0));
        let second = std::array::from_fn(|row| rows.get(row).and_then(|row| row.1).unwrap_or(&[0; BITMAP]));
        Self { first, second, has_second: rows.iter().any(|row| row.1.is_some()) }
    }
}

/// The counts of all lanes of a container. Each begins so high that the last plane is set as soon as it is above its bound.
struct Counts {
    planes: [Bitmap; PLANES],
    /// Which plane is the last.
    last: usize,
    /// The lanes whose lack of the row before counts.
    broken: Bitmap,
}

impl Counts {
    #[inline(always)]
    fn new(rows: usize, most: &Bounds) -> Self {
        // The first three planes are always there.
        let last = ((usize::BITS - rows.leading_zeros()) as usize).clamp(3, PLANES - 1);
        let mut planes = [[0; BITMAP]; PLANES];
        let highest = (1 << last) - 1;
        for (word, most) in most.0.iter().enumerate() {
            let start = highest - most.min(&highest);
            for (bit, plane) in planes.iter_mut().enumerate().take(last) {
                plane.as_chunks_mut::<8>().0[word] = [0_u8.wrapping_sub((start >> bit & 1) as u8); 8];
            }
        }
        Self { planes, last, broken: [0; BITMAP] }
    }

    #[inline(always)]
    fn add<S: Simd, const APART: bool>(&mut self, simd: S, rows: &Eight<'_>) {
        if rows.has_second { self.add_rows::<S, APART, true>(simd, rows) } else { self.add_rows::<S, APART, false>(simd, rows) }
    }

    #[inline(always)]
    fn add_rows<S: Simd, const APART: bool, const SECOND: bool>(&mut self, simd: S, rows: &Eight<'_>) {
        let (first, second) = (rows.first.map(|row| S::as_simd_u8s(row).0), rows.second.map(|row| S::as_simd_u8s(row).0));
        let [ones, twos, fours, higher @ ..] = &mut self.planes[..=self.last] else { return };
        let [ones, twos, fours, broken] = [ones, twos, fours, &mut self.broken].map(|plane| S::as_mut_simd_u8s(plane).0);
        for at in 0..BITMAP / S::U8_LANES {
            let mut before = broken[at];
            let mut lacking = |row: usize| {
                let mut has = first[row][at];
                if SECOND {
                    has = simd.or_u8s(has, second[row][at]);
                }
                if APART {
                    has = simd.or_u8s(has, before);
                }
                before = simd.not_u8s(has);
                before
            };
            let (mut one, mut two, mut four) = (ones[at], twos[at], fours[at]);
            let a = carry(simd, &mut one, lacking(0), lacking(1));
            let b = carry(simd, &mut one, lacking(2), lacking(3));
            let c = carry(simd, &mut two, a, b);
            let a = carry(simd, &mut one, lacking(4), lacking(5));
            let b = carry(simd, &mut one, lacking(6), lacking(7));
            let d = carry(simd, &mut two, a, b);
            let mut carried = carry(simd, &mut four, c, d);
            (ones[at], twos[at], fours[at]) = (one, two, four);
            if APART {
                broken[at] = before;
            }
            for plane in higher.iter_mut() {
                let plane = &mut S::as_mut_simd_u8s(plane).0[at];
                let both = simd.and_u8s(*plane, carried);
                *plane = simd.xor_u8s(*plane, carried);
                carried = both;
            }
        }
    }

    /// Returns the lanes whose count is not above its bound.
    #[inline(always)]
    fn within_bounds(&self) -> Bitmap {
        self.planes[self.last].map(|above| !above)
    }
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
        ) {
            let rows: Vec<(Bitmap, Bitmap)> = seeds.iter().map(|seed| (noise(*seed), noise(seed / 3))).collect();
            // At the end of a text the grams stand in one half only.
            let two = |row: usize| row % 16 < 11;
            let rows: Vec<Either<'_>> =
                rows.iter().enumerate().map(|(row, (one, other))| (one, two(row).then_some(other))).collect();
            let most = Bounds(bounds.clone().try_into().unwrap());
            let each = lanes_lacking(&rows, Count::Each, &most);
            let apart = lanes_lacking(&rows, Count::Apart, &most);
            for (count, lanes) in [(Count::Each, each), (Count::Apart, apart)] {
                let everywhere = Scalar256b.vectorize(Lacking { rows: &rows, count, most: &most });
                prop_assert!(everywhere == lanes, "{count:?}");
            }
            for lane in 0..CONTAINER {
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

    fn noise(seed: u64) -> Bitmap {
        let mut state = seed | 1;
        std::array::from_fn(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as u8 & (state >> 50) as u8
        })
    }
}
