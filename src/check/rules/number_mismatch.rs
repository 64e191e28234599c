//! Numbers of the draft that are not those of its source text.

use crate::check::counterpart::{self, Counterpart};
use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity, SourceQuote};
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
            let same_class = |other: &&Quantity| is_comparable(other, target);
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

/// Returns whether two numbers count the same kind of thing; money is money, of whatever currency, where the amount is one.
fn is_comparable(one: &Quantity, other: &Quantity) -> bool {
    let money = matches!((one.class, other.class), (Class::Money(_), Class::Money(_)));
    one.class == other.class || money && one.thousandths == other.thousandths
}

/// Below this confidence a pair of sentences proves nothing.
const LEAST_CONFIDENCE: f32 = 0.6;

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

/// Returns the numbers of one place that the other has in no way.
fn unanswered((text, place): (&str, Span), (other, around): (&str, Span)) -> Vec<Quantity> {
    let there = quantity::quantities(other, around);
    let implied = quantity::implied(other, around);
    let here = quantity::quantities(text, place).into_iter();
    here.filter(|quantity| !matches!(quantity.class, Class::Time | Class::Measure))
        .filter(|quantity| !there.iter().any(|answer| answers(answer, quantity)) && !implied.contains(&quantity.thousandths))
        .collect()
}

/// Returns whether a number of one text may be that of the other: of one value, or about the same where either is rounded;
/// amounts of two currencies are none, but where one currency is told nobody else.
fn answers(answer: &Quantity, asked: &Quantity) -> bool {
    let currencies = matches!((answer.class, asked.class), (Class::Money(one), Class::Money(other)) if one != other);
    let (low, high) = (answer.thousandths.min(asked.thousandths), answer.thousandths.max(asked.thousandths));
    let rough = may_be_rounded(answer, asked);
    !currencies && (low == high || rough && high - low <= high / ROUGH_PART)
}

/// A rounded number is about so near: a fifth.
const ROUGH_PART: u64 = 5;

/// Numbers inside of names are rendered with the names.
fn is_in_name(counterpart: &Counterpart<'_>, place: Span) -> bool {
    counterpart::is_mentioned(&counterpart.named, place)
}

fn finding(draft: &Draft<'_>, counterpart: &Counterpart<'_>, source: &Quantity, target: &Quantity) -> Finding {
    let quote = counterpart.quote(source.span);
    let written = draft.written(target.span);
    if source.thousandths == target.thousandths {
        let message = format!("{written} stands with another currency than {} of {}", quote.text, counterpart.short_name());
        return unfixed(target, message, quote);
    }
    // Digits alone are written alike in every language; units of number are for the desk to convert.
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let form = Some(quote.text.clone()).filter(|form| plain(form) && plain(&written));
    let advice = form.as_ref().map_or(String::new(), |form| format!("; write {form}"));
    let message = format!("{written} stands where {} has {}{advice}", counterpart.short_name(), quote.text);
    let fix = form.as_ref().map(|form| draft.fix(target.span, form, false));
    Finding { fix, suggestions: form.into_iter().collect(), ..unfixed(target, message, quote) }
}

fn unfixed(target: &Quantity, message: String, quote: SourceQuote) -> Finding {
    RULE.finding(target.span, message).quoting(quote)
}
