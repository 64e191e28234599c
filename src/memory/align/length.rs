//! How well the lengths of two stretches fit: a translation says as much as its source.
//!
//! The extent of a text is counted in English letters: a Hangul syllable stands for 2.25 of them and a Han character for
//! 2.95. Both figures, and the spread, are means over the public English-Korean and English-Chinese texts that the benchmark
//! reads (news, manuals and help pages agree within 5 %), so that one model serves every pair of languages.

use crate::memory::word_piece;
use crate::text::script::Script;

const HANGUL: f32 = 2.25;
const HAN: f32 = 2.95;

/// Returns how much a text says, in English letters. White space and punctuation say nothing.
pub fn extent(text: &str) -> f32 {
    text.chars().filter(|c| word_piece::is_letter(*c) || c.is_numeric()).map(extent_of).sum()
}

fn extent_of(letter: char) -> f32 {
    match Script::of(letter) {
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
    /// By sentence: of the one, two and three sentences that end with it.
    stretches: Vec<[Stretch; LONGEST]>,
    total: f64,
}

/// One to three sentences.
#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    extent: f32,
    /// The logarithm of the extent, and of the chance that sentences of this text have it.
    logarithm: f32,
    by_chance: f32,
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
        let stretch = |end: usize, count: usize| {
            let extent = extents[(end + 1).saturating_sub(count)..=end].iter().sum::<f32>();
            let size = count as f32;
            let by_chance = normal((extent + 1.0).ln() - mean - size.ln(), spread / size.sqrt());
            Stretch { extent, logarithm: (extent + 2.0).ln(), by_chance }
        };
        let stretches = (0..extents.len()).map(|end| std::array::from_fn(|more| stretch(end, more + 1))).collect();
        Self { stretches, total: extents.iter().map(|extent| f64::from(*extent)).sum() }
    }

    /// Returns the extent of the `count` sentences that end before `end`; one to three.
    pub fn of(&self, end: usize, count: usize) -> f32 {
        self.stretches[end - 1][count - 1].extent
    }

    /// Returns the extent of the whole text.
    pub fn total(&self) -> f64 {
        self.total
    }
}

/// The variance of the logarithm of a ratio: a share of every translation, and one that wanes with the length.
const VARIANCE: f32 = 0.021;
const VARIANCE_OF_SHORT: f32 = 1.5;
/// No length proves more against a pair than this, since some translations are free.
const LEAST: f32 = -5.0;

/// Returns how much likelier two stretches have their lengths as translations than by chance, as a natural logarithm. A
/// stretch is given by the text, the place before which it ends, and how many sentences it has.
pub fn evidence(source: (&Extents, usize, usize), target: (&Extents, usize, usize)) -> f32 {
    let of = |(extents, end, count): (&Extents, usize, usize)| extents.stretches[end - 1][count - 1];
    let (here, there) = (of(source), of(target));
    let size = (here.extent * there.extent).sqrt().max(4.0);
    let variance = VARIANCE + VARIANCE_OF_SHORT / size;
    let distance = there.logarithm - here.logarithm;
    let fit = -0.5 * (distance * distance / variance + variance.ln()) - HALF_LOG_TAU;
    (fit - 0.5 * (here.by_chance + there.by_chance)).max(LEAST)
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
