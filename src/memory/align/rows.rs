//! What the tokens say for and against pairs of sentences, one row of pairs after another.

use std::collections::VecDeque;
use std::ops::Range;

use crate::memory::align::field::{Field, Side, Worth};

/// The most sentences of one side in a bead.
pub const LONGEST: usize = 3;

/// What the tokens say about one pair of sentences.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cell {
    /// How well the target sentence is explained by the one, two or three source sentences that end here.
    pub there: [f32; LONGEST],
    /// How well the source sentence is explained by the one, two or three target sentences that end here.
    pub here: [f32; LONGEST],
}

/// The pairs of one source sentence with neighbouring target sentences.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The first target sentence.
    pub first: usize,
    /// The pairs.
    pub cells: Vec<Cell>,
    /// How much of each token of each target sentence is explained, one after another, and where each sentence begins.
    explained: Vec<f32>,
    starts: Vec<u32>,
}

impl Row {
    /// Returns the pair with a target sentence, if it is in the row.
    pub fn cell(&self, target: usize) -> Option<&Cell> {
        self.cells.get(target.checked_sub(self.first)?)
    }

    fn explained(&self, target: usize) -> Option<&[f32]> {
        let at = target.checked_sub(self.first).filter(|at| *at < self.cells.len())?;
        Some(&self.explained[self.starts[at] as usize..self.starts[at + 1] as usize])
    }
}

/// An explanation of a kind of target token by a token of the current source sentence.
#[derive(Clone, Copy, Debug)]
struct Explanation {
    next: u32,
    token: u32,
    strength: f32,
}

const NONE: u32 = u32::MAX;

/// Makes rows, and keeps the last three.
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    field: &'a Field,
    /// By kind of target token, the first of its explanations.
    heads: Vec<u32>,
    explanations: Vec<Explanation>,
    /// The last rows, the current one in front.
    rows: VecDeque<Row>,
}

impl<'a> Rows<'a> {
    /// Starts before the first source sentence.
    pub fn new(field: &'a Field) -> Self {
        let heads = vec![NONE; field.target.worths.len()];
        Self { field, heads, explanations: Vec::new(), rows: VecDeque::with_capacity(LONGEST) }
    }

    /// Returns the row of the sentence that is `back` before the current one.
    pub fn row(&self, back: usize) -> Option<&Row> {
        self.rows.get(back)
    }

    /// Makes the row of the next source sentence.
    pub fn advance(&mut self, source: usize, targets: Range<usize>) {
        let mut row = if self.rows.len() == LONGEST { self.rows.pop_back().unwrap_or_default() } else { Row::default() };
        (row.first, row.starts) = (targets.start, vec![0]);
        row.cells.clear();
        row.explained.clear();
        self.lay_out(source);
        let tokens = self.field.source.tokens(source);
        // How much of each source token the last target sentences explain, one sentence after another.
        let mut explaining: VecDeque<Vec<f32>> = (0..LONGEST).map(|_| vec![0.0; tokens.len()]).collect();
        for target in targets {
            explaining.rotate_right(1);
            let column = &mut explaining[0];
            column.fill(0.0);
            self.meet(target, column, &mut row.explained);
            row.starts.push(row.explained.len() as u32);
            let here = self.here(source, target, row.first, &explaining);
            let there = self.there(source, target, &row.explained[row.starts[row.cells.len()] as usize..]);
            row.cells.push(Cell { there, here });
        }
        self.clear(source);
        self.rows.push_front(row);
    }

    /// Lists by target token what the source sentence explains.
    fn lay_out(&mut self, source: usize) {
        self.explanations.clear();
        for (place, token) in self.field.source.tokens(source).iter().enumerate() {
            for link in self.field.links(*token) {
                let head = &mut self.heads[link.target as usize];
                self.explanations.push(Explanation { next: *head, token: place as u32, strength: link.strength });
                *head = self.explanations.len() as u32 - 1;
            }
        }
    }

    fn clear(&mut self, source: usize) {
        for token in self.field.source.tokens(source) {
            self.field.links(*token).iter().for_each(|link| self.heads[link.target as usize] = NONE);
        }
    }

    /// Adds up which tokens of the pair explain each other.
    fn meet(&self, target: usize, explaining: &mut [f32], explained: &mut Vec<f32>) {
        for token in self.field.target.tokens(target) {
            let (mut sum, mut at) = (0.0, self.heads[*token as usize]);
            while let Some(explanation) = self.explanations.get(at as usize) {
                sum += explanation.strength;
                explaining[explanation.token as usize] += explanation.strength;
                at = explanation.next;
            }
            explained.push(sum);
        }
    }

    fn here(&self, source: usize, target: usize, first: usize, explaining: &VecDeque<Vec<f32>>) -> [f32; LONGEST] {
        let (side, tokens) = (&self.field.source, self.field.source.tokens(source));
        let mut pieces = 0;
        std::array::from_fn(|more| {
            if target < first + more {
                return f32::NEG_INFINITY;
            }
            pieces += self.field.target.pieces(target - more);
            let sums = (0..tokens.len()).map(|at| (0..=more).map(|column| explaining[column][at]).sum());
            said(side, tokens, sums, pieces)
        })
    }

    fn there(&self, source: usize, target: usize, explained: &[f32]) -> [f32; LONGEST] {
        let (side, tokens) = (&self.field.target, self.field.target.tokens(target));
        let before: [Option<&[f32]>; 2] = std::array::from_fn(|back| self.rows.get(back)?.explained(target));
        let mut pieces = 0;
        std::array::from_fn(|more| {
            if source < more || before[..more].iter().any(Option::is_none) {
                return f32::NEG_INFINITY;
            }
            pieces += self.field.source.pieces(source - more);
            let earlier = |at: usize| before[..more].iter().flatten().map(|row| row[at]).sum::<f32>();
            let sums = explained.iter().enumerate().map(|(at, sum)| sum + earlier(at));
            said(side, tokens, sums, pieces)
        })
    }
}

/// How much the pieces count: they overlap, so that each says less than it would alone.
const PIECE: f32 = 0.15;
/// The share of pieces that is translated as the lexicon has it.
const TRANSLATED: f32 = 0.4;
/// How much a sign counts from either side.
const SIGN: f32 = 0.3;

/// Returns what tokens say, given how far each is explained by `pieces` pieces of the other side.
fn said(side: &Side, tokens: &[u32], explained: impl Iterator<Item = f32>, pieces: usize) -> f32 {
    let share = TRANSLATED / pieces.max(1) as f32;
    let (mut signs, mut product) = (0.0, Product::default());
    for (token, explained) in tokens.iter().zip(explained) {
        match side.worths[*token as usize] {
            Worth::Sign { shared, missing } => signs += if explained > 0.0 { shared } else { missing },
            Worth::Piece => product.multiply(1.0 - TRANSLATED + share * explained),
        }
    }
    SIGN * signs + PIECE * product.logarithm()
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
