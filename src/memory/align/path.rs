//! The likeliest beads: each bead is weighed by all ways through the two texts that use it, against all that do not.

use std::f32::consts::LOG2_E;
use std::ops::RangeInclusive;

use crate::memory::align::Bead;
use crate::memory::align::corridor::Corridor;
use crate::memory::align::field::Field;
use crate::memory::align::length::{self, Extents};
use crate::memory::align::odds::Odds;
use crate::memory::align::rows::Rows;

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
struct Lattice<'a> {
    corridor: &'a Corridor,
    /// Where the places of each row begin.
    starts: Vec<usize>,
    moves: Vec<Moves>,
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
        let power = (best * LOG2_E).ceil();
        let odds = |logarithm: f32| if logarithm < -LOST { 0.0 } else { (logarithm * LOG2_E - power).exp2() };
        Self { odds: logarithms.map(odds), power: power as i32 }
    }

    /// Returns the moves that are worth something.
    fn hopeful(self) -> impl Iterator<Item = ((usize, usize), f32)> {
        MOVES.into_iter().zip(self.odds).filter(|(_, odds)| *odds > 0.0)
    }
}

impl<'a> Lattice<'a> {
    fn new(corridor: &'a Corridor) -> Self {
        let mut starts = vec![0];
        for source in 0..corridor.len() {
            let row = corridor.row(source);
            starts.push(starts[source] + row.end() + 1 - row.start());
        }
        let moves = vec![Moves::NONE; starts[corridor.len()]];
        Self { corridor, starts, moves }
    }

    fn row(&self, source: usize) -> RangeInclusive<usize> {
        self.corridor.row(source)
    }

    /// Returns the number of a place, if it is in the corridor.
    fn place(&self, source: usize, target: usize) -> Option<usize> {
        let row = self.row(source);
        row.contains(&target).then(|| self.starts[source] + target - row.start())
    }

    /// Returns the number of the place from which a move leads to a place.
    fn before(&self, (source, target): (usize, usize), (sources, targets): (usize, usize)) -> Option<usize> {
        self.place(source.checked_sub(sources)?, target.checked_sub(targets)?)
    }

    /// Finds the odds of each move.
    fn weigh(&mut self, field: &Field, extents: (&Extents, &Extents)) {
        let mut rows = Rows::new(field);
        for source in 1..self.corridor.len() {
            let row = self.row(source);
            rows.advance(source - 1, row.start().saturating_sub(1)..*row.end());
            for target in row {
                let place = self.starts[source] + target - self.row(source).start();
                self.moves[place] = Moves::new(std::array::from_fn(|nth| {
                    let (sources, targets) = MOVES[nth];
                    if self.before((source, target), MOVES[nth]).is_none() {
                        return f32::NEG_INFINITY;
                    }
                    let said = said(&rows, target, MOVES[nth]);
                    let length = length::evidence((extents.0, source, sources), (extents.1, target, targets));
                    PRIORS[nth] + TRUST * (said + length) - NULL * (sources + targets) as f32
                }));
            }
        }
    }

    /// Turns the odds of each move into its likelihood, by the forward-backward algorithm.
    fn find_likelihoods(&mut self) {
        let forward = self.forward();
        let mut backward = vec![Odds::ZERO; self.moves.len()];
        let (Some(last), Some(all)) = (backward.last_mut(), forward.last().copied()) else { return };
        *last = Odds::ONE;
        for source in (0..self.corridor.len()).rev() {
            for target in self.row(source).rev() {
                let Some(place) = self.place(source, target) else { continue };
                let after = backward[place];
                for before in SKIPS.into_iter().filter_map(|skip| self.before((source, target), skip)) {
                    backward[before] = backward[before].plus(after);
                }
                let moves = self.moves[place];
                for (nth, step) in MOVES.into_iter().enumerate() {
                    let odds = moves.odds[nth];
                    if odds > 0.0
                        && let Some(before) = self.before((source, target), step)
                    {
                        let after = after.times(f64::from(odds), moves.power);
                        backward[before] = backward[before].plus(after);
                        self.moves[place].odds[nth] = forward[before].share(after, all);
                    }
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
        for source in 0..self.corridor.len() {
            for target in self.row(source) {
                let Some(place) = self.place(source, target) else { continue };
                let mut sum = forward[place];
                for before in SKIPS.into_iter().filter_map(|skip| self.before((source, target), skip)) {
                    sum = sum.plus(forward[before]);
                }
                let moves = self.moves[place];
                for (step, odds) in moves.hopeful() {
                    if let Some(before) = self.before((source, target), step) {
                        sum = sum.plus(forward[before].times(f64::from(odds), moves.power));
                    }
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
        for source in 0..self.corridor.len() {
            for target in self.row(source) {
                let Some(place) = self.place(source, target) else { continue };
                let skips = SKIPS.into_iter().map(|step| (step, 0.0));
                let gain = |nth: usize| f64::from(self.moves[place].odds[nth] - LEAST_LIKELIHOOD);
                let pairs = MOVES.into_iter().enumerate().map(|(nth, step)| (step, gain(nth))).filter(|(_, gain)| *gain > 0.0);
                let mut chosen = (f64::NEG_INFINITY, (0, 0));
                for (step, gain) in skips.chain(pairs) {
                    if let Some(before) = self.before((source, target), step)
                        && best[before] + gain > chosen.0
                    {
                        chosen = (best[before] + gain, step);
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
        let mut source = self.corridor.len() - 1;
        let mut target = *self.row(source).end();
        while let Some(place) = self.place(source, target) {
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

/// Returns what the tokens say for a move that ends at the current row.
fn said(rows: &Rows<'_>, target: usize, (sources, targets): (usize, usize)) -> f32 {
    let mut sum = 0.0;
    for column in 1..=targets {
        let cell = rows.row(0).and_then(|row| row.cell(target.checked_sub(column)?));
        sum += cell.map_or(f32::NEG_INFINITY, |cell| cell.there[sources - 1]);
    }
    for back in 0..sources {
        let cell = rows.row(back).and_then(|row| row.cell(target.checked_sub(1)?));
        sum += cell.map_or(f32::NEG_INFINITY, |cell| cell.here[targets - 1]);
    }
    sum
}
