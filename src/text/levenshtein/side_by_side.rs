//! Several texts compared with one pattern at once, each in a machine word or two of its own, side by side in the widest
//! registers of the machine.

use std::ops::{BitAnd, BitOr, BitXor, Not, Shl, Shr};

use pulp::{Arch, NullaryFnOnce};

use crate::text::levenshtein::{Band, Pattern};

/// So many different characters a text in an alphabet has at the most, nearly always. The first number is for characters that
/// the pattern does not have, and the last for what comes after the end of a text.
const ALPHABET: usize = 64;
const AFTER_THE_END: u8 = ALPHABET as u8 - 1;

/// The places of the characters of a pattern: for each [`STEP`] places a row with a word for each number, which has a bit for
/// each of the [`SEEN`] places from there on.
#[derive(Clone, Debug)]
pub(super) struct Places {
    numbers: Box<[u8; 256]>,
    rows: Vec<[u64; ALPHABET]>,
    /// How many rows stand before the first place of the pattern, for so many edits.
    margin: usize,
    most: usize,
}

/// From row to row.
const STEP: usize = 32;
/// How far a row sees.
const SEEN: usize = 64;
/// Where a text may be farther away than this, the band is broader than two words for nearly every other one too.
const MOST_EDITS: usize = 4 * SEEN;

impl Places {
    /// Finds the places of a pattern that is to be compared within `most` edits; `None` where it has too many characters, or
    /// too many edits are allowed for any band to lie in two words.
    pub fn new(text: &[char], most: usize) -> Option<Self> {
        if most > MOST_EDITS {
            return None;
        }
        let mut numbers = Box::new([0; 256]);
        let mut last = 0;
        let margin = most.div_ceil(STEP) + 1;
        // A band reaches `most` places over either end. One of two words is read from four rows, but is never that broad where only
        // so few edits are allowed that the margin is a single row.
        let mut rows = vec![[0; ALPHABET]; 2 * margin + text.len() / STEP + SEEN / STEP + 1];
        rows.iter_mut().for_each(|row| row[usize::from(AFTER_THE_END)] = u64::MAX);
        for (place, c) in text.iter().enumerate() {
            // A character of more than one byte is in none of the texts.
            let Some(number) = numbers.get_mut(*c as usize) else { continue };
            if *number == 0 {
                last += 1;
                if last == AFTER_THE_END {
                    return None;
                }
                *number = last;
            }
            for row in 0..SEEN / STEP {
                rows[margin + place / STEP - row][usize::from(*number)] |= 1 << (place % STEP + STEP * row);
            }
        }
        Some(Self { numbers, rows, margin, most })
    }
}

/// A machine word that the band of one text, or a part of it, lies in.
pub(super) trait Word:
    Copy
    + Default
    + Ord
    + Not<Output = Self>
    + BitAnd<Output = Self>
    + BitOr<Output = Self>
    + BitXor<Output = Self>
    + Shl<usize, Output = Self>
    + Shr<usize, Output = Self>
    + Shr<Output = Self>
    + From<bool>
    + TryFrom<usize>
    + TryInto<usize>
{
    fn plus(self, other: Self) -> Self;

    /// Returns the places of a character that are seen from `shift` places on, in the first row or, where a word is longer than
    /// what is left of that, in both.
    fn places(rows: [&[u64; ALPHABET]; 2], number: u8, shift: usize) -> Self;
}

impl Word for u32 {
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }

    #[inline(always)]
    fn places([row, _]: [&[u64; ALPHABET]; 2], number: u8, shift: usize) -> Self {
        (row[usize::from(number) % ALPHABET] >> shift) as Self
    }
}

impl Word for u64 {
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }

    #[inline(always)]
    fn places(rows: [&[u64; ALPHABET]; 2], number: u8, shift: usize) -> Self {
        let number = usize::from(number) % ALPHABET;
        let (low, high) = (rows[0][number] >> shift, rows[1][number] >> shift);
        low & 0xFFFF_FFFF | high << STEP
    }
}

/// How many bits a word has.
const fn bits<W>() -> usize {
    8 * size_of::<W>()
}

/// Returns a word of a row of bits that are set from `start` on.
pub(super) fn bits_from<W: Word>(start: usize, word: usize) -> W {
    match start.saturating_sub(bits::<W>() * word) {
        below if below < bits::<W>() => !W::default() << below,
        _ => W::default(),
    }
}

impl Pattern {
    /// Returns the distances to some texts of one byte a character, each within its own `most`, as for one alone; none may be more
    /// than the pattern was made for.
    pub fn distances_within(&self, texts: &[&[u8]], most: &[usize]) -> Vec<Option<usize>> {
        let mut distances = Vec::with_capacity(texts.len());
        for (texts, most) in texts.chunks(8).zip(most.chunks(8)) {
            match self.side_by_side::<u32, 8, 1>(texts, most) {
                Some(eight) => distances.extend_from_slice(&eight[..texts.len()]),
                None => {
                    let fours = texts.chunks(4).zip(most.chunks(4));
                    fours.for_each(|(texts, most)| self.four_within(texts, most, &mut distances));
                }
            }
        }
        distances
    }

