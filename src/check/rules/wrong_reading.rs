//! Chinese names in the reading that the desk does not use.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::rules::{Rule, deprecated_term, near_miss};
use crate::check::suspect::Cause;

pub(super) const RULE: Rule = Rule {
    name: "wrong-reading",
    severity: Severity::Warning,
    manual: "A Chinese name in the Korean reading of its characters where it is transcribed: 습근평 for 시진핑 (loanword \
             orthography, section 4: only people before 1911 keep the reading). Recorded readings are always found; a reading \
             that nobody has recorded only where the draft names the person rightly or an office stands beside it. A reading \
             that the glossary admits (대만) is no finding.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    findings.extend(deprecated_term::caused(draft, Cause::Reading).map(|found| {
        deprecated_term::worded(draft, found, &RULE, |written, form| {
            format!("{written} is the Korean reading of a Chinese name; write {form}")
        })
    }));
    findings.extend(near_miss::suspected(draft, Cause::Reading, &RULE, |written, form, evidence| {
        format!("{written} is the Korean reading of {form}, a Chinese name: {evidence}")
    }));
}
