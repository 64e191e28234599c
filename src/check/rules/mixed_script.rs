//! Traditional and simplified characters in one text.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::gloss::{self, GlossFlaw};
use crate::check::rules::{Rule, mixed_forms};
use crate::lang::Lang;

pub(super) const RULE: Rule = Rule {
    name: "mixed-script",
    severity: Severity::Warning,
    on: true,
    manual: "A known name in characters of the other script: 李強 in simplified Chinese, 李强 in traditional; and in Korean, where \
             hanja are traditional, a gloss in simplified characters: 시진핑(习近平). Silent in quotations and where both forms \
             stand side by side.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let script = if draft.lang == Lang::ZhHans { "simplified" } else { "traditional" };
    for found in mixed_forms::in_other_script(draft) {
        let written = draft.written(found.span);
        let Some(form) = mixed_forms::same_in_script(draft, found).filter(|form| *form != written) else { continue };
        findings.push(
            RULE.finding(found.span, format!("{written} is in the other script of a {script} text; write {form}"))
                .about(&found.found.concept.id)
                .fixed_by(draft.fix(found.span, &form, true))
                .suggesting(vec![form]),
        );
    }
    findings.extend(gloss::flawed(draft, GlossFlaw::Script, &RULE, |written, form| {
        format!("{written} is in simplified characters, and hanja are traditional; write {form}")
    }));
}
