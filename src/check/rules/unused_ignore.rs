//! Comments to the checker that silence nothing.

use crate::check::finding::{Finding, Severity};
use crate::check::ignores::IgnoreComment;
use crate::check::levels::{Level, Levels};
use crate::check::rules::{self, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unused-ignore",
    severity: Severity::Info,
    on: false,
    manual: "A `tongsa-ignore` comment that silences nothing: what it was written for has gone, or was never found. Remove it. Off \
             unless `--unused-ignores` is given; silent on comments for rules that are off or unknown.",
    check: |_, _| {},
};

/// Makes the findings for the comments that have silenced nothing.
pub(super) fn findings(idle: &[&IgnoreComment], levels: &Levels) -> Vec<Finding> {
    let severity = match levels.of(&RULE) {
        Level::Off => return Vec::new(),
        Level::On => RULE.severity,
        Level::As(severity) => severity,
    };
    // An unknown name has a finding of its own.
    let looked = |name: &str| rules::named(name).is_some_and(|rule| levels.of(rule) != Level::Off);
    let idle = idle.iter().filter(|comment| comment.rules.iter().all(|name| looked(&name.text)));
    let finding = |comment: &&IgnoreComment| Finding {
        severity,
        ..RULE.finding(comment.whole.span, format!("{} silences nothing", comment.whole.text))
    };
    idle.map(finding).collect()
}
