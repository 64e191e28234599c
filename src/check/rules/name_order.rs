//! Romanised names with the family name at the wrong end.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::rules::Rule;

pub(super) const RULE: Rule = Rule {
    name: "name-order",
    severity: Severity::Warning,
    manual: "A known person's name in the other order: Jinping Xi for Xi Jinping. Write it in the order of the glossary. Silent \
             in quotations.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let turned = draft.outer_matches().filter(|found| found.is_turned() && found.term().is_accepted());
    findings.extend(turned.filter(|found| draft.quotation(found.span).is_none()).map(|found| {
        let written = draft.written(found.span);
        let suggestions = draft.renderings(&found.found, &written);
        let form = suggestions.first().cloned().unwrap_or_else(|| found.term().text.clone());
        Finding {
            rule: RULE.name,
            severity: RULE.severity,
            span: found.span,
            message: format!("{written} has the names in the other order; write {form}"),
            concept: found.found.concept.id.clone(),
            fix: Some(draft.fix(found.span, &form, true)),
            suggestions,
        }
    }));
}
