//! Looking a name up.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::server::http::problem::Problem;
use crate::server::http::service::Service;
use crate::wire::LookupLine;
use crate::workspace::lookup::LookupOptions;

/// What is looked up.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Question {
    /// The name, the institution, the term, or a sentence.
    q: String,
    /// At most so many concepts.
    #[serde(default = "usual_limit")]
    limit: usize,
    /// None with a lower score.
    #[serde(default)]
    min_score: u8,
}

fn usual_limit() -> usize {
    5
}

/// Looks up the official rendering of a name, or of all names in a sentence.
#[utoipa::path(get, path = "/api/lookup", params(Question), responses((status = 200), (status = "default", body = Problem)))]
pub(super) async fn lookup(State(service): State<Arc<Service>>, Query(question): Query<Question>) -> Result<Response, Problem> {
    let options = LookupOptions { limit: question.limit, min_score: question.min_score, sightings: 2 };
    service.answer(|workspace| {
        let answer = workspace.lookup(&question.q, options)?;
        Ok(Json(LookupLine::new(&answer)).into_response())
    })
}
