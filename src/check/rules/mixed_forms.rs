//! One concept in two forms in one draft.

use std::collections::{HashMap, HashSet};

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::rules::Rule;
use crate::glossary::concept::Kind;
use crate::glossary::index::ConceptRow;
use crate::glossary::matcher::TermMatch;
use crate::glossary::term::TermForm;
use crate::lang::Lang;
use crate::text::fold;
use crate::text::han::{self, HanScript};

pub(super) const RULE: Rule = Rule {
    name: "mixed-forms",
    severity: Severity::Warning,
    on: true,
    manual: "One concept in two forms in one draft: another hyphen, capital or space, another spelling, two full names of \
             one place, also inside of a longer name (타이완 해협 beside 대만); the long name of a body written in one word \
             where the draft writes others apart. Write the preferred form, or the one that the draft uses more often. \
             Short forms and an acronym beside the full name are no mixture; two acronyms (CPC, CCP) are. Silent in \
             quotations and for capitals at the beginning of a sentence or in a headline; a capital after the hyphen of a \
             given name (Wi Sung-Lac) counts where the draft has the name without it.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let mut by_concept: HashMap<ConceptRow, Vec<&TermMatch>> = HashMap::new();
    for found in draft.outer_matches().filter(|found| counts(draft, found)) {
        by_concept.entry(found.found.row).or_default().push(found);
    }
    let mut acronyms: HashMap<ConceptRow, Vec<&TermMatch>> = HashMap::new();
    for found in draft.outer_matches().filter(|found| found.term().form == TermForm::Acronym && is_plain(draft, found)) {
        acronyms.entry(found.found.row).or_default().push(found);
    }
    for matches in by_concept.values() {
        mixed(draft, matches, findings);
    }
    for matches in acronyms.values() {
        mixed_acronyms(draft, matches, findings);
    }
    if draft.lang != Lang::En {
        let habits = Habits::of(draft);
        findings.extend(draft.outer_matches().filter_map(|found| holds_another_form(draft, found, &habits)));
        findings.extend(draft.outer_matches().filter_map(|found| is_joined(draft, found, &habits)));
    }
}

/// Finds the second of two acronyms of one concept: CCP beside CPC.
fn mixed_acronyms(draft: &Draft<'_>, matches: &[&TermMatch], findings: &mut Vec<Finding>) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    matches.iter().for_each(|found| *counts.entry(&found.term().text).or_default() += 1);
    let Some(best) = matches.iter().rev().max_by_key(|found| counts[found.term().text.as_str()]) else { return };
    let form = &best.term().text;
    for found in matches.iter().filter(|found| found.term().text != *form && draft.concepts_at(found.span).count() == 1) {
        let message = format!("{} and {form} are both written in this draft; write {form}", draft.written(found.span));
        findings.push(finding(draft, found, form.clone(), message));
    }
}

/// How a draft writes names elsewhere.
struct Habits {
    /// The concepts that it writes in the preferred form.
    preferred: HashSet<ConceptRow>,
    /// Whether it writes names of bodies and offices in more than one word.
    apart: bool,
}

impl Habits {
    fn of(draft: &Draft<'_>) -> Self {
        let preferred = |found: &&TermMatch| {
            let term = found.found.concept.preferred(&draft.lang);
            term.is_some_and(|term| term.text == found.span.of(draft.text))
        };
        let apart = |found: &TermMatch| {
            let body = matches!(found.found.concept.kind, Kind::Institution | Kind::Title);
            body && found.span.of(draft.text).contains(' ')
        };
        let rows = draft.outer_matches().filter(preferred).map(|found| found.found.row);
        Self { preferred: rows.collect(), apart: draft.outer_matches().any(apart) }
    }
}

