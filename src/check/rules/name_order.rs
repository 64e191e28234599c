//! Romanised names with the family name at the wrong end.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::rules::Rule;
use crate::glossary::matcher::TermMatch;
use crate::names::title;

pub(super) const RULE: Rule = Rule {
    name: "name-order",
    severity: Severity::Warning,
    on: true,
    manual: "A known person's name in the other order: Jinping Xi for Xi Jinping. Write it in the order of the glossary. Silent \
             in quotations and where the words after the name introduce somebody (Qiang Li, a physicist); fixed without asking \
             only where the draft names the person rightly or a title stands before.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let turned = draft.outer_matches().filter(|found| found.is_turned() && found.term().is_accepted());
    let named = draft.named();
    let is_meant = |found: &&TermMatch| named.contains(&found.found.row) || !is_somebody_else(draft, found);
    findings.extend(turned.filter(|found| draft.quotation(found.span).is_none()).filter(is_meant).map(|found| {
        let sure = named.contains(&found.found.row) || title::precedes_english_name(draft.before(found.span, 40));

        let written = draft.written(found.span);
        let suggestions = draft.renderings(&found.found, &written);
        let form = suggestions.first().cloned().unwrap_or_else(|| found.term().text.clone());
        RULE.finding(found.span, format!("{written} has the names in the other order; write {form}"))
            .about(&found.found.concept.id)
            .fixed_by(draft.fix(found.span, &form, sure))
            .suggesting(suggestions)
    }));
}

/// Qiang Li, a physicist; Keqiang Li is a professor; Yi Wang of Harvard: in this order names mostly belong to people abroad,
/// and what stands after them says whose they are.
fn is_somebody_else(draft: &Draft<'_>, found: &TermMatch) -> bool {
    let after = draft.after(found.span, 16);
    [", a ", ", an ", ", the ", " is a ", " is an ", " was a ", " was an ", " of ", " at ", ", who ", "’s lab", "'s lab"]
        .iter()
        .any(|other| after.starts_with(other))
}
