//! Korean names in another romanisation than the person's own.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::rules::{Rule, near_miss};
use crate::check::suspect::Cause;

pub(super) const RULE: Rule = Rule {
    name: "romanization-variant",
    severity: Severity::Warning,
    on: true,
    manual: "A Korean person's name in a romanisation that is not the person's own: Lee Jae-myeong for Lee Jae-myung. Another \
             person may spell a like name so: found only where the draft names the person rightly or a title stands before \
             the name, and one known person fits. Never fixed without asking.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    findings.extend(near_miss::suspected(draft, Cause::Romanization, &RULE, |written, form, evidence| {
        format!("{written} is another romanisation of {form}, who writes the name so: {evidence}")
    }));
}
