//! Collects the pieces of translation units in bounded memory.

use rustc_hash::FxHashMap as HashMap;

use crate::lang::Lang;
use crate::memory::lexicon::{Lexicon, counted_as, estimate};
use crate::memory::word_piece::{self, WordPiece};

/// How many pieces are kept, of 4 bytes each. Beyond them a half of the units is forgotten, and with it a half of those that
/// come.
const MOST_PIECES: usize = 12 << 20;
/// The most pieces of one side of a unit that are counted: longer segments are no sentences.
const LONGEST_SIDE: usize = 120;

/// Learns a [`Lexicon`] from translation units.
#[derive(Clone, Debug)]
pub struct LexiconLearner {
    source: Lang,
    target: Lang,
    sources: Vocabulary,
    targets: Vocabulary,
    units: Units,
    /// One unit in 2 to this power is kept.
    bits: u32,
    most_pieces: usize,
    scratch: Vec<WordPiece>,
}

/// The pieces of one language, numbered as they come.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<WordPiece, u32>,
    /// By number.
    pub(super) word_pieces: Vec<WordPiece>,
}

impl Vocabulary {
    fn number(&mut self, word_piece: WordPiece) -> u32 {
        *self.numbers.entry(word_piece).or_insert_with(|| {
            self.word_pieces.push(word_piece);
            self.word_pieces.len() as u32 - 1
        })
    }
}

/// The units that are kept, as the numbers of their pieces.
#[derive(Clone, Debug, Default)]
pub(super) struct Units {
    /// The source pieces and then the target pieces of one unit after another.
    pieces: Vec<u32>,
    heads: Vec<Head>,
}

/// Where a unit's pieces stand.
#[derive(Clone, Copy, Debug)]
struct Head {
    start: u32,
    middle: u32,
    end: u32,
    /// A number that equal units share.
    hash: u32,
}

impl Units {
    pub(super) fn len(&self) -> usize {
        self.heads.len()
    }

    /// Returns the source and the target pieces of each unit.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u32], &[u32])> {
        self.heads.iter().map(|head| {
            let at = |from: u32, to: u32| &self.pieces[from as usize..to as usize];
            (at(head.start, head.middle), at(head.middle, head.end))
        })
    }

    /// Keeps the units whose number has its lowest `bits` clear.
    fn thin(&mut self, bits: u32) {
        let (mut pieces, mut heads) = (Vec::with_capacity(self.pieces.len()), Vec::new());
        for head in self.heads.iter().filter(|head| is_sampled(head.hash, bits)) {
            let start = pieces.len() as u32;
            pieces.extend_from_slice(&self.pieces[head.start as usize..head.end as usize]);
            let moved = |place: u32| place - head.start + start;
            heads.push(Head { start, middle: moved(head.middle), end: moved(head.end), hash: head.hash });
        }
        (self.pieces, self.heads) = (pieces, heads);
    }

    /// Forgets all but one of equal units.
    fn drop_repeated(&mut self) {
        self.heads.sort_unstable_by_key(|head| (head.hash, head.start));
        self.heads.dedup_by_key(|head| head.hash);
    }
}

fn is_sampled(hash: u32, bits: u32) -> bool {
    hash.trailing_zeros() >= bits
}

impl LexiconLearner {
    /// Starts with nothing. The order of the languages does not matter to the aligner.
    pub fn new(source: &Lang, target: &Lang) -> Self {
        Self {
            source: counted_as(source),
            target: counted_as(target),
            sources: Vocabulary::default(),
            targets: Vocabulary::default(),
            units: Units::default(),
            bits: 0,
            most_pieces: MOST_PIECES,
            scratch: Vec::new(),
        }
    }

    /// Takes in one unit. Units that repeat each other count once.
    pub fn add(&mut self, source: &str, target: &str) {
        let start = self.units.pieces.len();
        push_numbers(source, &mut self.sources, &mut self.scratch, &mut self.units.pieces);
        let middle = self.units.pieces.len();
        push_numbers(target, &mut self.targets, &mut self.scratch, &mut self.units.pieces);
        let end = self.units.pieces.len();
        let sides = [middle - start, end - middle];
        let hash = hash(&self.units.pieces[start..]);
        if sides.iter().any(|side| *side == 0 || *side > LONGEST_SIDE) || !is_sampled(hash, self.bits) {
            return self.units.pieces.truncate(start);
        }
        self.units.heads.push(Head { start: start as u32, middle: middle as u32, end: end as u32, hash });
        while self.units.pieces.len() > self.most_pieces {
            self.bits += 1;
            self.units.thin(self.bits);
        }
    }

