//! Terms a few slips away from a query, by pieces that survive the slips.
//!
//! A key is compared in jamo (`distance::spelled`). A key of four and more letters is cut into three even pieces: two edits
//! leave at least one piece whole, at most two places away (Li, Deng, Wang & Feng, "Pass-Join", VLDB 2012). A swap over the
//! border of two pieces is met by asking for the piece with its border letter exchanged. Han keys of three to five
//! characters, whose pieces would be single characters, are found within one edit by leaving out a character on both sides
//! (Garbe's symmetric deletion). Within the reach below the answer equals that of a full scan.

use std::borrow::Cow;
use std::sync::Arc;

use crate::glossary::index::{ConceptRow, IndexedConcept, TermIndex};
use crate::glossary::key::{KeyHash, KeyHasher, KeyUse};
use crate::text::distance::{self, Pattern};
use crate::text::script::Script;

/// The number of pieces of a key.
const PIECES: usize = 3;
/// The largest number of edits the pieces can bridge.
pub const MOST_EDITS: usize = PIECES - 1;
/// The shortest spelled key that is cut into pieces.
const SHORTEST: usize = 4;

/// A term near a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearTerm {
    /// The concept.
    pub row: ConceptRow,
    /// Which of the concept's terms, turned names not counted.
    pub nth: usize,
    /// The spelled key of the term.
    pub spelled: String,
    /// How many edits away, at most [`reach`].
    pub edits: usize,
}

impl NearTerm {
    /// Returns the concept with the place of the term among its keyed terms; `None` where the row is no longer current.
    pub fn concept<I: TermIndex>(&self, index: &I) -> Result<Option<(Arc<IndexedConcept>, usize)>, I::Error> {
        let Some(found) = index.concept(self.row)? else { return Ok(None) };
        let keyed = found.keyed_term(self.nth);
        let same = keyed.filter(|keyed| distance::spelled(&found.keyed[*keyed].key) == self.spelled);
        Ok(same.map(|keyed| (found, keyed)))
    }
}

/// Which letters a spelled key has, hashed to 32: tells most candidates apart without reading them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signature(pub u32);

impl Signature {
    /// Returns the signature of a spelled key.
    pub fn of(spelled: &str) -> Self {
        Self(spelled.chars().fold(0, |bits, c| bits | 1 << ((c as u32).wrapping_mul(0x9E37_79B1) >> 27)))
    }

    /// Returns whether two keys may be `edits` apart: an edit takes away at most one letter, and brings at most one.
    pub fn may_be_within(self, other: Self, edits: usize) -> bool {
        let at_most = |bits: u32| {
            let without_one = bits & bits.wrapping_sub(1);
            if edits == 1 { without_one == 0 } else { without_one & without_one.wrapping_sub(1) == 0 }
        };
        debug_assert!((1..=MOST_EDITS).contains(&edits));
        at_most(self.0 & !other.0) && at_most(other.0 & !self.0)
    }
}

/// Returns within how many edits a spelled key is looked for: none below four letters, one below five (in jamo below six),
/// else two; one for Han keys of three to five characters.
pub fn reach(spelled: &str) -> usize {
    let length = spelled.chars().count();
    if is_short_han(spelled) {
        return 1;
    }
    match length {
        0..SHORTEST => 0,
        SHORTEST => 1,
        5 if !spelled.is_ascii() => 1,
        _ => MOST_EDITS,
    }
}

/// Returns every term within `most` edits and within reach of a folded key, nearest first.
pub fn near_terms<I: TermIndex>(index: &I, key: &str, most: usize) -> Result<Vec<NearTerm>, I::Error> {
    let spelled = distance::spelled(key);
    let reach = reach(&spelled).min(most);
    if reach == 0 {
        return Ok(Vec::new());
    }
    let signature = Signature::of(&spelled);
    let mut rows = Vec::new();
    for probe in probes(&spelled, reach) {
        match probe {
            Probe::Near(hash) => index.near(hash, signature, reach, &mut rows)?,
            Probe::Term(hash) => index.with_key(hash, &mut rows)?,
        }
    }
    rows.sort_unstable();
    rows.dedup();
    let pattern = Pattern::new(&spelled);
    let mut found = Vec::new();
    for row in rows {
        index.folded(row, &mut |nth, other| {
            // A letter has no more than four bytes, a Hangul syllable of three bytes no more than three letters.
            let far = other.len().abs_diff(key.len()) > 4 * reach;
            let Some(other) = std::str::from_utf8(other).ok().filter(|_| !far) else { return };
            let other = if other.is_ascii() { Cow::Borrowed(other) } else { Cow::Owned(distance::spelled(other)) };
            if is_short_han(&other) || other.chars().nth(SHORTEST - 1).is_some() {
                let edits = pattern.edits(&other);
                if edits <= reach {
                    found.push(NearTerm { row, nth, spelled: other.into_owned(), edits });
                }
            }
        })?;
    }
    found.sort_by_key(|near| (near.edits, near.row, near.nth));
    Ok(found)
}

/// Adds the hashes under which a spelled key is found by near queries.
pub fn push_keys(spelled: &str, hashes: &mut Vec<(KeyHash, Signature)>) {
    let signature = Signature::of(spelled);
    let letters: Vec<char> = spelled.chars().collect();
    if is_short_han(spelled) {
        hashes.extend(deletions(&letters).map(|hash| (hash, signature)));
    } else if letters.len() >= SHORTEST {
        for number in 0..PIECES {
            let (start, end) = piece(letters.len(), number);
            hashes.push((piece_hash(letters.len(), number, letters[start..end].iter().copied()), signature));
        }
    }
}

