//! Names with a Han character that sounds right and is not the person's.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::gloss::{self, GlossFlaw};
use crate::check::rules::{Rule, near_miss};
use crate::check::suspect::Cause;

pub(super) const RULE: Rule = Rule {
    name: "wrong-character",
    severity: Severity::Warning,
    on: true,
    manual: "A person's name with a Han character that sounds like the right one: 赵乐计 for 赵乐际 in Chinese, and in Korean \
             the characters in brackets after the name, 이재명(李再明) for 이재명(李在明). In Chinese only given names of two \
             characters are looked at. Characters of another script are `mixed-script`.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    findings.extend(near_miss::suspected(draft, Cause::Character, &RULE, |written, form, evidence| {
        format!("{written} looks like a slip for {form}: {evidence}")
    }));
    findings.extend(gloss::flawed(draft, GlossFlaw::Character, &RULE, |written, form| {
        format!("{written} are not the characters of this name; write {form}")
    }));
}