    /// Returns what was learned.
    pub fn finish(mut self) -> Lexicon {
        self.units.drop_repeated();
        let (sources, targets) = (std::mem::take(&mut self.sources.word_pieces), std::mem::take(&mut self.targets.word_pieces));
        let associations = estimate::associations(&self.units, sources.len(), targets.len());
        Lexicon::new((self.source, self.target), &sources, &targets, &associations)
    }
}

/// Adds the numbers of a text's pieces, each once.
fn push_numbers(text: &str, vocabulary: &mut Vocabulary, scratch: &mut Vec<WordPiece>, pieces: &mut Vec<u32>) {
    scratch.clear();
    word_piece::push_word_pieces(text, scratch);
    scratch.sort_unstable();
    scratch.dedup();
    pieces.extend(scratch.iter().map(|word_piece| vocabulary.number(*word_piece)));
}

fn hash(pieces: &[u32]) -> u32 {
    let mixed =
        pieces.iter().fold(0_u64, |hash, piece| (hash ^ u64::from(*piece)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29));
    (mixed.wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word_piece(text: &str) -> WordPiece {
        let mut word_pieces = Vec::new();
        word_piece::push_word_pieces(text, &mut word_pieces);
        word_pieces[0]
    }

    /// Learns from every pair of a subject and a verb.
    fn learned(most_pieces: usize) -> Lexicon {
        let subjects =
            [("Teacher", "선생님은"), ("Doctor", "의사는"), ("Farmer", "농부는"), ("Sailor", "선원은"), ("Baker", "제빵사는")];
        let verbs =
            [("sleeps", "잔다"), ("sings", "노래한다"), ("laughs", "웃는다"), ("runs", "달린다"), ("waits", "기다린다")];
        let mut learner = LexiconLearner::new(&Lang::En, &Lang::Ko);
        learner.most_pieces = most_pieces;
        for _ in 0..3 {
            for (english, korean) in subjects {
                verbs.iter().for_each(|(verb, other)| learner.add(&format!("{english} {verb}"), &format!("{korean} {other}")));
            }
        }
        learner.finish()
    }

    #[test]
    fn what_stands_for_what_is_learned() {
        let lexicon = learned(MOST_PIECES);
        for (english, korean) in [("teacher", "선생"), ("doctor", "의사"), ("sings", "노래"), ("runs", "달린")] {
            let best = lexicon.links(word_piece(english)).max_by(|a, b| a.strength.total_cmp(&b.strength));
            assert!(lexicon.links(word_piece(english)).any(|link| link.target == word_piece(korean)), "{english}");
            assert!(best.is_some_and(|best| best.strength > 2.0), "{english}");
            assert!(lexicon.knows_target(word_piece(korean)));
        }
        assert!(lexicon.links(word_piece("teacher")).all(|link| link.target != word_piece("노래")));
        assert_eq!(lexicon.links(word_piece("stranger")).len(), 0);
        assert!(lexicon.is_of(&Lang::Ko, &Lang::En) && !lexicon.is_of(&Lang::En, &Lang::ZhHans));
    }

    #[test]
    fn the_units_that_are_kept_are_bounded() {
        let mut learner = LexiconLearner::new(&Lang::En, &Lang::ZhHant);
        learner.most_pieces = 500;
        for nth in 0..2000 {
            learner.add(
                &format!("word{} again", char::from(b'a' + (nth % 26) as u8)),
                &format!("字{}再", char::from_u32(0x4E00 + nth % 997).unwrap()),
            );
        }
        assert!(learner.units.pieces.len() <= 500 && !learner.units.heads.is_empty());
        assert!(learner.finish().is_of(&Lang::ZhHans, &Lang::En));
        assert!(learned(0).is_empty());
    }
}
