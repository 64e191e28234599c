//! The likeliest beads: each bead is weighed by all ways through the two texts that use it, against all that do not.

use std::ops::RangeInclusive;

use crate::memory::align::Bead;
use crate::memory::align::corridor::Corridor;
use crate::memory::align::field::Field;
use crate::memory::align::length::{self, Extents};
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
/// What is less likely by this than something else, as a logarithm, has no part in a sum.
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
    /// First the logarithm of the odds, then the likelihood of each move.
    moves: Vec<[f32; MOVES.len()]>,
}

impl<'a> Lattice<'a> {
    fn new(corridor: &'a Corridor) -> Self {
        let mut starts = vec![0];
        for source in 0..corridor.len() {
            let row = corridor.row(source);
            starts.push(starts[source] + row.end() + 1 - row.start());
        }
        let moves = vec![[f32::NEG_INFINITY; MOVES.len()]; starts[corridor.len()]];
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

    /// Finds what each move is worth.
    fn weigh(&mut self, field: &Field, extents: (&Extents, &Extents)) {
        let mut rows = Rows::new(field);
        for source in 1..self.corridor.len() {
            let row = self.row(source);
            rows.advance(source - 1, row.start().saturating_sub(1)..*row.end());
            for target in row {
                let place = self.starts[source] + target - self.row(source).start();
                for (nth, (sources, targets)) in MOVES.into_iter().enumerate() {
                    if self.before((source, target), (sources, targets)).is_none() {
                        continue;
                    }
                    let said = said(&rows, target, (sources, targets));
                    if said > f32::NEG_INFINITY {
                        let length = length::evidence((extents.0, source, sources), (extents.1, target, targets));
                        let worth = PRIORS[nth] + TRUST * (said + length);
                        let hopeless = worth < NULL * (sources + targets) as f32 - LOST;
                        self.moves[place][nth] = if hopeless { f32::NEG_INFINITY } else { worth };
                    }
                }
            }
        }
    }

    /// Turns the worth of each move into its likelihood, by the forward-backward algorithm.
    fn find_likelihoods(&mut self) {
        let forward = self.forward();
        let mut backward = vec![f64::NEG_INFINITY; self.moves.len()];
        let Some(last) = backward.last_mut() else { return };
        *last = 0.0;
        let all = forward.last().copied().unwrap_or_default();
        for source in (0..self.corridor.len()).rev() {
            for target in self.row(source).rev() {
                let Some(place) = self.place(source, target) else { continue };
                let after = backward[place];
                for before in SKIPS.into_iter().filter_map(|skip| self.before((source, target), skip)) {
                    backward[before] = sum_of_logarithms(backward[before], after + f64::from(NULL));
                }
                let worths = std::mem::replace(&mut self.moves[place], [0.0; MOVES.len()]);
                for (nth, worth) in hopeful(worths) {
                    let Some(before) = self.before((source, target), MOVES[nth]) else { continue };
                    backward[before] = sum_of_logarithms(backward[before], after + worth);
                    self.moves[place][nth] = (forward[before] + worth + after - all).min(0.0).exp() as f32;
                }
            }
        }
    }

    /// Returns the logarithm of the worth of all ways from the start to each place.
    fn forward(&self) -> Vec<f64> {
        let mut forward = vec![f64::NEG_INFINITY; self.moves.len()];
        if let Some(first) = forward.first_mut() {
            *first = 0.0;
        }
        for source in 0..self.corridor.len() {
            for target in self.row(source) {
                let Some(place) = self.place(source, target) else { continue };
                let mut sum = forward[place];
                for before in SKIPS.into_iter().filter_map(|skip| self.before((source, target), skip)) {
                    sum = sum_of_logarithms(sum, forward[before] + f64::from(NULL));
                }
                for (nth, worth) in hopeful(self.moves[place]) {
                    if let Some(before) = self.before((source, target), MOVES[nth]) {
                        sum = sum_of_logarithms(sum, forward[before] + worth);
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
                let gain = |nth: usize| f64::from(self.moves[place][nth] - LEAST_LIKELIHOOD);
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
                beads.push(Bead { source: from, target: to, confidence: self.moves[place][nth] });
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

/// Returns the moves that are worth something, by their number.
fn hopeful(worths: [f32; MOVES.len()]) -> impl Iterator<Item = (usize, f64)> {
    let moves = worths.into_iter().enumerate().filter(|(_, worth)| *worth > f32::NEG_INFINITY);
    moves.map(|(nth, worth)| (nth, f64::from(worth)))
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

/// Returns the logarithm of the sum of two numbers that are given by theirs.
fn sum_of_logarithms(a: f64, b: f64) -> f64 {
    let (more, less) = if a > b { (a, b) } else { (b, a) };
    if less < more - f64::from(LOST) { more } else { more + f64::from(((less - more) as f32).exp().ln_1p()) }
}
