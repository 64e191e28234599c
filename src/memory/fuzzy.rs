//! The kept segments that are like a query: all of them at or above a score, as a full scan would find them.
//!
//! Three sieves, each of which can lose nothing: the length; the grams of the query that a lane has in about the same place (bits
//! counted for hundreds of lanes at a time); the edit distance itself.

mod sieve;

use std::collections::hash_map::Entry;
use std::ops::Range;

use bumpalo::Bump;
use rustc_hash::FxHashMap as HashMap;

pub use crate::memory::fuzzy::sieve::Room;
use crate::memory::fuzzy::sieve::{Limits, Sieve};
use crate::memory::gram::{self, Half, Halves};
use crate::memory::run::gram_row::Row;
use crate::memory::run::shape::RunShape;
use crate::memory::run::{self, Bitmap, CONTAINER, UnitRow};
use crate::memory::tally::{self, Count};
use crate::text::characters::{self, Characters};
use crate::text::levenshtein::Pattern;

/// The most grams of a query that are counted; more would say no more.
const MOST_GRAMS: usize = tally::MOST_ROWS;

/// The runs of one language, by whoever keeps them.
pub trait Runs {
    /// Why the runs cannot be read.
    type Error;

    /// Returns the shapes of the runs.
    fn shapes(&self) -> impl Iterator<Item = &RunShape>;

    /// Returns the row of a gram in a run, some containers of it at least; `None` where no lane has the gram. What has to be
    /// read for it is put into `room`.
    fn row<'a>(
        &'a self,
        run: usize,
        row: u16,
        containers: &Range<usize>,
        room: &'a Bump,
    ) -> Result<Option<Row<'a>>, Self::Error>;

    /// Returns the text of a lane, where it is at hand.
    fn text(&self, run: usize, lane: usize) -> Option<Characters<'_>>;

    /// Visits the text of a lane.
    fn with_text<T>(&self, run: usize, lane: usize, visit: impl FnOnce(&Characters<'_>) -> T) -> Result<T, Self::Error>;

    /// Returns the unit of a lane.
    fn unit(&self, run: usize, lane: usize) -> Result<UnitRow, Self::Error>;
}

/// A lane that is like the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearLane {
    /// The likeness, 0 to 100: 100 · (1 − distance / longer length), rounded down.
    pub score: u8,
    /// The Levenshtein distance in characters of the folded texts.
    pub distance: u32,
    /// The length of the longer of the two.
    pub longer: u32,
    /// The run and the lane.
    pub place: (u32, u32),
}

/// Returns the score of a distance.
pub fn score(distance: usize, longer: usize) -> u8 {
    (100 * (longer - distance.min(longer))).checked_div(longer).unwrap_or(100) as u8
}

/// Returns the score of two folded texts by themselves; `None` where it is below `min_score`.
pub fn score_between(folded_query: &str, folded: &str, min_score: u8) -> Option<u8> {
    let query: Vec<char> = folded_query.chars().collect();
    let mut bytes = Vec::new();
    let width = characters::encode(folded, &mut bytes);
    let text = Characters::new(&bytes, width);
    let longer = query.len().max(text.len());
    let most = most_edits(longer, min_score);
    Some(score(Pattern::new(&query, most).distance_within(&text, most)?, longer))
}

/// Returns the most edits between two texts, the longer of which has `longer` characters, that reach a score.
fn most_edits(longer: usize, min_score: u8) -> usize {
    longer * (100 - usize::from(min_score.min(100))) / 100
}

/// Returns the lengths that a text like one of `length` characters may have.
fn lengths(length: usize, min_score: u8) -> Range<usize> {
    let least = length - most_edits(length, min_score);
    let most = if min_score == 0 { usize::MAX - 1 } else { 100 * length / usize::from(min_score) };
    least..most + 1
}

