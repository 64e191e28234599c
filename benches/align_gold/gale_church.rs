//! The aligner of Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora" (1993): lengths in characters
//! only, with the ratio of the two texts' lengths for the expansion.

use tongsa::memory::align::Bead;

/// The moves with the costs of the paper, 100 times the negative logarithm of their frequencies.
const MOVES: [(usize, usize, f64); 6] =
    [(1, 1, 0.89), (1, 0, 0.0099), (0, 1, 0.0099), (2, 1, 0.089), (1, 2, 0.089), (2, 2, 0.011)];
const VARIANCE: f64 = 6.8;

pub fn align(english: &[String], other: &[String]) -> Vec<Bead> {
    let lengths = |text: &[String]| -> Vec<f64> { text.iter().map(|line| line.chars().count() as f64).collect() };
    let (from, to) = (lengths(english), lengths(other));
    let ratio = to.iter().sum::<f64>() / from.iter().sum::<f64>().max(1.0);
    let width = to.len() + 1;
    let mut costs = vec![f64::INFINITY; (from.len() + 1) * width];
    let mut steps = vec![0; costs.len()];
    costs[0] = 0.0;
    for i in 0..=from.len() {
        for j in 0..=to.len() {
            for (nth, (sources, targets, frequency)) in MOVES.into_iter().enumerate() {
                let (Some(up), Some(left)) = (i.checked_sub(sources), j.checked_sub(targets)) else { continue };
                let fit = cost(from[up..i].iter().sum(), to[left..j].iter().sum(), ratio);
                let cost = costs[up * width + left] - f64::ln(frequency) + fit;
                if cost < costs[i * width + j] {
                    (costs[i * width + j], steps[i * width + j]) = (cost, nth);
                }
            }
        }
    }
    trace(&steps, from.len(), to.len())
}

fn trace(steps: &[usize], mut i: usize, mut j: usize) -> Vec<Bead> {
    let (width, mut beads) = (j + 1, Vec::new());
    while i + j > 0 {
        let (sources, targets, _) = MOVES[steps[i * width + j]];
        if sources * targets > 0 {
            beads.push(Bead { source: i - sources..i, target: j - targets..j, confidence: 0.5 });
        }
        (i, j) = (i - sources, j - targets);
    }
    beads.reverse();
    beads
}

/// The negative logarithm of the chance that a translation is at least so much longer or shorter than expected.
fn cost(source: f64, target: f64, ratio: f64) -> f64 {
    let mean = (source + target / ratio) / 2.0;
    let delta = if mean == 0.0 { 0.0 } else { ((target - source * ratio) / (VARIANCE * mean).sqrt()).abs() };
    -(2.0 * upper_tail(delta)).max(1e-30).ln()
}

/// The upper tail of the normal distribution (Abramowitz and Stegun, 26.2.17).
fn upper_tail(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * x);
    let sum = t * (0.319_381_530 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    sum * (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
}
