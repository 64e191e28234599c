//! Looking a name up.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::server::http::api::word;
use crate::server::http::problem::Problem;
use crate::server::http::question::Asked;
use crate::server::http::service::Service;
use crate::wire::LookupLine;
use crate::workspace::lookup::{LONGEST_QUERY, LookupOptions};
use crate::workspace::{Result as Answered, Workspace};

/// A longer query is a text, which is answered where it holds up nobody.
const QUICK: usize = 200;
/// More concepts than this are a list to page through.
const MOST: usize = 100;

/// What is looked up.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// The name, the institution, the term, or a sentence.
    #[param(max_length = 20_000, example = "조어대")]
    q: String,
    /// At most so many concepts; 5 where it is not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<usize>,
    /// None with a lower score.
    #[param(maximum = 100)]
    min_score: Option<u8>,
}

/// Looks up the official rendering of a name, or of all names in a sentence.
#[utoipa::path(get, path = "/api/lookup", tag = "names", params(Question),
    responses((status = 200, description = "The concepts, the best first; none where nothing is near enough", body = LookupLine<'_>)))]
pub(super) async fn lookup(State(service): State<Arc<Service>>, Asked(question): Asked<Question>) -> Result<Response, Problem> {
    let query = word::query(&question.q, LONGEST_QUERY)?.to_owned();
    let (limit, min_score) = (word::limit(question.limit, 5, MOST)?, word::score(question.min_score, 0, 0)?);
    let options = LookupOptions { limit, min_score, sightings: 2 };
    let answer = if query.len() <= QUICK {
        service.remember(format!("{limit} {min_score} {query}"), |workspace| answer(workspace, &query, options))?
    } else {
        service.read(move |workspace| answer(workspace, &query, options)).await?.into()
    };
    Ok(([(header::CONTENT_TYPE, "application/json")], answer).into_response())
}

fn answer(workspace: &mut Workspace, query: &str, options: LookupOptions) -> Answered<Vec<u8>> {
    let answer = workspace.lookup(query, options)?;
    let mut text = Vec::new();
    // Writing to memory does not fail, and the shape has nothing that JSON has not.
    let _ = serde_json::to_writer(&mut text, &LookupLine::new(&answer));
    Ok(text)
}
