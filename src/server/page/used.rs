//! Where a concept was used: the kept articles that name it, and the units of the memory that have its names.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use crate::glossary::concept::ConceptId;
use crate::server::http::service::Service;
use crate::server::page::interface::Interface;
use crate::server::page::layout::{Page, View};
use crate::server::page::wording::Wording;
use crate::store::articles::Sighting;
use crate::text::legible::legible;
use crate::text::span::Span;
use crate::workspace::concordance::ConcordanceLine;
use crate::workspace::usage::Usage;

/// At most so many segments, and so many units.
const MOST: usize = 5;

/// Whose use is asked for.
#[derive(Debug, Deserialize)]
pub struct Question {
    id: String,
}

/// Shows where a concept was used.
pub async fn view(interface: Interface, State(service): State<Arc<Service>>, Query(question): Query<Question>) -> Response {
    let id = ConceptId(question.id.clone());
    let usage = service.read(move |workspace| workspace.usage(&id, MOST)).await;
    let page = usage.map(|usage| {
        let places = places(interface.wording(), &usage);
        let content = html! {
            @if interface.partial { (places) } @else { h1 { (interface.wording().where_used) } (places) }
        };
        Page::new(View::Search, legible(&question.id), content)
    });
    interface.answer(page)
}

fn places(wording: &Wording, usage: &Usage) -> Markup {
    html! {
        @if usage.sightings.is_empty() && usage.lines.is_empty() { p.quiet { (wording.not_used) } }
        @if !usage.sightings.is_empty() {
            h3 { (wording.in_articles) }
            ul { @for sighting in &usage.sightings { (seen(sighting)) } }
        }
        @if !usage.lines.is_empty() {
            h3 { (wording.in_memory) }
            ul { @for line in &usage.lines { (unit(line)) } }
        }
    }
}

fn seen(sighting: &Sighting) -> Markup {
    let day = sighting.added_at.get(..10).unwrap_or_default();
    html! { li { q { (legible(&sighting.text)) } " " small { (legible(&sighting.article)) " · " (day) } } }
}

fn unit(line: &ConcordanceLine) -> Markup {
    html! {
        li {
            p lang=(line.source.lang.tag()) { (marked(&line.source.text, &line.spans)) }
            @for target in &line.targets { p lang=(target.lang.tag()) { (legible(&target.text)) } }
        }
    }
}

/// Marks places, in order, that do not overlap.
fn marked(text: &str, spans: &[Span]) -> Markup {
    let ends = std::iter::once(0).chain(spans.iter().map(|span| span.end));
    let last = spans.last().map_or(0, |span| span.end);
    html! {
        @for (span, before) in spans.iter().zip(ends) {
            @if before <= span.start { (legible(&text[before..span.start])) b { (legible(span.of(text))) } }
        }
        (legible(&text[last..]))
    }
}
