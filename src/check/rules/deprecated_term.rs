//! Terms that the glossary calls deprecated.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::past;
use crate::check::rules::{Rule, outdated_name};
use crate::check::suspect::Cause;
use crate::glossary::concept::Kind;
use crate::glossary::index::Standing;
use crate::glossary::matcher::TermMatch;
use crate::glossary::term::TermStatus;
use crate::lang::Lang;
use crate::names::han_name::Bearer;
use crate::names::relation::{Way, WrittenName, relation};
use crate::text::span::Span;

pub(super) const RULE: Rule = Rule {
    name: "deprecated-term",
    severity: Severity::Warning,
    on: true,
    manual: "A form that the glossary calls deprecated: an old name, a frequent slip. Write the form that the finding \
             names; names that were right until a day (outdated-name), Korean readings and transcriptions of Chinese names \
             have rules of their own. Silent in quotations and titles of works (except for Korean spellings of people, \
             which the desk chooses also when it quotes speech), inside longer official names (Peking University), where \
             the text says that the form is old (옛, former), and where the right form stands beside it in brackets. What \
             the text says that something is called (known as, 称为, 라고) is found, and not fixed without being asked.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    findings.extend(
        caused(draft, Cause::Slip)
            .map(|found| worded(draft, found, &RULE, |written, form| format!("{written} is deprecated; write {form}"))),
    );
}

/// Returns the deprecated terms that nothing excuses and that miss the name in this way; `Cause::Slip` stands for any other.
pub(super) fn caused<'d>(draft: &'d Draft<'_>, cause: Cause) -> impl Iterator<Item = &'d TermMatch> {
    let lasting = reported(draft, TermStatus::Deprecated).filter(|found| outdated_name::end_of_term(found).is_none());
    lasting.filter(move |found| cause_of(draft, found) == cause)
}

/// Makes the finding for a deprecated term; `message` says it of the written and of the right form.
pub(super) fn worded(draft: &Draft<'_>, found: &TermMatch, rule: &Rule, message: impl Fn(&str, &str) -> String) -> Finding {
    let written = draft.written(found.span);
    let suggestions = draft.renderings(&found.found, &written);
    let message = match suggestions.first() {
        Some(form) => message(&written, form),
        None => format!("{written} is deprecated"),
    };
    finding(draft, found, rule, message, suggestions)
}

/// Tells what a deprecated form is, by the other terms of the concept.
fn cause_of(draft: &Draft<'_>, found: &TermMatch) -> Cause {
    let concept = &found.found.concept;
    let bearer = match concept.kind {
        Kind::Person => Bearer::Person,
        Kind::Place | Kind::Facility | Kind::Country => Bearer::Place,
        _ => return Cause::Slip,
    };
    let Some(written) = WrittenName::new(&found.term().text).filter(|_| draft.lang == Lang::Ko) else { return Cause::Slip };
    let names = concept.terms().filter(|(lang, term)| (lang.is_chinese() || **lang == Lang::Ko) && term.is_accepted());
    let ways = names.filter_map(|(_, term)| relation(&written, &WrittenName::new(&term.text)?, bearer));
    match ways.min() {
        Some(Way::SinoKorean) => Cause::Reading,
        Some(Way::TranscriptionSlip) => Cause::Transcription,
        _ => Cause::Slip,
    }
}

/// Makes the finding for a term that is not to be written.
pub(super) fn finding(draft: &Draft<'_>, found: &TermMatch, rule: &Rule, message: String, suggestions: Vec<String>) -> Finding {
    let sure =
        draft.concepts_at(found.span).count() == 1 && draft.quotation(found.span).is_none() && !is_spoken_of(draft, found);
    let fix = suggestions.first().map(|form| draft.fix(found.span, form, sure));
    rule.finding(found.span, message).about(&found.found.concept.id).suggesting(suggestions).fixed_by(fix)
}