    fn four_within(&self, texts: &[&[u8]], most: &[usize], distances: &mut Vec<Option<usize>>) {
        let in_two_words = || self.side_by_side::<u64, 4, 2>(texts, most);
        match self.side_by_side::<u64, 4, 1>(texts, most).or_else(in_two_words) {
            Some(four) => distances.extend_from_slice(&four[..texts.len()]),
            None => distances.extend(texts.iter().zip(most).map(|(text, most)| self.latin_distance(text, *most))),
        }
    }

    /// Returns the distances to at most `N` texts with bands of `WORDS` words; `None` where they are too few to be worth it, or the
    /// band of all of them is too broad.
    fn side_by_side<W: Word, const N: usize, const WORDS: usize>(
        &self,
        texts: &[&[u8]],
        most: &[usize],
    ) -> Option<[Option<usize>; N]> {
        let places = self.side_by_side.as_ref()?;
        let near = texts.iter().zip(most).all(|(text, most)| (self.length.abs_diff(text.len())..=places.most).contains(most));
        if !near || texts.len() < N / 2 {
            return None;
        }
        let (mut above, mut below) = (0, 0);
        for (text, most) in texts.iter().zip(most) {
            let band = Band::new(self.length, text.len(), *most);
            (above, below) = (above.max(band.above), below.max(band.below));
        }
        if above + below >= WORDS * bits::<W>() {
            return None;
        }
        let number = |number: usize| W::try_from(number).unwrap_or(!W::default());
        let none = [W::default(); N];
        let (last, is_last) = (none, [none; WORDS]);
        let mut side_by_side = SideBySide { places, texts: [&[]; N], above, last, is_last, start: none, most: none };
        for lane in 0..N {
            // Places that are left over take the last text again.
            let nth = lane.min(texts.len() - 1);
            let band = Band::new(self.length, texts[nth].len(), most[nth]);
            let last = band.last + above - band.above;
            side_by_side.texts[lane] = texts[nth];
            side_by_side.last[lane] = number(last % bits::<W>());
            side_by_side.is_last[last / bits::<W>()][lane] = !W::default();
            side_by_side.start[lane] = number(band.start);
            side_by_side.most[lane] = number(most[nth]);
        }
        let mut distances = [None; N];
        for (nth, distance) in Arch::new().dispatch(side_by_side).into_iter().take(texts.len()).enumerate() {
            distances[nth] = distance.try_into().ok().filter(|distance| *distance <= most[nth]);
        }
        Some(distances)
    }
}

/// Texts on their way to the registers, under one band that covers those of all.
struct SideBySide<'a, W, const N: usize, const WORDS: usize> {
    places: &'a Places,
    texts: [&'a [u8]; N],
    /// How many diagonals of the band lie above the main one.
    above: usize,
    /// For each text the bit of the diagonal on which the distance stands at the end, and all bits of the word that it lies in.
    last: [W; N],
    is_last: [[W; N]; WORDS],
    /// For each text, as for one alone.
    start: [W; N],
    most: [W; N],
}

/// So many columns are looked up together; after them it is seen whether all texts are too far.
const COLUMNS: usize = 8;

impl<W: Word, const N: usize, const WORDS: usize> NullaryFnOnce for SideBySide<'_, W, N, WORDS> {
    type Output = [W; N];

    /// Ends when all are too far.
    #[inline(always)]
    fn call(self) -> [W; N] {
        let none = [W::default(); N];
        let mut bands = Bands { more: [none; WORDS], less: [none; WORDS], distances: self.start };
        for (word, more) in bands.more.iter_mut().enumerate() {
            *more = [bits_from(self.above, word); N];
        }
        let longest = self.texts.iter().map(|text| text.len()).max().unwrap_or(0);
        for column in (0..longest).step_by(COLUMNS) {
            for places in &self.places_at(column) {
                bands.go_on(places, &self.last, &self.is_last);
            }
            if self.are_too_far(&bands.distances) {
                break;
            }
        }
        bands.distances
    }
}

/// The bands of some texts in one column: where the distance is one more or one less than in the row above.
struct Bands<W, const N: usize, const WORDS: usize> {
    more: [[W; N]; WORDS],
    less: [[W; N]; WORDS],
    distances: [W; N],
}

