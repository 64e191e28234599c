//! The grams of a folded text: its pairs of neighbouring characters, as the numbers by which the match index knows them.
//!
//! One edit changes at most two grams that stand side by side (Ukkonen, "Approximate string-matching with q-grams and maximal
//! matches", 1992), and moves the others by one place at most. So where two texts are within some edits of each other, most
//! grams of the one stand in the other, at about the same place: in the same half, or near the middle in either. This holds for
//! any function of the pairs, hashes among them.

use std::ops::Range;

use crate::text::characters::Characters;

/// How many different numbers there are in one half.
pub const GRAMS: usize = 1 << 12;

/// Visits the grams of a text in order.
pub fn for_each_gram(text: &Characters<'_>, mut visit: impl FnMut(u16)) {
    let mut before = None;
    text.for_each(|c| {
        if let Some(before) = before.replace(c) {
            visit(gram(before, c));
        }
    });
}

/// Tells pairs of characters apart: those of folded ASCII exactly, others by a hash.
fn gram(a: u32, b: u32) -> u16 {
    if a < 0x80 && b < 0x80 {
        return u16::from(class(a)) << 6 | u16::from(class(b));
    }
    let mixed = a.wrapping_mul(0x9E37_79B1).wrapping_add(b).wrapping_mul(0x85EB_CA6B);
    (mixed >> 20) as u16
}

/// Returns the class of an ASCII character among 64: folded text has no capitals and no controls.
fn class(c: u32) -> u8 {
    let c = c as u8;
    if c < 0x60 { c & 0x3F } else { c & 0x1F }
}

/// A half of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// The grams before the middle.
    First,
    /// The gram in the middle and those after it.
    Second,
}

impl Half {
    /// Returns the half in which the gram at a place stands, in a text of `length` characters.
    pub fn of(place: usize, length: usize) -> Self {
        if 2 * place + 1 < length { Self::First } else { Self::Second }
    }

    /// Returns the characters of the grams in this half of a text of `length` characters.
    pub fn characters(self, length: usize) -> Range<usize> {
        match self {
            Self::First => 0..length.min(length / 2 + 1),
            Self::Second => length / 2..length,
        }
    }
}

/// The halves of one text in which a gram of another may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halves {
    /// In the first.
    pub first: bool,
    /// In the second.
    pub second: bool,
}

impl Halves {
    /// Returns the halves of a text within `edits` of one of `query` characters in which the gram at `place` of that one may
    /// stand where no edit has changed it.
    ///
    /// Its way in the text is what is inserted before it less what is deleted there, and what is inserted and deleted after it
    /// makes up the rest of the difference of the lengths, so that its distance from the middle changes by half of the edits.
    pub fn reached(place: usize, query: usize, edits: usize) -> Self {
        Self { first: 2 * place + 1 < query + edits, second: 2 * place + 1 + edits >= query }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use crate::text::characters;

    fn grams(text: &str) -> Vec<u16> {
        let (mut bytes, mut grams) = (Vec::new(), Vec::new());
        let width = characters::encode(text, &mut bytes);
        for_each_gram(&Characters::new(&bytes, width), |gram| grams.push(gram));
        grams
    }

    #[test]
    fn folded_ascii_is_told_apart() {
        let characters: Vec<char> = (' '..='~').filter(|c| !c.is_ascii_uppercase()).collect();
        let same = |a: &char, b: &char| class(u32::from(*a)) == class(u32::from(*b));
        let merged: Vec<String> = characters
            .iter()
            .flat_map(|a| characters.iter().filter(move |b| *b > a && same(a, b)).map(move |b| format!("{a}{b}")))
            .collect();
        assert_eq!(merged, ["@`", "[{", "\\|", "]}", "^~"]);
    }

    proptest! {
        #[test]
        fn near_texts_share_grams_in_their_halves(a in "[a-f]{2,30}|[가-깋]{2,12}", b in "[a-f]{2,30}|[가-깋]{2,12}") {
            let (grams, other) = (grams(&a), grams(&b));
            let (n, m) = (grams.len() + 1, other.len() + 1);
            let edits = strsim::levenshtein(&a, &b);
            let stands = |gram: u16, half: Half| other.iter().enumerate().any(|(at, own)| *own == gram && Half::of(at, m) == half);
            let absent: Vec<bool> = grams
                .iter()
                .enumerate()
                .map(|(place, gram)| {
                    let halves = Halves::reached(place, n, edits);
                    !(halves.first && stands(*gram, Half::First) || halves.second && stands(*gram, Half::Second))
                })
                .collect();
            prop_assert!(absent.iter().filter(|absent| **absent).count() + m.saturating_sub(n) <= 2 * edits);
            let mut broken = false;
            let breaks = absent.iter().filter(|absent| {
                broken = **absent && !broken;
                broken
            });
            prop_assert!(breaks.count() <= edits);
        }
    }
}
