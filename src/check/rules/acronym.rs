//! Acronyms that nobody has expanded, or that are not those of the name beside them.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::LazyLock;

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::rules::Rule;
use crate::glossary::concept::{Concept, Kind};
use crate::glossary::index::ConceptRow;
use crate::glossary::matcher::TermMatch;
use crate::glossary::term::TermForm;
use crate::lang::Lang;
use crate::text::span::Span;
use crate::text::{distance, fold};

pub(super) const RULE: Rule = Rule {
    name: "acronym",
    severity: Severity::Warning,
    on: true,
    manual: "An acronym in brackets after a known name that looks like a slip for the recorded one: National People's Congress \
             (NCP); and a recorded acronym in a draft in which the full name never stands before it. Write the recorded \
             acronym, and the full name at the first mention. Silent in quotations and headlines, where an expansion follows, \
             for acronyms that every reader knows (UN, APEC) or that mean other things too (MOU), and for three letters \
             where the draft names nobody and nothing else.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    findings.extend(draft.outer_matches().filter_map(|found| slip(draft, found)));
    unexpanded(draft, findings);
}

/// Finds an acronym in brackets right after a name that is not, but nearly, one of the name's own.
fn slip(draft: &Draft<'_>, found: &TermMatch) -> Option<Finding> {
    let place = bracketed_acronym(draft, found.span)?;
    let written = place.of(draft.text);
    if found.term().form == TermForm::Acronym || draft.quotation(found.span).is_some() || is_initials(draft, found, written) {
        return None;
    }
    // A longer name may have one that ends in it: Standing Committee of the National People's Congress (NPC).
    let named = draft.matches_ending_at(found.span.end).flat_map(|found| acronyms(&found.found.concept));
    let named: Vec<&str> = named.collect();
    let own = acronyms(&found.found.concept).find(|acronym| is_slip(acronym, written))?;
    if named.iter().any(|acronym| fold::key(acronym) == fold::key(written)) {
        return None;
    }
    Some(
        RULE.finding(place, format!("{written} is not the acronym of {}; write {own}", draft.written(found.span)))
            .about(&found.found.concept.id)
            .fixed_by(draft.fix(place, own, false))
            .suggesting(vec![own.to_owned()]),
    )
}

/// Returns the place of the capitals in the brackets right after a name.
fn bracketed_acronym(draft: &Draft<'_>, name: Span) -> Option<Span> {
    let after = draft.after(name, 16);
    let inside = after.trim_start_matches(' ').strip_prefix(['(', '（'])?;
    let end = inside.find([')', '）'])?;
    let start = name.end + after.len() - inside.len();
    let capitals = inside[..end].chars().filter(char::is_ascii_uppercase).count();
    let acronym = capitals >= 3 && capitals + 1 >= end && inside[..end].chars().all(|c| c.is_ascii_alphabetic());
    acronym.then(|| Span::new(start, start + end))
}

fn acronyms(concept: &Concept) -> impl Iterator<Item = &str> {
    concept.terms().map(|(_, term)| term).filter(|term| term.form == TermForm::Acronym).map(|term| term.text.as_str())
}

fn is_slip(acronym: &str, written: &str) -> bool {
    acronym.chars().count() >= 3 && distance::edits(&fold::key(acronym), &fold::key(written)) == 1
}

/// Another acronym may be made of the name as it is written: People's Bank of China (PBC), beside PBOC.
fn is_initials(draft: &Draft<'_>, name: &TermMatch, written: &str) -> bool {
    let words = || name.span.of(draft.text).split(|c: char| c.is_whitespace() || c == '-');
    let initials = |all: bool| -> String {
        let firsts = words().filter_map(|word| word.chars().next()).filter(|first| all || first.is_uppercase());
        firsts.flat_map(char::to_uppercase).collect()
    };
    [initials(true), initials(false)].contains(&written.to_uppercase())
}

