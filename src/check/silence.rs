//! Which findings some comments cover, and which comments cover none: asked for all of both at once, since a hostile draft has
//! hundreds of thousands of either.

use rustc_hash::FxHashMap as HashMap;

use crate::check::finding::Finding;
use crate::check::ignores::{ABOUT_COMMENTS, IgnoreComment};
use crate::text::span::Span;

/// Stands for all rules, where a comment names none.
const ANY_RULE: &str = "";

/// What comments cover, by rule: stretches in order of place that do not touch.
pub(super) struct Silence<'t>(HashMap<&'t str, Vec<Span>>);

impl<'t> Silence<'t> {
    /// Gathers what comments cover.
    pub fn of(comments: &'t [IgnoreComment]) -> Self {
        let mut silence: HashMap<&str, Vec<Span>> = HashMap::default();
        for comment in comments {
            for rule in rules(comment) {
                silence.entry(rule).or_default().extend(comment.reach);
            }
        }
        silence.values_mut().for_each(join);
        Self(silence)
    }

    /// Returns whether a comment covers a finding.
    pub fn covers(&self, finding: &Finding) -> bool {
        let start = finding.span.start;
        let covered = |rule: &str| {
            let stretches = self.0.get(rule).map_or(&[][..], Vec::as_slice);
            let next = stretches.partition_point(|stretch| stretch.end <= start);
            stretches.get(next).is_some_and(|stretch| stretch.start <= start)
        };
        covered(finding.rule) || finding.rule != ABOUT_COMMENTS && covered(ANY_RULE)
    }
}

/// Joins stretches that touch.
fn join(stretches: &mut Vec<Span>) {
    stretches.sort_unstable();
    stretches.dedup_by(|next, before| {
        let touches = next.start <= before.end;
        if touches {
            before.end = before.end.max(next.end);
        }
        touches
    });
}

/// Where findings begin, by rule, in order.
pub(super) struct Starts(HashMap<&'static str, Vec<usize>>);

impl Starts {
    /// Gathers where findings begin.
    pub fn of(findings: &[Finding]) -> Self {
        let mut starts: HashMap<&str, Vec<usize>> = HashMap::default();
        for finding in findings {
            starts.entry(finding.rule).or_default().push(finding.span.start);
            if finding.rule != ABOUT_COMMENTS {
                starts.entry(ANY_RULE).or_default().push(finding.span.start);
            }
        }
        starts.values_mut().for_each(|starts| starts.sort_unstable());
        Self(starts)
    }

    /// Returns whether a comment covers one of the findings.
    pub fn are_covered_by(&self, comment: &IgnoreComment) -> bool {
        let Some(reach) = comment.reach else { return false };
        rules(comment).filter_map(|rule| self.0.get(rule)).any(|starts| {
            let first = starts.partition_point(|start| *start < reach.start);
            starts.get(first).is_some_and(|start| *start < reach.end)
        })
    }
}

/// Returns the names of the rules that a comment is about.
fn rules(comment: &IgnoreComment) -> impl Iterator<Item = &str> {
    let any = comment.rules.is_empty().then_some(ANY_RULE);
    comment.rules.iter().map(|name| name.text.as_str()).chain(any)
}
