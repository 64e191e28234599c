//! Counts right and wrong beads.
//!
//! Strict: a bead is right when it equals a fine gold bead. Beads inside a coarse gold bead are counted apart: right when
//! both ends lie in the same one. Beads without counterpart are left out. Lax: a bead is right when it overlaps a gold bead on
//! both sides.

use std::fmt;
use std::iter::Sum;

use tongsa::memory::align::Bead;

use crate::gold::{Document, GoldBead};

#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    right: usize,
    found: usize,
    gold: usize,
    coarse_right: usize,
    coarse_found: usize,
    lax_found: usize,
    lax_gold: usize,
    beads: usize,
    gold_beads: usize,
}

/// What a bead is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Verdict {
    Right,
    Wrong,
    /// In a coarse bead on either side: whether on both.
    Coarse(bool),
}

fn verdict(document: &Document, bead: &Bead) -> Verdict {
    let english: Vec<usize> = bead.source.clone().collect();
    let other: Vec<usize> = bead.target.clone().collect();
    if document.beads.iter().any(|gold| !gold.is_coarse && gold.english == english && gold.other == other) {
        return Verdict::Right;
    }
    let within = |part: &[usize], whole: &[usize]| part.iter().all(|number| whole.contains(number));
    let coarse = || document.beads.iter().filter(|gold| gold.is_coarse);
    if coarse().any(|gold| within(&english, &gold.english) && within(&other, &gold.other)) {
        return Verdict::Coarse(true);
    }
    let half = coarse().any(|gold| within(&english, &gold.english)) && coarse().any(|gold| within(&other, &gold.other));
    if half { Verdict::Coarse(false) } else { Verdict::Wrong }
}

fn overlaps(gold: &GoldBead, bead: &Bead) -> bool {
    gold.english.iter().any(|number| bead.source.contains(number))
        && gold.other.iter().any(|number| bead.target.contains(number))
}

impl Score {
    pub fn of(document: &Document, beads: &[Bead]) -> Self {
        let mut score = Self { beads: beads.len(), gold_beads: document.beads.len(), ..Self::default() };
        score.gold = document.beads.iter().filter(|gold| !gold.is_coarse).count();
        for bead in beads {
            match verdict(document, bead) {
                Verdict::Right => (score.right, score.found) = (score.right + 1, score.found + 1),
                Verdict::Wrong => score.found += 1,
                Verdict::Coarse(right) => {
                    score.coarse_found += 1;
                    score.coarse_right += usize::from(right);
                }
            }
            score.lax_found += usize::from(document.beads.iter().any(|gold| overlaps(gold, bead)));
        }
        score.lax_gold = document.beads.iter().filter(|gold| beads.iter().any(|bead| overlaps(gold, bead))).count();
        score
    }

    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    pub fn recall(&self) -> f64 {
        share(self.right, self.gold)
    }

    pub fn f1(&self) -> f64 {
        harmonic(self.precision(), self.recall())
    }

    pub fn lax_f1(&self) -> f64 {
        harmonic(share(self.lax_found, self.beads), share(self.lax_gold, self.gold_beads))
    }

    pub fn coarse_precision(&self) -> f64 {
        share(self.coarse_right, self.coarse_found)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn harmonic(a: f64, b: f64) -> f64 {
    if a + b == 0.0 { 0.0 } else { 2.0 * a * b / (a + b) }
}

impl Sum for Score {
    fn sum<I: Iterator<Item = Self>>(scores: I) -> Self {
        scores.fold(Self::default(), |a, b| Self {
            right: a.right + b.right,
            found: a.found + b.found,
            gold: a.gold + b.gold,
            coarse_right: a.coarse_right + b.coarse_right,
            coarse_found: a.coarse_found + b.coarse_found,
            lax_found: a.lax_found + b.lax_found,
            lax_gold: a.lax_gold + b.lax_gold,
            beads: a.beads + b.beads,
            gold_beads: a.gold_beads + b.gold_beads,
        })
    }
}

/// The share of right pairs by their confidence. Pairs in coarse beads are left out.
#[derive(Clone, Debug, Default)]
pub struct Calibration {
    bins: [(usize, usize); 10],
}

impl Calibration {
    pub fn add(&mut self, document: &Document, beads: &[Bead]) {
        for bead in beads {
            let bin = &mut self.bins[((bead.confidence * 10.0) as usize).min(9)];
            let verdict = verdict(document, bead);
            if !matches!(verdict, Verdict::Coarse(_)) {
                bin.1 += 1;
                bin.0 += usize::from(verdict == Verdict::Right);
            }
        }
    }
}

impl fmt::Display for Calibration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "right by confidence:")?;
        for (nth, (right, all)) in self.bins.iter().enumerate().filter(|(_, (_, all))| *all > 0) {
            write!(f, "  .{nth} {:.3} of {all}", share(*right, *all))?;
        }
        Ok(())
    }
}

/// Returns the CPU time of this thread, as Linux counts it; elsewhere the time since the start.
pub fn cpu_seconds() -> f64 {
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = counted.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(wall_seconds, |nanoseconds| nanoseconds / 1e9)
}

fn wall_seconds() -> f64 {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed().as_secs_f64()
}
