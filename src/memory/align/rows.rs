//! What the tokens say for and against pairs of sentences, one row of pairs after another.
//!
//! Few pairs share anything: a row starts with what is said where nothing is shared, and only the places of what the sentence
//! shows are visited. What a lexicon adds is left to [`pieces`](crate::memory::align::pieces).

use std::collections::VecDeque;
use std::ops::Range;

use crate::memory::align::field::{Field, Side};
use crate::memory::align::pieces::Pieces;

/// The most sentences of one side in a bead.
pub const LONGEST: usize = 3;

/// What the tokens say about the pairs of one source sentence with neighbouring target sentences.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The first target sentence.
    pub first: usize,
    /// How well each target sentence is explained by the one, two or three source sentences that end here.
    pub there: [Vec<f32>; LONGEST],
    /// How well the source sentence is explained by the one, two or three target sentences that end with each.
    pub here: [Vec<f32>; LONGEST],
}

impl Row {
    /// Returns how well target sentences are explained by so many source sentences.
    fn there(&self, sources: usize, targets: Range<usize>) -> &[f32] {
        &self.there[sources - 1][targets.start - self.first..targets.end - self.first]
    }

    /// Returns how well the source sentence is explained by so many target sentences that end with each of the given ones.
    fn here(&self, count: usize, targets: Range<usize>) -> &[f32] {
        &self.here[count - 1][targets.start - self.first..targets.end - self.first]
    }
}

/// Makes rows, and keeps the last three.
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    field: &'a Field,
    /// By sign, how many source sentences there are up to the last that showed it.
    seen: Vec<usize>,
    places: SignPlaces,
    pieces: Option<Pieces<'a>>,
    /// The last rows, the current one in front.
    rows: VecDeque<Row>,
}

impl<'a> Rows<'a> {
    /// Starts before the first source sentence.
    pub fn new(field: &'a Field) -> Self {
        Self {
            field,
            seen: vec![0; field.source.worths.len()],
            places: SignPlaces::new(&field.target),
            pieces: field.has_pieces().then(|| Pieces::new(field)),
            rows: VecDeque::with_capacity(LONGEST),
        }
    }

    /// Makes the row of the next source sentence. The target sentences begin and end nowhere before those of the last row.
    pub fn advance(&mut self, source: usize, targets: Range<usize>) {
        let mut row = if self.rows.len() == LONGEST { self.rows.pop_back().unwrap_or_default() } else { Row::default() };
        row.first = targets.start;
        for (there, here) in row.there.iter_mut().zip(&mut row.here) {
            there.clear();
            there.extend_from_slice(&self.field.target.missing[targets.clone()]);
            here.clear();
            here.resize(targets.len(), self.field.source.missing[source]);
        }
        self.field.source.signs(source).iter().for_each(|sign| self.seen[*sign as usize] = source + 1);
        for back in 0..LONGEST.min(source + 1) {
            self.add_signs(source, back, targets.clone(), &mut row);
        }
        if let Some(pieces) = &mut self.pieces {
            pieces.add(source, targets, &mut row);
        }
        self.rows.push_front(row);
    }

    /// Adds what the tokens say for a move that ends with the current source sentence, before each of several target places. The
    /// rows have to hold all its sentences.
    pub fn add_said(&self, ends: Range<usize>, (sources, targets): (usize, usize), sums: &mut [f32]) {
        let mut add = |said: &[f32]| sums.iter_mut().zip(said).for_each(|(sum, said)| *sum += said);
        for column in 1..=targets {
            self.rows.front().into_iter().for_each(|row| add(row.there(sources, ends.start - column..ends.end - column)));
        }
        self.rows.iter().take(sources).for_each(|row| add(row.here(targets, ends.start - 1..ends.end - 1)));
    }

