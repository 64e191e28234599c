//! The findings of a check, one below the other: what is wrong, what to write, and the buttons that do it.

use maud::{Markup, html};

use crate::check::finding::{Finding, Severity};
use crate::exchange::draft_file::change::Change;
use crate::server::page::check::{Checked, Done};
use crate::server::page::draft_form::{Choice, Left};
use crate::server::page::interface::Interface;
use crate::server::page::link::link;
use crate::server::page::wording::names;
use crate::text::legible::legible;
use crate::text::span::Span;
use crate::workspace::fix;

/// At most so many other suggestions have a button.
const MOST_SUGGESTIONS: usize = 4;

/// Returns the findings whose fix can be made without asking.
pub fn safe(checked: &Checked) -> impl Iterator<Item = &Finding> {
    checked.report.findings.iter().filter(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe))
}

/// Makes the list. The finding at which one goes on after a fix is told to the script.
pub fn list(interface: &Interface, checked: &Checked) -> Markup {
    let findings = &checked.report.findings;
    let from = match checked.done {
        Done::Taken { until, .. } => until,
        Done::Nothing | Done::Outdated => 0,
    };
    let next = findings.iter().position(|finding| finding.span.start >= from).unwrap_or(0);
    html! {
        ol.findings {
            @for (at, finding) in findings.iter().enumerate() {
                li.finding id={ "f" (at + 1) } tabindex="0" data-mark={ "m" (at + 1) } data-next[at == next]
                  data-at=(checked.file.text[..finding.span.start].encode_utf16().count()) {
                    (item(interface, checked, finding, at + 1))
                }
            }
        }
    }
}

fn item(interface: &Interface, checked: &Checked, finding: &Finding, number: usize) -> Markup {
    let (wording, text) = (interface.wording(), &checked.file.text);
    let (lang, place) = (checked.report.lang.tag(), checked.file.place(finding.span).start);
    html! {
        p.head {
            strong class=(finding.severity) { (sign(finding.severity)) " " (names::severity(finding.severity, interface.tongue)) } " "
            b { (names::rule(finding.rule, interface.tongue)) } " "
            a.place href={ "#m" (number) } { (place.line) ":" (place.column) }
        }
        (written(interface, checked, finding))
        p.proof lang="en" { (legible(&finding.message)) }
        @if let Some(quote) = &finding.source {
            p.proof { (wording.source_has) ": " q { (legible(&quote.text)) } " (" (quote.place.line) ":" (quote.place.column) ")" }
        }
        p.buttons {
            (takes(interface, checked, finding))
            button name="leave" value=(Left::new(text, finding).value()) data-leave="" {
                (wording.leave) span.unseen { ": " (words(text, finding.span)) }
            }
            @if let Some(concept) = &finding.concept {
                a href=(link("/concept", &[("id", concept.as_str())])) { (wording.see_card) }
            }
            @for suggestion in unmade(checked, finding) {
                button.copy.scripted type="button" data-copy=(suggestion) {
                    (wording.copy) " " span lang=(lang) { (legible(suggestion)) }
                }
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

/// Returns the suggestions that are no change of the text, because the finding has none.
fn unmade<'f>(checked: &Checked, finding: &'f Finding) -> &'f [String] {
    if fix::chosen(&checked.file, &checked.report.lang, finding, 0).is_some() { &[] } else { &finding.suggestions }
}

/// Makes what is written, and what is to be written.
fn written(interface: &Interface, checked: &Checked, finding: &Finding) -> Markup {
    let (text, lang) = (&checked.file.text, &checked.report.lang);
    html! {
        @if let Some(change) = fix::chosen(&checked.file, lang, finding, 0) {
            p.change lang=(lang.tag()) { del { (words(text, change.span)) } " → " ins { (one_line(&change.text)) } }
        } @else if !finding.suggestions.is_empty() {
            p.change {
                (interface.wording().write) ": "
                @for (at, suggestion) in finding.suggestions.iter().enumerate() {
                    @if at > 0 { ", " }
                    ins lang=(lang.tag()) { (legible(suggestion)) }
                }
            }
        }
    }
}

/// Makes a button for each form that can take the place of what is written.
fn takes(interface: &Interface, checked: &Checked, finding: &Finding) -> Markup {
    let chosen = |number| fix::chosen(&checked.file, &checked.report.lang, finding, number);
    let numbers = 0..finding.suggestions.len().clamp(1, MOST_SUGGESTIONS);
    html! {
        @for (number, change) in numbers.filter_map(|number| Some((number, chosen(number)?))) {
            (take(interface, checked, finding, number, &change))
        }
        @if finding.fix.as_ref().is_some_and(|fix| !fix.safe) { small { (interface.wording().not_safe) } }
    }
}

fn take(interface: &Interface, checked: &Checked, finding: &Finding, number: usize, change: &Change) -> Markup {
    let value = Choice::new(&checked.file.text, finding, number).value();
    let (before, after) = interface.wording().take.split_once("{}").unwrap_or_default();
    html! {
        button.take name="take" value=(value) data-take[number == 0] {
            (before) span lang=(checked.report.lang.tag()) { (one_line(&change.text)) } (after)
        }
    }
}

fn words(text: &str, span: Span) -> String {
    one_line(span.of(text))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
