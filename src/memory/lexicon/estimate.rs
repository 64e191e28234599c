//! Estimates from units which pieces stand for one another: candidates by co-occurrence, weighed against each other as in the
//! first model of Brown et al., "The Mathematics of Statistical Machine Translation" (1993), both ways.

use crate::memory::lexicon::learner::Units;

/// What two pieces have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Association {
    pub source: u32,
    pub target: u32,
    /// The logarithm of how many times likelier each is beside the other.
    pub strength: f32,
}

/// So many units of one source piece are enough to find its candidates.
const MOST_UNITS: usize = 3000;
/// So many candidates of one source piece are weighed.
const MOST_CANDIDATES: usize = 20;
/// A candidate is so many times likelier beside the piece than anywhere.
const LEAST_LIFT: f32 = 2.0;
const ROUNDS: usize = 4;
/// What is taken from each piece's evidence: a piece that was seen twice proves little.
const DOUBT: f32 = 1.0;
/// The share of a piece that may come from nothing on the other side, against a piece that explains it by chance.
const NOTHING: f32 = 1.0;
/// A link is so many times likelier than chance, as a logarithm.
const LEAST_STRENGTH: f32 = 1.0;
/// In so many units, by expectation, the one is there for the other.
const LEAST_LINKED: f32 = 0.6;

/// Returns the associations, by source and then target.
pub(super) fn associations(units: &Units, sources: usize, targets: usize) -> Vec<Association> {
    let counts = Counts::new(units, sources, targets);
    let mut table = candidates(units, &counts);
    for _ in 0..ROUNDS {
        table.reweigh(units, &counts);
    }
    table.strengths(&counts)
}

/// In how many units each piece stands.
struct Counts {
    sources: Vec<u32>,
    targets: Vec<u32>,
    source_pieces: f32,
    target_pieces: f32,
    units: f32,
}

impl Counts {
    fn new(units: &Units, sources: usize, targets: usize) -> Self {
        let (mut source_counts, mut target_counts) = (vec![0; sources], vec![0; targets]);
        for (source, target) in units.iter() {
            source.iter().for_each(|piece| source_counts[*piece as usize] += 1);
            target.iter().for_each(|piece| target_counts[*piece as usize] += 1);
        }
        let sum = |counts: &[u32]| counts.iter().map(|count| *count as f32).sum::<f32>().max(1.0);
        let (source_pieces, target_pieces) = (sum(&source_counts), sum(&target_counts));
        Self { sources: source_counts, targets: target_counts, source_pieces, target_pieces, units: units.len() as f32 }
    }

    fn source_share(&self, piece: u32) -> f32 {
        self.sources[piece as usize] as f32 / self.source_pieces
    }

    fn target_share(&self, piece: u32) -> f32 {
        self.targets[piece as usize] as f32 / self.target_pieces
    }
}

/// A candidate with its chances.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    target: u32,
    /// The chance that a piece of the target is this one, given the source piece; and the other way round.
    there: f32,
    back: f32,
}

/// The candidates of each source piece, by target.
struct Table {
    starts: Vec<u32>,
    candidates: Vec<Candidate>,
}

fn candidates(units: &Units, counts: &Counts) -> Table {
    let (starts, places) = units_with(units, counts);
    let unit_targets: Vec<&[u32]> = units.iter().map(|(_, target)| target).collect();
    let mut joint = vec![0_u32; counts.targets.len()];
    let mut met: Vec<u32> = Vec::new();
    let mut table = Table { starts: vec![0], candidates: Vec::new() };
    for source in 0..counts.sources.len() {
        let places = &places[starts[source] as usize..starts[source + 1] as usize];
        for target in places.iter().flat_map(|place| unit_targets[*place as usize]) {
            if joint[*target as usize] == 0 {
                met.push(*target);
            }
            joint[*target as usize] += 1;
        }
        let share = |target: u32| counts.targets[target as usize] as f32 / counts.units * places.len() as f32;
        let mut found: Vec<(f32, Candidate)> = Vec::new();
        for target in met.drain(..) {
            let together = std::mem::take(&mut joint[target as usize]) as f32;
            let lift = together / share(target);
            if together > 1.5 && lift >= LEAST_LIFT {
                let candidate = Candidate {
                    target,
                    there: together / places.len() as f32,
                    back: together / counts.targets[target as usize] as f32,
                };
                found.push((together * lift.ln(), candidate));
            }
        }
        found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.target.cmp(&b.1.target)));
        found.truncate(MOST_CANDIDATES);
        found.sort_unstable_by_key(|(_, candidate)| candidate.target);
        table.candidates.extend(found.into_iter().map(|(_, candidate)| candidate));
        table.starts.push(table.candidates.len() as u32);
    }
    table
}

