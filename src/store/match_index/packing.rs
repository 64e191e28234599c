//! The order in which the rows of a run fill the pages of the file. Pages that are filled as the rows come have a fourteenth of
//! the index left over.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::memory::run::row_directory::RowSize;

/// What a page of the file has room for beside others, and what a body always leaves there when it goes on in pages of its own:
/// "B-tree Cell Format" and "Cell Payload Overflow Pages" of <https://www.sqlite.org/fileformat2.html>, for pages of 16 KiB.
const PAGE_ROOM: usize = 16_384 - 8;
const LEAST_LOCAL: usize = (16_384 - 12) * 32 / 255 - 23;
const MOST_LOCAL: usize = 16_384 - 35;
/// What a page of its own holds of a body.
const OVERFLOW: usize = 16_384 - 4;
/// The head of a record of a body, and the rest of its cell with its place in the page, at the most.
const RECORD_HEAD: usize = 5;
const CELL_HEAD: usize = 18;

/// Returns how much of a page a body takes beside others.
fn local_room(body: usize) -> usize {
    let payload = RECORD_HEAD + body;
    let surplus = LEAST_LOCAL + payload.saturating_sub(LEAST_LOCAL) % OVERFLOW;
    let local = [payload, surplus].into_iter().find(|local| *local <= MOST_LOCAL);
    CELL_HEAD + local.unwrap_or(LEAST_LOCAL)
}

/// Puts rows in an order in which they fill the pages of the file: each, the largest first, into the fullest page that has
/// room for it (best fit decreasing). The pages with the longest rows are the first, since those of common grams are asked for
/// together.
pub fn arrange(mut rows: Vec<RowSize>) -> Vec<RowSize> {
    rows.sort_unstable_by_key(|(row, size)| (Reverse(local_room(*size)), *row));
    let mut pages: Vec<Vec<RowSize>> = Vec::new();
    let mut rooms = BTreeSet::new();
    for row in rows {
        let own = local_room(row.1);
        let (room, page) = rooms.range((own, 0)..).next().copied().unwrap_or_else(|| {
            pages.push(Vec::new());
            (PAGE_ROOM, pages.len() - 1)
        });
        rooms.remove(&(room, page));
        rooms.insert((room - own, page));
        pages[page].push(row);
    }
    pages.sort_by_key(|page| Reverse(page.iter().map(|(_, size)| *size).max()));
    pages.concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns what is left over in each page where rows are written one after the other.
    fn left_over(rows: &[RowSize]) -> Vec<usize> {
        let mut left = Vec::new();
        for (_, size) in rows {
            match left.last_mut().filter(|left| **left >= local_room(*size)) {
                Some(left) => *left -= local_room(*size),
                None => left.push(PAGE_ROOM - local_room(*size)),
            }
        }
        left
    }

    proptest! {
        #[test]
        fn every_row_is_put_somewhere_and_pages_are_full(sizes in proptest::collection::vec(1_usize..33_000, 0..300)) {
            let rows: Vec<RowSize> = (0..).zip(sizes).collect();
            let mut arranged = arrange(rows.clone());
            let left = left_over(&arranged);
            prop_assert!(left.windows(2).all(|pair| pair[0] + pair[1] < PAGE_ROOM), "{left:?}");
            arranged.sort_unstable();
            prop_assert_eq!(arranged, rows);
        }
    }
}
