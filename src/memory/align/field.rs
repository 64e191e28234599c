//! The evidence of two texts joined: which token of one side explains which of the other, and how much that says.
//!
//! A token is a sign that stands on both sides, or a piece that the lexicon knows. What stands on one side only says nothing
//! and is left out.

use rustc_hash::FxHashMap as HashMap;

use crate::memory::align::evidence::{Evidence, Kind, Sign};
use crate::memory::lexicon::Lexicon;
use crate::memory::word_piece::WordPiece;

/// How much a sign says from one side.
#[derive(Clone, Copy, Debug)]
pub struct Worth {
    /// Where its equal stands on the other side.
    pub shared: f32,
    /// Where it does not.
    pub missing: f32,
}

impl Worth {
    /// Returns how much more a pair is worth where the sign is shared than where it is missing.
    pub fn gain(self) -> f32 {
        SIGN * (self.shared - self.missing)
    }
}

/// How much a sign counts from either side.
pub const SIGN: f32 = 0.3;

/// An explanation of a token: the token of the other side, and how many times likelier each is beside the other.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// The kind of token on the target side.
    pub target: u32,
    /// How many times likelier; 1 for signs.
    pub strength: f32,
}

/// The tokens of one text.
#[derive(Clone, Debug, Default)]
pub struct Side {
    starts: Vec<u32>,
    tokens: Vec<u32>,
    /// Where the pieces among the tokens of each sentence begin.
    middles: Vec<u32>,
    /// By kind of sign; the kinds of pieces are numbered after them.
    pub worths: Vec<Worth>,
    /// By sentence, what its signs are worth where none of them is shared.
    pub missing: Vec<f32>,
    /// In how many sentences each kind of token stands.
    pub sentences_with: Vec<u32>,
}

impl Side {
    /// Returns the tokens of a sentence, each kind once.
    pub fn tokens(&self, sentence: usize) -> &[u32] {
        &self.tokens[self.starts[sentence] as usize..self.starts[sentence + 1] as usize]
    }

    /// Returns the signs among the tokens of a sentence.
    pub fn signs(&self, sentence: usize) -> &[u32] {
        &self.tokens[self.starts[sentence] as usize..self.middles[sentence] as usize]
    }

    /// Returns the pieces among the tokens of a sentence.
    pub fn pieces(&self, sentence: usize) -> &[u32] {
        &self.tokens[self.middles[sentence] as usize..self.starts[sentence + 1] as usize]
    }

    /// Returns how many sentences there are.
    pub fn len(&self) -> usize {
        self.middles.len()
    }
}

/// Two texts with their explanations.
#[derive(Clone, Debug)]
pub struct Field {
    /// The source side.
    pub source: Side,
    /// The target side.
    pub target: Side,
    links: Links,
}

/// What each kind of source token explains.
#[derive(Clone, Debug)]
struct Links {
    starts: Vec<u32>,
    links: Vec<Link>,
}

impl Links {
    /// Starts with signs, which come first on both sides and explain their equals.
    fn of_signs(count: usize) -> Self {
        let count = count as u32;
        Self { starts: (0..=count).collect(), links: (0..count).map(|target| Link { target, strength: 1.0 }).collect() }
    }

    /// Adds the pieces of the source in the order of their numbers.
    fn push_pieces(&mut self, lexicon: &Lexicon, source: &HashMap<WordPiece, u32>, target: &HashMap<WordPiece, u32>) {
        let mut pieces: Vec<(u32, WordPiece)> = source.iter().map(|(word_piece, number)| (*number, *word_piece)).collect();
        pieces.sort_unstable();
        for (_, word_piece) in pieces {
            let found = lexicon
                .links(word_piece)
                .filter_map(|link| Some(Link { target: *target.get(&link.target)?, strength: link.strength }));
            self.links.extend(found);
            self.starts.push(self.links.len() as u32);
        }
    }
}

