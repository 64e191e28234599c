//! Numbers of the draft that are not those of its source text.

use crate::check::counterpart::Counterpart;
use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::quantity::{self, Class, Quantity};
use crate::check::rules::Rule;
use crate::text::span::Span;

pub(super) const RULE: Rule = Rule {
    name: "number-mismatch",
    severity: Severity::Warning,
    on: true,
    manual: "A number that is not that of the source text: in a sentence whose source has a number of the same kind \
             (percentage, amount of one currency, year, date, ordinal, count) that the draft does not have: 12 억 for 12 \
             million, 2025년 for 2026. Values are compared, not digits: 3만 5000 is 35,000. Silent where either may be rounded \
             (about 500, but not about 573), converted, written as a word or moved to a neighbouring sentence, and where one of the two is missing altogether.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let Some(counterpart) = &draft.counterpart else { return };
    for pair in counterpart.pairs.iter().filter(|pair| pair.confidence >= LEAST_CONFIDENCE) {
        let sources = unanswered((counterpart.text, pair.source), (draft.text, pair.target_around));
        let targets = unanswered((draft.text, pair.target), (counterpart.text, pair.source_around));
        for target in &targets {
            let same_class = |other: &&Quantity| other.class == target.class;
            if let ([source], 1) =
                (sources.iter().filter(same_class).collect::<Vec<_>>().as_slice(), targets.iter().filter(same_class).count())
                && !draft.is_matched(target.span)
                && !is_in_name(counterpart, source.span)
                && !may_be_rounded(source, target)
            {
                findings.push(finding(draft, counterpart, source, target));
            }
        }
    }
}

/// Below this confidence a pair of sentences proves nothing.
const LEAST_CONFIDENCE: f32 = 0.6;

/// A number with so many digits before its zeros is hardly rounded, even where it is about so many.
const PRECISE: u32 = 3;

/// Returns how many digits a number has before its zeros.
fn precision(quantity: &Quantity) -> u32 {
    let mut digits = quantity.thousandths;
    while digits > 0 && digits.is_multiple_of(10) {
        digits /= 10;
    }
    digits.checked_ilog10().map_or(0, |zeros| zeros + 1)
}

/// Returns whether one of two numbers may be the other one, rounded.
fn may_be_rounded(source: &Quantity, target: &Quantity) -> bool {
    (source.is_rough || target.is_rough) && precision(source) != precision(target)
}

/// Returns the numbers of one place, but for round ones, whose values the other has in no way.
fn unanswered((text, place): (&str, Span), (other, around): (&str, Span)) -> Vec<Quantity> {
    let mut there: Vec<u64> = quantity::quantities(other, around).iter().map(|quantity| quantity.thousandths).collect();
    there.extend(quantity::implied(other, around));
    let here = quantity::quantities(text, place).into_iter();
    here.filter(|quantity| !quantity.is_rough || precision(quantity) >= PRECISE)
        .filter(|quantity| !matches!(quantity.class, Class::Time | Class::Measure))
        .filter(|quantity| !there.contains(&quantity.thousandths))
        .collect()
}

/// Numbers inside of names are rendered with the names.
fn is_in_name(counterpart: &Counterpart<'_>, place: Span) -> bool {
    counterpart.named.iter().any(|mention| mention.span.overlaps(place))
}

fn finding(draft: &Draft<'_>, counterpart: &Counterpart<'_>, source: &Quantity, target: &Quantity) -> Finding {
    let quote = counterpart.quote(source.span);
    let written = draft.written(target.span);
    // Digits alone are written alike in every language; units of number are for the desk to convert.
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let form = Some(quote.text.clone()).filter(|form| plain(form) && plain(&written));
    let advice = form.as_ref().map_or(String::new(), |form| format!("; write {form}"));
    Finding {
        rule: RULE.name,
        severity: RULE.severity,
        span: target.span,
        message: format!("{written} stands where {} has {}{advice}", counterpart.short_name(), quote.text),
        concept: None,
        source: Some(quote),
        fix: form.as_ref().map(|form| draft.fix(target.span, form, false)),
        suggestions: form.into_iter().collect(),
    }
}
