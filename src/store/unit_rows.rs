//! The units of a batch by their hash, in parts that grow one by one: a single table of a million would need half as much again
//! whenever it outgrows its room.

use rustc_hash::FxHashMap as HashMap;

use crate::memory::run::UnitRow;

const PARTS: usize = 16;

/// The rows of units by the hash of the unit.
#[derive(Default)]
pub(super) struct UnitRows {
    parts: [HashMap<u64, UnitRow>; PARTS],
}

impl UnitRows {
    /// Notes the row of a unit.
    pub fn insert(&mut self, hash: u64, row: UnitRow) {
        self.parts[part(hash)].insert(hash, row);
    }

    /// Returns the row of the unit with a hash.
    pub fn get(&self, hash: u64) -> Option<UnitRow> {
        self.parts[part(hash)].get(&hash).copied()
    }

    /// Visits all hashes with their rows, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (u64, UnitRow)> {
        self.parts.iter().flatten().map(|(hash, row)| (*hash, *row))
    }
}

/// Returns the part of a hash; any of its bits would do, since the tables hash it again.
fn part(hash: u64) -> usize {
    (hash >> 32) as usize % PARTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_their_hash() {
        let mut rows = UnitRows::default();
        let hash = |row: UnitRow| u64::from(row).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (0..500).for_each(|row| rows.insert(hash(row), row));
        rows.insert(hash(7), 1_000);
        assert_eq!([3, 7, 500].map(|row| rows.get(hash(row))), [Some(3), Some(1_000), None]);
        let mut all: Vec<UnitRow> = rows.iter().map(|(_, row)| row).collect();
        all.sort_unstable();
        assert!(all.into_iter().eq((0..500).filter(|row| *row != 7).chain([1_000])));
    }
}
