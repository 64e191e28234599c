//! The rules of the checker, one a file: the comment that is its manual page, the function, its fixtures.

mod acronym;
mod country_order;
mod deprecated_term;
mod first_mention;
mod forbidden_term;
mod homograph;
mod inconsistent_rendering;
mod missing_rendering;
mod mixed_forms;
mod mixed_script;
mod name_order;
mod near_miss;
mod number_mismatch;
mod outdated_name;
mod particle;
mod romanization_variant;
mod second_mention;
mod transcription_rule;
mod unintroduced_surname;
mod wrong_character;
mod wrong_institution;
mod wrong_reading;
mod wrong_rendering;
mod wrong_title;

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::levels::{Level, Levels};

/// A rule: what it looks for, and how much it matters.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name in reports and settings.
    pub name: &'static str,
    /// How much its findings matter.
    pub severity: Severity,
    /// Whether it looks at drafts unless it is switched off, or only where it is switched on.
    pub on: bool,
    /// Its manual page.
    pub manual: &'static str,
    check: fn(&Draft<'_>, &mut Vec<Finding>),
}

/// Every rule, in order of name.
pub const RULES: [Rule; 24] = [
    acronym::RULE,
    country_order::RULE,
    deprecated_term::RULE,
    first_mention::RULE,
    forbidden_term::RULE,
    homograph::RULE,
    inconsistent_rendering::RULE,
    missing_rendering::RULE,
    mixed_forms::RULE,
    mixed_script::RULE,
    name_order::RULE,
    near_miss::RULE,
    number_mismatch::RULE,
    outdated_name::RULE,
    particle::RULE,
    romanization_variant::RULE,
    second_mention::RULE,
    transcription_rule::RULE,
    unintroduced_surname::RULE,
    wrong_character::RULE,
    wrong_institution::RULE,
    wrong_reading::RULE,
    wrong_rendering::RULE,
    wrong_title::RULE,
];

/// Returns what the rules find in a draft, in order of place. Of two findings at overlapping places the graver stays.
pub fn check(draft: &Draft<'_>, levels: &Levels) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        let before = findings.len();
        match levels.of(&rule) {
            Level::Off => {}
            Level::On => (rule.check)(draft, &mut findings),
            Level::As(severity) => {
                (rule.check)(draft, &mut findings);
                findings[before..].iter_mut().for_each(|finding| finding.severity = severity);
            }
        }
    }
    without_overlaps(findings)
}

/// Rules that mark the sentence where something is missing: they stand in nobody's way.
const SENTENCE_RULES: [&str; 1] = [missing_rendering::RULE.name];

/// Keeps of findings at overlapping places the graver one, and returns them in order of place.
fn without_overlaps(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| b.severity.cmp(&a.severity).then(a.span.cmp(&b.span)));
    let of_sentence = |finding: &Finding| SENTENCE_RULES.contains(&finding.rule);
    let (mut kept, findings): (Vec<Finding>, Vec<Finding>) = findings.into_iter().partition(of_sentence);
    let mut places = std::collections::BTreeMap::new();
    for finding in findings {
        let before = places.range(..finding.span.end).next_back().is_some_and(|(_, end)| *end > finding.span.start);
        if !before {
            places.insert(finding.span.start, finding.span.end);
            kept.push(finding);
        }
    }
    kept.sort_by_key(|finding| finding.span);
    kept
}
