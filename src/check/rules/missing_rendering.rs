//! Names of the source text that the draft does not have.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::rules::Rule;

pub(super) const RULE: Rule = Rule {
    name: "missing-rendering",
    severity: Severity::Warning,
    on: true,
    manual: "A name that the source text writes in full and that the whole draft never has, in no form. The \
             finding marks the sentence where it should stand. Countries, places and short titles are not asked for, since a \
             translation names them by other words (the capital, the two countries); nor is a person who is there by the \
             family name, or a body by a short name that other countries' have too (국회, 민주당) where the sentence names \
             nothing else of its country.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let Some(counterpart) = &draft.counterpart else { return };
    for lapse in draft.lapses().iter().filter(|lapse| lapse.used.is_none()) {
        let quote = counterpart.quote(lapse.source.span);
        let suggestions = lapse.renderings(draft);
        let Some(form) = suggestions.first() else { continue };
        let message = format!("nothing here stands for {} of {}; write {form}", quote.text, counterpart.short_name());
        findings.push(
            RULE.finding(lapse.target, message).about(&lapse.source.found.concept.id).quoting(quote).suggesting(suggestions),
        );
    }
}
