//! A lexicon learned from translation units: which pieces of two languages stand for one another, and how surely.
//!
//! It knows no words and no grammar, only pieces ([`word_piece`](crate::memory::word_piece)) that meet in translations more often than
//! chance would have it. The store keeps it as bytes and teaches with it its own aligner.

mod bytes;
mod estimate;
mod learner;

pub use bytes::DamagedLexicon;
pub use learner::LexiconLearner;

use crate::lang::Lang;
use crate::memory::word_piece::WordPiece;

/// Associations between the pieces of two languages.
#[derive(Clone, Debug, PartialEq)]
pub struct Lexicon {
    source: Lang,
    target: Lang,
    /// The source pieces, ascending; the links of the nth are `links[starts[n]..starts[n + 1]]`.
    sources: Vec<WordPiece>,
    starts: Vec<u32>,
    links: Vec<StoredLink>,
    /// The target pieces, ascending.
    targets: Vec<WordPiece>,
}

/// A link as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct StoredLink {
    /// The place in the target pieces.
    target: u32,
    /// The logarithm of the strength in sixteenths.
    strength: u8,
}

/// A piece that stands for another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LexiconLink {
    /// The target piece.
    pub target: WordPiece,
    /// How many times likelier the target piece is beside the source piece than anywhere.
    pub strength: f32,
}

impl Lexicon {
    /// Returns the language of the source pieces; either script of Chinese is `zh-Hans`.
    pub fn source(&self) -> &Lang {
        &self.source
    }

    /// Returns the language of the target pieces.
    pub fn target(&self) -> &Lang {
        &self.target
    }

    /// Returns how many links it holds.
    pub fn len(&self) -> usize {
        self.links.len()
    }

    /// Returns whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// Returns whether a target piece stands for anything.
    pub fn knows_target(&self, word_piece: WordPiece) -> bool {
        self.targets.binary_search(&word_piece).is_ok()
    }

    /// Returns what a source piece stands for.
    pub fn links(&self, word_piece: WordPiece) -> impl ExactSizeIterator<Item = LexiconLink> + '_ {
        let links = self
            .sources
            .binary_search(&word_piece)
            .map_or(&[][..], |at| &self.links[self.starts[at] as usize..self.starts[at + 1] as usize]);
        links.iter().map(|link| LexiconLink {
            target: self.targets[link.target as usize],
            strength: (f32::from(link.strength) / STEPS).exp(),
        })
    }

    /// Returns whether the lexicon is of these languages, either way round.
    pub fn is_of(&self, one: &Lang, other: &Lang) -> bool {
        let (one, other) = (counted_as(one), counted_as(other));
        (&one, &other) == (&self.source, &self.target) || (&other, &one) == (&self.source, &self.target)
    }
}

/// Steps of a stored strength to a factor of e.
const STEPS: f32 = 16.0;

/// Returns the language a text's pieces are counted under: simplified and traditional Chinese are one.
fn counted_as(lang: &Lang) -> Lang {
    if lang.is_chinese() { Lang::ZhHans } else { lang.clone() }
}