/// Finds a longer name that holds the other form of a place which the draft writes in the preferred one: 타이완 해협 beside 대만.
fn holds_another_form(draft: &Draft<'_>, outer: &TermMatch, habits: &Habits) -> Option<Finding> {
    if !is_plain(draft, outer) {
        return None;
    }
    let concept = &outer.found.concept;
    let from = draft.matches.partition_point(|found| found.span.start < outer.span.start);
    let inside = draft.matches[from..].iter().take_while(|found| found.span.start < outer.span.end);
    let inside = inside.filter(|found| !found.outer && found.found.row != outer.found.row && outer.span.contains(found.span));
    let other = inside.filter(|found| found.term().is_accepted() && found.term().form == TermForm::Full).find_map(|found| {
        let preferred = found.found.concept.preferred(&draft.lang)?.text.as_str();
        let named = habits.preferred.contains(&found.found.row);
        (found.span.of(draft.text) != preferred && named).then_some(preferred)
    })?;
    let form = concept.preferred(&draft.lang).filter(|term| term.text.contains(other))?.text.clone();
    let message = format!("{other} is written elsewhere in this draft; write {form}");
    Some(finding(draft, outer, form, message))
}

/// From so many letters on, the name of a body in one word is hard to read.
const LONG_NAME: usize = 10;

/// Finds the long name of a body that is written in one word where the draft writes others of more words apart:
/// 전국인민대표대회상무위원회.
fn is_joined(draft: &Draft<'_>, found: &TermMatch, habits: &Habits) -> Option<Finding> {
    if draft.lang != Lang::Ko || found.found.concept.kind != Kind::Institution || !is_plain(draft, found) {
        return None;
    }
    let written = found.span.of(draft.text);
    let form = found.found.concept.preferred(&draft.lang)?.text.clone();
    let joined = form.contains(' ') && written == form.replace(' ', "") && written.chars().count() >= LONG_NAME;
    (joined && habits.apart)
        .then(|| finding(draft, found, form.clone(), format!("{written} is written in one word; write {form}")))
}

fn finding(draft: &Draft<'_>, found: &TermMatch, form: String, message: String) -> Finding {
    // Where two concepts stand at one place, nobody can tell which form is meant.
    let sure = draft.concepts_at(found.span).count() == 1;
    RULE.finding(found.span, message)
        .about(&found.found.concept.id)
        .fixed_by(draft.fix(found.span, &form, sure))
        .suggesting(vec![form])
}

/// Returns whether a match is one of the forms that may be mixed.
fn counts(draft: &Draft<'_>, found: &TermMatch) -> bool {
    let full = matches!(found.term().form, TermForm::Full | TermForm::Variant);
    full && !is_other_script(draft, found) && is_plain(draft, found) && !begins_an_official_name(draft, found)
}

/// 臺灣大學 and 臺灣銀行 write their names themselves.
fn begins_an_official_name(draft: &Draft<'_>, found: &TermMatch) -> bool {
    let after = draft.after(found.span, 12);
    let bodies = ["大學", "大学", "銀行", "银行", "鐵路", "铁路", "電力", "电力", "博物館", "博物馆"];
    found.found.concept.kind == Kind::Place && bodies.iter().any(|body| after.starts_with(body))
}

fn is_plain(draft: &Draft<'_>, found: &TermMatch) -> bool {
    found.term().is_accepted() && !found.is_turned() && draft.quotation(found.span).is_none() && !draft.is_glossed(found)
}

/// Returns the accepted terms in characters that the draft's script does not have, where nothing excuses them.
pub(super) fn in_other_script<'d>(draft: &'d Draft<'_>) -> impl Iterator<Item = &'d TermMatch> {
    draft.outer_matches().filter(|found| is_other_script(draft, found) && is_plain(draft, found))
}

fn mixed(draft: &Draft<'_>, matches: &[&TermMatch], findings: &mut Vec<Finding>) {
    let form = form_to_write(draft, matches);
    for found in matches {
        let written = draft.written(found.span);
        let target = form.clone().filter(|form| is_mixture(draft, found, form));
        let Some(form) = target.filter(|form| *form != written) else { continue };
        let message = format!("{written} and {form} are both written in this draft; write {form}");
        findings.push(finding(draft, found, form, message));
    }
}

