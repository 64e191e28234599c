//! Which keys are one slip apart: each key is filed under itself and under itself without each of its letters in turn, so
//! that keys one edit or one swap apart meet under a number.
//!
//! Proposes only: what meets may still be two names.

use rustc_hash::FxHashMap as HashMap;

/// So many keys under one number tell nothing any more (Kim Min-a, Kim Min-b ...), and cost time.
const MOST: usize = 8;

/// A directory of keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Nearness {
    filed: HashMap<u64, Vec<usize>>,
}

impl Nearness {
    /// Files a key with the number to be found by it.
    pub fn insert(&mut self, key: &str, number: usize) {
        for hash in hashes(key) {
            let filed = self.filed.entry(hash).or_default();
            if filed.len() <= MOST && filed.last() != Some(&number) {
                filed.push(number);
            }
        }
    }

    /// Returns whether no key is filed.
    pub fn is_empty(&self) -> bool {
        self.filed.is_empty()
    }

    /// Returns the numbers of the keys that may be one slip from `key` or the same, each once.
    pub fn near(&self, key: &str) -> Vec<usize> {
        let lists = hashes(key).into_iter().filter_map(|hash| self.filed.get(&hash)).filter(|filed| filed.len() <= MOST);
        let mut near: Vec<usize> = lists.flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// An odd number without a pattern: the base of the hash.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// Returns the hash of a key, and of the key without each of its letters.
fn hashes(key: &str) -> Vec<u64> {
    let letters: Vec<u64> = key.chars().map(u64::from).collect();
    let push = |hash: u64, letter: u64| hash.wrapping_mul(BASE).wrapping_add(letter + 1);
    let mut starts = vec![0_u64];
    letters.iter().for_each(|letter| starts.push(push(starts[starts.len() - 1], *letter)));
    let mut all = vec![starts[letters.len()]];
    // The hash without a letter: what stands before it, moved over what stands behind it.
    let mut power = 1_u64;
    for at in (0..letters.len()).rev() {
        let behind = starts[letters.len()].wrapping_sub(starts[at + 1].wrapping_mul(power));
        all.push(starts[at].wrapping_mul(power).wrapping_add(behind));
        power = power.wrapping_mul(BASE);
    }
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::distance;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_one_edit_apart_meet(a in "[abc가나]{1,7}", b in "[abc가나]{1,7}") {
            let mut nearness = Nearness::default();
            nearness.insert(&a, 7);
            prop_assert!(distance::edits(&a, &b) > 1 || nearness.near(&b) == [7], "{} {}", a, b);
            prop_assert!(distance::edits(&a, &b) <= 2 || nearness.near(&b).is_empty(), "{} {}", a, b);
        }
    }

    #[test]
    fn a_crowd_is_no_neighbour() {
        let mut nearness = Nearness::default();
        "abcdefghijk".chars().enumerate().for_each(|(number, last)| nearness.insert(&format!("minsu{last}"), number));
        assert!(nearness.near("minsuz").is_empty());
        assert_eq!(nearness.near("minsua"), [0]);
    }
}