// Loops and functions that are always inlined: what a closure does is not sure to come into the wide registers.
impl<W: Word, const N: usize, const WORDS: usize> Bands<W, N, WORDS> {
    /// Goes on to the next column.
    #[inline(always)]
    fn go_on(&mut self, places: &[[W; N]; WORDS], last: &[W; N], is_last: &[[W; N]; WORDS]) {
        let (none, one) = (W::default(), W::from(true));
        let mut same = [[none; N]; WORDS];
        let mut carried = [none; N];
        for word in 0..WORDS {
            for lane in 0..N {
                let (places, more) = (places[word][lane], self.more[word][lane]);
                let both = places & more;
                let sum = both.plus(more).plus(carried[lane]);
                carried[lane] = (both | more & !sum) >> (bits::<W>() - 1);
                same[word][lane] = (sum ^ more) | places | self.less[word][lane];
            }
        }
        for word in 0..WORDS {
            for (lane, own) in same[word].iter().enumerate() {
                let right_more = self.less[word][lane] | !(*own | self.more[word][lane]);
                let right_less = *own & self.more[word][lane];
                let mut down = *own >> 1;
                if word + 1 < WORDS {
                    down = down | same[word + 1][lane] << (bits::<W>() - 1);
                }
                self.more[word][lane] = right_less | !(down | right_more);
                self.less[word][lane] = down & right_more;
            }
        }
        for (lane, distance) in self.distances.iter_mut().enumerate() {
            let mut own = same[0][lane] & is_last[0][lane];
            for word in 1..WORDS {
                own = own | same[word][lane] & is_last[word][lane];
            }
            *distance = distance.plus(!(own >> last[lane]) & one);
        }
    }
}

impl<W: Word, const N: usize, const WORDS: usize> SideBySide<'_, W, N, WORDS> {
    #[inline(always)]
    fn are_too_far(&self, distances: &[W; N]) -> bool {
        let mut all = true;
        for (lane, distance) in distances.iter().enumerate() {
            all &= *distance > self.most[lane];
        }
        all
    }

    /// Returns the places under the band of the characters in some columns. After the end of a text all places are its: nothing
    /// is added to the distance any more.
    #[inline(always)]
    fn places_at(&self, column: usize) -> [[[W; N]; WORDS]; COLUMNS] {
        let mut numbers = [[AFTER_THE_END; COLUMNS]; N];
        for (lane, numbers) in numbers.iter_mut().enumerate() {
            let rest = self.texts[lane].get(column..).unwrap_or_default();
            match rest.first_chunk::<COLUMNS>() {
                Some(characters) => self.number(numbers, characters),
                None => self.number(numbers, rest),
            }
        }
        let first = STEP * self.places.margin + column - self.above;
        let mut places = [[[W::default(); N]; WORDS]; COLUMNS];
        for (column, places) in places.iter_mut().enumerate() {
            let (row, shift) = ((first + column) / STEP, (first + column) % STEP);
            for (word, places) in places.iter_mut().enumerate() {
                let row = row + bits::<W>() / STEP * word;
                let rows = [&self.places.rows[row], &self.places.rows[row + 1]];
                for lane in 0..N {
                    places[lane] = W::places(rows, numbers[lane][column], shift);
                }
            }
        }
        places
    }

    #[inline(always)]
    fn number(&self, numbers: &mut [u8; COLUMNS], characters: &[u8]) {
        for (at, c) in characters.iter().enumerate() {
            numbers[at] = self.places.numbers[usize::from(*c)];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn many_are_as_one_by_one(
            a in "[ab ]{0,20}|[abc ’]{40,120}|[ -~]{90,110}|[abc]{200,260}",
            texts in proptest::collection::vec("[abc ]{400}", 0..20),
            length in 0_usize..260,
            longer in proptest::collection::vec(0_usize..130, 20),
            few in 1_usize..130,
            most in proptest::collection::vec(0_usize..140, 20),
        ) {
            let pattern = Pattern::new(&a.chars().collect::<Vec<_>>(), 140);
            let longer = longer.iter().map(|longer| longer % few);
            let texts: Vec<&[u8]> = texts.iter().zip(longer).map(|(text, longer)| &text.as_bytes()[..length + longer]).collect();
            let found = pattern.distances_within(&texts, &most[..texts.len()]);
            let one_by_one: Vec<_> = texts.iter().zip(&most).map(|(text, most)| pattern.latin_distance(text, *most)).collect();
            prop_assert_eq!(found, one_by_one);
        }
    }

    #[test]
    fn a_band_lies_in_a_word_as_long_as_it_fits() {
        let a: Vec<char> = "abcdefgh ".chars().cycle().take(90).collect();
        let text = "ab defhg cde".repeat(7);
        let texts = [text.as_bytes(); 8];
        let pattern = Pattern::new(&a, 140);
        // 90 and 84 characters: the broadest band within 31 edits has 31 diagonals, and one more each further edit.
        let narrow = [(31, [true; 3]), (32, [false, true, true]), (63, [false, true, true])];
        let broad = [(66, [false, false, true]), (127, [false, false, true]), (130, [false; 3])];
        for (most, fits) in narrow.into_iter().chain(broad) {
            let found = [
                pattern.side_by_side::<u32, 8, 1>(&texts, &[most; 8]).is_some(),
                pattern.side_by_side::<u64, 4, 1>(&texts[..4], &[most; 4]).is_some(),
                pattern.side_by_side::<u64, 4, 2>(&texts[..4], &[most; 4]).is_some(),
            ];
            assert_eq!(found, fits, "{most}");
        }
        let many: Vec<char> = (' '..='~').collect();
        assert!(Pattern::new(&many, 9).side_by_side.is_none());
    }
}
