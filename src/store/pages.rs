//! Sorted runs of index entries, cut into pages by the first bits of their hash.
//!
//! An entry of `term` is 64 bits: a 32-bit hash above a 32-bit concept row; one of `unit` likewise, above the row of a unit. An entry of `start` and `near` is a 32-bit hash
//! and 64 bits beside it: a set of lengths, or a concept row above a letter signature. A page holds the entries of one range
//! of hashes, little-endian and in order.

use crate::glossary::index::ConceptRow;
use crate::glossary::key::{ConceptKeys, KeyHash, Lengths};
use crate::glossary::near::Signature;

/// About how many entries stand in a page.
const PAGE_ENTRIES: usize = 128;
/// Bytes of an entry of `term`.
const TERM_ENTRY: usize = 8;
/// Bytes of an entry of `start` and `near`.
const WIDE_ENTRY: usize = 12;

/// So many entries are written as one run, which bounds the memory of an import.
const MOST_NEAR: usize = 2_500_000;
/// So many starts are held before equal ones are joined.
const MOST_STARTS: usize = 1_500_000;

/// A hash and what stands beside it.
pub(super) type Wide = (u32, u64);

/// Which of the indexes a run belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexUse {
    /// Whole terms.
    Term,
    /// Starts of terms.
    Start,
    /// Pieces and deletions.
    Near,
    /// Whole translation units.
    Unit,
}

impl IndexUse {
    /// Every use.
    pub const ALL: [Self; 4] = [Self::Term, Self::Start, Self::Near, Self::Unit];

    /// Returns the word in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::Start => "start",
            Self::Near => "near",
            Self::Unit => "unit",
        }
    }
}

/// The entries of some concepts, not sorted yet.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) terms: Vec<u64>,
    pub(super) near: Vec<Wide>,
    pub(super) starts: Vec<Wide>,
}

impl Entries {
    /// Adds the keys of a concept.
    pub(super) fn add(&mut self, keys: &ConceptKeys, row: ConceptRow) {
        if self.near.capacity() == 0 && !keys.near.is_empty() {
            // Growing by doubling would hold the half of it twice.
            self.near.reserve_exact(MOST_NEAR + MOST_NEAR / 16);
        }
        self.terms.extend(keys.terms.iter().chain(&keys.sounds).map(|hash| entry(*hash, row)));
        self.near.extend(keys.near.iter().map(|(hash, letters)| (hash.0, u64::from(row.0) << 32 | u64::from(letters.0))));
        self.starts.extend(keys.starts.iter().map(|(hash, lengths)| (hash.0, lengths.0)));
        if self.starts.len() >= MOST_STARTS {
            // Most terms start like others.
            self.starts.sort_unstable();
            merge_lengths(&mut self.starts);
        }
    }

    /// Returns whether so many entries wait that they should be written.
    pub(super) fn is_full(&self) -> bool {
        self.near.len() >= MOST_NEAR || self.starts.len() >= MOST_STARTS / 2
    }

    /// Sorts the entries, each kind once.
    pub(super) fn sort(&mut self) {
        let Self { terms, near, starts } = self;
        std::thread::scope(|scope| {
            scope.spawn(|| {
                near.sort_unstable();
                near.dedup();
            });
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
pub(super) fn merge_lengths(starts: &mut Vec<Wide>) {
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

/// Cuts sorted entries of `term` into pages.
pub(super) fn term_pages(entries: &[u64], bits: u32) -> impl Iterator<Item = Page> + '_ {
    entries.chunk_by(move |a, b| page_of((a >> 32) as u32, bits) == page_of((b >> 32) as u32, bits)).map(move |chunk| {
        (page_of((chunk[0] >> 32) as u32, bits), chunk.iter().flat_map(|entry| entry.to_le_bytes()).collect())
    })
}

/// Cuts sorted entries of `start` or `near` into pages.
pub(super) fn wide_pages(entries: &[Wide], bits: u32) -> impl Iterator<Item = Page> + '_ {
    entries.chunk_by(move |a, b| page_of(a.0, bits) == page_of(b.0, bits)).map(move |chunk| {
        let bytes = chunk.iter().flat_map(|(hash, beside)| {
            let mut bytes = [0; WIDE_ENTRY];
            bytes[..4].copy_from_slice(&hash.to_le_bytes());
            bytes[4..].copy_from_slice(&beside.to_le_bytes());
            bytes
        });
        (page_of(chunk[0].0, bits), bytes.collect())
    })
}

/// Returns the entries of a page of `term`.
pub(super) fn term_entries(page: &[u8]) -> impl Iterator<Item = u64> + '_ {
    page.as_chunks::<TERM_ENTRY>().0.iter().map(|bytes| u64::from_le_bytes(*bytes))
}

/// Returns the entries of a page of `start` or `near`.
pub(super) fn wide_entries(page: &[u8]) -> impl Iterator<Item = Wide> + '_ {
    page.as_chunks::<WIDE_ENTRY>().0.iter().map(wide)
}

fn wide(bytes: &[u8; WIDE_ENTRY]) -> Wide {
    let [a, b, c, d, beside @ ..] = *bytes;
    (u32::from_le_bytes([a, b, c, d]), u64::from_le_bytes(beside))
}

/// Adds the rows of `hash` in a page of `term`.
pub(super) fn rows_in(page: &[u8], hash: KeyHash, rows: &mut Vec<ConceptRow>) {
    let entries = page.as_chunks::<TERM_ENTRY>().0;
    let first = entries.partition_point(|bytes| ((u64::from_le_bytes(*bytes) >> 32) as u32) < hash.0);
    let same =
        entries[first..].iter().map(|bytes| u64::from_le_bytes(*bytes)).take_while(|entry| (entry >> 32) as u32 == hash.0);
    rows.extend(same.map(|entry| ConceptRow(entry as u32)));
}

/// Adds the rows of `hash` in a page of `near` whose letters pass.
pub(super) fn near_rows_in(page: &[u8], hash: KeyHash, passes: impl Fn(Signature) -> bool, rows: &mut Vec<ConceptRow>) {
    let entries = page.as_chunks::<WIDE_ENTRY>().0;
    let first = entries.partition_point(|bytes| wide(bytes).0 < hash.0);
    let length = entries[first..].partition_point(|bytes| wide(bytes).0 == hash.0);
    for bytes in &entries[first..first + length] {
        let beside = wide(bytes).1;
        if passes(Signature(beside as u32)) {
            rows.push(ConceptRow((beside >> 32) as u32));
        }
    }
}

/// Returns the lengths of `hash` in a page of `start`.
pub(super) fn lengths_in(page: &[u8], hash: KeyHash) -> Lengths {
    let entries = page.as_chunks::<WIDE_ENTRY>().0;
    entries.binary_search_by_key(&hash.0, |bytes| wide(bytes).0).map_or(Lengths(0), |at| Lengths(wide(&entries[at]).1))
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
            let pages: Vec<Page> = term_pages(&entries, bits).collect();
            prop_assert!(pages.is_sorted_by_key(|(number, _)| *number));
            let back: Vec<u64> = pages.iter().flat_map(|(_, bytes)| term_entries(bytes)).collect();
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
        let (_, page) = wide_pages(&starts, bits).next().unwrap();
        assert_eq!(wide_entries(&page).collect::<Vec<_>>(), starts);
        assert_eq!(lengths_in(&page, KeyHash(1)), Lengths(5));
        assert_eq!(lengths_in(&page, KeyHash(2)), Lengths(0));
    }
}
