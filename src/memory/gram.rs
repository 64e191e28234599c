//! The grams of a folded text: its pairs of neighbouring characters, as the numbers by which the match index knows them.
//!
//! One edit changes at most two grams. Two texts of n and m characters within k edits of each other therefore share at least
//! max(n, m) − 1 − 2k grams, counted as often as they stand (Ukkonen, "Approximate string-matching with q-grams and maximal
//! matches", 1992). The lemma holds for any function of the pairs, hashes among them. And where grams of the one text stand
//! nowhere in the other, every second of them in a row needs an edit of its own.

use crate::text::characters::Characters;

/// How many different numbers there are.
pub const GRAM_ROWS: usize = 1 << 13;

/// How often a gram is counted in one text; what comes oftener counts as always there.
const OCCURRENCES: u8 = 2;

/// One gram of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gram {
    /// Its number where it stands for the first time.
    pub first: u16,
    /// The number it counts under here: another one where it stands for the second time, none from the third time on.
    pub counted: Option<u16>,
}

/// Counts the grams of one text after another.
#[derive(Clone, Debug)]
pub struct GramCounter {
    /// For each pair, the text that had it last and how often.
    seen: Box<[(u32, u8)]>,
    text: u32,
}

impl Default for GramCounter {
    fn default() -> Self {
        Self { seen: vec![(0, 0); PAIRS].into_boxed_slice(), text: 0 }
    }
}

impl GramCounter {
    /// Visits the grams of a text in order.
    pub fn for_each(&mut self, text: &Characters<'_>, mut visit: impl FnMut(Gram)) {
        self.text = self.text.wrapping_add(1);
        if self.text == 0 {
            self.seen.fill((0, 0));
            self.text = 1;
        }
        let mut before = None;
        text.for_each(|c| {
            if let Some(before) = before {
                let pair = pair(before, c);
                let (text, count) = &mut self.seen[pair];
                if *text != self.text {
                    (*text, *count) = (self.text, 0);
                }
                let counted = (*count < OCCURRENCES).then(|| row(pair, *count));
                *count = count.saturating_add(1);
                visit(Gram { first: row(pair, 0), counted });
            }
            before = Some(c);
        });
    }
}

/// Pairs of ASCII characters have the first numbers, hashes of others the numbers after them.
const ASCII_PAIRS: usize = 1 << 12;
const PAIRS: usize = ASCII_PAIRS + (1 << 16);

/// Tells pairs of characters apart: those of folded ASCII exactly, others by a hash.
fn pair(a: u32, b: u32) -> usize {
    if a < 0x80 && b < 0x80 {
        return usize::from(class(a)) << 6 | usize::from(class(b));
    }
    let mixed = a.wrapping_mul(0x9E37_79B1).wrapping_add(b).wrapping_mul(0x85EB_CA6B);
    ASCII_PAIRS + (mixed >> 16) as usize
}

/// Returns the class of an ASCII character among 64: folded text has no capitals and no controls.
fn class(c: u32) -> u8 {
    let c = c as u8;
    if c < 0x60 { c & 0x3F } else { c & 0x1F }
}

/// Returns the number of the first or second occurrence of a pair.
fn row(pair: usize, occurrence: u8) -> u16 {
    if pair < ASCII_PAIRS {
        return pair as u16 + u16::from(occurrence) * ASCII_PAIRS as u16;
    }
    let turned = if occurrence == 0 { pair as u16 } else { (pair as u16).wrapping_mul(0x6F4B) };
    turned >> 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use crate::text::characters;

    fn grams(text: &str) -> Vec<Gram> {
        let (mut bytes, mut grams) = (Vec::new(), Vec::new());
        let width = characters::encode(text, &mut bytes);
        GramCounter::default().for_each(&Characters::new(&bytes, width), |gram| grams.push(gram));
        grams
    }

    proptest! {
        #[test]
        fn near_texts_share_grams(a in "[a-f]{0,30}|[가-깋]{0,12}", b in "[a-f]{0,30}|[가-깋]{0,12}") {
            let (n, m) = (a.chars().count(), b.chars().count());
            let edits = strsim::levenshtein(&a, &b);
            let (grams, other) = (grams(&a), grams(&b));
            let has = |row: u16| other.iter().any(|gram| gram.counted == Some(row));
            let absent = grams.iter().filter(|gram| gram.counted.is_some_and(|row| !has(row))).count();
            prop_assert!(absent + m.saturating_sub(n) <= 2 * edits, "{} absent, {} edits", absent, edits);
            let mut broken = false;
            let breaks = grams.iter().filter(|gram| {
                broken = !has(gram.first) && !broken;
                broken
            });
            prop_assert!(breaks.count() <= edits);
        }
    }
}
