//! How far two short texts are apart.
//!
//! strsim's plain matrices serve for single pairs. A query against the thousands of candidates that an index of a million
//! names proposes is a [`Pattern`], a column of bits (see `benches/README.md`).

use crate::text::hangul;

/// Returns the optimal string alignment distance in Unicode scalar values: insertions, deletions, substitutions and swaps
/// of neighbours count one each.
pub fn edits(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

/// A short text made ready to be compared with many.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    length: usize,
    /// For each character, the places where the pattern has it, a bit each; ASCII and others.
    ascii: Box<[u64; 128]>,
    others: Vec<(char, u64)>,
}

impl Pattern {
    /// Prepares a text. Up to 64 characters are compared bit-parallel, longer texts by matrix.
    pub fn new(text: &str) -> Self {
        let mut pattern = Self { text: text.to_owned(), length: 0, ascii: Box::new([0; 128]), others: Vec::new() };
        for (place, c) in text.chars().enumerate() {
            pattern.length = place + 1;
            let bit = 1_u64.checked_shl(place as u32).unwrap_or(0);
            match pattern.ascii.get_mut(c as usize) {
                Some(places) => *places |= bit,
                None => match pattern.others.iter_mut().find(|(other, _)| *other == c) {
                    Some((_, places)) => *places |= bit,
                    None => pattern.others.push((c, bit)),
                },
            }
        }
        pattern
    }

    fn places(&self, c: char) -> u64 {
        let others = || self.others.iter().find(|(other, _)| *other == c).map_or(0, |(_, places)| *places);
        self.ascii.get(c as usize).copied().unwrap_or_else(others)
    }

    /// Returns the same distance as [`edits`].
    ///
    /// Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003.
    pub fn edits(&self, other: &str) -> usize {
        if self.length == 0 || self.length > 64 {
            return edits(&self.text, other);
        }
        let last = 1_u64 << (self.length - 1);
        let (mut more, mut less, mut same, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
        let mut distance = self.length;
        for c in other.chars() {
            let places = self.places(c);
            let swapped = ((!same & places) << 1) & before;
            same = swapped | ((places & more).wrapping_add(more) ^ more) | places | less;
            let right_more = less | !(same | more);
            let right_less = same & more;
            distance = distance + usize::from(right_more & last != 0) - usize::from(right_less & last != 0);
            let shifted = right_more << 1 | 1;
            more = right_less << 1 | !(same | shifted);
            less = shifted & same;
            before = places;
        }
        distance
    }
}

/// How unlikely the edits are that lead from `meant` to `written`, the fewest edits first; smaller is likelier. Among as many
/// edits, a swap or a letter left out is likelier than a doubled letter, and that than a letter out of 26 that came in or that stands for another.
pub fn unlikeliness(meant: &str, written: &str) -> u32 {
    const EDIT: u32 = 1 << 8;
    let (meant, written): (Vec<char>, Vec<char>) = (meant.chars().collect(), written.chars().collect());
    let width = written.len() + 1;
    let mut costs = vec![0_u32; (meant.len() + 1) * width];
    for at in 0..costs.len() {
        let (i, j) = (at / width, at % width);
        let mut best = if at == 0 { 0 } else { u32::MAX };
        if i > 0 {
            best = best.min(costs[at - width] + EDIT);
        }
        if j > 0 {
            let doubled = j > 1 && written[j - 1] == written[j - 2];
            best = best.min(costs[at - 1] + EDIT + if doubled { 1 } else { 2 });
        }
        if i > 0 && j > 0 {
            let same = meant[i - 1] == written[j - 1];
            best = best.min(costs[at - width - 1] + if same { 0 } else { EDIT + 2 });
            let swapped = i > 1 && j > 1 && meant[i - 1] == written[j - 2] && meant[i - 2] == written[j - 1];
            if swapped && !same {
                best = best.min(costs[at - 2 * width - 2] + EDIT);
            }
        }
        costs[at] = best;
    }
    costs.last().copied().unwrap_or(0)
}

/// Returns the likeness of two texts in per cent, `100 · (1 − edits / longer length)`, rounded down; 100 for two empty texts.
pub fn similarity(a: &str, b: &str) -> u8 {
    let longest = a.chars().count().max(b.chars().count());
    if longest == 0 {
        return 100;
    }
    (100 * (longest - edits(a, b)) / longest) as u8
}

/// Returns the one of some known words that a mistyped word is likeliest to mean, or `None` where none is near.
pub fn nearest_word<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let lower = word.to_lowercase();
    let near = known.map(|known| (strsim::jaro_winkler(&lower, known), known));
    near.filter(|(likeness, _)| *likeness >= 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
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
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_pattern_counts_as_the_matrix_does(
            a in "[abcé가]{0,12}|[ab]{60,70}",
            b in "[abcé가]{0,12}|[ab]{60,70}",
        ) {
            prop_assert_eq!(Pattern::new(&a).edits(&b), edits(&a, &b), "{} {}", a, b);
            prop_assert_eq!(unlikeliness(&a, &b) as usize >> 8, edits(&a, &b), "{} {}", a, b);
        }
    }

    #[test]
    fn likely_slips_come_first() {
        assert!(unlikeliness("araras", "aararas") < unlikeliness("mararas", "nararas") + 2);
        assert!(unlikeliness("hythe", "hyhte") < unlikeliness("hyste", "hyhte"));
        assert!(unlikeliness("barabali", "barabli") < unlikeliness("barabi", "barabli"));
    }

    #[test]
    fn a_mistyped_word_leads_to_the_nearest() {
        let known = ["near-miss", "acronym", "korean-reading"];
        for (word, expected) in [
            ("near-mis", Some("near-miss")),
            ("nearmiss", Some("near-miss")),
            ("Acronyms", Some("acronym")),
            ("korean_redaing", Some("korean-reading")),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest_word(word, known.into_iter()), expected, "{word}");
        }
    }

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
