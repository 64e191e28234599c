//! Names one slip away from a known one.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::rules::Rule;
use crate::check::suspect::{Cause, Suspect};

pub(super) const RULE: Rule = Rule {
    name: "near-miss",
    severity: Severity::Warning,
    on: true,
    manual: "Words that are no known name, but one slip away from one, and from no other: Xi Jingping, 이제명, 赵乐计. Reported \
             only where something beside the likeness speaks for a slip: the right name stands in the same draft, a title \
             stands beside the words, the name is long, or the characters sound alike. Never fixed without asking.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    findings.extend(suspected(draft, Cause::Slip, &RULE, |written, form, evidence| {
        format!("{written} looks like a slip for {form}: {evidence}")
    }));
}

/// Makes the findings for the suspects of one cause; `message` says it of the written form, the right one and the evidence.
pub(super) fn suspected(
    draft: &Draft<'_>,
    cause: Cause,
    rule: &Rule,
    message: impl Fn(&str, &str, &str) -> String,
) -> Vec<Finding> {
    let suspects = draft.suspects.iter().filter(|suspect| suspect.cause == cause);
    let finding = |suspect: &Suspect| {
        let written = draft.written(suspect.span);
        let (lang, term) = suspect.meant.term(suspect.keyed);
        let own = if *lang == draft.lang { None } else { suspect.meant.concept.preferred(&draft.lang) };
        let form = own.unwrap_or(term).text.clone();
        rule.finding(suspect.span, message(&written, &form, suspect.evidence))
            .about(&suspect.meant.concept.id)
            .fixed_by(draft.fix(suspect.span, &form, false))
            .suggesting(vec![form])
    };
    suspects.map(finding).collect()
}
