//! People who are named for the first time without saying who they are.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::gloss;
use crate::check::rules::Rule;
use crate::glossary::concept::Kind;
use crate::glossary::index::ConceptRow;
use crate::glossary::matcher::TermMatch;
use crate::lang::Lang;
use crate::names::title;
use rustc_hash::FxHashSet as HashSet;

pub(super) const RULE: Rule = Rule {
    name: "first-mention",
    severity: Severity::Info,
    on: false,
    manual: "A known person with a recorded office whom an English or a Korean draft names for the first time without a \
             title or a description: Kang Yu-jung said, before anything says who she is. Off unless a desk asks for it. \
             Write the title at the first mention. Silent in quotations and headlines; names that stand alone by the family \
             name are for unintroduced-surname, acronyms for acronym.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    if draft.lang != Lang::En && draft.lang != Lang::Ko {
        return;
    }
    let mut seen: HashSet<ConceptRow> = HashSet::default();
    for found in draft.outer_matches().filter(|found| is_person(found) && !draft.is_headline(found.span)) {
        let first = seen.insert(found.found.row);
        if first && draft.quotation(found.span).is_none() && !is_introduced(draft, found) {
            findings.push(finding(draft, found));
        }
    }
}

fn is_person(found: &TermMatch) -> bool {
    found.found.concept.kind == Kind::Person && found.term().is_accepted() && !found.found.concept.offices().is_empty()
}

/// Returns whether a title or a description stands beside a name.
fn is_introduced(draft: &Draft<'_>, found: &TermMatch) -> bool {
    let (before, after) = (draft.before(found.span, 60), draft.after(found.span, 60));
    if draft.lang == Lang::Ko {
        let after = &after[gloss::length_at_start(after)..];
        return title::korean_at_start(after) > 0
            || title::follows_korean_name(after)
            || before.ends_with(['인', '의', ' ']) && is_described(before);
    }
    let word = before.trim_end().rsplit(|c: char| !(c.is_alphanumeric() || c == '’' || c == '\'')).next().unwrap_or("");
    let described = word.starts_with(char::is_lowercase) && !SMALL_WORDS.split(' ').any(|small| small == word);
    title::precedes_english_name(before) || after.starts_with(", ") || after.starts_with(" (") || described
}

/// Words before a name that describe nobody.
const SMALL_WORDS: &str = "and or but with to by of from that as for in on at \
    when while after before met told said between than because";

/// Returns whether the Korean words before a name say who it is: 대변인인 강유정은, 부인 김혜경.
fn is_described(before: &str) -> bool {
    let word = before.trim_end().rsplit(' ').next().unwrap_or("");
    word.ends_with("인") || title::korean_at_start(word) == word.len() && !word.is_empty()
}

fn finding(draft: &Draft<'_>, found: &TermMatch) -> Finding {
    let name = draft.written(found.span);
    RULE.finding(found.span, format!("{name} is named here for the first time, without a title")).about(&found.found.concept.id)
}
