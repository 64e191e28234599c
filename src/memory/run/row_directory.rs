//! Which rows a run has, and under which number each of them is kept.

use crate::memory::run::ROWS;

/// A row of a run and how many bytes it has.
pub type RowSize = (u16, usize);

/// Which rows a run has: their numbers, in the order in which they are kept.
#[derive(Clone, Debug)]
pub struct RowDirectory {
    /// For each row the place in that order; [`NOWHERE`] where the run has none.
    places: Box<[u16]>,
    rows: usize,
}

const NOWHERE: u16 = u16::MAX;

impl RowDirectory {
    /// Writes the directory of rows in the order in which they are kept.
    pub fn to_bytes(rows: &[RowSize]) -> Vec<u8> {
        rows.iter().flat_map(|(row, _)| row.to_le_bytes()).collect()
    }

    /// Reads a directory; `None` where the bytes are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (rows, rest) = bytes.as_chunks::<2>();
        let mut places = vec![NOWHERE; ROWS].into_boxed_slice();
        for (place, row) in rows.iter().enumerate() {
            let known = places.get_mut(usize::from(u16::from_le_bytes(*row)))?;
            if *known != NOWHERE {
                return None;
            }
            *known = place as u16;
        }
        rest.is_empty().then_some(Self { places, rows: rows.len() })
    }

    /// Returns under which number a row is kept; `None` where no lane has its gram.
    #[inline]
    pub fn place(&self, row: u16) -> Option<u16> {
        self.places.get(usize::from(row)).copied().filter(|place| *place != NOWHERE)
    }

    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_directory_knows_its_rows(rows in proptest::collection::hash_set(0..ROWS as u16, 0..50)) {
            let rows: Vec<RowSize> = rows.into_iter().map(|row| (row, 1)).collect();
            let directory = RowDirectory::from_bytes(&RowDirectory::to_bytes(&rows)).unwrap();
            let kept: Vec<u16> = (0..ROWS as u16).filter(|row| directory.place(*row).is_some()).collect();
            let mut expected: Vec<u16> = rows.iter().map(|(row, _)| *row).collect();
            for (place, (row, _)) in rows.iter().enumerate() {
                prop_assert_eq!(directory.place(*row), Some(place as u16));
            }
            expected.sort_unstable();
            prop_assert_eq!(kept, expected);
        }

        #[test]
        fn a_damaged_directory_does_no_harm(bytes in proptest::collection::vec(0_u8.., 0..40)) {
            let directory = RowDirectory::from_bytes(&bytes);
            prop_assert!(directory.is_none_or(|directory| 2 * directory.len() == bytes.len()));
        }
    }
}
