//! Chinese names in the reading that the desk does not use.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::house::KoreanReading;
use crate::check::rules::{Rule, deprecated_term, near_miss};
use crate::check::suspect::Cause;
use crate::glossary::concept::Kind;
use crate::glossary::matcher::TermMatch;
use crate::lang::Lang;
use crate::names::han_name::{self, Bearer};
use crate::names::relation::{Way, WrittenName, relation};

pub(super) const RULE: Rule = Rule {
    name: "wrong-reading",
    severity: Severity::Warning,
    on: true,
    manual: "A Chinese name in the Korean reading of its characters where it is transcribed: 습근평 for 시진핑 (loanword \
             orthography, section 4: only people before 1911 keep the reading). Recorded readings are always found; a reading \
             that nobody has recorded only where the draft names the person rightly or an office stands beside it. A reading \
             that the glossary admits (대만) is no finding. A desk that writes the readings (`--korean-reading characters`) \
             has it the other way round: 시진핑 is to be 습근평.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    match draft.house.korean_reading {
        KoreanReading::Original => check_for_original(draft, findings),
        KoreanReading::Characters if draft.lang == Lang::Ko => {
            findings.extend(draft.outer_matches().filter_map(|found| transcribed(draft, found)));
        }
        KoreanReading::Characters => {}
    }
}

fn check_for_original(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    findings.extend(deprecated_term::caused(draft, Cause::Reading).map(|found| {
        deprecated_term::worded(draft, found, &RULE, |written, form| {
            format!("{written} is the Korean reading of a Chinese name; write {form}")
        })
    }));
    findings.extend(near_miss::suspected(draft, Cause::Reading, &RULE, |written, form, evidence| {
        format!("{written} is the Korean reading of {form}, a Chinese name: {evidence}")
    }));
}

/// Returns the finding for a name that is transcribed where the desk writes the reading of its characters.
fn transcribed(draft: &Draft<'_>, found: &TermMatch) -> Option<Finding> {
    let concept = &found.found.concept;
    let bearer = match concept.kind {
        Kind::Person => Bearer::Person,
        Kind::Place => Bearer::Place,
        _ => return None,
    };
    let han = &concept.preferred(&Lang::ZhHant).or_else(|| concept.preferred(&Lang::ZhHans))?.text;
    let written = WrittenName::new(&found.term().text)?;
    let way = relation(&written, &WrittenName::new(han)?, bearer);
    let form = han_name::korean(han, bearer).into_iter().next()?;
    let quoted = draft.quotation(found.span).is_some() || draft.concepts_at(found.span).count() > 1;
    (way == Some(Way::Transcription) && !quoted).then(|| {
        RULE.finding(
            found.span,
            format!("{} is transcribed; this desk writes the reading of {han}, {form}", draft.written(found.span)),
        )
        .about(&concept.id)
        .fixed_by(draft.fix(found.span, &form, false))
        .suggesting(vec![form])
    })
}
