//! The text of a draft with its findings marked, and a numbered note for each of them.

use std::collections::BTreeMap;

use maud::{Markup, html};
use tongsa::check::finding::Finding;
use tongsa::check::rules;
use tongsa::text::legible::legible;
use tongsa::text::span::Span;

use crate::cli::report::CheckedFile;
use crate::cli::report::repeated::{Repeated, repeated};

/// A place of the draft that is marked.
struct Mark<'a> {
    finding: &'a Finding,
    /// The number of its note, from 1.
    note: usize,
    /// Its own number, from 1.
    number: usize,
}

/// Makes the draft with its marks, and the notes below it. `number` is that of the draft on the page.
pub fn marked(number: usize, draft: &CheckedFile) -> Markup {
    let notes = repeated(&draft.file, &draft.report.findings);
    let marks = marks(&notes);
    html! {
        h3 { "Draft" }
        // A reader of HTML drops one line feed behind the tag.
        pre lang=(draft.report.lang.tag()) { "\n" (text(number, draft, &marks)) }
        @if !notes.is_empty() {
            h3 { "Findings" }
            ol {
                @for (at, repeated) in notes.iter().enumerate() {
                    li id={ "d" (number) "-n" (at + 1) } { (note(number, draft, repeated, &marks)) }
                }
            }
        }
    }
}

/// Returns the places to mark, in order; of places that overlap the first. A whole sentence is marked only where nothing in it
/// is.
fn marks<'a>(notes: &'a [Repeated<'a>]) -> Vec<Mark<'a>> {
    let all = notes.iter().enumerate().flat_map(|(at, repeated)| repeated.all().map(move |finding| (finding, at + 1)));
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|(finding, _)| (rules::marks_sentence(finding), finding.span));
    let mut places: BTreeMap<usize, (&Finding, usize)> = BTreeMap::new();
    for (finding, note) in all {
        let before = places.range(..finding.span.end).next_back();
        if before.is_none_or(|(_, (before, _))| before.span.end <= finding.span.start) {
            places.insert(finding.span.start, (finding, note));
        }
    }
    let in_order = places.into_values().enumerate();
    in_order.map(|(at, (finding, note))| Mark { finding, note, number: at + 1 }).collect()
}

fn text(draft_number: usize, draft: &CheckedFile, marks: &[Mark<'_>]) -> Markup {
    let text = &draft.file.text;
    let ends = std::iter::once(0).chain(marks.iter().map(|mark| mark.finding.span.end));
    let last = marks.last().map_or(0, |mark| mark.finding.span.end);
    html! {
        @for (mark, before) in marks.iter().zip(ends) {
            (legible(&text[before..mark.finding.span.start]))
            mark id={ "d" (draft_number) "-m" (mark.number) } class=(mark.finding.severity) {
                a href={ "#d" (draft_number) "-n" (mark.note) }
                  title=(legible(&mark.finding.message)) data-note=(mark.note) { (legible(mark.finding.span.of(text))) }
            }
        }
        (legible(&text[last..]))
    }
}

fn note(draft_number: usize, draft: &CheckedFile, repeated: &Repeated<'_>, marks: &[Mark<'_>]) -> Markup {
    let finding = repeated.first;
    let lang = draft.report.lang.tag();
    html! {
        p { strong class=(finding.severity) { (finding.severity.name()) } " " (legible(&finding.message)) }
        p.proof {
            @if let Some((first, others)) = finding.suggestions.split_first() {
                "Write " b lang=(lang) { (legible(first)) }
                @for other in others { " or " b lang=(lang) { (legible(other)) } }
                ". "
            }
            @if let Some(quote) = &finding.source {
                (legible(&quote.name)) ":" (quote.place.line) ":" (quote.place.column) " has " q { (legible(&quote.text)) } ". "
            }
            @if let Some(concept) = &finding.concept { (concept.as_str()) " · " }
            (finding.rule) " · "
            @for (at, finding) in repeated.all().enumerate() {
                @if at > 0 { ", " }
                (place(draft_number, draft, finding.span, marks))
            }
        }
    }
}

/// Makes a link to a marked place; its words where it is not marked.
fn place(draft_number: usize, draft: &CheckedFile, span: Span, marks: &[Mark<'_>]) -> Markup {
    let at = draft.file.place(span).start;
    let mark = marks.binary_search_by_key(&span, |mark| mark.finding.span).ok().map(|found| &marks[found]);
    html! {
        @match mark {
            Some(mark) => a href={ "#d" (draft_number) "-m" (mark.number) } { (at.line) ":" (at.column) },
            None => { (at.line) ":" (at.column) },
        }
    }
}
