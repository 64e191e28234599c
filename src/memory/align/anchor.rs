//! Anchors: pairs of places that rare shared evidence ties together, as patience diff finds its unique lines.

use rustc_hash::FxHashMap as HashMap;

use crate::memory::align::field::{Field, Side};

/// A pair of places: so many sentences of either side are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    /// The source place.
    pub source: usize,
    /// The target place.
    pub target: usize,
}

/// A token that stands in more sentences ties nothing together.
const MOST_SENTENCES: u32 = 3;
/// A pair needs so much shared evidence to be an anchor.
const LEAST_WEIGHT: f32 = 6.0;

/// Returns the heaviest chain of anchors that rises on both sides.
pub fn chain(field: &Field, sources: usize, targets: usize) -> Vec<Anchor> {
    let (from, to) = (places(&field.source, sources), places(&field.target, targets));
    let mut weights: HashMap<(u32, u32), f32> = HashMap::default();
    for (token, places) in &from {
        for link in field.links(*token) {
            let Some(others) = to.get(&link.target) else { continue };
            let weight = weight(&field.source, *token, link.strength, sources) / (places.len() * others.len()) as f32;
            for (source, target) in places.iter().flat_map(|source| others.iter().map(move |target| (*source, *target))) {
                *weights.entry((source, target)).or_default() += weight;
            }
        }
    }
    let mut points: Vec<((u32, u32), f32)> = weights.into_iter().filter(|(_, weight)| *weight >= LEAST_WEIGHT).collect();
    points.sort_unstable_by_key(|(place, _)| (place.0, std::cmp::Reverse(place.1)));
    without_strays(&heaviest_rising(&points, targets))
}

/// How many anchors before and after one say where it should be.
const NEIGHBOURS: usize = 3;
/// How far from there an anchor may be.
const MOST_STRAY: usize = 30;

/// Returns the anchors without those that lie far off the way that their neighbours show. Where a chapter is missing, the
/// neighbours on one side show it.
fn without_strays(chain: &[Anchor]) -> Vec<Anchor> {
    let offset = |anchor: &Anchor| anchor.target as isize - anchor.source as isize;
    let is_on_way = |at: usize| {
        let around = &chain[at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(chain.len())];
        let near = around.iter().filter(|other| offset(other).abs_diff(offset(&chain[at])) <= MOST_STRAY).count();
        near > NEIGHBOURS.min(around.len() / 2)
    };
    (0..chain.len()).filter(|at| is_on_way(*at)).map(|at| chain[at]).collect()
}

fn weight(side: &Side, token: u32, strength: f32, sentences: usize) -> f32 {
    let of_piece = || strength.ln().min((sentences as f32).ln()) / 2.0;
    side.worths.get(token as usize).map_or_else(of_piece, |worth| worth.shared)
}

/// Returns the sentences of each rare token.
fn places(side: &Side, sentences: usize) -> HashMap<u32, Vec<u32>> {
    let mut places: HashMap<u32, Vec<u32>> = HashMap::default();
    for sentence in 0..sentences {
        let rare = side.tokens(sentence).iter().filter(|token| side.sentences_with[**token as usize] <= MOST_SENTENCES);
        rare.for_each(|token| places.entry(*token).or_default().push(sentence as u32));
    }
    places
}

/// Returns the points of the heaviest sequence that rises on both sides. The points come by source, and of one source the
/// last target first, so that no two of one row follow each other.
fn heaviest_rising(points: &[((u32, u32), f32)], targets: usize) -> Vec<Anchor> {
    let mut best = BestBelow::new(targets);
    let mut chains: Vec<(f32, Option<usize>)> = Vec::with_capacity(points.len());
    for (nth, ((_, target), weight)) in points.iter().enumerate() {
        let before = best.below(*target as usize, &chains);
        let total = weight + before.map_or(0.0, |before| chains[before].0);
        chains.push((total, before));
        best.put(*target as usize, nth, &chains);
    }
    let mut at = best.below(targets, &chains);
    let mut chain = Vec::new();
    while let Some(nth) = at {
        let (source, target) = points[nth].0;
        chain.push(Anchor { source: source as usize, target: target as usize });
        at = chains[nth].1;
    }
    chain.reverse();
    chain
}

/// The heaviest chain that ends below a target, as a binary indexed tree.
struct BestBelow {
    tree: Vec<Option<usize>>,
}

impl BestBelow {
    fn new(targets: usize) -> Self {
        Self { tree: vec![None; targets + 1] }
    }

    fn below(&self, target: usize, chains: &[(f32, Option<usize>)]) -> Option<usize> {
        let mut found: Option<usize> = None;
        let mut at = target;
        while at > 0 {
            if let Some(there) = self.tree[at]
                && found.is_none_or(|found| chains[found].0 < chains[there].0)
            {
                found = Some(there);
            }
            at &= at - 1;
        }
        found
    }

    fn put(&mut self, target: usize, nth: usize, chains: &[(f32, Option<usize>)]) {
        let mut at = target + 1;
        while at < self.tree.len() {
            if self.tree[at].is_none_or(|there| chains[there].0 < chains[nth].0) {
                self.tree[at] = Some(nth);
            }
            at += at & at.wrapping_neg();
        }
    }
}