/// Finds every lane with a score of at least `min_score`, in no order.
pub fn search<R: Runs>(runs: &R, folded_query: &str, min_score: u8, room: &mut Room) -> Result<Vec<NearLane>, R::Error> {
    let query: Vec<char> = folded_query.chars().collect();
    let lengths = lengths(query.len(), min_score);
    // Nothing is made ready for a query that no text is as long as.
    if runs.shapes().all(|shape| shape.lanes_of(lengths.clone()).is_empty()) {
        return Ok(Vec::new());
    }
    let longest = runs.shapes().flat_map(|shape| shape.longest()).max().unwrap_or(0).min(lengths.end - 1).max(query.len());
    let pattern = Pattern::new(&query, most_edits(longest, min_score));
    let search = Search { runs, grams: grams(folded_query), pattern, lengths, min_score };
    let mut near = Vec::new();
    for (run, shape) in runs.shapes().enumerate() {
        search.run(run, shape, room, &mut near)?;
    }
    Ok(near)
}

fn grams(folded_query: &str) -> Vec<u16> {
    let (mut bytes, mut grams) = (Vec::new(), Vec::new());
    let width = characters::encode(folded_query, &mut bytes);
    gram::for_each_gram(&Characters::new(&bytes, width), |gram| grams.push(gram));
    grams.truncate(MOST_GRAMS);
    grams
}

struct Search<'a, R> {
    runs: &'a R,
    grams: Vec<u16>,
    pattern: Pattern,
    lengths: Range<usize>,
    min_score: u8,
}

