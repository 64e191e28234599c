//! How far two short texts are apart.
//!
//! Names are a few dozen characters long: strsim's plain matrices are fast enough for the handful of candidates that an
//! index proposes (see `benches/README.md`).

use crate::text::hangul;

/// Returns the optimal string alignment distance in Unicode scalar values: insertions, deletions, substitutions and swaps
/// of neighbours count one each.
pub fn edits(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

/// Returns the likeness of two texts in per cent, `100 · (1 − edits / longer length)`, rounded down; 100 for two empty texts.
pub fn similarity(a: &str, b: &str) -> u8 {
    let longest = a.chars().count().max(b.chars().count());
    if longest == 0 {
        return 100;
    }
    (100 * (longest - edits(a, b)) / longest) as u8
}

/// Returns a folded key with its Hangul spelled in jamo, so that 시진빙 is one edit from 시진핑 and 시안 is not one from 시진.
pub fn spelled(key: &str) -> String {
    let mut jamo = Vec::with_capacity(key.len());
    key.chars().for_each(|c| hangul::push_jamo(c, &mut jamo));
    jamo.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_count_what_a_hand_slips() {
        for (a, b, expected) in [
            ("liqiang", "liqaing", 1),
            ("xijinping", "xijingping", 1),
            ("liqiang", "likeqiang", 2),
            ("赵乐际", "赵乐计", 1),
            ("", "ab", 2),
        ] {
            assert_eq!(edits(a, b), expected);
            assert_eq!(edits(b, a), expected);
        }
        assert_eq!(edits(&spelled("시진핑"), &spelled("시진빙")), 1);
        assert_eq!(edits(&spelled("박병석"), &spelled("박병서")), 1);
        assert_eq!(similarity("liqaing", "liqiang"), 85);
        assert_eq!(similarity("", ""), 100);
    }
}
