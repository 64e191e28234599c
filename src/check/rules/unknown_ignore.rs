//! Comments to the checker that name no rule.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Fix, Severity};
use crate::check::ignores::Words;
use crate::check::rules::{self, RULES, Rule};
use crate::text::distance;

pub(super) const RULE: Rule = Rule {
    name: "unknown-ignore",
    severity: Severity::Info,
    on: true,
    manual: "A comment to the checker that it cannot follow, because no rule has the name in it or no comment is called so: \
             `tongsa-ignore near-mis`, `tongsa-ignore-nextline`. Write the name that the finding offers; `tongsa rules` lists \
             them all.",
    check,
};

const COMMENTS: [&str; 4] = ["tongsa-ignore", "tongsa-ignore-next-line", "tongsa-ignore-start", "tongsa-ignore-end"];

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    for name in draft.ignores.comments.iter().flat_map(|comment| &comment.rules) {
        if rules::named(&name.text).is_none() {
            let near = distance::nearest_word(&name.text, RULES.iter().map(|rule| rule.name));
            findings.push(finding(name, rules::no_rule(&name.text), near));
        }
    }
    for word in &draft.ignores.strange {
        let near = distance::nearest_word(&word.text, COMMENTS.into_iter());
        let near = near.unwrap_or(COMMENTS[0]);
        let message = format!("there is no comment `{}`; did you mean `{near}`?", word.text);
        findings.push(finding(word, message, Some(near)));
    }
}

fn finding(words: &Words, message: String, near: Option<&str>) -> Finding {
    let span = words.span;
    // Where the comment is not read, there is nothing to put other words for.
    let fix = near.filter(|_| !span.is_empty()).map(|near| Fix { safe: false, span, text: near.to_owned() });
    RULE.finding(span, message).suggesting(near.map(str::to_owned).into_iter().collect()).fixed_by(fix)
}
