//! Words in every segment of the translation memory.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::server::http::api::word::{self, Tag};
use crate::server::http::limits::LONGEST_PAGE;
use crate::server::http::problem::Problem;
use crate::server::http::question::Asked;
use crate::server::http::service::Service;
use crate::wire::units::ConcordancePage;
use crate::workspace::concordance::ConcordanceOptions;

/// More words are a segment to match.
const LONGEST_WORDS: usize = 1_000;

/// What is to be found.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// The words, one after the other as they stand in the segment; `visit*` finds visits too.
    #[param(max_length = 1_000, example = "state visit*")]
    q: String,
    /// The language of the words; told by their letters where it is not said.
    #[param(value_type = Option<String>)]
    from: Option<Tag>,
    /// Counterparts in this language only.
    #[param(value_type = Option<String>)]
    to: Option<Tag>,
    /// At most so many segments; 20 where it is not said.
    #[param(minimum = 1, maximum = 1_000)]
    limit: Option<usize>,
    /// Where the page begins: `next` of the page before.
    before: Option<u32>,
}

/// Shows where words stand in the translation memory, with the counterparts, the latest first.
#[utoipa::path(get, path = "/api/concordance", tag = "memory", params(Question),
    responses((status = 200, description = "The segments", body = ConcordancePage<'_>)))]
pub(super) async fn concordance(
    State(service): State<Arc<Service>>,
    Asked(question): Asked<Question>,
) -> Result<Response, Problem> {
    let words = word::query(&question.q, LONGEST_WORDS)?.to_owned();
    let options = ConcordanceOptions {
        from: word::lang(question.from),
        to: word::lang(question.to),
        limit: word::limit(question.limit, 20, LONGEST_PAGE)?,
        before: question.before,
    };
    let answer = service.read(move |workspace| {
        let concordance = workspace.concordance(&words, &options)?;
        Ok(Json(ConcordancePage::new(&concordance)).into_response())
    });
    answer.await
}
