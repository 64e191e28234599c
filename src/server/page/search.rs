//! Looking up: a box, and the answer below it while one types.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use crate::server::http::problem::Problem;
use crate::server::http::service::Service;
use crate::server::page::answer::{self, Known};
use crate::server::page::interface::Interface;
use crate::server::page::layout::{Page, View};
use crate::server::page::link::link;
use crate::workspace::lookup::LONGEST_QUERY;

/// Tells htmx which address the browser is to show; typing leaves no trail to go back through.
const REPLACE_ADDRESS: HeaderName = HeaderName::from_static("hx-replace-url");

/// What is looked up.
#[derive(Debug, Deserialize)]
pub struct Question {
    #[serde(default)]
    q: String,
}

/// Shows the box with the answer to what is in it, or the answer alone.
pub async fn view(interface: Interface, State(service): State<Arc<Service>>, Query(question): Query<Question>) -> Response {
    let query = question.q.trim();
    let address = link("/", &[("q", query)]);
    let content = answer(&interface, &service, query);
    let page = content.map(|answer| {
        let content = if interface.partial { answer } else { whole(&interface, &question.q, answer) };
        let title = if query.is_empty() { interface.wording().search } else { query };
        Page::new(View::Search, title, content)
    });
    let mut response = interface.answer(page);
    if let Ok(address) = HeaderValue::from_str(&address) {
        response.headers_mut().insert(REPLACE_ADDRESS, address);
    }
    response
}

fn answer(interface: &Interface, service: &Service, query: &str) -> Result<Markup, Problem> {
    if query.len() > LONGEST_QUERY {
        let reason = "the query is longer than a sentence; check it as a draft";
        return Err(Problem::new(StatusCode::URI_TOO_LONG, reason));
    }
    if query.is_empty() {
        return Ok(answer::beginning(interface));
    }
    Ok(service.answer(|workspace| Known::about(workspace, query))?.render(interface))
}

fn whole(interface: &Interface, query: &str, answer: Markup) -> Markup {
    let wording = interface.wording();
    html! {
        h1.unseen { (wording.search) }
        form.search role="search" action="/" {
            label for="q" { (wording.search_label) }
            input #q type="search" name="q" value=(query) placeholder=(wording.search_place) autofocus
              autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false" enterkeyhint="search"
              hx-get="/" hx-trigger="input" hx-target="#answer" hx-sync="this:replace" aria-describedby="hints";
            noscript { button { (wording.search) } }
            p #hints.hint.scripted { (wording.search_hints) }
        }
        div #answer { (answer) }
    }
}