impl<R: Runs> Search<'_, R> {
    fn run(&self, run: usize, shape: &RunShape, room: &mut Room, near: &mut Vec<NearLane>) -> Result<(), R::Error> {
        let lanes = shape.lanes_of(self.lengths.clone());
        if lanes.is_empty() {
            return Ok(());
        }
        let containers = lanes.start / CONTAINER..lanes.end.div_ceil(CONTAINER);
        let longest = shape.stretches_of(lanes.clone()).last().map_or(0, |(stretch, _)| stretch.length as usize);
        let mut sieve = if shape.has_rows() { Some(self.sieve(run, &containers, longest, room)?) } else { None };
        let mut survivors = Vec::new();
        for container in containers {
            let first = container * CONTAINER;
            let own = lanes.start.max(first)..lanes.end.min(first + CONTAINER);
            survivors.clear();
            match &mut sieve {
                Some(sieve) => {
                    let left = sieve.lanes(container, own.start - first..own.end - first, &self.limits(shape, own.clone()));
                    survivors.extend(lanes_in(&left).map(|lane| first + lane).filter(|lane| own.contains(lane)));
                }
                None => survivors.extend(own),
            }
            self.prove(run, &survivors, near)?;
        }
        Ok(())
    }

    /// Returns the rows of the query's grams in a run, for texts that are not longer than `longest`.
    fn sieve<'r>(
        &'r self,
        run: usize,
        containers: &Range<usize>,
        longest: usize,
        room: &'r mut Room,
    ) -> Result<Sieve<'r>, R::Error> {
        let (read, work) = room.for_run();
        let (mut rows, mut places) = (Vec::new(), HashMap::default());
        let mut place = |is_reached: bool, number: u16| {
            if !is_reached {
                return Ok(None);
            }
            match places.entry(number) {
                Entry::Occupied(place) => Ok(*place.get()),
                Entry::Vacant(entry) => {
                    let place = self.runs.row(run, number, containers, read)?.map(|row| {
                        rows.push(row);
                        rows.len() - 1
                    });
                    Ok(*entry.insert(place))
                }
            }
        };
        let halves = self.halves(longest);
        let mut both = |(gram, halves): (&u16, Halves)| {
            Ok((place(halves.first, run::row(*gram, Half::First))?, place(halves.second, run::row(*gram, Half::Second))?))
        };
        let grams = self.grams.iter().zip(halves).map(&mut both).collect::<Result<_, _>>()?;
        Ok(Sieve::new(rows, grams, work))
    }

    /// Returns where each gram may stand in a text that is not longer than `longest`.
    fn halves(&self, longest: usize) -> Vec<Halves> {
        let edits = self.most_edits(longest);
        (0..self.grams.len()).map(|place| Halves::reached(place, self.pattern.length(), edits)).collect()
    }

    /// Returns what these lanes of a container are held to.
    fn limits(&self, shape: &RunShape, lanes: Range<usize>) -> Limits {
        let first = lanes.start / CONTAINER * CONTAINER;
        let mut limits = Limits::default();
        let mut longest = 0;
        for (stretch, lanes) in shape.stretches_of(lanes) {
            let length = stretch.length as usize;
            let words = (lanes.start - first) / 64..(lanes.end - first).div_ceil(64);
            limits.each.raise(words.clone(), (2 * self.most_edits(length)).saturating_sub(self.insertions(length)));
            limits.apart.raise(words, self.most_edits(length));
            longest = length;
        }
        let edits = self.most_edits(longest);
        limits.sharper = if 2 * self.insertions(longest) > edits { Count::Each } else { Count::Apart };
        limits.halves = self.halves(longest);
        limits
    }

    /// Returns how many characters at the least a text of this length has more than the query. Each of them takes away one of
    /// the query's grams at the most, and not two as other edits.
    fn insertions(&self, length: usize) -> usize {
        length.saturating_sub(self.pattern.length())
    }

    /// Keeps the lanes that are near enough: several at once, where their texts are at hand.
    fn prove(&self, run: usize, lanes: &[usize], near: &mut Vec<NearLane>) -> Result<(), R::Error> {
        let (mut at_hand, mut texts) = (Vec::with_capacity(lanes.len()), Vec::with_capacity(lanes.len()));
        for lane in lanes {
            match self.runs.text(run, *lane) {
                Some(Characters::One(text)) => {
                    at_hand.push(*lane);
                    texts.push(text);
                }
                _ => self.prove_one(run, *lane, near)?,
            }
        }
        touch(texts.iter().copied());
        let most: Vec<usize> = texts.iter().map(|text| self.most_edits(text.len())).collect();
        let distances = self.pattern.distances_within(&texts, &most);
        let proved = at_hand.iter().zip(&texts).zip(distances);
        near.extend(proved.filter_map(|((lane, text), distance)| Some(self.near_lane(run, *lane, text.len(), distance?))));
        Ok(())
    }

    fn prove_one(&self, run: usize, lane: usize, near: &mut Vec<NearLane>) -> Result<(), R::Error> {
        let distance = |text: &Characters<'_>| (text.len(), self.pattern.distance_within(text, self.most_edits(text.len())));
        let (length, distance) = self.runs.with_text(run, lane, distance)?;
        near.extend(distance.map(|distance| self.near_lane(run, lane, length, distance)));
        Ok(())
    }

    fn most_edits(&self, length: usize) -> usize {
        most_edits(length.max(self.pattern.length()), self.min_score)
    }

    fn near_lane(&self, run: usize, lane: usize, length: usize, distance: usize) -> NearLane {
        let longer = length.max(self.pattern.length());
        let place = (run as u32, lane as u32);
        NearLane { score: score(distance, longer), distance: distance as u32, longer: longer as u32, place }
    }
}

/// Reads the beginning of each text, so that the memory fetches all of them together and not one after the other.
fn touch<'a>(texts: impl Iterator<Item = &'a [u8]>) {
    std::hint::black_box(texts.map(|text| text.first().copied().unwrap_or(0)).fold(0, u8::wrapping_add));
}

fn lanes_in(bits: &Bitmap) -> impl Iterator<Item = usize> {
    bits.as_chunks::<8>().0.iter().enumerate().flat_map(|(word, bytes)| {
        let mut bits = u64::from_le_bytes(*bytes);
        std::iter::from_fn(move || {
            (bits != 0).then(|| {
                let lane = 64 * word + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                lane
            })
        })
    })
}