enum Probe {
    Near(KeyHash),
    Term(KeyHash),
}

/// Returns everything to ask the index for.
fn probes(spelled: &str, reach: usize) -> Vec<Probe> {
    let letters: Vec<char> = spelled.chars().collect();
    let mut probes = Vec::new();
    if letters.iter().all(|c| Script::of(*c) == Script::Han) && letters.len() <= 6 {
        probes.extend(deletions(&letters).map(Probe::Near));
        probes.push(Probe::Near(KeyHasher::hash(KeyUse::Deletion, letters.iter().copied())));
        probes.extend((0..letters.len()).map(|left_out| {
            let rest = letters.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, c)| *c);
            Probe::Term(KeyHasher::hash(KeyUse::Term, rest))
        }));
    }
    for key_length in letters.len().saturating_sub(reach).max(SHORTEST)..=letters.len() + reach {
        if reach == 1 {
            push_end_probes(&letters, key_length, &mut probes);
        } else {
            (0..PIECES).for_each(|number| push_piece_probes(&letters, key_length, number, &mut probes));
        }
    }
    probes
}

/// Asks for the first and the last piece: one edit, also a swap, leaves one of them whole and in its place.
fn push_end_probes(letters: &[char], key_length: usize, probes: &mut Vec<Probe>) {
    let first = piece(key_length, 0).1;
    let last = key_length - piece(key_length, PIECES - 1).0;
    let ends = [(0, letters.get(..first)), (PIECES - 1, letters.len().checked_sub(last).map(|start| &letters[start..]))];
    for (number, found) in ends {
        probes.extend(found.map(|found| Probe::Near(piece_hash(key_length, number, found.iter().copied()))));
    }
}

/// Asks for piece `number` of a key of `key_length` letters where two edits may have left it.
///
/// Not at every place: where the first piece has an error and the middle one too, the last one stands right as counted from
/// the end, and the other way round; so the first piece is looked for at the start, the last at the end, and the middle one
/// at most a place away from where either end puts it (Pass-Join's "multi-match-aware" selection). A swap over a border
/// touches two pieces at once: the outer one of them is looked for with its border letter exchanged.
fn push_piece_probes(letters: &[char], key_length: usize, number: usize, probes: &mut Vec<Probe>) {
    let (start, end) = piece(key_length, number);
    let size = end - start;
    let mut push = |letters: &mut dyn Iterator<Item = char>| probes.push(Probe::Near(piece_hash(key_length, number, letters)));
    match number {
        0 => {
            let Some(found) = letters.get(..size) else { return };
            push(&mut found.iter().copied());
            if let Some(next) = letters.get(size) {
                push(&mut found[..size - 1].iter().copied().chain([*next]));
            }
        }
        1 => {
            let shift = letters.len() as isize - key_length as isize;
            let place = |shift: isize| (start as isize + shift).max(0) as usize;
            for at in place((-1).max(shift - 1))..=place(1.min(shift + 1)) {
                letters.get(at..at + size).into_iter().for_each(|found| push(&mut found.iter().copied()));
            }
        }
        _ => {
            let Some(at) = letters.len().checked_sub(size) else { return };
            let found = &letters[at..];
            push(&mut found.iter().copied());
            if at > 0 {
                push(&mut [letters[at - 1]].into_iter().chain(found[1..].iter().copied()));
            }
        }
    }
}

fn piece_hash(key_length: usize, number: usize, letters: impl IntoIterator<Item = char>) -> KeyHash {
    KeyHasher::hash(KeyUse::Piece { number, key_length }, letters)
}

/// Returns where piece `number` of a key of `length` letters begins and ends: even pieces, the longer ones last.
fn piece(length: usize, number: usize) -> (usize, usize) {
    let cut = |number: usize| number * (length / PIECES) + number.saturating_sub(PIECES - length % PIECES);
    (cut(number), cut(number + 1))
}

/// Returns the hashes of `letters` with each one left out.
fn deletions(letters: &[char]) -> impl Iterator<Item = KeyHash> + '_ {
    (0..letters.len()).map(|left_out| {
        let rest = letters.iter().enumerate().filter(move |(at, _)| *at != left_out).map(|(_, c)| *c);
        KeyHasher::hash(KeyUse::Deletion, rest)
    })
}

fn is_short_han(key: &str) -> bool {
    let mut length = 0;
    key.chars().all(|c| {
        length += 1;
        length <= 5 && Script::of(c) == Script::Han
    }) && length >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_the_key() {
        for length in SHORTEST..40 {
            assert_eq!(piece(length, 0).0, 0);
            assert_eq!(piece(length, 2).1, length);
            for number in 1..PIECES {
                assert_eq!(piece(length, number - 1).1, piece(length, number).0);
                assert!(piece(length, number).1 > piece(length, number).0);
            }
        }
    }

    #[test]
    fn the_reach_grows_with_the_key() {
        for (key, expected) in [
            ("npc", 0),
            ("oslo", 1),
            ("seoul", 2),
            ("한강", 2),
            ("시진", 1),
            ("xijinping", 2),
            ("王毅", 0),
            ("赵乐际", 1),
            ("全国人民代表大会", 2),
        ] {
            assert_eq!(reach(&distance::spelled(key)), expected, "{key}");
        }
    }
}
