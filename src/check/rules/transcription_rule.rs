//! Chinese names in a Hangul that the loanword orthography does not give.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::house::KoreanReading;
use crate::check::rules::{Rule, deprecated_term, near_miss};
use crate::check::suspect::Cause;
use crate::names::transcription;

pub(super) const RULE: Rule = Rule {
    name: "transcription-rule",
    severity: Severity::Warning,
    on: true,
    manual: "A Chinese name transcribed against the loanword orthography (외래어 표기법, table 5): 샹하이 for 상하이, 텐진 for \
             톈진, 추궈홍 for 추궈훙. Says which part of the rule is broken where one syllable shows it. A form that nobody has \
             recorded is found only where the rule never writes it, the draft names the person rightly, or an office stands \
             beside it.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    // A desk that does not transcribe has no use for the right transcription.
    if draft.house.korean_reading != KoreanReading::Original {
        return;
    }
    findings.extend(
        deprecated_term::caused(draft, Cause::Transcription)
            .map(|found| deprecated_term::worded(draft, found, &RULE, |written, form| message(written, form, None))),
    );
    findings.extend(near_miss::suspected(draft, Cause::Transcription, &RULE, |written, form, evidence| {
        message(written, form, Some(evidence))
    }));
}

fn message(written: &str, form: &str, evidence: Option<&str>) -> String {
    let rule = transcription::broken_rule(written).unwrap_or_else(|| "table 5 gives another Hangul".into());
    let evidence = evidence.map(|evidence| format!(" ({evidence})")).unwrap_or_default();
    format!("{written} is not the loanword orthography: {rule}; write {form}{evidence}")
}
