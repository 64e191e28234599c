//! Names one slip away from a known one.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::rules::Rule;

pub(super) const RULE: Rule = Rule {
    name: "near-miss",
    severity: Severity::Warning,
    manual: "Words that are no known name, but one slip away from one, and from no other: Xi Jingping, 이제명, 赵乐计. Reported \
             only where something beside the likeness speaks for a slip: the right name stands in the same draft, a title \
             stands beside the words, the name is long, or the characters sound alike. Never fixed without asking.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    findings.extend(draft.suspects.iter().map(|suspect| {
        let written = draft.written(suspect.span);
        let form = suspect.meant.term(suspect.keyed).1.text.clone();
        Finding {
            rule: RULE.name,
            severity: RULE.severity,
            span: suspect.span,
            message: format!("{written} looks like a slip for {form}: {}", suspect.evidence),
            concept: suspect.meant.concept.id.clone(),
            fix: Some(draft.fix(suspect.span, &form, false)),
            suggestions: vec![form],
        }
    }));
}
