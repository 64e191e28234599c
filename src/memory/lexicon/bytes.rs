//! A lexicon as bytes: what the store keeps of it.
//!
//! A magic number with the version, the two languages, the tables with their lengths in little-endian order, and a checksum
//! over all of it. Bytes from a disk may be damaged: whatever they are, reading them gives a lexicon that is whole or an
//! error.

use crate::lang::Lang;
use crate::memory::lexicon::estimate::Association;
use crate::memory::lexicon::{Lexicon, STEPS, StoredLink};
use crate::memory::word_piece::WordPiece;

/// The first bytes; the digit is the version of the format and of the pieces in it.
const MAGIC: &[u8; 8] = b"tongsaL1";

/// Bytes that are no lexicon of this version, or are damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the learned lexicon is damaged or of another version; it can be learned again")]
pub struct DamagedLexicon;

impl Lexicon {
    /// Puts associations, which are by source and name both pieces by their places in the lists, into ascending order.
    pub(super) fn new(langs: (Lang, Lang), sources: &[WordPiece], targets: &[WordPiece], associations: &[Association]) -> Self {
        let mut used: Vec<WordPiece> = associations.iter().map(|found| targets[found.target as usize]).collect();
        used.sort_unstable();
        used.dedup();
        let mut rows: Vec<(WordPiece, StoredLink)> = associations
            .iter()
            .map(|found| {
                let target = used.binary_search(&targets[found.target as usize]).unwrap_or_default() as u32;
                let strength = (found.strength * STEPS).round().clamp(0.0, 255.0) as u8;
                (sources[found.source as usize], StoredLink { target, strength })
            })
            .collect();
        rows.sort_unstable_by_key(|(source, link)| (*source, link.target));
        let mut lexicon = Self { source: langs.0, target: langs.1, targets: used, ..Self::empty() };
        for (source, link) in rows {
            if lexicon.sources.last() != Some(&source) {
                lexicon.sources.push(source);
                lexicon.starts.push(lexicon.links.len() as u32);
            }
            lexicon.links.push(link);
            if let Some(end) = lexicon.starts.last_mut() {
                *end = lexicon.links.len() as u32;
            }
        }
        lexicon
    }

    fn empty() -> Self {
        let (sources, links, targets) = (Vec::new(), Vec::new(), Vec::new());
        Self { source: Lang::En, target: Lang::Ko, sources, starts: vec![0], links, targets }
    }

    /// Writes the lexicon.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for lang in [&self.source, &self.target] {
            bytes.extend((lang.tag().len() as u32).to_le_bytes());
            bytes.extend(lang.tag().as_bytes());
        }
        for length in [self.sources.len(), self.targets.len(), self.links.len()] {
            bytes.extend((length as u32).to_le_bytes());
        }
        let ends = self.starts.iter().skip(1).copied();
        let numbers = self
            .sources
            .iter()
            .map(|word_piece| word_piece.0)
            .chain(ends)
            .chain(self.targets.iter().map(|word_piece| word_piece.0));
        bytes.extend(numbers.chain(self.links.iter().map(|link| link.target)).flat_map(u32::to_le_bytes));
        bytes.extend(self.links.iter().map(|link| link.strength));
        bytes.extend(checksum(&bytes).to_le_bytes());
        bytes
    }

    /// Reads a lexicon.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DamagedLexicon> {
        let (body, sum) = bytes.split_last_chunk::<8>().ok_or(DamagedLexicon)?;
        if checksum(body) != u64::from_le_bytes(*sum) {
            return Err(DamagedLexicon);
        }
        let mut rest = Rest(body.strip_prefix(MAGIC).ok_or(DamagedLexicon)?);
        let (source, target) = (rest.lang()?, rest.lang()?);
        let (sources, targets, links) = (rest.number()?, rest.number()?, rest.number()?);
        let sources: Vec<WordPiece> = rest.numbers(sources)?.map(WordPiece).collect();
        let starts: Vec<u32> = [0].into_iter().chain(rest.numbers(sources.len() as u32)?).collect();
        let targets: Vec<WordPiece> = rest.numbers(targets)?.map(WordPiece).collect();
        let places: Vec<u32> = rest.numbers(links)?.collect();
        let strengths = rest.take(links as usize)?;
        let stored = places.into_iter().zip(strengths);
        let links = stored.map(|(target, strength)| StoredLink { target, strength: *strength }).collect();
        let lexicon = Self { source, target, sources, starts, links, targets };
        if rest.0.is_empty() && lexicon.is_whole() { Ok(lexicon) } else { Err(DamagedLexicon) }
    }

    /// Returns whether the tables are in order and point into one another.
    fn is_whole(&self) -> bool {
        let ascending = |word_pieces: &[WordPiece]| word_pieces.is_sorted_by(|a, b| a < b);
        let ends = self.starts.is_sorted() && self.starts.last().is_some_and(|end| *end as usize == self.links.len());
        let inside = self.links.iter().all(|link| (link.target as usize) < self.targets.len());
        ascending(&self.sources) && ascending(&self.targets) && ends && inside
    }
}

