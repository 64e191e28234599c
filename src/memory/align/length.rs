//! How well the lengths of two stretches fit: a translation says as much as its source.
//!
//! The extent of a text is counted in English letters: a Hangul syllable stands for 2.25 of them and a Han character for
//! 2.95. Both figures, and the spread, are means over the public English-Korean and English-Chinese texts that the benchmark
//! reads (news, manuals and help pages agree within 5 %), so that one model serves every pair of languages.

use crate::text::script::Script;

const HANGUL: f32 = 2.25;
const HAN: f32 = 2.95;

/// Returns how much a text says, in English letters. White space and punctuation say nothing.
pub fn extent(text: &str) -> f32 {
    text.chars().filter(|c| c.is_alphanumeric()).map(extent_of).sum()
}

fn extent_of(letter: char) -> f32 {
    match Script::of(letter) {
        Script::Alphabetic => 1.0,
        Script::Hangul => HANGUL,
        Script::Han => HAN,
    }
}

/// The extents of one text's sentences.
#[derive(Clone, Debug)]
pub struct Extents {
    /// The sum of all sentences before each.
    before: Vec<f64>,
    /// The mean and the spread of the logarithm of an extent: what a sentence is like that has nothing to do with another.
    mean: f32,
    spread: f32,
}

/// No text is so even that chance would not spread its sentences by as much.
const LEAST_SPREAD: f32 = 0.4;

impl Extents {
    /// Adds up the extents of sentences.
    pub fn new(extents: &[f32]) -> Self {
        let mut before = vec![0.0];
        let mut sum = 0.0;
        before.extend(extents.iter().map(|extent| {
            sum += f64::from(*extent);
            sum
        }));
        let logs: Vec<f32> = extents.iter().map(|extent| (extent + 1.0).ln()).collect();
        let count = logs.len().max(1) as f32;
        let mean = logs.iter().sum::<f32>() / count;
        let variance = logs.iter().map(|log| (log - mean).powi(2)).sum::<f32>() / count;
        Self { before, mean, spread: variance.sqrt().max(LEAST_SPREAD) }
    }

    /// Returns the extent of the `count` sentences that end before `end`.
    pub fn of(&self, end: usize, count: usize) -> f32 {
        (self.before[end] - self.before[end - count]) as f32
    }

    /// Returns the extent of the whole text.
    pub fn total(&self) -> f64 {
        self.before.last().copied().unwrap_or_default()
    }

    /// Returns the logarithm of the chance that `count` sentences of this text have an extent.
    fn by_chance(&self, extent: f32, count: usize) -> f32 {
        let count = count as f32;
        normal((extent + 1.0).ln() - self.mean - count.ln(), self.spread / count.sqrt())
    }
}

/// The variance of the logarithm of a ratio: a share of every translation, and one that wanes with the length.
const VARIANCE: f32 = 0.013;
const VARIANCE_OF_SHORT: f32 = 1.5;
/// The share of translations whose length tells nothing.
const FREE: f32 = 0.02;

/// Returns how much likelier two stretches have their lengths as translations than by chance, as a natural logarithm.
pub fn evidence(source: (&Extents, usize, usize), target: (&Extents, usize, usize)) -> f32 {
    let of = |(extents, end, count): (&Extents, usize, usize)| extents.of(end, count);
    let (here, there) = (of(source), of(target));
    let size = (here * there).sqrt().max(4.0);
    let fit = normal(((there + 2.0) / (here + 2.0)).ln(), (VARIANCE + VARIANCE_OF_SHORT / size).sqrt());
    let chance = 0.5 * (source.0.by_chance(here, source.2) + target.0.by_chance(there, target.2));
    ((1.0 - FREE) * (fit - chance).exp() + FREE).ln()
}

/// Returns the logarithm of the normal density.
fn normal(distance: f32, spread: f32) -> f32 {
    -0.5 * (distance / spread).powi(2) - spread.ln() - 0.919
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translations_say_as_much() {
        for (english, other) in [
            ("The two leaders met in Beijing on Monday.", "두 정상은 월요일 베이징에서 만났다."),
            ("The two leaders met in Beijing on Monday.", "两国领导人星期一在北京会晤。"),
        ] {
            let ratio = extent(other) / extent(english);
            assert!((0.75..1.33).contains(&ratio), "{other} {ratio}");
        }
        assert_eq!(extent(" -- !?"), 0.0);
    }

    #[test]
    fn like_lengths_speak_for_a_pair_and_unlike_ones_against_it() {
        let extents = Extents::new(&[100.0, 100.0, 30.0, 200.0]);
        let pair = |source: (usize, usize), target: (usize, usize)| {
            evidence((&extents, source.0, source.1), (&extents, target.0, target.1))
        };
        assert!(pair((1, 1), (1, 1)) > 0.5);
        assert!(pair((3, 1), (4, 1)) < -1.0);
        assert!(pair((2, 2), (4, 1)) > 0.5);
        assert_eq!(extents.total(), 430.0);
    }
}
