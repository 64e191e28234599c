//! The likeliest beads: each bead is weighed by all ways through the two texts that use it, against all that do not.

use std::f32::consts::LOG2_E;
use std::ops::Range;

use crate::memory::align::Bead;
use crate::memory::align::corridor::Corridor;
use crate::memory::align::field::Field;
use crate::memory::align::length::{self, Extents};
use crate::memory::align::odds::Odds;
use crate::memory::align::powers;
use crate::memory::align::rows::{LONGEST, Rows};

/// The moves that pair sentences: so many of the source, so many of the target.
const MOVES: [(usize, usize); 6] = [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)];
/// The moves that leave a sentence without counterpart.
const SKIPS: [(usize, usize); 2] = [(1, 0), (0, 1)];
/// What each move is worth without any evidence, and a sentence without counterpart: logarithms, chosen with the other weights
/// on one half of the gold documents.
const PRIORS: [f32; 6] = [0.1, -2.1, -2.1, -6.0, -5.5, -5.5];
const NULL: f32 = -2.0;
/// What all evidence is multiplied with, since its parts are not independent.
const TRUST: f32 = 0.7;
/// A move that is less likely by this than leaving out its sentences, as a logarithm, is not taken.
const LOST: f32 = 10.0;
/// A bead is worth taking from this likelihood on.
const LEAST_LIKELIHOOD: f32 = 0.45;

/// Returns the beads that are most likely right, in order.
pub fn likeliest_beads(field: &Field, extents: (&Extents, &Extents), corridor: &Corridor) -> Vec<Bead> {
    let mut lattice = Lattice::new(corridor);
    lattice.weigh(field, extents);
    lattice.find_likelihoods();
    lattice.best_beads()
}

/// All places in the corridor, with what each move that ends there is worth.
struct Lattice {
    /// By source place.
    rows: Vec<Places>,
    moves: Vec<Moves>,
}

/// The places of one source place: those with so many target places from the lowest on.
#[derive(Clone, Copy, Debug, Default)]
struct Places {
    lowest: usize,
    count: usize,
    /// The number of the first.
    first: usize,
}

impl Places {
    /// Returns the target places.
    fn targets(self) -> Range<usize> {
        self.lowest..self.lowest + self.count
    }

    /// Returns the numbers of the places.
    fn numbers(self) -> Range<usize> {
        self.first..self.first + self.count
    }

    /// Returns the number of the place that is `back` before a target place, if there is one.
    fn before(self, target: usize, back: usize) -> Option<usize> {
        let nth = target.wrapping_sub(back).wrapping_sub(self.lowest);
        (nth < self.count).then(|| self.first + nth)
    }
}

/// The moves that end at a place.
#[derive(Clone, Copy, Debug)]
struct Moves {
    /// First the odds of each against leaving out its sentences, over a power of two; then its likelihood.
    odds: [f32; MOVES.len()],
    /// The power of two.
    power: i32,
}

impl Moves {
    /// No move.
    const NONE: Self = Self { odds: [0.0; MOVES.len()], power: 0 };

    /// Makes moves of the logarithms of their odds.
    fn new(logarithms: [f32; MOVES.len()]) -> Self {
        let best = logarithms.into_iter().fold(f32::NEG_INFINITY, f32::max);
        if best < -LOST {
            return Self::NONE;
        }
        let power = (best * LOG2_E) as i32;
        let odds = |logarithm: f32| {
            let odds = powers::exp2(logarithm * LOG2_E - power as f32);
            if logarithm < -LOST { 0.0 } else { odds }
        };
        Self { odds: logarithms.map(odds), power }
    }

    /// Returns the moves that are worth something, by their number.
    fn hopeful(self) -> impl Iterator<Item = (usize, f64)> {
        (0..MOVES.len()).map(move |nth| (nth, f64::from(self.odds[nth]))).filter(|(_, odds)| *odds > 0.0)
    }
}

impl Lattice {
    fn new(corridor: &Corridor) -> Self {
        let mut first = 0;
        let row = |source: usize| {
            let (lowest, highest) = corridor.row(source).into_inner();
            let places = Places { lowest, count: highest + 1 - lowest, first };
            first += places.count;
            places
        };
        let rows = (0..corridor.len()).map(row).collect();
        Self { rows, moves: vec![Moves::NONE; first] }
    }

    /// Returns the places of a source place and of the three before it, itself first.
    fn near(&self, source: usize) -> [Places; LONGEST + 1] {
        std::array::from_fn(|back| source.checked_sub(back).map_or_else(Places::default, |source| self.rows[source]))
    }

