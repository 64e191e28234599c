//! The kept segments that are like a query: all of them at or above a score, as a full scan would find them.
//!
//! Three sieves, each of which can lose nothing: the length; the grams of the query that a lane has in about the same place (bits
//! counted for hundreds of lanes at a time); the edit distance itself.

use std::collections::hash_map::Entry;
use std::ops::Range;

use rustc_hash::FxHashMap as HashMap;

use crate::memory::gram::{self, Half, Halves};
use crate::memory::run::gram_row::{Piece, Row};
use crate::memory::run::shape::RunShape;
use crate::memory::run::{self, BITMAP, Bitmap, CONTAINER, UnitRow};
use crate::memory::tally::{self, Bounds, Either};
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

    /// Returns the row of a gram in a run, some containers of it at least; `None` where no lane has the gram.
    fn row(&self, run: usize, row: u16, containers: &Range<usize>) -> Result<Option<Row<'_>>, Self::Error>;

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
pub fn search<R: Runs>(runs: &R, folded_query: &str, min_score: u8) -> Result<Vec<NearLane>, R::Error> {
    let query: Vec<char> = folded_query.chars().collect();
    let lengths = lengths(query.len(), min_score);
    let longest = runs.shapes().flat_map(|shape| shape.longest()).max().unwrap_or(0).min(lengths.end - 1).max(query.len());
    let pattern = Pattern::new(&query, most_edits(longest, min_score));
    let search = Search { runs, grams: grams(folded_query), pattern, lengths, min_score };
    let mut near = Vec::new();
    for (run, shape) in runs.shapes().enumerate() {
        search.run(run, shape, &mut near)?;
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
    fn run(&self, run: usize, shape: &RunShape, near: &mut Vec<NearLane>) -> Result<(), R::Error> {
        let lanes = shape.lanes_of(self.lengths.clone());
        if lanes.is_empty() {
            return Ok(());
        }
        let containers = lanes.start / CONTAINER..lanes.end.div_ceil(CONTAINER);
        let mut sieve = if shape.has_rows() { self.sieve(run, &containers)? } else { Sieve::default() };
        let mut survivors = Vec::new();
        let mut held: Option<(Vec<usize>, Limits)> = None;
        for container in containers {
            let first = container * CONTAINER;
            let own = lanes.start.max(first)..lanes.end.min(first + CONTAINER);
            survivors.clear();
            if shape.has_rows() {
                let lengths: Vec<usize> = shape.lengths_of(own.clone()).take(MANY_LENGTHS).collect();
                // Most lanes of a container have the length of those in the one before it.
                let limits = match held.take() {
                    Some((of, limits)) if lengths.len() == 1 && of == lengths => limits,
                    _ => self.limits(shape, &own, &lengths),
                };
                let left = sieve.lanes(container, &limits);
                held = Some((lengths, limits));
                survivors.extend(lanes_in(&left).map(|lane| first + lane).filter(|lane| own.contains(lane)));
            } else {
                survivors.extend(own);
            }
            self.prove(run, &survivors, near)?;
        }
        Ok(())
    }

    /// Returns the rows of the query's grams in a run.
    fn sieve(&self, run: usize, containers: &Range<usize>) -> Result<Sieve<'_>, R::Error> {
        let mut sieve = Sieve::default();
        let mut known = HashMap::default();
        let mut place = |number: u16| match known.entry(number) {
            Entry::Occupied(place) => Ok(*place.get()),
            Entry::Vacant(entry) => {
                let place = self.runs.row(run, number, containers)?.map(|row| {
                    sieve.rows.push(row);
                    sieve.rows.len() - 1
                });
                Ok(*entry.insert(place))
            }
        };
        for gram in &self.grams {
            sieve.grams.push((place(run::row(*gram, Half::First))?, place(run::row(*gram, Half::Second))?));
        }
        Ok(sieve)
    }

    /// Returns what the lanes of a container are held to, whose texts have these lengths.
    fn limits(&self, shape: &RunShape, lanes: &Range<usize>, lengths: &[usize]) -> Limits {
        let halves = self.halves(lengths);
        if let [length] = lengths {
            let least_shared = Bounds::all(self.least_shared(*length));
            return Limits { least_shared, most_edits: Bounds::all(self.most_edits(*length)), halves };
        }
        let first = lanes.start / CONTAINER * CONTAINER;
        let mut limits = Limits { least_shared: Bounds::all(usize::MAX), most_edits: Bounds::all(0), halves };
        for word in 0..CONTAINER / 64 {
            let start = (first + 64 * word).max(lanes.start);
            let end = (first + 64 * (word + 1)).min(lanes.end);
            if start < end {
                let lengths = || shape.lengths_of(start..end);
                limits.least_shared.set(word, lengths().map(|length| self.least_shared(length)).min().unwrap_or(0));
                limits.most_edits.set(word, lengths().map(|length| self.most_edits(length)).max().unwrap_or(usize::MAX));
            }
        }
        limits
    }

    /// Returns the halves in which each gram of the query may stand in texts of these lengths.
    fn halves(&self, lengths: &[usize]) -> Vec<Halves> {
        if lengths.len() == MANY_LENGTHS {
            return vec![Halves { first: true, second: true }; self.grams.len()];
        }
        let reached = |place: usize| {
            let of = |length: &usize| Halves::reached(place, self.pattern.length(), *length, self.most_edits(*length));
            lengths.iter().map(of).fold(Halves::default(), Halves::or)
        };
        (0..self.grams.len()).map(reached).collect()
    }

    /// Returns how many of the query's grams a text of this length shares at the least.
    fn least_shared(&self, length: usize) -> usize {
        let longer = length.saturating_sub(self.pattern.length());
        self.grams.len().saturating_sub((2 * self.most_edits(length)).saturating_sub(longer))
    }

    /// Keeps the lanes that are near enough.
    fn prove(&self, run: usize, mut lanes: &[usize], near: &mut Vec<NearLane>) -> Result<(), R::Error> {
        while let Some((first, rest)) = lanes.split_first() {
            if let Some((four, others)) = lanes.split_first_chunk::<4>()
                && self.prove_four(run, four, near)
            {
                lanes = others;
                continue;
            }
            let (length, distance) = self
                .runs
                .with_text(run, *first, |text| (text.len(), self.pattern.distance_within(text, self.most_edits(text.len()))))?;
            near.extend(distance.map(|distance| self.near_lane(run, *first, length, distance)));
            lanes = rest;
        }
        Ok(())
    }

    /// Proves four lanes at once, where their texts are at hand and of one length.
    fn prove_four(&self, run: usize, lanes: &[usize; 4], near: &mut Vec<NearLane>) -> bool {
        let texts = lanes.map(|lane| match self.runs.text(run, lane) {
            Some(Characters::One(text)) => Some(text),
            _ => None,
        });
        let [Some(a), Some(b), Some(c), Some(d)] = texts else { return false };
        let Some(distances) = self.pattern.four_distances_within([a, b, c, d], self.most_edits(a.len())) else { return false };
        for (lane, distance) in lanes.iter().zip(distances) {
            near.extend(distance.map(|distance| self.near_lane(run, *lane, a.len(), distance)));
        }
        true
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

/// What the lanes of a container are held to.
struct Limits {
    /// For each 64 lanes, how many grams of the query they share at the least, and how many edits they are away at the most.
    least_shared: Bounds,
    most_edits: Bounds,
    /// Where each gram of the query may stand.
    halves: Vec<Halves>,
}

/// The rows of a query's grams in one run.
#[derive(Default)]
struct Sieve<'a> {
    rows: Vec<Row<'a>>,
    /// The rows of each gram in the first and in the second half; `None` for a row that no lane has.
    grams: Vec<(Option<usize>, Option<usize>)>,
    /// Room for the bits of one container.
    made: Vec<Bitmap>,
}

/// In lanes of so many lengths a gram may stand anywhere.
const MANY_LENGTHS: usize = 64;
/// From so many lanes on a container is worth a closer look.
const MANY_LANES: u32 = 128;
/// A row that no lane has.
const NO_LANE: &Bitmap = &[0; BITMAP];

impl Sieve<'_> {
    /// Returns the lanes of a container that may be near enough.
    fn lanes(&mut self, container: usize, limits: &Limits) -> Bitmap {
        let Self { rows, grams, made } = self;
        let pieces: Vec<Piece<'_>> = rows.iter().map(|row| row.piece(container)).collect();
        made.clear();
        for piece in pieces.iter().filter(|piece| matches!(piece, Piece::Gaps(_) | Piece::Lanes(_))) {
            let mut bits = [0; BITMAP];
            piece.expand(&mut bits);
            made.push(bits);
        }
        let mut next = made.iter();
        let bits: Vec<&Bitmap> = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Empty => NO_LANE,
                Piece::Bits(bits) => bits,
                Piece::Gaps(_) | Piece::Lanes(_) => next.next().unwrap_or(NO_LANE),
            })
            .collect();
        let of = |reached: bool, row: Option<usize>| row.filter(|_| reached).map_or(NO_LANE, |row| bits[row]);
        let rows = grams
            .iter()
            .zip(&limits.halves)
            .map(|((first, second), halves)| (of(halves.first, *first), of(halves.second, *second)));
        let rows: Vec<Either<'_>> = rows.collect();
        let lanes = tally::lanes_with(&rows, &limits.least_shared);
        if lanes.iter().map(|byte| byte.count_ones()).sum::<u32>() < MANY_LANES {
            return lanes;
        }
        tally::lanes_lacking(&rows, &limits.most_edits, &lanes)
    }
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
