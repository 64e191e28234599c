//! How many of some rows of bits are set in each lane: the count of each lane stands upright, a bit in each of several planes,
//! so that one addition serves 256 lanes (bit-sliced carry-save adders, as in Muła, Kurz and Lemire, "Faster population counts
//! using AVX2 instructions", 2018). The widest registers of the machine are used, whatever it was compiled for.

use std::ops::Range;

use pulp::{Arch, NullaryFnOnce};

use crate::memory::run::{BITMAP, Bitmap, CONTAINER};

/// The most rows that are counted together.
pub const MOST_ROWS: usize = (1 << PLANES) - 1;

/// How many planes a count has.
const PLANES: usize = 11;

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

/// Four words of lanes.
type Lanes = [u64; 4];

/// A row that is set where either of two is.
pub type Either<'a> = (&'a Bitmap, &'a Bitmap);

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
    Arch::new().dispatch(Lacking { rows, count, most })
}

struct Lacking<'a> {
    rows: &'a [Either<'a>],
    count: Count,
    most: &'a Bounds,
}

impl NullaryFnOnce for Lacking<'_> {
    type Output = Bitmap;

    #[inline(always)]
    fn call(self) -> Bitmap {
        let mut planes = Planes::new(self.rows.len());
        let mut before = [[0_u64; 4]; BLOCKS];
        let passed_over = 0_u64.wrapping_sub(u64::from(self.count == Count::Apart));
        for rows in self.rows.chunks(TOGETHER) {
            for (block, before) in before.iter_mut().enumerate() {
                let mut lanes = [[0; 4]; TOGETHER];
                for (lanes, row) in lanes.iter_mut().zip(rows) {
                    let row = either(*row, block);
                    for lane in 0..4 {
                        before[lane] = !(row[lane] | before[lane] & passed_over);
                    }
                    *lanes = *before;
                }
                planes.add(block, &lanes);
            }
        }
        let mut lanes = [0; BITMAP];
        for (block, most) in self.most.0.as_chunks::<4>().0.iter().enumerate() {
            store(&mut lanes, block, planes.at_most(block, most));
        }
        lanes
    }
}

/// How many rows are added at once: each is read along, so that the memory can keep up.
const TOGETHER: usize = 8;
/// Blocks of four words in a container.
const BLOCKS: usize = WORDS / 4;

/// The counts of all lanes of a container.
struct Planes {
    planes: [[Lanes; BLOCKS]; PLANES],
    /// How many planes the number of rows needs.
    used: usize,
    rows: usize,
}

impl Planes {
    #[inline(always)]
    fn new(rows: usize) -> Self {
        Self { planes: [[[0; 4]; BLOCKS]; PLANES], used: (usize::BITS - rows.leading_zeros()) as usize, rows }
    }

    /// Adds rows to the counts of a block.
    #[inline(always)]
    fn add(&mut self, block: usize, rows: &[Lanes; TOGETHER]) {
        let planes = &mut self.planes;
        let (mut ones, mut twos, mut fours) = (planes[0][block], planes[1][block], planes[2][block]);
        let a = add(&mut ones, rows[0], rows[1]);
        let b = add(&mut ones, rows[2], rows[3]);
        let c = add(&mut twos, a, b);
        let a = add(&mut ones, rows[4], rows[5]);
        let b = add(&mut ones, rows[6], rows[7]);
        let d = add(&mut twos, a, b);
        let mut carry = add(&mut fours, c, d);
        (planes[0][block], planes[1][block], planes[2][block]) = (ones, twos, fours);
        for plane in planes.iter_mut().take(self.used).skip(3) {
            let plane = &mut plane[block];
            for lane in 0..4 {
                let both = plane[lane] & carry[lane];
                plane[lane] ^= carry[lane];
                carry[lane] = both;
            }
        }
    }

    /// Returns the lanes of a block whose count is not above a number for each word.
    #[inline(always)]
    fn at_most(&self, block: usize, most: &[u16; 4]) -> Lanes {
        let mut below = [u64::MAX; 4];
        for (bit, plane) in self.planes.iter().enumerate().take(self.used) {
            let plane = &plane[block];
            for lane in 0..4 {
                let set = 0_u64.wrapping_sub(u64::from(most[lane] >> bit & 1));
                below[lane] = set & (!plane[lane] | below[lane]) | !set & !plane[lane] & below[lane];
            }
        }
        for lane in 0..4 {
            if usize::from(most[lane]) >= self.rows {
                below[lane] = u64::MAX;
            }
        }
        below
    }
}

#[inline(always)]
fn either((one, other): Either<'_>, block: usize) -> Lanes {
    let (mut one, other) = (load(one, block), load(other, block));
    for lane in 0..4 {
        one[lane] |= other[lane];
    }
    one
}

#[inline(always)]
fn load(row: &Bitmap, block: usize) -> Lanes {
    let (chunks, _) = row.as_chunks::<8>();
    let mut words = [0; 4];
    for word in 0..4 {
        words[word] = u64::from_le_bytes(chunks[4 * block % WORDS + word]);
    }
    words
}

#[inline(always)]
fn store(lanes: &mut Bitmap, block: usize, words: Lanes) {
    for (word, bits) in words.iter().enumerate() {
        let at = 32 * block + 8 * word;
        lanes[at..at + 8].copy_from_slice(&bits.to_le_bytes());
    }
}

/// Adds two rows of bits to a plane and returns what is carried over.
#[inline(always)]
fn add(plane: &mut Lanes, a: Lanes, b: Lanes) -> Lanes {
    let mut carry = [0; 4];
    for lane in 0..4 {
        let half = a[lane] ^ b[lane];
        carry[lane] = a[lane] & b[lane] | half & plane[lane];
        plane[lane] ^= half;
    }
    carry
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
            let rows: Vec<Either<'_>> = rows.iter().map(|(one, other)| (one, other)).collect();
            let most = Bounds(bounds.clone().try_into().unwrap());
            let each = lanes_lacking(&rows, Count::Each, &most);
            let apart = lanes_lacking(&rows, Count::Apart, &most);
            for lane in 0..CONTAINER {
                let is_set = |row: &Bitmap| row[lane / 8] >> (lane % 8) & 1 == 1;
                let lacks: Vec<bool> = rows.iter().map(|row| !is_set(row.0) && !is_set(row.1)).collect();
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
