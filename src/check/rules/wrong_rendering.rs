//! Names of the source text that the draft renders by another name.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::lapse::Used;
use crate::check::rules::Rule;
use crate::text::script::Script;
use crate::text::span::Span;

pub(super) const RULE: Rule = Rule {
    name: "wrong-rendering",
    severity: Severity::Error,
    on: true,
    manual: "A name of the source text for which another one stands in the draft. Another recorded name counts \
             where the source does not have it anywhere (리커창 for Li Qiang, 댜오위다오 for Diaoyutai); words that no glossary has \
             count where they look or sound like the rendering. Silent where the rendering stands in the sentence or in its \
             neighbours, in whatever form. Never fixed without asking.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let Some(counterpart) = &draft.counterpart else { return };
    for lapse in draft.lapses() {
        let (source, Some(Used { span, other })) = (&lapse.source, &lapse.used) else { continue };
        let span = *span;
        let quote = counterpart.quote(source.span);
        let written = draft.written(span);
        let suggestions = lapse.renderings(draft);
        let Some(form) = suggestions.first() else { continue };
        let proof = other.as_ref().and_then(|other| other.concept.preferred(&counterpart.lang).map(|term| term.text.clone()));
        let proof = proof.map_or(String::new(), |other| format!(" ({other})"));
        let message = format!("{written}{proof} stands where {} has {}; write {form}", counterpart.short_name(), quote.text);
        findings.push(
            RULE.finding(span, message)
                .about(&source.found.concept.id)
                .quoting(quote)
                .fixed_by(draft.fix(with_rest(draft, span, form), form, false))
                .suggesting(suggestions),
        );
    }
}

/// Returns a place with what follows it of the form that is to stand there: 댜오위다오 with 국빈관, for 댜오위타이 국빈관, and
/// 钓鱼岛 with 国宾馆, for 钓鱼台国宾馆.
fn with_rest(draft: &Draft<'_>, place: Span, form: &str) -> Span {
    let after = draft.after(place, form.len());
    let two = |rest: &str| rest.chars().nth(1).is_some();
    // Latin words begin at a space, syllables and characters anywhere.
    let begins = |rest: &str| rest.starts_with(' ') || rest.chars().all(|c| Script::of(c) != Script::Alphabetic);
    let rests = form.char_indices().skip(1).map(|(at, _)| &form[at..]);
    let rest = rests.filter(|rest| two(rest) && begins(rest)).find(|rest| after.starts_with(rest));
    Span::new(place.start, place.end + rest.map_or(0, str::len))
}