/// Finds the first place of each acronym whose concept no other form has named before.
fn unexpanded(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let mut waiting: HashSet<ConceptRow> =
        draft.outer_matches().filter(|found| needs_expansion(found)).map(|found| found.found.row).collect();
    if waiting.is_empty() {
        return;
    }
    let last = last_places(draft);
    let names_others = draft.outer_matches().any(|found| found.found.concept.kind.is_name() && !is_vague(found));
    for (at, found) in draft.matches.iter().enumerate().filter(|(_, found)| found.outer || !is_acronym(found)) {
        if !waiting.contains(&found.found.row) {
            continue;
        }
        if !is_acronym(found) || is_introduced_here(draft, at) {
            waiting.remove(&found.found.row);
        } else if needs_expansion(found) && is_read(draft, found) && (names_others || is_long(found)) {
            waiting.remove(&found.found.row);
            findings.extend(expansion(draft, at, last.get(&found.found.row).is_some_and(|last| *last > at)));
        }
    }
}

/// Returns for each concept the number of the last match by an acronym.
fn last_places(draft: &Draft<'_>) -> HashMap<ConceptRow, usize> {
    let acronyms = draft.matches.iter().enumerate().filter(|(_, found)| is_acronym(found));
    acronyms.map(|(at, found)| (found.found.row, at)).collect()
}

fn is_acronym(found: &TermMatch) -> bool {
    found.term().form == TermForm::Acronym
}

/// Three letters mean many things: they are read as the recorded name only in a draft that names something else of the
/// glossary.
fn is_long(found: &TermMatch) -> bool {
    found.term().text.chars().count() > 3
}

/// Acronyms and countries say little of what a draft is about.
fn is_vague(found: &TermMatch) -> bool {
    is_acronym(found) || found.found.concept.kind == Kind::Country
}

fn needs_expansion(found: &TermMatch) -> bool {
    is_acronym(found) && found.term().is_accepted() && !EXEMPT.contains(fold::key(&found.term().text).as_str())
}

/// Acronyms that need no expansion, folded.
static EXEMPT: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = include_str!("../exempt_acronyms.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).map(fold::key).collect()
});

fn is_read(draft: &Draft<'_>, found: &TermMatch) -> bool {
    draft.quotation(found.span).is_none() && !draft.is_headline(found.span)
}

/// Returns whether an acronym stands in brackets, as after words that it stands for, or has its expansion after it: in
/// brackets, or as the next name (the NDRC, or National Development and Reform Commission).
fn is_introduced_here(draft: &Draft<'_>, at: usize) -> bool {
    let found = &draft.matches[at];
    let (before, after) = (draft.before(found.span, 60), draft.after(found.span, 24));
    let inside = before.rfind(['(', '（']).is_some_and(|open| !before[open..].contains([')', '）']));
    let near = |other: &&TermMatch| other.span.start <= found.span.end + 24;
    let next = draft.matches[at + 1..]
        .iter()
        .take_while(near)
        .any(|other| other.found.row == found.found.row && !is_acronym(other) && other.span.start >= found.span.end);
    inside || next || after.trim_start().starts_with(['(', '（'])
}

/// Finds an acronym without its expansion; `again` says that it stands behind this place too.
fn expansion(draft: &Draft<'_>, at: usize, again: bool) -> Option<Finding> {
    let found = &draft.matches[at];
    let acronym = draft.written(found.span);
    let full = &found.found.concept.preferred(&draft.lang)?.text;
    // Nobody can tell which of two concepts is meant; a concept may be known by nothing but the acronym.
    if draft.concepts_at(found.span).count() > 1 || fold::key(full) == fold::key(&acronym) {
        return None;
    }
    let bracketed = if draft.lang == Lang::En { format!(" ({acronym})") } else { format!("({acronym})") };
    let mut suggestions = vec![full.clone(), format!("{full}{bracketed}")];
    let mut fix = draft.fix(found.span, full, false);
    if again {
        suggestions.reverse();
        // A particle after the brackets agrees with the name before them.
        fix.text.insert_str(full.len(), &bracketed);
    }
    Some(
        RULE.finding(found.span, format!("{acronym} stands here without its full name; write {}", suggestions[0]))
            .about(&found.found.concept.id)
            .fixed_by(fix)
            .suggesting(suggestions),
    )
}