impl Field {
    /// Joins the evidence of two texts. The lexicon goes from the language of the source to that of the target.
    pub fn new(source: &[Evidence], target: &[Evidence], lexicon: Option<&Lexicon>) -> Self {
        let (from, to) = (sentences_with(source), sentences_with(target));
        let mut shared: Vec<Sign> = from.keys().filter(|sign| to.contains_key(sign)).copied().collect();
        shared.sort_unstable();
        let worths = |here: &HashMap<Sign, Standing>, there: &HashMap<Sign, Standing>, all: usize| -> Vec<Worth> {
            shared.iter().map(|sign| worth(sign.kind, here[sign], there[sign], all)).collect()
        };
        let (source_worths, target_worths) = (worths(&from, &to, target.len()), worths(&to, &from, source.len()));
        let mut links = Links::of_signs(shared.len());
        let (mut source_word_pieces, mut target_word_pieces) = (HashMap::default(), HashMap::default());
        if let Some(lexicon) = lexicon {
            let known = |word_piece: &&WordPiece| lexicon.knows_target(**word_piece);
            target_word_pieces = numbered(target.iter().flat_map(|evidence| &evidence.word_pieces).filter(known), shared.len());
            let known = |word_piece: &&WordPiece| lexicon.links(**word_piece).len() > 0;
            source_word_pieces = numbered(source.iter().flat_map(|evidence| &evidence.word_pieces).filter(known), shared.len());
            links.push_pieces(lexicon, &source_word_pieces, &target_word_pieces);
        }
        let signs: HashMap<Sign, u32> = shared.into_iter().zip(0..).collect();
        Self {
            source: side(source, &signs, &source_word_pieces, source_worths),
            target: side(target, &signs, &target_word_pieces, target_worths),
            links,
        }
    }

    /// Returns whether a lexicon gave any piece.
    pub fn has_pieces(&self) -> bool {
        self.source.sentences_with.len() > self.source.worths.len()
    }

    /// Returns what a kind of source token explains.
    pub fn links(&self, token: u32) -> &[Link] {
        &self.links.links[self.links.starts[token as usize] as usize..self.links.starts[token as usize + 1] as usize]
    }
}

/// Numbers pieces in the order they come, after so many signs.
fn numbered<'a>(word_pieces: impl Iterator<Item = &'a WordPiece>, signs: usize) -> HashMap<WordPiece, u32> {
    let mut numbers: HashMap<WordPiece, u32> = HashMap::default();
    for word_piece in word_pieces {
        let next = (signs + numbers.len()) as u32;
        numbers.entry(*word_piece).or_insert(next);
    }
    numbers
}

/// So few sentences prove nothing about how often a sign is kept.
const FEW: f32 = 4.0;

/// Where a sign stands in a text.
#[derive(Clone, Copy, Debug)]
struct Standing {
    count: u32,
    last: u32,
    /// How densely it stands where it stands: the sum of the inverse distances from one to the next.
    density: f32,
}

/// A distance of two is not yet proof that a sign stands in every second sentence.
const LEAST_DISTANCE: f32 = 2.0;

fn sentences_with(text: &[Evidence]) -> HashMap<Sign, Standing> {
    let mut standings: HashMap<Sign, Standing> = HashMap::default();
    for (sentence, evidence) in (0..).zip(text) {
        for sign in &evidence.signs {
            let new = Standing { count: 0, last: sentence, density: 0.0 };
            let standing = standings.entry(*sign).or_insert(new);
            if standing.count > 0 {
                standing.density += 1.0 / ((sentence - standing.last) as f32 + LEAST_DISTANCE);
            }
            (standing.count, standing.last) = (standing.count + 1, sentence);
        }
    }
    standings
}

/// Returns what a sign of one text says, by where it stands there and in the other text of `all` sentences: the rarer, the
/// more. What stands in one chapter only is as common there as elsewhere a sign of the whole book; and what one text has
/// much oftener than the other is not often kept.
fn worth(kind: Kind, here: Standing, there: Standing, all: usize) -> Worth {
    let (often_here, often) = (here.count as f32, there.count as f32);
    let kept = kind.kept() * ((often + FEW) / (often_here + FEW)).min(1.0);
    let chance = ((often + 0.5) / (all as f32 + 1.0)).max(there.density / often).min(0.9);
    Worth { shared: (kept / chance).ln().max(0.0), missing: ((1.0 - kept) / (1.0 - chance)).ln().min(0.0) }
}

fn side(text: &[Evidence], signs: &HashMap<Sign, u32>, word_pieces: &HashMap<WordPiece, u32>, worths: Vec<Worth>) -> Side {
    let kinds = worths.len() + word_pieces.len();
    let mut side = Side { sentences_with: vec![0; kinds], worths, starts: vec![0], ..Side::default() };
    for evidence in text {
        let start = side.tokens.len();
        side.tokens.extend(evidence.signs.iter().filter_map(|sign| signs.get(sign)));
        side.missing.push(SIGN * side.tokens[start..].iter().map(|sign| side.worths[*sign as usize].missing).sum::<f32>());
        side.middles.push(side.tokens.len() as u32);
        side.tokens.extend(evidence.word_pieces.iter().filter_map(|word_piece| word_pieces.get(word_piece)));
        side.tokens[start..].iter().for_each(|token| side.sentences_with[*token as usize] += 1);
        side.starts.push(side.tokens.len() as u32);
    }
    side
}