    /// Finds the odds of each move.
    fn weigh(&mut self, field: &Field, extents: (&Extents, &Extents)) {
        let mut rows = Rows::new(field);
        let mut logarithms: [Vec<f32>; MOVES.len()] = Default::default();
        for source in 1..self.rows.len() {
            let (near, row) = (self.near(source), self.rows[source].targets());
            rows.advance(source - 1, row.start.saturating_sub(1)..row.end - 1);
            for ((step, prior), logarithms) in MOVES.into_iter().zip(PRIORS).zip(&mut logarithms) {
                logarithms.clear();
                logarithms.resize(row.len(), f32::NEG_INFINITY);
                let ends = ends(&near, step);
                if ends.is_empty() {
                    continue;
                }
                let worths = &mut logarithms[ends.start - row.start..ends.end - row.start];
                worths.fill(0.0);
                rows.add_said(ends.clone(), step, worths);
                length::add_evidence((extents.0, source, step.0), (extents.1, ends, step.1), worths);
                let prior = prior - NULL * (step.0 + step.1) as f32;
                worths.iter_mut().for_each(|worth| *worth = prior + TRUST * *worth);
            }
            for (nth, place) in self.moves[self.rows[source].numbers()].iter_mut().enumerate() {
                *place = Moves::new(std::array::from_fn(|step| logarithms[step][nth]));
            }
        }
    }

    /// Turns the odds of each move into its likelihood, by the forward-backward algorithm.
    fn find_likelihoods(&mut self) {
        let forward = self.forward();
        let mut backward = vec![Odds::ZERO; self.moves.len()];
        let (Some(last), Some(all)) = (backward.last_mut(), forward.last().copied()) else { return };
        *last = Odds::ONE;
        for source in (0..self.rows.len()).rev() {
            let near = self.near(source);
            for (target, place) in near[0].targets().zip(near[0].numbers()).rev() {
                let after = backward[place];
                for before in SKIPS.into_iter().filter_map(|(sources, targets)| near[sources].before(target, targets)) {
                    backward[before] = backward[before].plus(after);
                }
                let moves = self.moves[place];
                for (nth, odds) in moves.hopeful() {
                    let Some(before) = near[MOVES[nth].0].before(target, MOVES[nth].1) else { continue };
                    let after = after.times(odds, moves.power);
                    backward[before] = backward[before].plus(after);
                    self.moves[place].odds[nth] = forward[before].share(after, all);
                }
            }
        }
    }

    /// Returns the odds of all ways from the start to each place.
    fn forward(&self) -> Vec<Odds> {
        let mut forward = vec![Odds::ZERO; self.moves.len()];
        if let Some(first) = forward.first_mut() {
            *first = Odds::ONE;
        }
        for source in 0..self.rows.len() {
            let near = self.near(source);
            for (target, place) in near[0].targets().zip(near[0].numbers()) {
                let mut sum = forward[place];
                for before in SKIPS.into_iter().filter_map(|(sources, targets)| near[sources].before(target, targets)) {
                    sum = sum.plus(forward[before]);
                }
                let moves = self.moves[place];
                for (nth, odds) in moves.hopeful() {
                    let Some(before) = near[MOVES[nth].0].before(target, MOVES[nth].1) else { continue };
                    sum = sum.plus(forward[before].times(odds, moves.power));
                }
                forward[place] = sum;
            }
        }
        forward
    }

    /// Returns the way whose beads are likeliest in sum, each less the least likelihood.
    fn best_beads(&self) -> Vec<Bead> {
        let mut best = vec![0.0_f64; self.moves.len()];
        let mut steps = vec![(0_u8, 0_u8); self.moves.len()];
        for source in 0..self.rows.len() {
            let near = self.near(source);
            for (target, place) in near[0].targets().zip(near[0].numbers()) {
                let mut chosen = (f64::NEG_INFINITY, (0, 0));
                let mut consider = |step: (usize, usize), gain: f64| {
                    if let Some(before) = near[step.0].before(target, step.1)
                        && best[before] + gain > chosen.0
                    {
                        chosen = (best[before] + gain, step);
                    }
                };
                SKIPS.into_iter().for_each(|step| consider(step, 0.0));
                for (step, likelihood) in MOVES.into_iter().zip(self.moves[place].odds) {
                    if likelihood > LEAST_LIKELIHOOD {
                        consider(step, f64::from(likelihood - LEAST_LIKELIHOOD));
                    }
                }
                if chosen.1 != (0, 0) {
                    best[place] = chosen.0;
                    steps[place] = (chosen.1.0 as u8, chosen.1.1 as u8);
                }
            }
        }
        self.trace(&steps)
    }

    fn trace(&self, steps: &[(u8, u8)]) -> Vec<Bead> {
        let mut beads = Vec::new();
        let mut source = self.rows.len() - 1;
        let mut target = self.rows[source].targets().end - 1;
        while let Some(place) = self.rows[source].before(target, 0) {
            let (sources, targets) = (usize::from(steps[place].0), usize::from(steps[place].1));
            if let Some(nth) = MOVES.iter().position(|step| *step == (sources, targets)) {
                let (from, to) = (source - sources..source, target - targets..target);
                beads.push(Bead { source: from, target: to, confidence: self.moves[place].odds[nth] });
            }
            if sources + targets == 0 {
                break;
            }
            (source, target) = (source - sources, target - targets);
        }
        beads.reverse();
        beads
    }
}

/// Returns the target places in a row where a move may end: it comes out of the corridor, and its sentences are in the rows.
fn ends(near: &[Places; LONGEST + 1], (sources, targets): (usize, usize)) -> Range<usize> {
    let (row, from, after) = (near[0].targets(), near[sources].targets(), near[sources - 1].targets());
    let start = (row.start.saturating_sub(1).max(from.start) + targets).max(row.start);
    start..(from.end + targets).min(after.end)
}
