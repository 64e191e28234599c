//! The text of a draft with its findings marked.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::check::finding::Finding;
use crate::check::rules;
use crate::server::page::check::Checked;
use crate::server::page::finding::MOST_FINDINGS;

/// Makes the text. Each mark leads to its finding and carries its number, from 1; of marks that would overlap the first is
/// made, and a whole sentence is marked only where nothing in it is.
pub fn marked(checked: &Checked) -> Markup {
    let (text, marks) = (&checked.file.text, marks(&checked.report.findings));
    let ends = std::iter::once(0).chain(marks.values().map(|(finding, _)| finding.span.end));
    let last = marks.values().next_back().map_or(0, |(finding, _)| finding.span.end);
    html! {
        @for ((finding, number), before) in marks.values().zip(ends) {
            (text[before..finding.span.start])
            mark id={ "m" (number) } class=(finding.severity) {
                a href={ "#f" (number) } { (finding.span.of(text)) sup { (number) } }
            }
        }
        (text[last..])
    }
}

/// Returns the findings that are marked, with their numbers, by place.
fn marks(findings: &[Finding]) -> BTreeMap<usize, (&Finding, usize)> {
    let mut ranked: Vec<(&Finding, usize)> = findings.iter().zip(1..).take(MOST_FINDINGS).collect();
    ranked.sort_by_key(|(finding, _)| (rules::marks_sentence(finding), finding.span));
    let mut marks: BTreeMap<usize, (&Finding, usize)> = BTreeMap::new();
    for (finding, number) in ranked {
        let before = marks.range(..finding.span.end).next_back();
        if before.is_none_or(|(_, (before, _))| before.span.end <= finding.span.start) {
            marks.insert(finding.span.start, (finding, number));
        }
    }
    marks
}
