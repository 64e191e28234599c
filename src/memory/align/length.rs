//! How well the lengths of two stretches fit: a translation says as much as its source.
//!
//! The extent of a text is counted in English letters: a Hangul syllable stands for 2.25 of them and a Han character for
//! 2.95. Both figures, and the spread, are means over the public English-Korean and English-Chinese texts that the benchmark
//! reads (news, manuals and help pages agree within 5 %), so that one model serves every pair of languages.

use std::ops::Range;

use crate::memory::align::powers;
use crate::text::script::Script;

const HANGUL: f32 = 2.25;
const HAN: f32 = 2.95;

/// Returns how much a letter or a digit of a script says, in English letters. White space and punctuation say nothing.
pub fn extent_of(script: Script) -> f32 {
    match script {
        Script::Alphabetic => 1.0,
        Script::Hangul => HANGUL,
        Script::Han => HAN,
    }
}

/// The most sentences whose extents are added up.
const LONGEST: usize = 3;

/// The extents of one text's sentences.
#[derive(Clone, Debug)]
pub struct Extents {
    /// Of one, of two and of three sentences.
    stretches: [Stretches; LONGEST],
    total: f64,
}

/// The stretches of so many sentences, by the sentence they end with.
#[derive(Clone, Debug, Default)]
struct Stretches {
    extents: Vec<f32>,
    /// The logarithm of the extent, and of the chance that sentences of this text have it.
    logarithms: Vec<f32>,
    by_chance: Vec<f32>,
}

/// No text is so even that chance would not spread its sentences by as much.
const LEAST_SPREAD: f32 = 0.4;

impl Extents {
    /// Adds up the extents of sentences.
    pub fn new(extents: &[f32]) -> Self {
        let logarithms = || extents.iter().map(|extent| (extent + 1.0).ln());
        let count = extents.len().max(1) as f32;
        let mean = logarithms().sum::<f32>() / count;
        let variance = logarithms().map(|logarithm| (logarithm - mean).powi(2)).sum::<f32>() / count;
        let spread = variance.sqrt().max(LEAST_SPREAD);
        let stretches = std::array::from_fn(|more| Stretches::new(extents, more + 1, (mean, spread)));
        Self { stretches, total: extents.iter().map(|extent| f64::from(*extent)).sum() }
    }

    /// Returns the extent of the `count` sentences that end before `end`; one to three.
    pub fn of(&self, end: usize, count: usize) -> f32 {
        self.stretches[count - 1].extents[end - 1]
    }

    /// Returns the extent of the whole text.
    pub fn total(&self) -> f64 {
        self.total
    }
}

impl Stretches {
    /// Adds up the extents of `count` sentences; the logarithms of one have a mean and a spread.
    fn new(extents: &[f32], count: usize, (mean, spread): (f32, f32)) -> Self {
        let mut stretches = Self::default();
        let size = count as f32;
        let (mean, spread) = (mean + size.ln(), spread / size.sqrt());
        for end in 1..=extents.len() {
            let extent = extents[end.saturating_sub(count)..end].iter().sum::<f32>();
            stretches.extents.push(extent);
            stretches.logarithms.push(powers::ln(extent + 2.0));
            stretches.by_chance.push(normal(powers::ln(extent + 1.0) - mean, spread));
        }
        stretches
    }
}

/// The variance of the logarithm of a ratio: a share of every translation, and one that wanes with the length.
const VARIANCE: f32 = 0.021;
const VARIANCE_OF_SHORT: f32 = 1.5;
/// No length proves more against a pair than this, since some translations are free.
const LEAST: f32 = -5.0;

/// Adds how much likelier a stretch of the source and stretches of the target have their lengths as translations than by chance,
/// as natural logarithms. The source stretch is given by the text, the place before which it ends, and how many sentences it has;
/// the target stretches end before places that follow one another.
pub fn add_evidence(source: (&Extents, usize, usize), target: (&Extents, Range<usize>, usize), sums: &mut [f32]) {
    let (stretches, end) = (&source.0.stretches[source.2 - 1], source.1 - 1);
    let (extent, logarithm) = (stretches.extents[end], stretches.logarithms[end]);
    let by_chance = stretches.by_chance[end];
    let stretches = &target.0.stretches[target.2 - 1];
    let ends = target.1.start - 1..target.1.end - 1;
    let there = stretches.extents[ends.clone()].iter().zip(&stretches.logarithms[ends.clone()]);
    for ((sum, (extent_there, logarithm_there)), by_chance_there) in sums.iter_mut().zip(there).zip(&stretches.by_chance[ends])
    {
        let size = (extent * extent_there).sqrt().max(4.0);
        let variance = VARIANCE + VARIANCE_OF_SHORT / size;
        let distance = logarithm_there - logarithm;
        let fit = -0.5 * (distance * distance / variance + powers::ln(variance)) - HALF_LOG_TAU;
        *sum += (fit - 0.5 * (by_chance + by_chance_there)).max(LEAST);
    }
}

/// Half the logarithm of a full turn, the constant of the normal density.
const HALF_LOG_TAU: f32 = 0.918_938_5;

/// Returns the logarithm of the normal density.
fn normal(distance: f32, spread: f32) -> f32 {
    -0.5 * (distance / spread).powi(2) - spread.ln() - HALF_LOG_TAU
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_lengths_speak_for_a_pair_and_unlike_ones_against_it() {
        let extents = Extents::new(&[100.0, 100.0, 30.0, 200.0]);
        let pair = |source: (usize, usize), target: (usize, usize)| {
            let mut sums = [0.0];
            add_evidence((&extents, source.0, source.1), (&extents, target.0..target.0 + 1, target.1), &mut sums);
            sums[0]
        };
        assert!(pair((1, 1), (1, 1)) > 0.5);
        assert!(pair((3, 1), (4, 1)) < -1.0);
        assert!(pair((2, 2), (4, 1)) > 0.5);
        assert_eq!(extents.total(), 430.0);
    }
}
