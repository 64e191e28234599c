//! Korean particles that do not agree with the name before them.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Fix, Severity};
use crate::check::gloss;
use crate::check::rules::Rule;
use crate::glossary::concept::Kind;
use crate::glossary::matcher::TermMatch;
use crate::lang::Lang;
use crate::names::title;
use crate::text::hangul;
use crate::text::particle;
use crate::text::span::Span;

pub(super) const RULE: Rule = Rule {
    name: "particle",
    severity: Severity::Warning,
    on: true,
    manual: "A Korean particle that does not agree with the known name, or with the title after the name, that it stands on: \
             자오러지이 for 자오러지가, 리창 총리은 for 리창 총리는. Looks at 은/는, 이/가, 을/를, 과/와 and 으로/로, after \
             Hangul only, since Latin letters are read in more than one way. The copula (자오러지이다) is left alone, as are streets (베이징로) and a quotation that is nothing but the form.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    if draft.lang != Lang::Ko {
        return;
    }
    // A form that is not to be written brings its particle into order with its own fix.
    let names = draft.outer_matches().filter(|found| found.found.concept.kind.is_name() && found.term().is_accepted());
    findings.extend(names.filter_map(|found| disagreement(draft, found)));
}

fn disagreement(draft: &Draft<'_>, found: &TermMatch) -> Option<Finding> {
    let (name_end, tail) = name_and_tail(draft, found.span)?;
    // 베이징로 is a street, 푸틴가(家) a family.
    let street = matches!(found.found.concept.kind, Kind::Place | Kind::Facility | Kind::Country) && tail == "로";
    if street || draft.text[name_end + tail.len()..].starts_with(['(', '（']) {
        return None;
    }
    let word = &draft.text[found.span.start..name_end];
    let agreed = agreeing(without_gloss(word), tail)?;
    let span = Span::new(found.span.start, name_end + tail.len());
    let form = format!("{word}{agreed}");
    // A quotation that is nothing else speaks of the form.
    let quotation = draft.quotation(span);
    if quotation == Some(span) {
        return None;
    }
    let written = draft.written(span);
    let message = format!("{tail} does not agree with {}; write {form}", draft.written(Span::new(found.span.start, name_end)));
    Some(
        RULE.finding(span, message)
            .about(&found.found.concept.id)
            .fixed_by(Fix { safe: quotation.is_none(), span, text: form.clone() })
            .suggesting(vec![form]),
    )
    .filter(|finding| finding.suggestions[0] != written)
}

/// Returns a name without the gloss that it ends with: the particle agrees with what is read out.
fn without_gloss(word: &str) -> &str {
    let open = word.rfind(['(', '（']).filter(|_| word.ends_with([')', '）']));
    open.map_or(word, |open| &word[..open])
}

/// Returns the end of the name with its gloss or title, and the Hangul joined to it.
fn name_and_tail<'d>(draft: &Draft<'d>, name: Span) -> Option<(usize, &'d str)> {
    let rest = &draft.text[name.end..];
    let mut end = name.end + gloss::length_at_start(rest);
    if draft.text[end..].starts_with(' ') {
        let title = title::korean_length_after_name(&draft.text[end..]);
        if title == 0 {
            return None;
        }
        end += title;
    } else if end == name.end {
        end += title::korean_at_start(rest);
    }
    let after = &draft.text[end..];
    let length = after.find(|c: char| !hangul::is_syllable(c)).unwrap_or(after.len());
    (length > 0).then(|| (end, &after[..length]))
}

/// Returns the particle as it agrees with `word`, where `tail` is a particle that does not.
fn agreeing(word: &str, tail: &str) -> Option<String> {
    let last = word.chars().next_back().filter(|last| hangul::is_syllable(*last))?;
    let whole = ["은", "는", "이", "가", "을", "를", "과", "와", "으로", "로"].contains(&tail);
    let longer = ["과", "와", "으로", "로"].iter().any(|particle| {
        let rest = tail.strip_prefix(particle);
        rest.is_some_and(|rest| ["의", "는", "도", "서", "부터", "써"].contains(&rest))
    });
    // 로 and 가 also end the names of streets.
    let street = ["로", "가"].contains(&tail) && hangul::final_index(last) == Some(0);
    if !(whole || longer) || street {
        return None;
    }
    let agreed = particle::agreeing(word, tail);
    (agreed != tail).then_some(agreed)
}