/// What is still to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], DamagedLexicon> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(DamagedLexicon)?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, DamagedLexicon> {
        self.numbers(1)?.next().ok_or(DamagedLexicon)
    }

    fn numbers(&mut self, count: u32) -> Result<impl Iterator<Item = u32> + use<'a>, DamagedLexicon> {
        let bytes = self.take((count as usize).checked_mul(4).ok_or(DamagedLexicon)?)?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number)))
    }

    fn lang(&mut self) -> Result<Lang, DamagedLexicon> {
        let length = self.number()? as usize;
        let tag = std::str::from_utf8(self.take(length)?).map_err(|_| DamagedLexicon)?;
        Lang::parse(tag).map_err(|_| DamagedLexicon)
    }
}

/// Returns FNV-1a over the bytes, eight at a time.
fn checksum(bytes: &[u8]) -> u64 {
    let mix = |sum: u64, part: u64| (sum ^ part).wrapping_mul(0x0000_0100_0000_01B3).rotate_left(23);
    let (words, rest) = bytes.as_chunks::<8>();
    let sum = words.iter().fold(0xCBF2_9CE4_8422_2325, |sum, word| mix(sum, u64::from_le_bytes(*word)));
    rest.iter().fold(mix(sum, bytes.len() as u64), |sum, byte| mix(sum, u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::lexicon::LexiconLearner;
    use proptest::prelude::*;

    fn lexicon() -> Lexicon {
        let mut learner = LexiconLearner::new(&Lang::En, &Lang::ZhHans);
        for (english, chinese) in [("rain", "下雨"), ("snow", "下雪"), ("wind", "刮风"), ("fog", "有雾"), ("sun", "晴天")]
        {
            for (when, other) in [("yesterday", "昨天"), ("today", "今天"), ("tomorrow", "明天"), ("tonight", "今晚")] {
                learner.add(&format!("{english} {when}"), &format!("{other}{chinese}"));
            }
        }
        learner.finish()
    }

    #[test]
    fn a_lexicon_comes_back_from_its_bytes() {
        let lexicon = lexicon();
        assert!(!lexicon.is_empty());
        assert_eq!(Lexicon::from_bytes(&lexicon.to_bytes()), Ok(lexicon));
        let empty = LexiconLearner::new(&Lang::Ko, &Lang::ZhHant).finish();
        assert_eq!(Lexicon::from_bytes(&empty.to_bytes()), Ok(empty));
    }

    static BYTES: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| lexicon().to_bytes());

    /// Puts the right checksum after damaged bytes, as a malicious hand would.
    fn summed(mut body: Vec<u8>) -> Vec<u8> {
        body.truncate(body.len() - 8);
        body.extend(checksum(&body).to_le_bytes());
        body
    }

    proptest! {
        #[test]
        fn damaged_bytes_are_an_error(at in 0_usize..4000, byte: u8, cut in 0_usize..4000) {
            let bytes = BYTES.as_slice();
            let mut damaged = bytes.to_vec();
            let at = at % bytes.len();
            damaged[at] ^= byte;
            prop_assert_eq!(Lexicon::from_bytes(&damaged).is_ok(), byte == 0);
            let cut = &bytes[..cut % bytes.len()];
            prop_assert_eq!(Lexicon::from_bytes(cut), Err(DamagedLexicon));
        }

        #[test]
        fn no_bytes_break_the_reader(at in 0_usize..4000, byte: u8) {
            let mut bytes = BYTES.clone();
            let at = at % (bytes.len() - 8);
            bytes[at] = byte;
            if let Ok(lexicon) = Lexicon::from_bytes(&summed(bytes)) {
                let links: usize = lexicon.sources.iter().map(|word_piece| lexicon.links(*word_piece).len()).sum();
                prop_assert_eq!(links, lexicon.len());
            }
        }
    }
}
