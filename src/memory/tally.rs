//! How many of some rows of bits are set in each lane: the count of each lane stands upright, a bit in each of several planes,
//! so that one addition serves 256 lanes (bit-sliced carry-save adders, as in Muła, Kurz and Lemire, "Faster population counts
//! using AVX2 instructions", 2018). The widest registers of the machine are used, whatever it was compiled for.

use pulp::{Arch, NullaryFnOnce};

use crate::memory::run::{BITMAP, CONTAINER};

/// A bit for each lane of a container.
pub type Bitmap = [u8; BITMAP];

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

/// Returns the lanes that have at least so many of the rows.
pub fn lanes_with(rows: &[&Bitmap], least: &Bounds) -> Bitmap {
    Arch::new().dispatch(With { rows, least })
}

/// Returns those of the lanes that lack at most so many of the rows, where of rows that follow each other only every second
/// one that is lacking counts.
pub fn lanes_lacking(rows: &[&Bitmap], most: &Bounds, among: &Bitmap) -> Bitmap {
    Arch::new().dispatch(Lacking { rows, most, among })
}

struct With<'a> {
    rows: &'a [&'a Bitmap],
    least: &'a Bounds,
}

impl NullaryFnOnce for With<'_> {
    type Output = Bitmap;

    #[inline(always)]
    fn call(self) -> Bitmap {
        let mut lanes = [0; BITMAP];
        for (block, least) in self.least.0.as_chunks::<4>().0.iter().enumerate() {
            if usize::from(least[0].min(least[1]).min(least[2]).min(least[3])) <= self.rows.len() {
                let counts = counts(Plain { rows: self.rows, block });
                store(&mut lanes, block, at_least(&counts, self.rows.len(), least));
            }
        }
        lanes
    }
}

struct Lacking<'a> {
    rows: &'a [&'a Bitmap],
    most: &'a Bounds,
    among: &'a Bitmap,
}

impl NullaryFnOnce for Lacking<'_> {
    type Output = Bitmap;

    #[inline(always)]
    fn call(self) -> Bitmap {
        let mut lanes = [0; BITMAP];
        for (block, most) in self.most.0.as_chunks::<4>().0.iter().enumerate() {
            let mut among = load(self.among, block);
            if among == [0; 4] {
                continue;
            }
            let counts = counts(Broken { rows: self.rows, block, before: [0; 4] });
            let mut too_many = *most;
            for most in &mut too_many {
                *most = most.saturating_add(1);
            }
            let too_many = at_least(&counts, self.rows.len(), &too_many);
            for lane in 0..4 {
                among[lane] &= !too_many[lane];
            }
            store(&mut lanes, block, among);
        }
        lanes
    }
}

/// Rows of bits to be counted in four words of lanes.
trait Rows {
    fn len(&self) -> usize;
    fn row(&mut self, number: usize) -> Lanes;
}

/// The rows as they are.
struct Plain<'a> {
    rows: &'a [&'a Bitmap],
    block: usize,
}

impl Rows for Plain<'_> {
    #[inline(always)]
    fn len(&self) -> usize {
        self.rows.len()
    }

    #[inline(always)]
    fn row(&mut self, number: usize) -> Lanes {
        load(self.rows[number], self.block)
    }
}

/// Where a row is lacking and the one before it does not count as lacking.
struct Broken<'a> {
    rows: &'a [&'a Bitmap],
    block: usize,
    before: Lanes,
}

impl Rows for Broken<'_> {
    #[inline(always)]
    fn len(&self) -> usize {
        self.rows.len()
    }

    #[inline(always)]
    fn row(&mut self, number: usize) -> Lanes {
        let row = load(self.rows[number], self.block);
        for lane in 0..4 {
            self.before[lane] = !row[lane] & !self.before[lane];
        }
        self.before
    }
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

/// Counts the rows in 256 lanes.
#[inline(always)]
fn counts(mut rows: impl Rows) -> [Lanes; PLANES] {
    let used = (usize::BITS - rows.len().leading_zeros()) as usize;
    let (mut ones, mut twos, mut fours) = ([0; 4], [0; 4], [0; 4]);
    let mut planes = [[0; 4]; PLANES];
    let eights = rows.len() / 8 * 8;
    let mut next = 0;
    while next < eights {
        let a = add(&mut ones, rows.row(next), rows.row(next + 1));
        let b = add(&mut ones, rows.row(next + 2), rows.row(next + 3));
        let c = add(&mut twos, a, b);
        let a = add(&mut ones, rows.row(next + 4), rows.row(next + 5));
        let b = add(&mut ones, rows.row(next + 6), rows.row(next + 7));
        let d = add(&mut twos, a, b);
        let carry = add(&mut fours, c, d);
        carry_over(&mut planes, 3, used, carry);
        next += 8;
    }
    (planes[0], planes[1], planes[2]) = (ones, twos, fours);
    while next < rows.len() {
        let row = rows.row(next);
        carry_over(&mut planes, 0, used, row);
        next += 1;
    }
    planes
}

/// Adds a row to the planes `from..used`.
#[inline(always)]
fn carry_over(planes: &mut [Lanes; PLANES], from: usize, used: usize, mut carry: Lanes) {
    for plane in planes.iter_mut().take(used).skip(from) {
        for lane in 0..4 {
            let both = plane[lane] & carry[lane];
            plane[lane] ^= carry[lane];
            carry[lane] = both;
        }
    }
}

/// Compares the counts of some rows with a number for each word.
#[inline(always)]
fn at_least(planes: &[Lanes; PLANES], rows: usize, least: &[u16; 4]) -> Lanes {
    let mut enough = [u64::MAX; 4];
    for (bit, plane) in planes.iter().enumerate() {
        for lane in 0..4 {
            let wanted = 0_u64.wrapping_sub(u64::from(least[lane] >> bit & 1));
            enough[lane] = wanted & plane[lane] & enough[lane] | !wanted & (plane[lane] | enough[lane]);
        }
    }
    for lane in 0..4 {
        if usize::from(least[lane]) > rows {
            enough[lane] = 0;
        }
    }
    enough
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
            let rows: Vec<Bitmap> = seeds.iter().map(|seed| noise(*seed)).collect();
            let rows: Vec<&Bitmap> = rows.iter().collect();
            let numbers = Bounds(bounds.clone().try_into().unwrap());
            let having = lanes_with(&rows, &numbers);
            let lacking = lanes_lacking(&rows, &numbers, &having);
            for lane in 0..CONTAINER {
                let is_set = |row: &Bitmap| row[lane / 8] >> (lane % 8) & 1 == 1;
                let bound = usize::from(bounds[lane / 64]);
                prop_assert_eq!(is_set(&having), rows.iter().filter(|row| is_set(row)).count() >= bound, "lane {}", lane);
                let mut before = false;
                let lacks = rows.iter().filter(|row| {
                    before = !is_set(row) && !before;
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