    /// Adds what the signs say that the source sentence `back` before this one was the last to show.
    fn add_signs(&mut self, source: usize, back: usize, targets: Range<usize>, row: &mut Row) {
        for sign in self.field.source.signs(source - back) {
            let sign = *sign as usize;
            if self.seen[sign] + back != source + 1 {
                continue;
            }
            let (here, there) = (self.field.source.worths[sign].gain(), self.field.target.worths[sign].gain());
            let places = self.places.within(sign, &targets);
            for (nth, place) in places.iter().enumerate() {
                let at = *place as usize - row.first;
                row.there[back..].iter_mut().for_each(|row| row[at] += there);
                if back > 0 {
                    continue;
                }
                // The sentence after the place has the sign in the two sentences that end there, and so on up to the next place.
                let end = places.get(nth + 1).map_or(targets.end, |next| *next as usize) - row.first;
                for more in 0..LONGEST.min(end - at) {
                    row.here[more..].iter_mut().for_each(|row| row[at + more] += here);
                }
            }
        }
    }
}

/// In which target sentences each sign stands.
#[derive(Clone, Debug)]
struct SignPlaces {
    /// Where the sentences of each sign begin, and up to where they are passed.
    starts: Vec<u32>,
    passed: Vec<u32>,
    sentences: Vec<u32>,
}

impl SignPlaces {
    fn new(side: &Side) -> Self {
        let mut starts = vec![0];
        for count in &side.sentences_with[..side.worths.len()] {
            starts.push(starts.last().copied().unwrap_or(0) + count);
        }
        let mut ends = starts.clone();
        let mut sentences = vec![0; starts.last().copied().unwrap_or(0) as usize];
        for sentence in 0..side.len() {
            for sign in side.signs(sentence) {
                let end = &mut ends[*sign as usize];
                sentences[*end as usize] = sentence as u32;
                *end += 1;
            }
        }
        Self { passed: starts.clone(), starts, sentences }
    }

    /// Returns where a sign stands within a range that begins nowhere before the last one.
    fn within(&mut self, sign: usize, targets: &Range<usize>) -> &[u32] {
        let all = &self.sentences[..self.starts[sign + 1] as usize];
        let passed = &mut self.passed[sign];
        while all.get(*passed as usize).is_some_and(|sentence| (*sentence as usize) < targets.start) {
            *passed += 1;
        }
        let rest = &all[*passed as usize..];
        let end = rest.iter().position(|sentence| *sentence as usize >= targets.end).unwrap_or(rest.len());
        &rest[..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::align::evidence::{Evidence, Kind, Sign};
    use crate::memory::align::field::SIGN;
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;

    /// Returns what the signs of some sentences say beside some of the other side, sign by sign.
    fn said_of(side: &Side, sentences: Range<usize>, other: &Side, others: Range<usize>) -> f32 {
        let is_there = |sign: &u32| others.clone().any(|sentence| other.signs(sentence).contains(sign));
        let worth = |sign: &u32| {
            let worth = side.worths[*sign as usize];
            if is_there(sign) { worth.shared } else { worth.missing }
        };
        SIGN * sentences.flat_map(|sentence| side.signs(sentence)).map(worth).sum::<f32>()
    }

    fn text() -> impl Strategy<Value = Vec<Evidence>> {
        let signs = |values: std::collections::BTreeSet<u64>| {
            let signs = values.into_iter().map(|value| Sign { kind: Kind::Number, value }).collect();
            Evidence { signs, ..Evidence::default() }
        };
        vec(btree_set(0..9_u64, 0..5).prop_map(signs), 1..9)
    }

    proptest! {
        #[test]
        fn rows_say_what_their_signs_say(source in text(), target in text(), width in 2..9_usize) {
            let field = Field::new(&source, &target, None);
            let within = |row: usize| row.saturating_sub(width).min(target.len())..(row + width).min(target.len());
            let mut rows = Rows::new(&field);
            for row in 0..source.len() {
                rows.advance(row, within(row));
                for (sources, targets) in [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)] {
                    let Some(from) = (row + 1).checked_sub(sources) else { continue };
                    for end in within(row).start + targets..=within(from).end {
                        let mut sums = [0.0];
                        rows.add_said(end..end + 1, (sources, targets), &mut sums);
                        let there = said_of(&field.target, end - targets..end, &field.source, from..row + 1);
                        let here = said_of(&field.source, from..row + 1, &field.target, end - targets..end);
                        prop_assert!((sums[0] - there - here).abs() < 1e-4, "{} {there} {here}", sums[0]);
                    }
                }
            }
        }
    }
}
