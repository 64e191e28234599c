//! The rules of the checker.

use axum::Json;
use axum::response::{IntoResponse, Response};

use crate::check::rules::RULES;
use crate::wire::rules::RuleShape;

/// Lists the rules of the checker in order of name.
#[utoipa::path(get, path = "/api/rules", tag = "drafts",
    responses((status = 200, description = "The rules", body = Vec<RuleShape>)))]
pub(super) async fn rules() -> Response {
    Json(RULES.iter().map(RuleShape::new).collect::<Vec<_>>()).into_response()
}
