//! The imports that can be taken back.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use crate::server::http::access::Writer;
use crate::server::http::problem::Problem;
use crate::server::http::service::Service;
use crate::server::page::interface::Interface;
use crate::server::page::link::link;
use crate::server::page::sent;
use crate::server::page::wording::with;
use crate::store::batches::Batch;
use crate::text::legible::legible;

/// So many imports are shown, the latest.
const MOST: usize = 20;

/// The import that is to be taken back.
#[derive(Debug, Deserialize)]
pub struct Wish {
    import: i64,
}

/// Takes an import back, and leads to the glossary.
pub async fn undo(
    interface: Interface,
    State(service): State<Arc<Service>>,
    writer: Result<Writer, Problem>,
    request: Request,
) -> Response {
    match undone(&service, writer, request).await {
        Ok(batch) => Redirect::to(&link("/glossary", &[("undone", &batch.id.to_string())])).into_response(),
        Err(problem) => interface.answer(Err(problem)),
    }
}

async fn undone(service: &Service, writer: Result<Writer, Problem>, request: Request) -> Result<Batch, Problem> {
    let writer = writer?;
    let wish: Wish = sent::fields(request, service).await?;
    service.write(writer, move |workspace| workspace.undo(Some(wish.import))).await
}

/// Makes the list. `undone` is the number of the import that was taken back just now, or empty.
pub fn list(interface: &Interface, batches: &[Batch], undone: &str) -> Markup {
    let wording = interface.wording();
    html! {
        section #imports {
            h2 { (wording.imports) }
            @if let Ok(number) = undone.parse::<i64>() { p.alert.good role="status" { (with(wording.taken_back, number)) } }
            @if batches.is_empty() { p.quiet { (wording.no_imports) } } @else {
                ul.imports { @for batch in batches.iter().rev().take(MOST) { li { (item(interface, batch)) } } }
            }
        }
    }
}

fn item(interface: &Interface, batch: &Batch) -> Markup {
    let (wording, counts) = (interface.wording(), batch.counts);
    html! {
        b { (batch.id) " · " (legible(&batch.source)) } br;
        small {
            (moment(&batch.made_at)) " · " (with(wording.added, counts.added)) " · " (with(wording.changed, counts.changed))
            @if counts.rejected > 0 { " · " (with(wording.rejected, counts.rejected)) }
        }
        @if interface.may_write {
            form method="post" action="/glossary/undo" {
                input type="hidden" name="import" value=(batch.id);
                button { (wording.take_back) span.unseen { ": " (batch.id) } }
            }
        }
    }
}

/// Returns a time in RFC 3339 as people write it, to the minute; what is none is left out.
pub fn moment(time: &str) -> String {
    time.get(..16).map(|time| time.replace('T', " ")).unwrap_or_default()
}
