//! Levenshtein distance of one text to many, given up as soon as it is too far.
//!
//! A band of diagonals lies in the bits of machine words and moves along with the text (Hyyrö, "A bit-vector algorithm for
//! computing Levenshtein and Damerau edit distances", 2003, section 4.3). Only the diagonals that a path of at most `most`
//! edits can touch are in the band, and since the distance along the last diagonal never falls, an unlike text is dropped
//! after the first half of it.

mod side_by_side;

use rustc_hash::FxHashMap;

use crate::text::characters::Characters;
use crate::text::levenshtein::side_by_side::{Places, bits_from};

/// A text made ready to be compared with many.
#[derive(Clone, Debug)]
pub struct Pattern {
    length: usize,
    /// The number of each character of the pattern in `places`, from 1; 0 is for all others.
    latin: Box<[u16; 256]>,
    others: FxHashMap<char, u16>,
    /// For each 64 places of the pattern a word for each number, with a bit for each place that has the character. The first
    /// and the last words are empty, so that the band may lie over the ends.
    places: Vec<u64>,
    /// How many numbers there is room for.
    stride: usize,
    /// How many empty words stand before the pattern's own.
    margin: usize,
    /// For several texts at once.
    side_by_side: Option<Places>,
}

/// Makes the function for bands that lie in one machine word of a type. `$places` gives the places of a character under the
/// band, from a word of the pattern's and how far the band is shifted in it.
macro_rules! band_in {
    ($name:ident, $word:ty, |$pattern:ident, $at:ident, $shift:ident| $places:expr) => {
        fn $name(&self, text: impl Iterator<Item = usize>, band: Band, most: usize) -> Option<usize> {
            let $pattern = self;
            let mut distance = band.start;
            // Rows above the first are no part of the matrix: nothing grows there.
            let mut more = <$word>::MAX << band.above;
            let mut less: $word = 0;
            let first = 64 * self.margin - band.above;
            for (column, number) in text.enumerate() {
                let window = first + column;
                let ($at, $shift) = (self.stride * (window / 64) + number, window % 64);
                let places: $word = $places;
                let same = (((places & more).wrapping_add(more)) ^ more) | places | less;
                let right_more = less | !(same | more);
                let right_less = same & more;
                let down = same >> 1;
                more = right_less | !(down | right_more);
                less = down & right_more;
                distance += usize::from(same >> band.last & 1 == 0);
                if distance > most {
                    return None;
                }
            }
            Some(distance)
        }
    };
}

impl Pattern {
    /// Prepares a text for comparing it within at most `most` edits.
    pub fn new(text: &[char], most: usize) -> Self {
        let margin = most / 64 + 2;
        let (latin, others) = (Box::new([0; 256]), FxHashMap::default());
        let side_by_side = Places::new(text, most);
        let mut pattern = Self { length: text.len(), latin, others, places: Vec::new(), stride: 1, margin, side_by_side };
        text.iter().for_each(|c| pattern.give_number(*c));
        pattern.places = vec![0; pattern.stride * (2 * margin + text.len() / 64 + 1)];
        for (place, c) in text.iter().enumerate() {
            let word = pattern.stride * (margin + place / 64) + pattern.number(*c);
            pattern.places[word] |= 1 << (place % 64);
        }
        pattern
    }

    fn give_number(&mut self, c: char) {
        let number = match self.latin.get_mut(c as usize) {
            Some(number) => number,
            None => self.others.entry(c).or_insert(0),
        };
        if *number == 0 {
            // A segment of 64 KB has fewer than 65,535 different characters; the rest of a longer text counts as one.
            *number = self.stride.min(usize::from(u16::MAX)) as u16;
            self.stride = usize::from(*number) + 1;
        }
    }

    fn number(&self, c: char) -> usize {
        let others = || self.others.get(&c).copied().unwrap_or(0);
        usize::from(self.latin.get(c as usize).copied().unwrap_or_else(others))
    }

    /// Returns the number of Unicode scalar values of the pattern.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Returns the Levenshtein distance to `text`, in Unicode scalar values; `None` where it is more than `most`, which must
    /// not be more than the pattern was made for.
    pub fn distance_within(&self, text: &Characters<'_>, most: usize) -> Option<usize> {
        let m = text.len();
        match text {
            Characters::One(text) => self.latin_distance(text, most),
            Characters::Two(text) => {
                self.by_width(text.iter().map(|pair| self.number_of(u32::from(u16::from_le_bytes(*pair)))), m, most)
            }
            Characters::Four(text) => self.by_width(text.iter().map(|four| self.number_of(u32::from_le_bytes(*four))), m, most),
        }
    }

    fn latin_distance(&self, text: &[u8], most: usize) -> Option<usize> {
        self.by_width(text.iter().map(|byte| usize::from(self.latin[usize::from(*byte)])), text.len(), most)
    }

    fn number_of(&self, c: u32) -> usize {
        char::from_u32(c).map_or(0, |c| self.number(c))
    }

