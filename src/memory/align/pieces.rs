//! What the pieces that a lexicon knows say for and against pairs of sentences, one row of pairs after another.

use std::collections::VecDeque;
use std::ops::Range;

use crate::memory::align::field::Field;
use crate::memory::align::rows::{LONGEST, Row};

/// An explanation of a kind of target token by a token of the current source sentence.
#[derive(Clone, Copy, Debug)]
struct Explanation {
    next: u32,
    token: u32,
    strength: f32,
}

const NONE: u32 = u32::MAX;

/// How much of each piece of neighbouring target sentences one source sentence explains.
#[derive(Clone, Debug, Default)]
struct Explained {
    /// The first target sentence.
    first: usize,
    /// Where the pieces of each sentence begin.
    starts: Vec<u32>,
    sums: Vec<f32>,
}

impl Explained {
    fn of(&self, target: usize) -> Option<&[f32]> {
        let at = target.checked_sub(self.first)?;
        Some(&self.sums[*self.starts.get(at)? as usize..*self.starts.get(at + 1)? as usize])
    }
}

/// Adds to rows, and keeps what the last three source sentences explain.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    field: &'a Field,
    /// By kind of target token, the first of its explanations.
    heads: Vec<u32>,
    explanations: Vec<Explanation>,
    /// The last source sentences, the current one in front.
    explained: VecDeque<Explained>,
    /// How much of each source piece the last target sentences explain, the current one in front.
    explaining: [Vec<f32>; LONGEST],
}

impl<'a> Pieces<'a> {
    /// Starts before the first source sentence.
    pub fn new(field: &'a Field) -> Self {
        Self {
            field,
            heads: vec![NONE; field.target.sentences_with.len()],
            explanations: Vec::new(),
            explained: VecDeque::with_capacity(LONGEST),
            explaining: Default::default(),
        }
    }

    /// Adds to the row of the next source sentence.
    pub fn add(&mut self, source: usize, targets: Range<usize>, row: &mut Row) {
        let recycled = if self.explained.len() == LONGEST { self.explained.pop_back() } else { None };
        let mut explained = recycled.unwrap_or_default();
        (explained.first, explained.starts) = (targets.start, vec![0]);
        explained.sums.clear();
        self.lay_out(source);
        let pieces = self.field.source.pieces(source).len();
        for column in &mut self.explaining {
            column.clear();
            column.resize(pieces, 0.0);
        }
        for target in targets {
            self.explaining.rotate_right(1);
            self.meet(target, &mut explained);
            self.add_here(target, row);
        }
        self.clear(source);
        self.explained.push_front(explained);
        self.add_there(source, row);
    }

    /// Lists by target token what the source sentence explains.
    fn lay_out(&mut self, source: usize) {
        self.explanations.clear();
        for (place, token) in self.field.source.pieces(source).iter().enumerate() {
            for link in self.field.links(*token) {
                let head = &mut self.heads[link.target as usize];
                self.explanations.push(Explanation { next: *head, token: place as u32, strength: link.strength });
                *head = self.explanations.len() as u32 - 1;
            }
        }
    }

    fn clear(&mut self, source: usize) {
        for token in self.field.source.pieces(source) {
            self.field.links(*token).iter().for_each(|link| self.heads[link.target as usize] = NONE);
        }
    }

    /// Adds up which pieces of the pair explain each other.
    fn meet(&mut self, target: usize, explained: &mut Explained) {
        let column = &mut self.explaining[0];
        column.fill(0.0);
        for token in self.field.target.pieces(target) {
            let (mut sum, mut at) = (0.0, self.heads[*token as usize]);
            while let Some(explanation) = self.explanations.get(at as usize) {
                sum += explanation.strength;
                column[explanation.token as usize] += explanation.strength;
                at = explanation.next;
            }
            explained.sums.push(sum);
        }
        explained.starts.push(explained.sums.len() as u32);
    }

    /// Adds how well the source sentence is explained by the one, two or three target sentences that end with one.
    fn add_here(&self, target: usize, row: &mut Row) {
        let mut pieces = 0;
        let at = target - row.first;
        for more in 0..LONGEST.min(at + 1) {
            pieces += self.field.target.pieces(target - more).len();
            let sums =
                (0..self.explaining[0].len()).map(|piece| self.explaining[..=more].iter().map(|column| column[piece]).sum());
            row.here[more][at] += said(sums, pieces);
        }
    }

    /// Adds how well target sentences are explained by the one, two or three source sentences that end with one.
    fn add_there(&self, source: usize, row: &mut Row) {
        for at in 0..row.there[0].len() {
            let (target, mut pieces) = (row.first + at, 0);
            let explained: [Option<&[f32]>; LONGEST] = std::array::from_fn(|back| self.explained.get(back)?.of(target));
            for (more, there) in row.there.iter_mut().enumerate() {
                if explained[..=more].iter().any(Option::is_none) {
                    break;
                }
                pieces += self.field.source.pieces(source - more).len();
                let count = self.field.target.pieces(target).len();
                let sums = (0..count).map(|piece| explained[..=more].iter().flatten().map(|row| row[piece]).sum());
                there[at] += said(sums, pieces);
            }
        }
    }
}

/// How much the pieces count: they overlap, so that each says less than it would alone.
const PIECE: f32 = 0.15;
/// The share of pieces that is translated as the lexicon has it.
const TRANSLATED: f32 = 0.4;

/// Returns what pieces say, given how far each is explained by `pieces` pieces of the other side.
fn said(explained: impl Iterator<Item = f32>, pieces: usize) -> f32 {
    let share = TRANSLATED / pieces.max(1) as f32;
    let mut product = Product::default();
    explained.for_each(|explained| product.multiply(1.0 - TRANSLATED + share * explained));
    PIECE * product.logarithm()
}

/// The logarithm of a product, which is cheaper than the sum of the logarithms.
#[derive(Clone, Copy, Debug)]
struct Product {
    logarithm: f32,
    pending: f32,
}

impl Default for Product {
    fn default() -> Self {
        Self { logarithm: 0.0, pending: 1.0 }
    }
}

impl Product {
    fn multiply(&mut self, factor: f32) {
        self.pending *= factor;
        if !(1e-24..1e24).contains(&self.pending) {
            self.logarithm += self.pending.ln();
            self.pending = 1.0;
        }
    }

    fn logarithm(self) -> f32 {
        self.logarithm + self.pending.ln()
    }
}
