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
mod name_drift;
mod name_order;
mod near_miss;
mod number_mismatch;
mod outdated_name;
mod particle;
mod romanization_variant;
mod second_mention;
mod transcription_rule;
mod unintroduced_surname;
mod unknown_ignore;
mod unused_ignore;
mod wrong_character;
mod wrong_institution;
mod wrong_reading;
mod wrong_rendering;
mod wrong_title;

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::check::draft::Draft;
use crate::check::drift::Census;
use crate::check::finding::{Finding, Severity};
use crate::check::levels::{Level, Levels};
use crate::check::region;
use crate::lang::Lang;
use crate::text::distance;
use crate::text::span::Span;

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

impl Rule {
    /// Returns a finding of the rule that has no more to say than its message.
    pub(super) fn finding(&self, span: Span, message: impl Into<String>) -> Finding {
        let (rule, severity, message) = (self.name, self.severity, message.into());
        Finding { rule, severity, span, message, concept: None, source: None, suggestions: Vec::new(), fix: None }
    }

    /// Returns what it finds in one line: the first sentence of its manual page, without examples.
    pub fn summary(&self) -> &'static str {
        let end = self.manual.match_indices(['.', ':', ';']).find(|(at, _)| self.manual[at + 1..].starts_with([' ', '\n']));
        end.map_or(self.manual, |(at, _)| &self.manual[..at])
    }
}

/// Every rule, in order of name.
pub const RULES: [Rule; 27] = [
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
    name_drift::RULE,
    name_order::RULE,
    near_miss::RULE,
    number_mismatch::RULE,
    outdated_name::RULE,
    particle::RULE,
    romanization_variant::RULE,
    second_mention::RULE,
    transcription_rule::RULE,
    unintroduced_surname::RULE,
    unknown_ignore::RULE,
    unused_ignore::RULE,
    wrong_character::RULE,
    wrong_institution::RULE,
    wrong_reading::RULE,
    wrong_rendering::RULE,
    wrong_title::RULE,
];

/// Returns the rule of a name.
pub fn named(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// Says that there is no rule of a name, and offers the nearest.
pub fn no_rule(name: &str) -> String {
    match distance::nearest_word(name, RULES.iter().map(|rule| rule.name)) {
        Some(near) => format!("there is no rule `{name}`; did you mean `{near}`?"),
        None => format!("there is no rule `{name}`; `tongsa rules` lists them"),
    }
}

/// Returns what the rules find in a draft, in order of place. Of two findings at overlapping places the graver stays; what a
/// comment silences, the desk ignores or the region of the edition has as a matter of course goes.
pub fn check(draft: &Draft<'_>, levels: &Levels) -> Vec<Finding> {
    let mut findings = without_overlaps(found_by_all(draft, levels));
    findings.retain(|finding| !draft.is_ignored(finding) && !region::is_usual(draft, finding));
    let idle = draft.ignores.silence(&mut findings);
    findings.extend(unused_ignore::findings(&idle, levels));
    findings.sort_by_key(|finding| finding.span);
    findings
}

/// From so many bytes on, the rules look at a draft beside each other.
const LONG_DRAFT: usize = 1 << 20;

/// Returns what each rule finds, one after another.
fn found_by_all(draft: &Draft<'_>, levels: &Levels) -> Vec<Finding> {
    let rules: Vec<(&Rule, Level)> =
        RULES.iter().map(|rule| (rule, levels.of(rule))).filter(|(_, level)| *level != Level::Off).collect();
    if draft.text.len() < LONG_DRAFT {
        return rules.into_iter().flat_map(|(rule, level)| found_by(draft, rule, level)).collect();
    }
    let found: Vec<OnceLock<Vec<Finding>>> = rules.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    // The census of names takes the longest and comes first, so that nobody waits for it at the end.
    let order = {
        let mut order: Vec<usize> = (0..rules.len()).collect();
        order.sort_by_key(|at| rules[*at].0.name != name_drift::RULE.name);
        order
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS) {
            scope.spawn(|| {
                while let Some(at) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (rule, level) = rules[*at];
                    found[*at].get_or_init(|| found_by(draft, rule, level));
                }
            });
        }
    });
    found.into_iter().filter_map(OnceLock::into_inner).flatten().collect()
}

/// More threads than these would wait for the slowest rule.
const MOST_THREADS: usize = 4;

fn found_by(draft: &Draft<'_>, rule: &Rule, level: Level) -> Vec<Finding> {
    let mut findings = Vec::new();
    (rule.check)(draft, &mut findings);
    if let Level::As(severity) = level {
        findings.iter_mut().for_each(|finding| finding.severity = severity);
    }
    findings
}

/// Rules that mark the sentence where something is missing: they stand in nobody's way.
const SENTENCE_RULES: [&str; 1] = [missing_rendering::RULE.name];

/// Returns whether a finding marks a whole sentence, in which others may lie.
pub fn marks_sentence(finding: &Finding) -> bool {
    SENTENCE_RULES.contains(&finding.rule)
}

/// A draft that was checked, as the rules that look at several drafts together see it.
pub struct CheckedDraft<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Its language.
    pub lang: &'a Lang,
    /// Its unrecorded names, where they were counted.
    pub census: Option<&'a Census>,
    /// What was found in it, in order of place.
    pub findings: &'a mut Vec<Finding>,
}

/// Adds to the findings of drafts what only shows where they are looked at together.
pub fn check_across(drafts: &mut [CheckedDraft<'_>], levels: &Levels) {
    match levels.of(&name_drift::RULE) {
        Level::Off => {}
        Level::On => name_drift::check_across(drafts, name_drift::RULE.severity),
        Level::As(severity) => name_drift::check_across(drafts, severity),
    }
}

/// Keeps of findings at overlapping places the graver one, and returns them in order of place.
fn without_overlaps(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| b.severity.cmp(&a.severity).then(a.span.cmp(&b.span)));
    let (mut kept, findings): (Vec<Finding>, Vec<Finding>) = findings.into_iter().partition(marks_sentence);
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