    fn by_width(&self, text: impl Iterator<Item = usize>, length: usize, most: usize) -> Option<usize> {
        if self.length.abs_diff(length) > most {
            return None;
        }
        let band = Band::new(self.length, length, most);
        match band.above + band.below {
            0..64 => self.in_one_word(text, band, most),
            64..128 => self.in_two_words(text, band, most),
            _ => self.in_words(text, band, most),
        }
    }

    band_in!(in_one_word, u64, |pattern, word, shift| {
        pattern.places[word] >> shift | pattern.places[word + pattern.stride] << 1 << (63 - shift)
    });

    band_in!(in_two_words, u128, |pattern, word, shift| {
        let place = |nth: usize| u128::from(pattern.places[word + nth * pattern.stride]);
        (place(0) | place(1) << 64) >> shift | place(2) << 64 << (64 - shift)
    });

    /// The same over several words.
    fn in_words(&self, text: impl Iterator<Item = usize>, band: Band, most: usize) -> Option<usize> {
        let words = (band.above + band.below) / 64 + 1;
        let mut distance = band.start;
        let mut more: Vec<u64> = (0..words).map(|word| bits_from(band.above, word)).collect();
        let mut less = vec![0_u64; words];
        let mut right = vec![(0_u64, 0_u64, 0_u64); words];
        let first = 64 * self.margin - band.above;
        for (column, number) in text.enumerate() {
            let mut carry = false;
            let window = first + column;
            for word in 0..words {
                let (at, shift) = (self.stride * (window / 64 + word) + number, window % 64);
                let places = self.places.get(at).copied().unwrap_or(0) >> shift
                    | self.places.get(at + self.stride).copied().unwrap_or(0) << 1 << (63 - shift);
                let (sum, first) = (places & more[word]).overflowing_add(more[word]);
                let (sum, second) = sum.overflowing_add(u64::from(carry));
                carry = first || second;
                let same = (sum ^ more[word]) | places | less[word];
                right[word] = (same, less[word] | !(same | more[word]), same & more[word]);
            }
            for word in 0..words {
                let (same, right_more, right_less) = right[word];
                let down = same >> 1 | right.get(word + 1).map_or(0, |next| next.0 << 63);
                more[word] = right_less | !(down | right_more);
                less[word] = down & right_more;
            }
            distance += usize::from(right[band.last / 64].0 >> (band.last % 64) & 1 == 0);
            if distance > most {
                return None;
            }
        }
        Some(distance)
    }
}

/// The diagonals that are looked at, the highest in the lowest bit.
#[derive(Clone, Copy)]
struct Band {
    /// How many lie above the main one, and how many below.
    above: usize,
    below: usize,
    /// The bit of the diagonal on which the distance stands at the end.
    last: usize,
    /// The distance where that diagonal begins: each column before it enters the matrix adds one more.
    start: usize,
}

impl Band {
    #[inline]
    fn new(pattern: usize, text: usize, most: usize) -> Self {
        let apart = pattern.abs_diff(text);
        let around = (most - apart) / 2;
        let (above, below) = if pattern < text { (apart + around, around) } else { (around, apart + around) };
        let last = above + pattern - text.min(pattern) - (text - text.min(pattern));
        Self { above, below, last, start: pattern.saturating_sub(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use crate::text::characters;

    fn check(a: &str, b: &str, most: usize) {
        let expected = Some(strsim::levenshtein(a, b)).filter(|distance| *distance <= most);
        let pattern: Vec<char> = a.chars().collect();
        let mut bytes = Vec::new();
        let width = characters::encode(b, &mut bytes);
        let found = Pattern::new(&pattern, most).distance_within(&Characters::new(&bytes, width), most);
        assert_eq!(found, expected, "{a:?} {b:?} within {most}");
    }

    #[test]
    fn distances_at_the_ends_of_the_band() {
        for (a, b) in
            [("", ""), ("a", ""), ("", "abc"), ("abc", "abc"), ("kitten", "sitting"), ("가나다", "나다라"), ("😀a", "a😀")]
        {
            for most in 0..8 {
                check(a, b, most);
            }
        }
        let (long, other) = ("ab".repeat(300), "ba".repeat(280));
        for most in [0, 1, 2, 39, 40, 41, 62, 63, 64, 65, 126, 127, 128, 200, 600] {
            check(&long, &other, most);
            check(&other, &long, most);
        }
    }

    proptest! {
        #[test]
        fn distances_are_those_of_the_matrix(
            a in "[ab]{0,20}|[abc]{50,140}|[가나a😀]{0,80}",
            b in "[ab]{0,20}|[abc]{50,140}|[가나a😀]{0,80}",
            most in 0_usize..150,
        ) {
            check(&a, &b, most);
        }

        #[test]
        fn near_texts_are_found_near(a in "[a-e ]{60,200}", edits in proptest::collection::vec((0_usize..200, "[a-e]?"), 0..40), most in 0_usize..80) {
            let mut b: Vec<char> = a.chars().collect();
            for (place, with) in edits {
                let place = place % b.len();
                b.splice(place..=place, with.chars());
                if b.is_empty() { break; }
            }
            check(&a, &b.into_iter().collect::<String>(), most);
        }
    }
}
