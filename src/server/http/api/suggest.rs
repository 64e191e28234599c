//! Suggesting a rendering of a name that nobody has recorded.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::server::http::api::word::{self, Tag};
use crate::server::http::problem::Problem;
use crate::server::http::question::Asked;
use crate::server::http::service::Service;
use crate::wire::SuggestLine;
use crate::wire::subject::{self, BearerName, OriginName};
use crate::workspace::suggest::LONGEST_NAME;

/// What is to be rendered.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// The name.
    #[param(max_length = 1_000, example = "王小明")]
    name: String,
    /// The language to render it in.
    #[param(value_type = String, example = "ko")]
    to: Tag,
    /// What bears the name; told by its letters where it is not said.
    #[param(inline)]
    kind: Option<BearerName>,
    /// Where the bearer is from; told by the letters where it is not said.
    #[param(inline)]
    origin: Option<OriginName>,
    /// Whether the person died before 1911, and keeps the Korean reading of the characters.
    #[serde(default)]
    before_1911: bool,
}

/// Suggests renderings of a name by the official rules; what a glossary has recorded comes first.
#[utoipa::path(get, path = "/api/suggest", tag = "names", params(Question),
    responses((status = 200, description = "The renderings, or why there are none", body = SuggestLine<'_>)))]
pub(super) async fn suggest(
    State(service): State<Arc<Service>>,
    Asked(question): Asked<Question>,
) -> Result<Response, Problem> {
    let name = word::query(&question.name, LONGEST_NAME)?;
    let subject = subject::subject(question.kind, question.origin, question.before_1911);
    service.answer(|workspace| {
        let proposal = workspace.suggest(name, &question.to.0, subject)?;
        Ok(Json(SuggestLine::new(&proposal)).into_response())
    })
}
