//! Names of bodies that have another name on the day of the draft.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Fix, Severity};
use crate::check::national;
use crate::check::past;
use crate::check::rules::{Rule, deprecated_term};
use crate::glossary::concept::Kind;
use crate::glossary::day::Day;
use crate::glossary::matcher::TermMatch;
use crate::glossary::term::TermStatus;
use crate::lang::Lang;

pub(super) const RULE: Rule = Rule {
    name: "outdated-name",
    severity: Severity::Warning,
    on: true,
    manual: "A name that the glossary gives only until a day, in a draft from after it: 기획재정부 since 2026-01-02, the \
             Ministry of Trade, Industry and Energy since 2025-10-01. The day of the draft is that of --date, of the front \
             matter or of the first lines; a draft without one is taken as of today, and the name of a body is then \
             information only, unless the draft names a later year. Silent in drafts from before the change, in quotations, \
             beside former, then-, 옛, 당시, 原 and their like, where the sentence names a date from before the change or \
             speaks of the change, and where the new name stands beside it.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let terms = deprecated_term::reported(draft, TermStatus::Deprecated).filter_map(|found| Some((found, end_of_term(found)?)));
    let terms: Vec<_> = terms.filter(|(found, end)| is_outdated(draft, found, *end)).collect();
    findings.extend(terms.iter().map(|(found, end)| {
        let suggestions = draft.renderings(&found.found, &draft.written(found.span));
        finding(draft, found, *end, suggestions)
    }));
    let bodies = draft.outer_matches().filter_map(|found| Some((found, successor(draft, found)?)));
    let bodies: Vec<_> = bodies.filter(|(found, (end, _))| is_outdated(draft, found, *end)).collect();
    findings.extend(bodies.into_iter().map(|(found, (end, name))| finding(draft, found, end, vec![name])));
}

/// Returns the last day of a term that the glossary gives only for a time.
pub(super) fn end_of_term(found: &TermMatch) -> Option<Day> {
    found.term().validity.last_day()
}

fn is_outdated(draft: &Draft<'_>, found: &TermMatch, end: Day) -> bool {
    end < draft.date.day
        && !past::is_called_past(draft, found.span)
        && !past::names_time_before(draft, found.span, end)
        && !past::speaks_of_change(draft, found.span)
}

/// Returns the last day of a body that is no more, and the name of the one in its place.
fn successor(draft: &Draft<'_>, found: &TermMatch) -> Option<(Day, String)> {
    let concept = &found.found.concept;
    let end = concept.validity.last_day().filter(|_| found.term().is_accepted())?;
    let successor = draft.related.get(&concept.pointer("successor")?)?;
    let alone = draft.concepts_at(found.span).count() == 1 && draft.quotation(found.span).is_none();
    let name = successor.rendering(&draft.lang, found.term().form).map(|term| term.text.clone())?;
    let glossed = draft.after(found.span, 60).contains(name.as_str());
    (alone && !glossed && !is_of_another_country(draft, found)).then_some((end, name))
}

/// Bodies of this name may be other countries' too: the Office of the President, 우크라이나 대통령실, 环境部 in Taiwan.
fn is_of_another_country(draft: &Draft<'_>, found: &TermMatch) -> bool {
    let country = national::country_of(&found.found.concept.id);
    let sentence = draft.sentence(found.span);
    let own =
        |other: &&TermMatch| other.found.row != found.found.row && national::country_of(&other.found.concept.id) == country;
    let named = draft.matches_in(sentence).any(|other| own(&other));
    // Korean copy means the Korean one where a sentence begins with it.
    let begins = draft.lang == Lang::Ko && sentence.start == found.span.start;
    !named && !begins
}

fn finding(draft: &Draft<'_>, found: &TermMatch, end: Day, suggestions: Vec<String>) -> Finding {
    let written = draft.written(found.span);
    let (term, concept) = (&found.term().validity.to, &found.found.concept.validity.to);
    let last = term.as_ref().or(concept.as_ref()).map_or("", String::as_str);
    let message = match suggestions.first() {
        Some(form) => format!("{written} was the name until {last}; write {form}"),
        None => format!("{written} was the name until {last}"),
    };
    let finding = deprecated_term::finding(draft, found, &RULE, message, suggestions);
    // An undated draft may be an old one, and bodies change their names often; places seldom do.
    let sure = past::is_surely_after(draft, end) || found.found.concept.kind == Kind::Place;
    let severity = if sure { RULE.severity } else { Severity::Info };
    // A new name may be wrong for what a sentence tells of earlier days: an editor decides.
    let fix = finding.fix.map(|fix| Fix { safe: false, ..fix });
    Finding { severity, fix, ..finding }
}