/// Words right before a name that is spoken of: who writes another one there says something else.
const CALLED_BEFORE: [&str; 16] = [
    "called",
    "named",
    "dubbed",
    "termed",
    "titled",
    "styled",
    "known as",
    "称为",
    "稱為",
    "称作",
    "稱作",
    "叫做",
    "称之为",
    "稱之為",
    "名为",
    "名為",
];
/// And right after it.
const CALLED_AFTER: [&str; 6] = ["라고", "이라고", "라는", "이라는", "로 불", "으로 불"];

/// Returns whether the draft says of something other than a person that it is called so.
fn is_spoken_of(draft: &Draft<'_>, found: &TermMatch) -> bool {
    if found.found.concept.kind == Kind::Person {
        return false;
    }
    let before = draft.before(found.span, 30).trim_end();
    let is_called = |called: &&str| {
        let before = before.strip_suffix(*called);
        before.is_some_and(|before| !called.is_ascii() || !before.ends_with(char::is_alphanumeric))
    };
    let after = draft.after(found.span, 16);
    CALLED_BEFORE.iter().any(is_called) || CALLED_AFTER.iter().any(|called| after.starts_with(called))
}

/// Returns the matches with a status that nothing excuses.
pub(super) fn reported<'d>(draft: &'d Draft<'_>, status: TermStatus) -> impl Iterator<Item = &'d TermMatch> {
    draft.outer_matches().filter(move |found| found.term().status == status && !is_excused(draft, found))
}

fn is_excused(draft: &Draft<'_>, found: &TermMatch) -> bool {
    is_accepted_elsewhere(draft, found)
        || is_quoted(draft, found)
        || is_part_of_a_longer_name(draft, found)
        || is_called_old(draft, found)
        || draft.is_glossed(found)
}

/// The same words may be right for another concept, or by the desk's own glossary.
fn is_accepted_elsewhere(draft: &Draft<'_>, found: &TermMatch) -> bool {
    draft.concepts_at(found.span).any(|(other, concept)| {
        other.term().is_accepted() && (concept.row != found.found.row || found.found.standing == Standing::Shipped)
    })
}

fn is_quoted(draft: &Draft<'_>, found: &TermMatch) -> bool {
    let Some(quotation) = draft.quotation(found.span) else { return false };
    // Speech is spelled by the desk; a quotation that is nothing but the term speaks about the term.
    let speech =
        draft.lang == Lang::Ko && found.found.concept.kind == Kind::Person && found.term().status == TermStatus::Deprecated;
    // Single quotes hold titles and words that are spoken of; double ones hold speech.
    let work = draft.text[..quotation.start].ends_with(['《', '〈', '『', '「', '\'', '‘', '‹', '<']);
    !speech || work || quotation == found.span
}

/// An old place name before another capitalised word is mostly part of a name that keeps it (Canton Tower), as it is after
/// `of` in the name of a treaty.
fn is_part_of_a_longer_name(draft: &Draft<'_>, found: &TermMatch) -> bool {
    if draft.lang != Lang::En || found.found.concept.kind != Kind::Place {
        return false;
    }
    let after = draft.after(found.span, 24);
    let next = after.strip_prefix([' ', '-']).and_then(|after| after.chars().next());
    // Canton, Ohio; the Canton of Zurich; Formosa, Argentina; but not Peking, Nanking and Shanghai.
    let behind_comma = Span::new(found.span.end + 2, found.span.end + 3);
    let elsewhere =
        after.strip_prefix(", ").is_some_and(|after| after.starts_with(char::is_uppercase)) && !draft.is_matched(behind_comma);
    let before = draft.before(found.span, 24).trim_end();
    let named_after = [
        "Treaty of",
        "Treaties of",
        "Convention of",
        "University of",
        "Battle of",
        "Bank of",
        "Siege of",
        "Radio",
        "province of",
        "Province of",
        "Republic of",
    ];
    next.is_some_and(char::is_uppercase)
        || elsewhere
        || after.starts_with(" of ")
        || named_after.iter().any(|of| before.ends_with(of))
}

fn is_called_old(draft: &Draft<'_>, found: &TermMatch) -> bool {
    if found.found.concept.kind == Kind::Person {
        return false;
    }
    past::is_called_past(draft, found.span)
}