/// Returns the form that the others should follow: the preferred one where the draft has it, else the most frequent, the first
/// of equals.
fn form_to_write(draft: &Draft<'_>, matches: &[&TermMatch]) -> Option<String> {
    let preferred = matches.first()?.found.concept.preferred(&draft.lang).map(|term| term.text.as_str());
    let counts = counted_forms(draft, matches);
    if let Some(preferred) = preferred.filter(|preferred| counts.iter().any(|(form, _)| form == preferred)) {
        return Some(preferred.to_owned());
    }
    // Two spellings of the preferred name, neither of them right: Moon Jae-In and Moon Jaein.
    let same = |text: &str| preferred.is_some_and(|preferred| fold::key(preferred) == fold::key(text));
    if counts.len() > 1 && counts.iter().any(|(form, _)| same(form)) {
        return preferred.map(str::to_owned);
    }
    let best = counts.iter().rev().max_by_key(|(_, count)| *count)?;
    (counts.len() > 1).then(|| best.0.to_owned())
}

/// Returns the forms in order of their first places, each with how often it stands.
fn counted_forms<'t>(draft: &Draft<'t>, matches: &[&TermMatch]) -> Vec<(&'t str, usize)> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for found in matches {
        let written = found.span.of(draft.text);
        let at = *places.entry(written).or_insert(counts.len());
        if at == counts.len() {
            counts.push((written, 0));
        }
        counts[at].1 += 1;
    }
    counts
}

/// Returns whether a match differs from the form to write in a way that a reader calls inconsistent.
fn is_mixture(draft: &Draft<'_>, found: &TermMatch, form: &str) -> bool {
    let written = found.span.of(draft.text);
    let only_capitals = written.to_lowercase() == form.to_lowercase();
    let concept = &found.found.concept;
    let recorded = written == found.term().text;
    if only_capitals {
        // Headlines and beginnings of sentences have capitals of their own; only a recorded spelling is surely meant.
        let variant = recorded && found.term().form == TermForm::Variant && !starts_sentence(draft, found);
        let inside = concept.kind == Kind::Person && is_capital_inside(written, form) && draft.text.contains(form);
        return variant || inside && !draft.is_headline(found.span);
    }
    if written.split_whitespace().eq(form.split_whitespace()) {
        return false;
    }
    // Donald Trump beside Trump, Washington, D.C. beside Washington: one is the other with more words.
    let (written_key, form_key) = (fold::key(written), fold::key(form));
    if written_key != form_key && (written_key.contains(&form_key) || form_key.contains(&written_key)) {
        return false;
    }
    // Another full name of an office or a thing is variety; of a place or a person it is drift.
    let other_name = recorded && found.term().form == TermForm::Full;
    let named_one_way =
        matches!(concept.kind, Kind::Person | Kind::Place | Kind::Facility | Kind::Media | Kind::Event | Kind::Company);
    !other_name || named_one_way && concept.preferred(&draft.lang).is_some_and(|term| term.text != written)
}

/// Returns whether the capitals differ after a hyphen: Lee Jae-Myung beside Lee Jae-myung.
fn is_capital_inside(written: &str, form: &str) -> bool {
    let given = |name: &str| name.split_once('-').map(|(_, rest)| rest.starts_with(char::is_uppercase));
    given(written).zip(given(form)).is_some_and(|(one, other)| one != other)
}

fn starts_sentence(draft: &Draft<'_>, found: &TermMatch) -> bool {
    let before = draft.before(found.span, 8).trim_end_matches(['“', '"', '‘', ' ']);
    before.is_empty() || before.ends_with(['.', '!', '?', '\n', '”', '"'])
}

/// Returns whether a Chinese term is written in characters that the draft's script does not have.
fn is_other_script(draft: &Draft<'_>, found: &TermMatch) -> bool {
    let other = match draft.lang {
        Lang::ZhHans => HanScript::Traditional,
        Lang::ZhHant => HanScript::Simplified,
        _ => return false,
    };
    found.span.of(draft.text).chars().any(|c| han::script(c) == other)
}

/// Returns the term of the draft's own language that has the same characters.
pub(super) fn same_in_script(draft: &Draft<'_>, found: &TermMatch) -> Option<String> {
    let key = &found.found.keyed[found.keyed].key;
    let section = found.found.concept.section(&draft.lang)?;
    section.terms.iter().find(|term| term.is_accepted() && fold::key(&term.text) == *key).map(|term| term.text.clone())
}
