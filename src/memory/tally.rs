//! How many of some rows of bits are set in each lane: the count of each lane stands upright, a bit in each of several planes,
//! so that one addition serves 256 lanes (bit-sliced carry-save adders, as in Muła, Kurz and Lemire, "Faster population counts
//! using AVX2 instructions", 2018). The widest registers of the machine are used, whatever it was compiled for.

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

impl Bounds {
    /// The same number for all lanes.
    pub fn all(number: usize) -> Self {
        Self([bounded(number); WORDS])
    }

    /// Sets the number of the lanes of one word.
    pub fn set(&mut self, word: usize, number: usize) {
        self.0[word] = bounded(number);
    }
}

fn bounded(number: usize) -> u16 {
    number.min(usize::from(u16::MAX)) as u16
}

/// Four words of lanes.
type Lanes = [u64; 4];

/// A row that is set where either of two is.
pub type Either<'a> = (&'a Bitmap, &'a Bitmap);

/// Returns the lanes that have at least so many of the rows.
pub fn lanes_with(rows: &[Either<'_>], least: &Bounds) -> Bitmap {
    Arch::new().dispatch(With { rows, least })
}

/// Returns those of the lanes that lack at most so many of the rows, where of rows that follow each other only every second
/// one that is lacking counts.
pub fn lanes_lacking(rows: &[Either<'_>], most: &Bounds, among: &Bitmap) -> Bitmap {
    Arch::new().dispatch(Lacking { rows, most, among })
}

struct With<'a> {
    rows: &'a [Either<'a>],
    least: &'a Bounds,
}

impl NullaryFnOnce for With<'_> {
    type Output = Bitmap;

    #[inline(always)]
    fn call(self) -> Bitmap {
        let mut planes = Planes::new(self.rows.len());
        for rows in self.rows.chunks(TOGETHER) {
            for block in 0..BLOCKS {
                let mut lanes = [[0; 4]; TOGETHER];
                for (lanes, row) in lanes.iter_mut().zip(rows) {
                    *lanes = either(*row, block);
                }
                planes.add(block, &lanes);
            }
        }
        let mut lanes = [0; BITMAP];
        for (block, least) in self.least.0.as_chunks::<4>().0.iter().enumerate() {
            store(&mut lanes, block, planes.at_least(block, least));
        }
        lanes
    }
}

struct Lacking<'a> {
    rows: &'a [Either<'a>],
    most: &'a Bounds,
    among: &'a Bitmap,
}

impl NullaryFnOnce for Lacking<'_> {
    type Output = Bitmap;

    #[inline(always)]
    fn call(self) -> Bitmap {
        let mut planes = Planes::new(self.rows.len());
        let mut before = [[0_u64; 4]; BLOCKS];
        for rows in self.rows.chunks(TOGETHER) {
            for (block, before) in before.iter_mut().enumerate() {
                let mut lanes = [[0; 4]; TOGETHER];
                for (lanes, row) in lanes.iter_mut().zip(rows) {
                    let row = either(*row, block);
                    for lane in 0..4 {
                        before[lane] = !row[lane] & !before[lane];
                    }
                    *lanes = *before;
                }
                planes.add(block, &lanes);
            }
        }
        let mut lanes = [0; BITMAP];
        for (block, most) in self.most.0.as_chunks::<4>().0.iter().enumerate() {
            let mut too_many = *most;
            for most in &mut too_many {
                *most = most.saturating_add(1);
            }
            let too_many = planes.at_least(block, &too_many);
            let mut among = load(self.among, block);
            for lane in 0..4 {
                among[lane] &= !too_many[lane];
            }
            store(&mut lanes, block, among);
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

    /// Compares the counts of a block with a number for each word.
    #[inline(always)]
    fn at_least(&self, block: usize, least: &[u16; 4]) -> Lanes {
        let mut enough = [u64::MAX; 4];
        for (bit, plane) in self.planes.iter().enumerate().take(self.used) {
            let plane = &plane[block];
            for lane in 0..4 {
                let wanted = 0_u64.wrapping_sub(u64::from(least[lane] >> bit & 1));
                enough[lane] = wanted & plane[lane] & enough[lane] | !wanted & (plane[lane] | enough[lane]);
            }
        }
        for lane in 0..4 {
            if usize::from(least[lane]) > self.rows {
                enough[lane] = 0;
            }
        }
        enough
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
            let numbers = Bounds(bounds.clone().try_into().unwrap());
            let having = lanes_with(&rows, &numbers);
            let lacking = lanes_lacking(&rows, &numbers, &having);
            for lane in 0..CONTAINER {
                let is_set = |row: &Bitmap| row[lane / 8] >> (lane % 8) & 1 == 1;
                let has = |row: &Either<'_>| is_set(row.0) || is_set(row.1);
                let bound = usize::from(bounds[lane / 64]);
                prop_assert_eq!(is_set(&having), rows.iter().filter(|row| has(row)).count() >= bound, "lane {}", lane);
                let mut before = false;
                let lacks = rows.iter().filter(|row| {
                    before = !has(row) && !before;
                    before
                });
                prop_assert_eq!(is_set(&lacking), is_set(&having) && lacks.count() <= bound, "lane {}", lane);
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
