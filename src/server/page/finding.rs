//! The findings of a check, one below the other: what is wrong, what to write, and the buttons that do it.

use maud::{Markup, html};

use crate::check::finding::{Finding, Severity};
use crate::exchange::draft_file::change::Change;
use crate::server::page::check::{Checked, Done};
use crate::server::page::draft_form::{Choice, Left};
use crate::server::page::interface::Interface;
use crate::server::page::link::link;
use crate::server::page::wording::{names, with};
use crate::text::legible::legible;
use crate::text::span::Span;
use crate::workspace::fix::Choices;

/// So many findings are shown at once; behind them there are more when these are done.
pub const MOST_FINDINGS: usize = 300;
/// At most so many forms have a button.
const MOST_SUGGESTIONS: usize = 4;

/// Returns the findings whose fix can be made without asking.
pub fn safe(checked: &Checked) -> impl Iterator<Item = &Finding> {
    checked.report.findings.iter().filter(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe))
}

/// Makes the list of the first [`MOST_FINDINGS`]. The finding at which one goes on after a fix is told to the script.
pub fn list(interface: &Interface, checked: &Checked) -> Markup {
    let (text, findings) = (&checked.file.text, &checked.report.findings);
    let from = match checked.done {
        Done::Taken { until, .. } => until,
        Done::Nothing | Done::Outdated => 0,
    };
    let next = findings.iter().position(|finding| finding.span.start >= from).unwrap_or(0);
    let items = Items { interface, checked, choices: Choices::new(&checked.file, &checked.report.lang) };
    let shown = &findings[..findings.len().min(MOST_FINDINGS)];
    html! {
        ol.findings {
            @for (at, (finding, units)) in shown.iter().zip(beginnings(text, shown)).enumerate() {
                li.finding id={ "f" (at + 1) } tabindex="0" data-mark={ "m" (at + 1) } data-at=(units) data-next[at == next] {
                    (items.item(finding, at + 1))
                }
            }
        }
        @if findings.len() > shown.len() { p.quiet { (with(interface.wording().and_more, findings.len() - shown.len())) } }
    }
}

/// Returns where each finding begins as a browser counts it, in UTF-16. The findings are in order of place.
fn beginnings(text: &str, findings: &[Finding]) -> impl Iterator<Item = usize> {
    let (mut bytes, mut units) = (0, 0);
    findings.iter().map(move |finding| {
        let between = text.get(bytes..finding.span.start).unwrap_or_default();
        (bytes, units) = (finding.span.start.max(bytes), units + between.encode_utf16().count());
        units
    })
}

/// What the findings of one draft are made of.
struct Items<'a> {
    interface: &'a Interface,
    checked: &'a Checked,
    choices: Choices<'a>,
}

impl Items<'_> {
    fn item(&self, finding: &Finding, number: usize) -> Markup {
        let (wording, tongue, text) = (self.interface.wording(), self.interface.tongue, &self.checked.file.text);
        let place = self.checked.file.place(finding.span).start;
        html! {
            p.head {
                strong class=(finding.severity) { (sign(finding.severity)) " " (names::severity(finding.severity, tongue)) } " "
                b { (names::rule(finding.rule, tongue)) } " "
                a.place href={ "#m" (number) } { (place.line) ":" (place.column) }
            }
            (self.written(finding))
            p.proof lang="en" { (legible(&finding.message)) }
            @if let Some(quote) = &finding.source {
                p.proof { (wording.source_has) (wording.colon) q { (legible(&quote.text)) } " (" (quote.place.line) ":" (quote.place.column) ")" }
            }
            p.buttons {
                (self.takes(finding))
                button name="leave" value=(Left::new(text, finding).value()) data-leave="" {
                    (wording.leave) span.unseen { ": " (words(text, finding.span)) }
                }
                @if let Some(concept) = &finding.concept {
                    a href=(link("/concept", &[("id", concept.as_str())])) { (wording.see_card) }
                }
            }
        }
    }

    /// Makes what is written, and what is to be written.
    fn written(&self, finding: &Finding) -> Markup {
        let (wording, text, lang) = (self.interface.wording(), &self.checked.file.text, self.checked.report.lang.tag());
        html! {
            @if let Some(change) = self.choices.change(finding, 0) {
                p.change lang=(lang) { del { (words(text, change.span)) } " → " ins { (one_line(&change.text)) } }
            } @else if !finding.suggestions.is_empty() {
                p.change {
                    (wording.write) (wording.colon)
                    @for (at, suggestion) in finding.suggestions.iter().enumerate() {
                        @if at > 0 { (wording.between) }
                        ins lang=(lang) { (legible(suggestion)) }
                    }
                }
            }
        }
    }

    /// Makes a button for each form that can take the place of what is written, or that can be copied where none can.
    fn takes(&self, finding: &Finding) -> Markup {
        let numbers = 0..finding.suggestions.len().clamp(1, MOST_SUGGESTIONS);
        let changes: Vec<(usize, Change)> =
            numbers.filter_map(|number| Some((number, self.choices.change(finding, number)?))).collect();
        let copied: &[String] = if changes.is_empty() { &finding.suggestions } else { &[] };
        let lang = self.checked.report.lang.tag();
        html! {
            @for (number, change) in &changes { (self.take(finding, *number, change)) }
            @if finding.fix.as_ref().is_some_and(|fix| !fix.safe) { small { (self.interface.wording().not_safe) } }
            @for suggestion in copied {
                button.copy.scripted type="button" data-copy=(suggestion) {
                    (self.interface.wording().copy) " " span lang=(lang) { (legible(suggestion)) }
                }
            }
        }
    }

    fn take(&self, finding: &Finding, number: usize, change: &Change) -> Markup {
        let value = Choice::new(&self.checked.file.text, finding, number).value();
        let (before, after) = self.interface.wording().take.split_once("{}").unwrap_or_default();
        html! {
            button.take name="take" value=(value) data-take[number == 0] {
                (before) span lang=(self.checked.report.lang.tag()) { (one_line(&change.text)) } (after)
            }
        }
    }
}

/// Returns a sign that is told from the others by its shape.
fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "■",
        Severity::Warning => "▲",
        Severity::Info => "○",
    }
}

fn words(text: &str, span: Span) -> String {
    one_line(span.of(text))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
