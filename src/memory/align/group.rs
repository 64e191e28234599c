//! Joins alignments of one source text with versions in several languages into groups: the same stretch in each of them.

use std::ops::Range;

use crate::memory::align::{Alignment, Bead};

/// A stretch of the source text with its counterparts.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The numbers of the source sentences.
    pub source: Range<usize>,
    /// The numbers of the target sentences by alignment, in the order they were given; `None` where it has none.
    pub targets: Vec<Option<Range<usize>>>,
    /// The least confidence of the beads in it.
    pub confidence: f32,
}

/// Joins alignments that have the same source text, in the order of the source.
///
/// Beads that overlap in the source become one group if then all its parts say the same: each alignment that has a part in
/// it covers all its source sentences, and its target sentences follow one another. Otherwise each alignment keeps its beads
/// as groups of two.
pub fn join(alignments: &[Alignment]) -> Vec<Group> {
    let mut beads: Vec<(usize, &Bead)> = Vec::new();
    for (nth, alignment) in alignments.iter().enumerate() {
        beads.extend(alignment.beads.iter().map(|bead| (nth, bead)));
    }
    beads.sort_by_key(|(nth, bead)| (bead.source.start, bead.source.end, *nth));
    let mut groups = Vec::new();
    let mut rest = beads.as_slice();
    while let Some(((_, first), _)) = rest.split_first() {
        let (mut end, mut count) = (first.source.end, 0);
        while let Some((_, bead)) = rest.get(count).filter(|(_, bead)| bead.source.start < end) {
            end = end.max(bead.source.end);
            count += 1;
        }
        let (together, after) = rest.split_at(count.max(1));
        push_groups(together, first.source.start..end, alignments.len(), &mut groups);
        rest = after;
    }
    groups
}

/// Adds beads that overlap in the source as one group, or as a group each.
fn push_groups(beads: &[(usize, &Bead)], source: Range<usize>, alignments: usize, groups: &mut Vec<Group>) {
    let mut whole = Group { source, targets: vec![None; alignments], confidence: 1.0 };
    let mut covered = vec![0; alignments];
    let mut is_even = true;
    for (nth, bead) in beads {
        let target = &mut whole.targets[*nth];
        is_even &= target.as_ref().is_none_or(|target| target.end == bead.target.start);
        let start = target.as_ref().map_or(bead.target.start, |target| target.start);
        *target = Some(start..bead.target.end);
        covered[*nth] += bead.source.len();
        whole.confidence = whole.confidence.min(bead.confidence);
    }
    is_even &= covered.iter().all(|covered| *covered == 0 || *covered == whole.source.len());
    if is_even {
        return groups.push(whole);
    }
    groups.extend(beads.iter().map(|(nth, bead)| {
        let mut targets = vec![None; alignments];
        targets[*nth] = Some(bead.target.clone());
        Group { source: bead.source.clone(), targets, confidence: bead.confidence }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alignment(beads: &[(Range<usize>, Range<usize>)]) -> Alignment {
        let bead = |(source, target): &(Range<usize>, Range<usize>)| Bead {
            source: source.clone(),
            target: target.clone(),
            confidence: 0.9,
        };
        Alignment { beads: beads.iter().map(bead).collect(), parallelism: 1.0 }
    }

    /// Writes groups as `source=first,second`.
    fn joined(first: &[(Range<usize>, Range<usize>)], second: &[(Range<usize>, Range<usize>)]) -> Vec<String> {
        let groups = join(&[alignment(first), alignment(second)]);
        let target = |range: &Option<Range<usize>>| range.as_ref().map_or("-".to_owned(), |range| format!("{range:?}"));
        groups
            .iter()
            .map(|group| format!("{:?}={},{}", group.source, target(&group.targets[0]), target(&group.targets[1])))
            .collect()
    }

    #[test]
    fn what_agrees_is_joined_and_what_does_not_stays_apart() {
        assert_eq!(joined(&[(0..1, 0..1), (1..2, 1..2)], &[(0..1, 0..1)]), ["0..1=0..1,0..1", "1..2=1..2,-"]);
        assert_eq!(joined(&[(0..1, 0..1), (1..2, 1..2)], &[(0..2, 0..1)]), ["0..2=0..2,0..1"]);
        assert_eq!(joined(&[(0..2, 0..1)], &[(1..3, 0..1)]), ["0..2=0..1,-", "1..3=-,0..1"]);
        assert_eq!(joined(&[(0..1, 0..1), (1..2, 2..3)], &[(0..2, 0..1)]), ["0..1=0..1,-", "0..2=-,0..1", "1..2=2..3,-"]);
        assert_eq!(joined(&[], &[]), Vec::<String>::new());
    }
}
