//! The glossary: its concepts by filters, a page at a time; beside them what was imported, and how to get things in and out.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use crate::glossary::concept::{Concept, ConceptId, Kind};
use crate::glossary::index::Standing;
use crate::glossary::term::TermStatus;
use crate::lang::Lang;
use crate::server::http::service::Service;
use crate::server::page::card::LANGS;
use crate::server::page::interface::Interface;
use crate::server::page::layout::{Page, View};
use crate::server::page::link::link;
use crate::server::page::wording::names;
use crate::server::page::{import, imports};
use crate::store::concepts::StoredConcept;
use crate::text::legible::legible;
use crate::workspace::concepts::{ConceptFilter, ConceptPage};

/// So many concepts stand on one page.
const PAGE: usize = 50;

/// Which concepts are wanted; what is empty does not matter.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Question {
    text: String,
    kind: String,
    status: String,
    has: String,
    misses: String,
    own: String,
    after: String,
    /// The import that was taken back just now.
    undone: String,
}

impl Question {
    fn filter(&self) -> ConceptFilter {
        let lang = |tag: &str| Lang::parse(tag).ok();
        ConceptFilter {
            text: Some(self.text.clone()).filter(|text| !text.trim().is_empty()),
            kind: Some(Kind::from_name(&self.kind)).filter(|_| !self.kind.is_empty()),
            status: TermStatus::from_name(&self.status),
            domain: None,
            has: lang(&self.has),
            misses: lang(&self.misses),
            own_only: !self.own.is_empty(),
        }
    }

    /// Returns the address of the same question behind another id.
    fn behind(&self, after: &str) -> String {
        let Self { text, kind, status, has, misses, own, .. } = self;
        let query: [(&str, &str); 7] = [
            ("text", text),
            ("kind", kind),
            ("status", status),
            ("has", has),
            ("misses", misses),
            ("own", own),
            ("after", after),
        ];
        link("/glossary", &query)
    }
}

/// Shows a page of the concepts that were asked for.
pub async fn view(interface: Interface, State(service): State<Arc<Service>>, Query(question): Query<Question>) -> Response {
    let (filter, after) = (question.filter(), question.after.clone());
    let found = service.read(move |workspace| {
        let after = (!after.is_empty()).then_some(ConceptId(after));
        Ok((workspace.concepts(&filter, after.as_ref(), PAGE)?, workspace.batches()?))
    });
    let page = found.await.map(|(concepts, batches)| {
        let wording = interface.wording();
        let content = html! {
            h1 { (wording.glossary) }
            div.beside {
                div { (filters(&interface, &question)) (list(&interface, &question, &concepts)) }
                div.side {
                    @if interface.may_write {
                        section { a.button href="/concept/edit" { (wording.new_concept) } }
                        (import::form(&interface))
                    }
                    (imports::list(&interface, &batches, &question.undone))
                    section {
                        h2 { (wording.export) }
                        p { a href="/api/export?own=true" download { (wording.export_own) } }
                        p { a href="/api/export" download { (wording.export_all) } }
                    }
                }
            }
        };
        Page::new(View::Glossary, wording.glossary, content)
    });
    interface.answer(page)
}

fn filters(interface: &Interface, question: &Question) -> Markup {
    let (wording, tongue) = (interface.wording(), interface.tongue);
    let kinds: Vec<Kind> = names::kinds().collect();
    let kinds = kinds.iter().map(|kind| (kind.name(), names::kind(kind, tongue)));
    let statuses = TermStatus::ALL.iter().map(|status| (status.name(), names::status(*status, tongue)));
    let langs = || LANGS.iter().map(|lang| (lang.tag(), names::lang(lang, tongue)));
    html! {
        form.filters role="search" action="/glossary" hx-get="/glossary" hx-target="#concepts" hx-select="#concepts"
          hx-swap="outerHTML" hx-trigger="input delay:120ms, change, submit" hx-sync="this:replace" hx-replace-url="true"
          aria-label=(wording.filter) {
            label { span { (wording.text_in_it) } input type="search" name="text" value=(question.text) autocomplete="off"; }
            (choice(interface, wording.kind, "kind", &question.kind, kinds))
            (choice(interface, wording.status, "status", &question.status, statuses))
            (choice(interface, wording.has, "has", &question.has, langs()))
            (choice(interface, wording.misses, "misses", &question.misses, langs()))
            label.check { input type="checkbox" name="own" value="1" checked[!question.own.is_empty()]; (wording.own_only) }
            noscript { button { (wording.show) } }
        }
    }
}

fn choice<'a>(
    interface: &Interface,
    label: &str,
    name: &str,
    chosen: &str,
    options: impl Iterator<Item = (&'a str, &'a str)>,
) -> Markup {
    html! {
        label {
            span { (label) }
            select name=(name) {
                option value="" { (interface.wording().any) }
                @for (value, text) in options { option value=(value) selected[value == chosen] { (text) } }
            }
        }
    }
}

fn list(interface: &Interface, question: &Question, page: &ConceptPage) -> Markup {
    let wording = interface.wording();
    let said = if page.concepts.is_empty() { wording.no_concepts } else { wording.concepts };
    html! {
        section #concepts aria-labelledby="concepts-head" {
            h2.unseen #concepts-head { (wording.concepts) }
            @if page.concepts.is_empty() { p.count data-said=(said) { (said) } } @else {
                div.scroll tabindex="0" role="region" aria-labelledby="concepts-head" {
                    table {
                        thead {
                            tr {
                                th scope="col" { (wording.concept_id) }
                                @for lang in &LANGS { th scope="col" { (names::lang(lang, interface.tongue)) } }
                            }
                        }
                        tbody { @for stored in &page.concepts { (row(interface, stored)) } }
                    }
                }
            }
            nav.pager aria-label=(wording.next_page) {
                @if !question.after.is_empty() { a.button href=(question.behind("")) { (wording.first_page) } }
                @if let Some(next) = &page.next { a.button href=(question.behind(next.as_str())) rel="next" { (wording.next_page) } }
            }
        }
    }
}

fn row(interface: &Interface, stored: &StoredConcept) -> Markup {
    let concept = &stored.concept;
    html! {
        tr {
            th scope="row" {
                a href=(link("/concept", &[("id", concept.id.as_str())])) { (legible(concept.id.as_str())) }
                br; small { (legible(names::kind(&concept.kind, interface.tongue))) }
                @if stored.standing == Standing::Own { " " span.badge { (interface.wording().in_your_glossary) } }
            }
            @for lang in &LANGS { (cell(concept, lang)) }
        }
    }
}

fn cell(concept: &Concept, lang: &Lang) -> Markup {
    html! {
        td lang=(lang.tag()) { @if let Some(term) = concept.preferred(lang) { (legible(&term.text)) } }
    }
}
