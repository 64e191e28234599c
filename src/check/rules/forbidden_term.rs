//! Terms that the glossary forbids.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::rules::{Rule, deprecated_term};
use crate::glossary::term::TermStatus;

pub(super) const RULE: Rule = Rule {
    name: "forbidden-term",
    severity: Severity::Error,
    on: true,
    manual: "A form that the glossary forbids. Write the form that the finding names. Silent in quotations, inside longer \
             official names, and where the right form stands beside it in brackets.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    findings.extend(deprecated_term::reported(draft, TermStatus::Forbidden).map(|found| {
        let written = draft.written(found.span);
        let suggestions = draft.renderings(&found.found, &written);
        let message = match suggestions.first() {
            Some(form) => format!("{written} is not to be written; write {form}"),
            None => format!("{written} is not to be written"),
        };
        deprecated_term::finding(draft, found, &RULE, message, suggestions)
    }));
}
