//! Sorted runs of index entries, cut into pages by the first bits of their hash.
//!
//! An entry is 64 bits: a 32-bit hash above a 32-bit concept row for the uses `term` and `near`; for `start`, the hash is
//! followed by a 64-bit set of lengths. A page holds the entries of one range of hashes, little-endian and in order.

use crate::glossary::index::ConceptRow;
use crate::glossary::key::{ConceptKeys, KeyHash, Lengths};

/// About how many entries stand in a page.
const PAGE_ENTRIES: usize = 128;
/// Bytes of an entry with a row.
pub(super) const ROW_ENTRY: usize = 8;
/// Bytes of an entry with lengths.
pub(super) const START_ENTRY: usize = 12;

/// Which of the three indexes a run belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexUse {
    /// Whole terms.
    Term,
    /// Starts of terms.
    Start,
    /// Pieces and deletions.
    Near,
}

impl IndexUse {
    /// Every use.
    pub const ALL: [Self; 3] = [Self::Term, Self::Start, Self::Near];

    /// Returns the word in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::Start => "start",
            Self::Near => "near",
        }
    }
}

/// The entries of some concepts, not sorted yet.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) terms: Vec<u64>,
    pub(super) near: Vec<u64>,
    pub(super) starts: Vec<(u32, u64)>,
}

impl Entries {
    /// Adds the keys of a concept.
    pub(super) fn add(&mut self, keys: &ConceptKeys, row: ConceptRow) {
        self.terms.extend(keys.terms.iter().map(|hash| entry(*hash, row)));
        self.near.extend(keys.near.iter().map(|hash| entry(*hash, row)));
        self.starts.extend(keys.starts.iter().map(|(hash, lengths)| (hash.0, lengths.0)));
    }

    /// Sorts the entries, each kind once.
    pub(super) fn sort(&mut self) {
        let Self { terms, near, starts } = self;
        std::thread::scope(|scope| {
            scope.spawn(|| sort_dedup(near));
            sort_dedup(terms);
            starts.sort_unstable();
            merge_lengths(starts);
        });
    }

    /// Empties the entries, keeping their memory.
    pub(super) fn clear(&mut self) {
        self.terms.clear();
        self.near.clear();
        self.starts.clear();
    }
}

pub(super) fn entry(hash: KeyHash, row: ConceptRow) -> u64 {
    u64::from(hash.0) << 32 | u64::from(row.0)
}

pub(super) fn sort_dedup(entries: &mut Vec<u64>) {
    entries.sort_unstable();
    entries.dedup();
}

/// Joins the lengths of equal starts; `starts` is sorted.
pub(super) fn merge_lengths(starts: &mut Vec<(u32, u64)>) {
    starts.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 |= later.1;
        }
        same
    });
}

/// A page: its number among the 2^bits of a run, and its bytes.
pub(super) type Page = (u32, Vec<u8>);

/// Returns how many bits of the hash number the pages of a run of `entries`.
pub(super) fn page_bits(entries: usize) -> u32 {
    (entries / PAGE_ENTRIES).max(1).ilog2()
}

/// Returns the number of the page that holds a hash.
pub(super) fn page_of(hash: u32, bits: u32) -> u32 {
    (u64::from(hash) >> (32 - bits)) as u32
}

/// Cuts sorted entries with rows into pages.
pub(super) fn row_pages(entries: &[u64], bits: u32) -> impl Iterator<Item = Page> + '_ {
    entries.chunk_by(move |a, b| page_of((a >> 32) as u32, bits) == page_of((b >> 32) as u32, bits)).map(move |chunk| {
        (page_of((chunk[0] >> 32) as u32, bits), chunk.iter().flat_map(|entry| entry.to_le_bytes()).collect())
    })
}