/// Returns the units that have each source piece, at most [`MOST_UNITS`], the first ones.
fn units_with(units: &Units, counts: &Counts) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32];
    starts.extend(counts.sources.iter().scan(0, |sum, count| {
        *sum += (*count).min(MOST_UNITS as u32);
        Some(*sum)
    }));
    let mut places = vec![0_u32; starts.last().map_or(0, |end| *end as usize)];
    let mut filled = starts.clone();
    for (place, (source, _)) in units.iter().enumerate() {
        for piece in source {
            let at = &mut filled[*piece as usize];
            if *at < starts[*piece as usize + 1] {
                places[*at as usize] = place as u32;
                *at += 1;
            }
        }
    }
    (starts, places)
}

/// Two pieces of one unit that may stand for one another: places in the unit and in the candidates.
struct Meeting {
    source: usize,
    target: usize,
    candidate: usize,
}

impl Table {
    fn of(&self, source: u32) -> std::ops::Range<usize> {
        self.starts[source as usize] as usize..self.starts[source as usize + 1] as usize
    }

    /// Shares each piece of each unit out among its candidates there, and takes the shares for the new chances.
    fn reweigh(&mut self, units: &Units, counts: &Counts) {
        let mut linked = vec![(0.0_f32, 0.0_f32); self.candidates.len()];
        let mut standing = vec![0_u32; counts.targets.len()];
        let mut meetings: Vec<Meeting> = Vec::new();
        for (source, target) in units.iter() {
            target.iter().zip(1..).for_each(|(piece, place)| standing[*piece as usize] = place);
            meetings.clear();
            for (place, piece) in source.iter().enumerate() {
                meetings.extend(self.of(*piece).filter_map(|candidate| {
                    let standing = standing[self.candidates[candidate].target as usize];
                    (standing > 0).then(|| Meeting { source: place, target: standing as usize - 1, candidate })
                }));
            }
            self.share_out(&meetings, (source, target), counts, &mut linked);
            target.iter().for_each(|piece| standing[*piece as usize] = 0);
        }
        self.take(&linked, counts);
    }

    fn share_out(&self, meetings: &[Meeting], unit: (&[u32], &[u32]), counts: &Counts, linked: &mut [(f32, f32)]) {
        let mut there: Vec<f32> = unit.1.iter().map(|piece| NOTHING * counts.target_share(*piece)).collect();
        let mut back: Vec<f32> = unit.0.iter().map(|piece| NOTHING * counts.source_share(*piece)).collect();
        for meeting in meetings {
            there[meeting.target] += self.candidates[meeting.candidate].there;
            back[meeting.source] += self.candidates[meeting.candidate].back;
        }
        for meeting in meetings {
            let candidate = &self.candidates[meeting.candidate];
            linked[meeting.candidate].0 += candidate.there / there[meeting.target];
            linked[meeting.candidate].1 += candidate.back / back[meeting.source];
        }
    }

    fn take(&mut self, linked: &[(f32, f32)], counts: &Counts) {
        let mut backs = vec![0.0_f32; counts.targets.len()];
        for (candidate, (_, back)) in self.candidates.iter().zip(linked) {
            backs[candidate.target as usize] += back;
        }
        for source in 0..counts.sources.len() as u32 {
            let range = self.of(source);
            let there: f32 = linked[range.clone()].iter().map(|(there, _)| there).sum();
            for at in range {
                let candidate = &mut self.candidates[at];
                candidate.there = linked[at].0 / (there + DOUBT);
                candidate.back = linked[at].1 / (backs[candidate.target as usize] + DOUBT);
            }
        }
    }

    fn strengths(&self, counts: &Counts) -> Vec<Association> {
        let mut found = Vec::new();
        for source in 0..counts.sources.len() as u32 {
            for candidate in &self.candidates[self.of(source)] {
                let there = candidate.there / counts.target_share(candidate.target);
                let back = candidate.back / counts.source_share(source);
                let strength = 0.5 * (there.ln() + back.ln());
                let linked = candidate.there * counts.sources[source as usize] as f32;
                if strength >= LEAST_STRENGTH && linked >= LEAST_LINKED {
                    found.push(Association { source, target: candidate.target, strength });
                }
            }
        }
        found
    }
}
