//! Unrecorded names in a rare spelling beside their usual one.

use std::collections::BTreeMap;

use crate::check::draft::Draft;
use crate::check::drift::{self, Census, Drift};
use crate::check::finding::{Finding, Severity};
use crate::check::rules::{CheckedDraft, Rule};
use crate::text::span::Span;

pub(super) const RULE: Rule = Rule {
    name: "name-drift",
    severity: Severity::Warning,
    on: true,
    manual: "A name that no glossary knows, once or twice in one spelling and mostly in another, in one draft or in drafts that \
             are checked together: Pran Leiji beside five times Pran Leji, Moon Kyung Ok beside Moon Kyung-ok, Haldan \
             Institute, 저카버그, 扎克柏格. Write the usual spelling. Reported only where both are surely one name: a letter, a \
             jamo or a character that sounds alike, after the same given or family name, with the same title, or in a long \
             word. Silent where both stand in one sentence or list, have different titles, or belong to relatives, in headlines \
             and where the spelling itself is spoken of. Never fixed without asking.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    for drift in drift::drifts(&[draft.census()]) {
        let message = message(&drift, "this draft");
        findings.extend(drift.places.iter().map(|(_, span)| finding(draft, &drift, *span, message.clone())));
    }
}

/// Adds to the findings of drafts that are checked together what only shows between them. Where a finding stands already,
/// there is none to add.
pub(super) fn check_across(drafts: &mut [CheckedDraft<'_>], severity: Severity) {
    let counted: Vec<usize> = (0..drafts.len()).filter(|number| drafts[*number].census.is_some()).collect();
    let censuses: Vec<&Census> = drafts.iter().filter_map(|draft| draft.census).collect();
    let drifts = drift::drifts(&censuses);
    let mut places: BTreeMap<usize, Vec<(&Drift, Span)>> = BTreeMap::new();
    for drift in &drifts {
        for (number, span) in &drift.places {
            places.entry(counted[*number]).or_default().push((drift, *span));
        }
    }
    for (number, places) in places {
        add(&mut drafts[number], &places, severity);
    }
}

/// Adds the findings at some places that have none.
fn add(checked: &mut CheckedDraft<'_>, places: &[(&Drift, Span)], severity: Severity) {
    let draft = Draft::new(checked.text, checked.lang.clone(), &[], Vec::new());
    // How far the findings up to each one reach.
    let reached = checked.findings.iter().scan(0, |reached, finding| {
        *reached = finding.span.end.max(*reached);
        Some(*reached)
    });
    let reached: Vec<usize> = reached.collect();
    let is_free = |span: Span| {
        let before = checked.findings.partition_point(|finding| finding.span.start < span.end);
        before.checked_sub(1).is_none_or(|last| reached[last] <= span.start)
    };
    let free = places.iter().filter(|(_, span)| is_free(*span));
    let added = free.map(|(drift, span)| Finding { severity, ..finding(&draft, drift, *span, message(drift, "these drafts")) });
    let added: Vec<Finding> = added.collect();
    checked.findings.extend(added);
    checked.findings.sort_by_key(|finding| finding.span);
}

fn message(drift: &Drift, where_: &str) -> String {
    let Drift { written, usual, written_count, usual_count, .. } = drift;
    let times = |count: usize| match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    };
    format!("{written} stands here {}, {usual} {} in {where_}; write {usual}", times(*written_count), times(*usual_count))
}

fn finding(draft: &Draft<'_>, drift: &Drift, span: Span, message: String) -> Finding {
    RULE.finding(span, message).fixed_by(draft.fix(span, &drift.usual, false)).suggesting(vec![drift.usual.clone()])
}