/// Cuts sorted entries with lengths into pages.
pub(super) fn start_pages(starts: &[(u32, u64)], bits: u32) -> impl Iterator<Item = Page> + '_ {
    starts.chunk_by(move |a, b| page_of(a.0, bits) == page_of(b.0, bits)).map(move |chunk| {
        let bytes = chunk.iter().flat_map(|(hash, lengths)| {
            let mut bytes = [0; START_ENTRY];
            bytes[..4].copy_from_slice(&hash.to_le_bytes());
            bytes[4..].copy_from_slice(&lengths.to_le_bytes());
            bytes
        });
        (page_of(chunk[0].0, bits), bytes.collect())
    })
}

/// Returns the entries of a page with rows.
pub(super) fn row_entries(page: &[u8]) -> impl Iterator<Item = u64> + '_ {
    page.as_chunks::<ROW_ENTRY>().0.iter().map(|bytes| u64::from_le_bytes(*bytes))
}

/// Returns the entries of a page with lengths.
pub(super) fn start_entries(page: &[u8]) -> impl Iterator<Item = (u32, u64)> + '_ {
    page.as_chunks::<START_ENTRY>().0.iter().map(|bytes| {
        let [a, b, c, d, lengths @ ..] = *bytes;
        (u32::from_le_bytes([a, b, c, d]), u64::from_le_bytes(lengths))
    })
}

/// Adds the rows of `hash` in a page.
pub(super) fn rows_in(page: &[u8], hash: KeyHash, rows: &mut Vec<ConceptRow>) {
    let entries = page.as_chunks::<ROW_ENTRY>().0;
    let first = entries.partition_point(|bytes| ((u64::from_le_bytes(*bytes) >> 32) as u32) < hash.0);
    let same =
        entries[first..].iter().map(|bytes| u64::from_le_bytes(*bytes)).take_while(|entry| (entry >> 32) as u32 == hash.0);
    rows.extend(same.map(|entry| ConceptRow(entry as u32)));
}

/// Returns the lengths of `hash` in a page.
pub(super) fn lengths_in(page: &[u8], hash: KeyHash) -> Lengths {
    let entries = page.as_chunks::<START_ENTRY>().0;
    let key = |bytes: &[u8; START_ENTRY]| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    match entries.binary_search_by_key(&hash.0, key) {
        Ok(at) => {
            let [_, _, _, _, lengths @ ..] = entries[at];
            Lengths(u64::from_le_bytes(lengths))
        }
        Err(_) => Lengths(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pages_hold_every_entry_once(mut entries in proptest::collection::vec(any::<u64>(), 0..2000)) {
            sort_dedup(&mut entries);
            let bits = page_bits(entries.len());
            let pages: Vec<Page> = row_pages(&entries, bits).collect();
            prop_assert!(pages.is_sorted_by_key(|(number, _)| *number));
            let back: Vec<u64> = pages.iter().flat_map(|(_, bytes)| row_entries(bytes)).collect();
            prop_assert_eq!(&back, &entries);
            for entry in &entries {
                let hash = KeyHash((entry >> 32) as u32);
                let (_, bytes) = pages.iter().find(|(number, _)| *number == page_of(hash.0, bits)).unwrap();
                let mut rows = Vec::new();
                rows_in(bytes, hash, &mut rows);
                prop_assert!(rows.contains(&ConceptRow(*entry as u32)));
            }
        }
    }

    #[test]
    fn equal_starts_share_their_lengths() {
        let mut starts = vec![(1, 1), (1, 4), (7, 2)];
        merge_lengths(&mut starts);
        assert_eq!(starts, [(1, 5), (7, 2)]);
        let bits = page_bits(starts.len());
        let (_, page) = start_pages(&starts, bits).next().unwrap();
        assert_eq!(start_entries(&page).collect::<Vec<_>>(), starts);
        assert_eq!(lengths_in(&page, KeyHash(1)), Lengths(5));
        assert_eq!(lengths_in(&page, KeyHash(2)), Lengths(0));
    }
}
